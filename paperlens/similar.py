"""The papers of the library that are most like one: what `similar` shows, best first, and why.

The index proposes some two hundred; the terms that they share with the paper decide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperlens.models import Known, Paper
from paperlens.reasons import NOTHING_ALIKE, shared_by
from paperlens.taste import Background, Counts, Neighbours, counted, phrases
from paperlens.twins import together

if TYPE_CHECKING:
    from paperlens.library import Library
    from paperlens.search import Search
    from paperlens.taste import School

_PROPOSED = 200
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper, how alike it is from 0 to 1, and what is alike."""

    known: Known
    likeness: float
    why: tuple[str, ...]


def similar(
    paper: Paper, limit: int, library: "Library", search: "Search", school: "School"
) -> tuple[Similar, ...]:
    """Other papers of the library, the most alike first; those that hardly are, are left out."""
    proposed = library.known(search.resembling(paper, _PROPOSED))
    if not proposed:
        return ()
    return nearest(paper, list(proposed.values()), school.background(), limit)


def nearest(
    paper: Paper, others: Sequence[Known], background: Background, limit: int
) -> tuple[Similar, ...]:
    """Which of the others are most like the paper. Pure."""
    asked, counts = counted(paper), [counted(one.paper) for one in others]
    neighbours = Neighbours(counts, _with_shared([asked, *counts], background))
    same = _same_work(paper, [one.paper for one in others])
    found = [(place, likeness) for place, likeness in neighbours.of(asked, len(others))]
    found.sort(key=lambda one: (others[one[0]].paper.id not in same, -one[1]))
    told = []
    for place, likeness in found[:limit]:
        other = others[place]
        is_same = other.paper.id in same
        if is_same or likeness >= NOTHING_ALIKE:
            shared = list(phrases(other.paper, neighbours.shared(asked, counts[place]), 1.0))
            why = shared_by(shared, is_same)
            told.append(Similar(other, round(min(likeness, 1.0), _DIGITS), why))
    return tuple(told)


def _with_shared(papers: Sequence[Counts], background: Background) -> Background:
    """What two of these papers have tells of likeness, though no other paper has it."""
    held = Counter(term for counts in papers for term in counts)
    rare = {term: background.unknown for term, count in held.items() if count > 1}
    factors: Mapping[str, float] = {**rare, **background.factors}
    return replace(background, factors=factors)


def _same_work(paper: Paper, others: Sequence[Paper]) -> frozenset[str]:
    group = next(iter(together([paper, *others])))
    return frozenset(one.id for one in group)
