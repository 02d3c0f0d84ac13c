"""Which of the marked papers a paper is most like: cosine of rare terms, over an inverted index.

Terms that no two papers of the background share tell nothing of likeness and are left out.
"""

from collections.abc import Sequence
from heapq import nlargest
from math import sqrt

from paperlens.taste.background import LOGS, RARENESS, Background
from paperlens.taste.words import Counts

_POWER = 1 / RARENESS
_TELLING = 80  # terms of a paper that are looked up


class Neighbours:
    """The marked papers by their terms."""

    def __init__(self, papers: Sequence[Counts], background: Background) -> None:
        self._rareness = {term: factor**_POWER for term, factor in background.factors.items()}
        self._holders: dict[str, list[tuple[int, float]]] = {}
        for place, counts in enumerate(papers):
            for term, x in self._vector(counts).items():
                self._holders.setdefault(term, []).append((place, x))

    def of(self, counts: Counts, limit: int) -> list[tuple[int, float]]:
        """Their places and how alike they are, the most alike first."""
        vector = self._vector(counts)
        telling = nlargest(_TELLING, vector.items(), key=lambda pair: (pair[1], pair[0]))
        likeness: dict[int, float] = {}
        for term, x in telling:
            for place, y in self._holders.get(term, ()):
                likeness[place] = likeness.get(place, 0.0) + x * y
        return nlargest(limit, likeness.items(), key=lambda pair: (pair[1], -pair[0]))

    def shared(self, one: Counts, other: Counts) -> dict[str, float]:
        """What each term adds to the likeness of two papers."""
        first, second = self._vector(one), self._vector(other)
        return {term: x * second[term] for term, x in first.items() if term in second}

    def _vector(self, counts: Counts) -> dict[str, float]:
        known = self._rareness
        heavy = {term: LOGS[n] * known[term] for term, n in counts.items() if term in known}
        length = sqrt(sum(x * x for x in heavy.values())) or 1.0
        return {term: x / length for term, x in heavy.items()}
