"""What a benchmark counts: so many of so many, a document's counts, and what was missed. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Counts = dict[str, "Count"]


@dataclass(frozen=True)
class Count:
    """So many right of so many; counts of documents add up."""

    right: float = 0
    of: float = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float | None:
        """1.0 if all are right; `None` where there was nothing to count."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True)
class Score:
    """One document's counts, and in words what lowers them."""

    counts: Counts
    missed: Sequence[str] = field(default=())

    def __or__(self, other: "Score") -> "Score":
        return Score(self.counts | other.counts, (*self.missed, *other.missed))


def total(scores: Iterable[Counts]) -> Counts:
    """All documents as if they were one."""
    added: Counts = {}
    for counts in scores:
        for name, count in counts.items():
            added[name] = added.get(name, Count()) + count
    return added


def found(right: float, wanted: int, told: int) -> Count:
    """A count whose share is F1: twice what is right, of what is wanted and what is told."""
    return Count(2 * right, wanted + told)


def matched(wanted: Iterable[str], told: Iterable[str]) -> tuple[int, list[str], list[str]]:
    """How many occur in both, which are only wanted, and which are only told."""
    here, there = Counter(wanted), Counter(told)
    missing, invented = here - there, there - here
    return (here & there).total(), list(missing.elements()), list(invented.elements())


def below(counts: Counts, limits: Mapping[str, float]) -> list[str]:
    """The names of the counts that do not reach their limit."""
    return [
        name
        for name, limit in limits.items()
        if name in counts and (share := counts[name].share) is not None and share < limit
    ]
