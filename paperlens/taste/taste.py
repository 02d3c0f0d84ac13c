"""A reader's taste: what it says of a paper, and why, in the paper's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperlens.models import Mark, Paper
from paperlens.taste.background import Background
from paperlens.taste.learning import Lesson, Liking, learned
from paperlens.taste.nearest import Neighbours
from paperlens.taste.words import AUTHOR, Counts, counted, spelled

_STRENGTH, _RESERVE = 1.2, 1.0


@dataclass(frozen=True)
class Marked:
    """A paper that teaches; `mark` is None for one of a bibliography of interests."""

    paper: Paper
    mark: Mark | None
    weight: float
    counts: Counts


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase or an author as the paper has it, and what it adds to the taste for it."""

    text: str
    weight: float
    is_author: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A marked paper and how alike it is, from 0 to 1."""

    paper: Paper
    mark: Mark | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """`pull` is in logits, `liking` in deviations from an ordinary paper, which has 0."""

    pull: float
    liking: float
    counts: Counts


class Taste:
    """Learned once, asked of many papers."""

    def __init__(
        self, background: Background, marked: Sequence[Marked], liking: Liking | None = None
    ) -> None:
        """`liking` is what was learned from the same marks before."""
        self.marked = marked
        self.liking = liking or learned(
            [Lesson(one.counts, one.weight) for one in marked], background
        )

    def opinion(self, paper: Paper) -> Opinion:
        """How much the taste pulls a paper up or pushes it down."""
        counts = counted(paper)
        liking = self.liking.of(counts)
        pull = self.liking.certainty * (_STRENGTH * liking - _RESERVE)
        return Opinion(pull, liking, counts)

    def parts(self, paper: Paper, opinion: Opinion) -> list[Part]:
        """What pulled and what pushed, the strongest first; a phrase speaks for its words."""
        parts = self.liking.parts(opinion.counts)
        return list(phrases(paper, parts, self.liking.certainty * _STRENGTH))

    def nearest(self, opinion: Opinion, apart_from: str, limit: int = 1) -> list[Near]:
        """The marked papers that are most like it, but for itself."""
        found = self._neighbours.of(opinion.counts, limit + 1)
        near = [
            Near(self.marked[place].paper, self.marked[place].mark, likeness)
            for place, likeness in found
            if self.marked[place].paper.id != apart_from
        ]
        return near[:limit]

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours([one.counts for one in self.marked], self.liking.background)


def phrases(paper: Paper, parts: Mapping[str, float], scale: float) -> Iterable[Part]:
    """Pairs take over the words they consist of where these pull the same way.

    What a pair adds that no reader would read as one, because a stop parts it, goes to its words.
    """
    told = dict(parts)
    written = spelled(paper, set(parts))
    for term in sorted(parts, key=lambda t: (-abs(parts[t]), t)):
        words = [] if term.startswith(AUTHOR) else list(dict.fromkeys(term.split()))
        if " " not in term or not words:
            continue
        if term not in written:
            share = told.pop(term) / len(words)
            told |= {word: told.get(word, 0.0) + share for word in words}
        elif all(told.get(word, 0.0) * parts[term] > 0 for word in words):
            told[term] += sum(told.pop(word) for word in words)
    written |= spelled(paper, told.keys() - written.keys())
    for term in sorted(told, key=lambda t: (-abs(told[t]), t)):
        if term in written:
            yield Part(written[term], told[term] * scale, term.startswith(AUTHOR))
