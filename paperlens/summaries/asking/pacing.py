"""How fast one model is asked: what all its workers share of its server's patience.

When one is told to wait, all wait; afterwards they ease in, and settle below what was too much.
A model that brings nothing but trouble is closed for the rest of the run, so that a hundred papers
need not each find out.
"""

import threading
import time
from dataclasses import replace

from paperlens.summaries.asking.failures import Failed

_ALL_ALIKE = 3  # so many papers in trouble, and nobody answered in between: it is not the papers
_SLOW = 8


class Clock:
    """Time as it passes; tests have one that need not."""

    def now(self) -> float:
        return time.monotonic()

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        """Until then, or until something has changed; the condition's lock is held."""
        changed.wait(seconds)


class Pace:
    """Of one model. Whoever has a place must give it back by one of the last four."""

    def __init__(self, at_once: int, tries: int, clock: Clock) -> None:
        self._changed = threading.Condition()
        self._clock = clock
        self._tries = tries
        self._most = self._ceiling = at_once
        self._room = float(at_once)
        self._flying = 0
        self._silent_until = 0.0
        self._round = self._answered_in = 0
        self._troubled: set[str] = set()
        self._has_answered = False
        self._closed: Failed | None = None

    def place(self) -> int:
        """Wait for a place; gives the round in which it was had. `Failed` where it is closed."""
        with self._changed:
            while True:
                self._refuse_if_closed()
                left = self._silent_until - self._clock.now()
                if left > 0:
                    self._clock.wait(self._changed, left)
                elif self._flying >= int(self._room):
                    self._changed.wait()
                else:
                    self._flying += 1
                    return self._round

    def rest(self, seconds: float) -> None:
        """Wait on one's own account."""
        with self._changed:
            until = self._clock.now() + seconds
            while (left := until - self._clock.now()) > 0:
                self._refuse_if_closed()
                self._clock.wait(self._changed, left)

    def answered(self) -> None:
        """All is well: a little more room, quickly at first, then slowly."""
        with self._changed:
            self._has_answered = True
            quick = self._room < self._ceiling
            self._room = min(self._room + (1 if quick else 1 / (_SLOW * self._room)), self._most)
            self._back()

    def failed(self, failure: Failed) -> None:
        """It failed for good. `refused` means that nobody need ask again."""
        with self._changed:
            if failure.refused:
                self._closed = failure
            self._back()

    def returned(self) -> None:
        """Nothing was learned from it."""
        with self._changed:
            self._flying -= 1
            self._changed.notify_all()

    def troubled(self, had_in: int, paper: str, failure: Failed, wait: float) -> None:
        """It failed for now. What was sent before the last trouble tells nothing new."""
        with self._changed:
            self._flying -= 1
            self._troubled.add(paper)
            if had_in == self._round:
                self._round += 1
                self._ceiling = max(1, int(self._room) // 2)
                self._room = 1.0 if failure.busy else float(self._ceiling)
            elif failure.wait is None:
                wait = 0.0
            if failure.busy:
                self._silent_until = max(self._silent_until, self._clock.now() + wait)
            rounds = self._round - self._answered_in
            enough = self._tries * (2 if self._has_answered else 1)
            if rounds >= enough and len(self._troubled) >= _ALL_ALIKE:
                self._closed = failure
            self._changed.notify_all()

    def _back(self) -> None:
        self._flying -= 1
        self._answered_in = self._round
        self._troubled.clear()
        self._changed.notify_all()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise replace(self._closed, passing=False)
