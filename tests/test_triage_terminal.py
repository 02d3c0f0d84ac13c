"""Triage on a real terminal: what is kept when it ends badly, and how the terminal is left."""

import os
import signal
import sys
from pathlib import Path

import pytest

from paperlens.demo import Sample
from paperlens.models import Mark
from tests.conftest import Shell
from tests.sittings import Terminal, reported, triage, world_of

IS_GONE = "\x1b[?1049l"
CURSOR = "\x1b[?25h"
STAR = "★"


@pytest.fixture
def reader_of(paperlens: Shell, sample: Sample) -> Shell:
    """A reader whose last report had six papers."""
    reported(world_of(Path(paperlens.environ["PAPERLENS_HOME"])), sample.papers[:6])
    return paperlens


def starred(reader: Shell) -> list[str]:
    lines = reader("search", "--mark", "star", "--jsonl").out.splitlines()
    return [line.split('"')[3] for line in lines]


def test_what_is_shown_as_decided_is_kept(reader_of: Shell, sample: Sample) -> None:
    """A decision that stands on the screen has survived a kill -9 of that moment; resized between
    them, the next key works as before."""
    with Terminal(triage(), reader_of.environ) as terminal:
        here = terminal.shows("?2026")
        terminal.type("s")
        here = terminal.shows(STAR, here)
        terminal.resize(50, 20)
        os.kill(terminal.process.pid, signal.SIGWINCH)
        here = terminal.shows("─" * 50, here)
        terminal.type("r")
        terminal.shows("✓", here)
        terminal.process.kill()
        assert terminal.ends() == -signal.SIGKILL
    library = world_of(Path(reader_of.environ["PAPERLENS_HOME"])).library
    assert library.marked([Mark.STAR]) == [sample.papers[0].id]
    assert library.marked([Mark.READ]) == [sample.papers[1].id]


def test_quitting_leaves_the_terminal_as_it_was(reader_of: Shell) -> None:
    """Screen, cursor and typing are as before; what was typed at once, even before the screen was
    up, has counted; nothing else is printed."""
    with Terminal(triage(), reader_of.environ) as terminal:
        terminal.shows("▌")
        terminal.type("ssu")
        terminal.shows(STAR)
        terminal.type("q")
        assert terminal.ends() == 0
        told = terminal.seen.decode()
        assert told.rindex(IS_GONE) > told.rindex("▌")
        assert CURSOR in told[told.rindex(IS_GONE) - 20 :]
        assert terminal.is_as_it_was()
    assert len(starred(reader_of)) == 1


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_kill_is_a_way_to_leave(reader_of: Shell, ending: signal.Signals) -> None:
    """What was decided is kept, the terminal restored, and the exit code says interrupted."""
    with Terminal(triage(), reader_of.environ) as terminal:
        here = terminal.shows("?2026")
        terminal.type("s")
        terminal.shows(STAR, here)
        os.kill(terminal.process.pid, ending)
        assert terminal.ends() == 130
        assert IS_GONE.encode() in terminal.seen
        assert terminal.is_as_it_was()
        assert b"Traceback" not in terminal.seen
    assert len(starred(reader_of)) == 1


def test_a_closed_window_loses_nothing(reader_of: Shell) -> None:
    """Decisions made just before are kept, and nothing of triage goes on running."""
    with Terminal(triage(), reader_of.environ) as terminal:
        here = terminal.shows("?2026")
        terminal.type("s")
        terminal.shows(STAR, here)
        terminal.close()
        assert terminal.ends() == 130
    assert len(starred(reader_of)) == 1


def test_a_bug_ends_as_bugs_do(reader_of: Shell) -> None:
    """The terminal is restored, one line says so, and the traceback is in a file."""
    script = (
        "import sys\n"
        "from paperlens.triage.desk import Desk\n"
        "def broken(*_): raise RuntimeError('the moon is full')\n"
        "Desk.decide = broken\n"
        "sys.argv = ['paperlens', 'triage']\n"
        "from paperlens.__main__ import main\n"
        "main()\n"
    )
    with Terminal([sys.executable, "-c", script], reader_of.environ, (300, 24)) as terminal:
        terminal.shows("?2026")
        terminal.type("s")
        assert terminal.ends() == 1
        assert terminal.is_as_it_was()
        told = terminal.seen.decode().rpartition(IS_GONE)[2]
    (line,) = [line for line in told.splitlines() if "error:" in line]
    assert "the moon is full" in line
    assert "RuntimeError: the moon is full" in Path(line.rpartition(" ")[2].strip()).read_text()


def test_without_a_capable_terminal_it_asks_line_by_line(reader_of: Shell, sample: Sample) -> None:
    """On a dumb terminal the same keys decide, and nothing is drawn over."""
    with Terminal(triage(), {**reader_of.environ, "TERM": "dumb"}) as terminal:
        for keys, answer in (
            ("", "1 of 6, 6 left"),
            ("s", "★ starred: "),
            ("x", "– skipped: "),
            ("u", "2 of 6, 5 left"),
            ("t", "tags: "),
            ("cite\r", "tags: cite"),
            ("k", "1 of 6, 5 left"),
            ("z", "? shows the keys"),
            ("?", "take the last decision back"),
            ("p", "error: "),
        ):
            here = len(terminal.seen)
            terminal.type(keys)
            terminal.shows(answer, here)
        terminal.type("q")
        assert terminal.ends() == 0
        assert b"\x1b[" not in terminal.seen
        assert terminal.is_as_it_was()
    assert starred(reader_of) == [sample.papers[0].id]
    paper = sample.papers[1].id
    known = world_of(Path(reader_of.environ["PAPERLENS_HOME"])).library.known([paper])[paper]
    assert known.decision.tags == ("cite",)


def test_in_a_pipe_it_says_what_to_use(reader_of: Shell) -> None:
    """Without a terminal there are no keys: exit 2, and the command that needs none."""
    ran = reader_of("triage")
    assert (ran.code, ran.out) == (2, "")
    assert "paperlens mark" in ran.err


def test_a_query_that_does_not_exist(reader_of: Shell) -> None:
    """The nearest saved one is named, and no screen is begun."""
    reader_of("query", "add", "diffusion", "cat:cs.CV")
    with Terminal(triage("difusion"), reader_of.environ) as terminal:
        assert terminal.ends() == 2
        assert b"diffusion" in terminal.seen
        assert b"1049" not in terminal.seen


def test_nothing_to_decide_is_said(paperlens: Shell) -> None:
    """An empty library begins no screen."""
    with Terminal(triage(), paperlens.environ) as terminal:
        assert terminal.ends() == 0
        assert b"triage --all" in terminal.seen


@pytest.mark.parametrize("ending", ["", " &"], ids=["in the terminal", "beside it"])
def test_a_paper_opens_in_the_browser(reader_of: Shell, sample: Sample, ending: str) -> None:
    """o opens the page, in a browser that takes the terminal or in one that does not."""
    record = reader_of.home / "opened"
    browser = reader_of.home / "browser"
    browser.write_text(
        f'#!/bin/sh\necho qwxz\necho "$1" > {record}.new\nmv {record}.new {record}\n'
    )
    browser.chmod(0o755)
    with Terminal(triage(), {**reader_of.environ, "BROWSER": f"{browser} %s{ending}"}) as terminal:
        here = terminal.shows("?2026")
        terminal.type("o")
        terminal.waits_for(record.exists)
        terminal.type("s")
        terminal.shows(STAR, here)
        terminal.type("q")
        assert terminal.ends() == 0
        assert (b"qwxz" in terminal.seen) == (not ending)
    assert record.read_text() == f"{sample.papers[0].url}\n"
