"""Where a taste comes from: marks and interests of the library, before its background.

The background lies in the cache and is made anew when it is gone, has grown old, or was made of a
library half as large. Marks are read each time: their files are as large as the marks are many.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.errors import PlaceRefused
from paperlens.files import make_folder, write_whole
from paperlens.models import Decision, Mark
from paperlens.taste.background import FULL, Background, observed
from paperlens.taste.keeping import read, written
from paperlens.taste.taste import Marked, Taste
from paperlens.taste.words import counted

if TYPE_CHECKING:
    from paperlens.library import Library

FILE = "taste.json"
MARKS, INTERESTS = 1_500, 1_000  # the newest; older ones would hardly change anything
WEIGHTS = {Mark.STAR: 1.0, Mark.READ: 0.7, Mark.LATER: 0.4, Mark.SKIP: -1.0}
INTEREST = 0.5
HALF_LIFE = 365  # days
FAINTEST, UNDATED = 0.2, 0.5
_OLD = timedelta(days=90)


class School:
    """Learns when asked; the same library on the same day gives the same taste."""

    def __init__(self, library: "Library", cache: Path, now: Callable[[], datetime]) -> None:
        self._library, self._file, self._now = library, cache / FILE, now

    def taste(self, before: datetime | None = None) -> Taste | None:
        """What the reader likes, by the marks made before a moment; None where nothing tells."""
        lessons = tuple(self._lessons(before))
        return Taste(self.background(), lessons) if lessons else None

    def _lessons(self, before: datetime | None) -> Iterator[Marked]:
        now = self._now()
        marks = {
            one: decision
            for one, decision in self._library.all_marked().items()
            if before is None or decision.marked is None or decision.marked < before
        }
        dated = sorted(marks, key=lambda one: _moment(marks[one]), reverse=True)[:MARKS]
        for known in self._library.known(dated).values():
            mark = known.decision.mark
            weight = WEIGHTS[mark] * _freshness(known.decision, now)
            yield Marked(known.paper, mark, weight, counted(known.paper))
        for paper in self._library.interests(INTERESTS):
            if paper.id not in marks:
                yield Marked(paper, None, INTEREST, counted(paper))

    def background(self) -> Background:
        """What is usual in the library's papers."""
        kept = self._kept()
        if kept and kept.papers >= FULL:
            return kept
        ids = list(islice(self._library.ids(), FULL))
        if kept and len(ids) < max(2 * kept.papers, 1):
            return kept
        known = self._library.known(ids)
        made = observed([counted(one.paper) for one in known.values()])
        text = written(made, self._now().date())
        self._keep(text)
        again = read(text)  # so that the first scores are those that come of the file
        return again[0] if again else made

    def _kept(self) -> Background | None:
        try:
            found = read(self._file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
        if found is None or abs(self._now().date() - found[1]) > _OLD:
            return None
        return found[0]

    def _keep(self, text: str) -> None:
        """A cache that takes nothing costs time, no more."""
        try:
            make_folder(self._file.parent)
            write_whole(self._file, text.encode())
        except PlaceRefused:
            return


def _moment(decision: Decision) -> float:
    return decision.marked.timestamp() if decision.marked else 0.0


def _freshness(decision: Decision, now: datetime) -> float:
    """In whole days, so that scores stay as they are through a day."""
    if decision.marked is None:
        return UNDATED
    days = max((now.date() - decision.marked.date()).days, 0)
    return max(FAINTEST, float(0.5 ** (days / HALF_LIFE)))
