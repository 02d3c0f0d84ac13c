"""Requests to arXiv wait their turn: one at a time, and `delay` seconds from the end of one to the
start of the next, across all processes that share a folder.

The time of the last request is wall time, the only clock that processes share. When that clock
turns out to have been set back, nobody waits longer than `delay` for it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from paperlens import locks
from paperlens.files import make_folder, writing

_TICK = 0.001  # less would not move every clock on


class QueueTooLong(Exception):
    """Others have been using arXiv for all the time there was."""


class Queue:
    """A place in line, kept as two small files."""

    def __init__(
        self,
        folder: Path,
        delay: float,
        wall: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._folder, self._delay, self._wall, self._sleep = folder, delay, wall, sleep
        self._last = folder / "last-request"

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Hold the only connection. Waiting is done outside the lock, so that none is starved."""
        while True:
            with self._alone(patience):
                wait = self._still_to_wait()
                if wait <= 0:
                    self._note()
                    try:
                        yield
                    finally:
                        self._note()
                    return
            self._sleep(max(wait, _TICK))

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        make_folder(self._folder)
        with ExitStack() as holding:
            with writing(self._folder):
                try:
                    holding.enter_context(locks.held(self._folder / "lock", patience))
                except locks.HeldTooLong:
                    raise QueueTooLong from None
            yield

    def _still_to_wait(self) -> float:
        try:
            since = self._wall() - float(self._last.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0.0
        if since < 0:
            self._note()
            return self._delay
        return self._delay - since

    def _note(self) -> None:
        with writing(self._folder):
            self._last.write_text(repr(self._wall()), "ascii")
