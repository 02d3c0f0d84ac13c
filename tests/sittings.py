"""Readers in front of triage: a library of the sample day, and a terminal to type on."""

import asyncio
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fcntl import ioctl
from io import StringIO
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ, tcgetattr
from typing import TYPE_CHECKING, Any

from paperlens.cli.triage import beginning
from paperlens.context import Context
from paperlens.demo import Sample
from paperlens.holdings import ReportRecord
from paperlens.models import Paper
from paperlens.triage.beginning import Beginning

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from paperlens.triage.app import Triage

PATIENCE = 20.0
Script = Callable[["Triage", "Pilot[None]"], Awaitable[None]]


def world_of(home: Path, environ: Mapping[str, str] | None = None) -> Context:
    """A world in a home of its own from which nothing can be reached."""
    nowhere = {
        "PAPERLENS_HOME": str(home),
        "PAPERLENS_ARXIV_DELAY": "0",
        "PAPERLENS_ARXIV_RETRIES": "1",
        **{
            f"PAPERLENS_ARXIV_{way}_URL": "http://127.0.0.1:9"
            for way in ("FEED", "API", "OAI", "PDF")
        },
    }
    return Context({**nowhere, **(environ or {})}, StringIO(), StringIO(), StringIO())


def reported(world: Context, papers: Sequence[Paper], query: str = "mine") -> None:
    """The papers as if today had just shown them."""
    world.library.remember({paper.id: (paper, (query,)) for paper in papers})
    now = datetime.now(UTC)
    ids = tuple(paper.id for paper in papers)
    world.library.record(ReportRecord("today", now, now.date(), now, papers=ids))


def sitting(
    home: Path, sample: Sample, count: int = 5, environ: Mapping[str, str] | None = None
) -> tuple[Context, Beginning]:
    """The first papers of the sample day on the table."""
    world = world_of(home, environ)
    reported(world, sample.papers[:count])
    begins = beginning([], False, world)
    assert begins is not None
    return world, begins


def played(begins: Beginning, script: Script, size: tuple[int, int] = (80, 24)) -> "Triage":
    """The application after somebody did all this in front of it."""
    from paperlens.triage.app import Triage

    app = Triage(begins)

    async def play() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(app, pilot)
            await script(app, pilot)
            await settled(app, pilot)
        app.finish()

    asyncio.run(play())
    return app


def typed(*keys: str | tuple[str, ...]) -> Script:
    """These keys, each when the one before it has had its effect; a tuple is typed at once."""

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        for key in keys:
            await pilot.press(*([key] if isinstance(key, str) else key))
            await settled(app, pilot)

    return script


async def settled(app: "Triage", pilot: "Pilot[None]") -> None:
    """When nothing is under way any more."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def shown(app: "Triage", pilot: "Pilot[None]", words: str) -> None:
    """Waits until the words stand on the screen, across its lines."""
    until = time.monotonic() + PATIENCE
    while words not in " ".join(screen(app).replace("│", " ").split()):
        assert time.monotonic() < until, screen(app)
        await pilot.pause(0.02)


def screen(app: "Triage") -> str:
    """What stands on the screen, line by line."""
    app.screen.refresh()
    strips = app.screen._compositor.render_strips()  # what an export of the screen is made of
    return "\n".join(strip.text.rstrip() for strip in strips)


@dataclass
class Terminal:
    """The real command on a terminal of its own."""

    words: Sequence[str]
    environ: Mapping[str, str]
    size: tuple[int, int] = (80, 24)
    seen: bytes = b""
    before: list[Any] = field(default_factory=list)

    def __enter__(self) -> "Terminal":
        self._ours, self._theirs = pty.openpty()
        self.resize(*self.size)
        self.before = tcgetattr(self._theirs)
        self.process = subprocess.Popen(
            self.words,
            env={"TERM": "xterm-256color", **self.environ},
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            start_new_session=True,
            preexec_fn=_owning_the_terminal,  # noqa: PLW1509 - no thread runs by then
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for end in (self._ours, self._theirs):
            if end >= 0:
                os.close(end)

    def resize(self, width: int, height: int) -> None:
        ioctl(self._ours, TIOCSWINSZ, pack("HHHH", height, width, 0, 0))

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def shows(self, text: str, after: int = 0) -> int:
        """Waits until something is shown; gives how much was written by then."""
        self.waits_for(lambda: text.encode() in self.seen[after:])
        return len(self.seen)

    def waits_for(self, happened: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < until, f"nothing of it in {self.seen[-3000:]!r}"
            self._read()

    def ends(self) -> int:
        """Waits for the end, reading on; gives the exit code."""
        self.waits_for(lambda: self.process.poll() is not None)
        self._read()
        return self.process.returncode

    def is_as_it_was(self) -> bool:
        """Whether typing works as before."""
        return tcgetattr(self._theirs) == self.before

    def close(self) -> None:
        """Somebody closes the window."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1

    def _read(self) -> None:
        if self._ours >= 0 and select.select([self._ours], [], [], 0.2)[0]:
            self.seen += os.read(self._ours, 65536)


def _owning_the_terminal() -> None:
    """So that closing it is a signal, as it is for whatever runs in a window."""
    from termios import TIOCSCTTY

    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    ioctl(0, TIOCSCTTY, 0)


def triage(*words: str) -> list[str]:
    return [sys.executable, "-m", "paperlens", "triage", *words]
