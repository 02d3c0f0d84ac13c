"""How long to go on asking: several tries with growing, jittered waits, within a total time.

The waits grow from `arxiv.delay`, so where no delay is asked for, none is made.
"""

import math
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

from paperlens.errors import SourceUnreachable
from paperlens.settings import Arxiv
from paperlens.sources.replies import NotThere, Refused, Unusable

LONGEST_WAIT = 60.0
_SILENCES_IN_ALL = 10
_LOOKS = 2

T = TypeVar("T")


@dataclass(frozen=True)
class Pulse:
    """Time and chance, handed in so that tests need not wait."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Patience:
    """Asks until there is an answer, or a reason to stop."""

    def __init__(self, arxiv: Arxiv, pulse: Pulse) -> None:
        self._tries, self._delay = arxiv.retries, arxiv.delay
        self._total, self._pulse = arxiv.timeout * _SILENCES_IN_ALL, pulse

    def deadline(self) -> float:
        """The moment on the steady clock at which something that begins now has lasted too long."""
        return self._pulse.steady() + self._total

    def insist(self, url: str, attempt: Callable[[float], T], by: float = math.inf) -> T:
        """The result of `attempt`, which is told the moment on the steady clock to be done by."""
        deadline = min(self.deadline(), by)
        if self._pulse.steady() >= deadline:
            raise _unreachable(url, "the answers come too slowly")
        number = 1
        while True:
            try:
                return attempt(deadline)
            except Refused as refusal:
                raise _unreachable(url, str(refusal)) from None
            except Unusable as failure:
                why, wait = str(failure), max(self._growing(number), failure.asked or 0.0)
                tries = min(self._tries, _LOOKS) if isinstance(failure, NotThere) else self._tries
                if (failure.asked or 0.0) > LONGEST_WAIT:
                    raise _unreachable(url, f"{why}; arXiv asks to wait {_span(wait)}") from None
            if number >= tries or self._pulse.steady() + wait > deadline:
                raise _unreachable(url, f"{why} ({number} tries)" if number > 1 else why)
            self._pulse.sleep(wait)
            number += 1

    def _growing(self, number: int) -> float:
        return float(self._delay * 2 ** (number - 1) * (1 + self._pulse.chance() / 2))


def asked_to_wait(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that `Retry-After` asks for; a date is measured by the server's own clock."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    until = _moment(value)
    if until is None:
        return None
    return max(0.0, until - (_moment(headers.get("Date", "")) or now))


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _unreachable(url: str, why: str) -> SourceUnreachable:
    """Named by its address alone: queries are long, and a user's name may hold a password."""
    address = re.sub(r"//[^/@]*@", "//", url.partition("?")[0])
    return SourceUnreachable(f"{address}: {why}")


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
