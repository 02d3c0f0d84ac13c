"""Where a taste comes from: marks and interests of the library, before its background.

The background lies in the cache and is made anew when it is gone, has grown old, or was made of a
library half as large. What was learned lies there as well, and is good for a day, while nothing
in the library changes. Where nothing is marked, nothing else of this room is loaded.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperlens import __version__
from paperlens.errors import PlaceRefused
from paperlens.files import make_folder, write_whole
from paperlens.models import Decision, Mark
from paperlens.taste.sealing import seal

if TYPE_CHECKING:
    from paperlens.library import Library
    from paperlens.taste.background import Background
    from paperlens.taste.taste import Marked, Taste

FILE = "taste.json"
LEARNED = "taste-now.json", "taste-then.json"
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

    def taste(self, before: datetime | None = None) -> "Taste | None":
        """What the reader likes, by the marks made before a moment; None where nothing tells."""
        file = self._file.with_name(LEARNED[before is not None])
        key = self._key(before)  # first: what changes from here on is learned the next time
        lessons = _Lessons(lambda: tuple(self._lessons(before)))
        if not file.exists() and not lessons:
            return None
        from paperlens.taste.memory import kept, recalled
        from paperlens.taste.taste import Taste

        background = self.background()
        key = f"{key} {background.name}"
        if liking := recalled(file, key, background):
            return Taste(background, lessons, liking)
        if not lessons:
            return None
        taste = Taste(background, lessons)
        kept(file, key, taste.liking)
        return taste

    def _key(self, before: datetime | None) -> str:
        """All that a liking follows from, but for the background."""
        library = self._library
        stamps = (sorted(library.stamps().items()), library.stamp_of_interests())
        return seal(repr((__version__, self._now().date(), before, stamps)))

    def _lessons(self, before: datetime | None) -> "Iterator[Marked]":
        now = self._now()
        marks = {
            one: decision
            for one, decision in self._library.all_marked().items()
            if before is None or decision.marked is None or decision.marked < before
        }
        dated = sorted(marks, key=lambda one: _moment(marks[one]), reverse=True)[:MARKS]
        brought = self._library.interests(INTERESTS)
        if not dated and not brought:
            return
        from paperlens.taste.taste import Marked
        from paperlens.taste.words import counted

        for known in self._library.known(dated).values():
            mark = known.decision.mark
            weight = WEIGHTS[mark] * _freshness(known.decision, now)
            yield Marked(known.paper, mark, weight, counted(known.paper))
        for paper in brought:
            if paper.id not in marks:
                yield Marked(paper, None, INTEREST, counted(paper))

    def background(self) -> "Background":
        """What is usual in the library's papers."""
        from paperlens.taste.background import FULL, observed
        from paperlens.taste.keeping import read, written
        from paperlens.taste.words import counted

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

    def _kept(self) -> "Background | None":
        from paperlens.taste.keeping import read

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


class _Lessons(Sequence["Marked"]):
    """Read when they are asked for: what is remembered needs them for the nearest papers alone."""

    def __init__(self, read: "Callable[[], Sequence[Marked]]") -> None:
        self._read = read

    @cached_property
    def _all(self) -> "Sequence[Marked]":
        return self._read()

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)


def _moment(decision: Decision) -> float:
    return decision.marked.timestamp() if decision.marked else 0.0


def _freshness(decision: Decision, now: datetime) -> float:
    """In whole days, so that scores stay as they are through a day."""
    if decision.marked is None:
        return UNDATED
    days = max((now.date() - decision.marked.date()).days, 0)
    return max(FAINTEST, float(0.5 ** (days / HALF_LIFE)))
