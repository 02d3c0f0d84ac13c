"""What is ordinary in this reader's papers: how usual each term is, and which go together.

A taste is what differs from it. It is made of a few hundred papers of the library, seldom, and
kept in the cache, so that a paper has the same score whatever else comes on a day. `axes` are the
directions in which the papers differ most: a starred paper on splatting then also pulls papers on
radiance fields, for the library's papers often have both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

from paperlens.taste.axes import axes_of
from paperlens.taste.usual import usual_rates
from paperlens.taste.vectors import Matrix, Vector, dot, outer, scaled, summed, unit
from paperlens.taste.words import MOST, Counts

RARENESS = 0.3  # how much more a seldom term counts: 0 not at all, 1 as in TF-IDF
LOGS = (0.0, *(1 + log(count) for count in range(1, MOST + 1)))
_SQUARES = tuple(each * each for each in LOGS)

FULL = 1_000  # papers: more of them make no better background
_TRUST = 40  # papers that the table of usual words is worth
_TYPICAL = 14.0  # the length of a paper's vector
_SELDOM = 4  # papers a term must be in to lie along an axis
_AXES, _PAPERS_FOR_AN_AXIS = 16, 15
_ALONG = 1_500
_SAMPLE = 120


@dataclass(frozen=True)
class Background:
    """`factors` is what a term counts, `mean` what it has in a paper on the average.

    `moments` is how papers lie along the axes on the average, and how they spread; `sample` are
    some of the papers. `name` tells it from others.
    """

    papers: int
    factors: Mapping[str, float]
    unknown: float
    mean: Mapping[str, float]
    axes: Mapping[str, Vector]
    middle: Vector
    average: Vector
    spread: Matrix
    sample: tuple[Counts, ...]
    name: str = ""

    @cached_property
    def size(self) -> int:
        return len(self.middle)

    @cached_property
    def heavy_axes(self) -> dict[str, Vector]:
        """The axes times what the terms count."""
        return {term: scaled(row, self.factors[term]) for term, row in self.axes.items()}

    @cached_property
    def _squares(self) -> dict[str, float]:
        return {term: factor * factor for term, factor in self.factors.items()}

    @cached_property
    def placed_sample(self) -> tuple[tuple[Counts, float, Vector], ...]:
        """Each paper of the sample with its length and its place."""
        lengths = [self.length(counts) for counts in self.sample]
        return tuple(
            (counts, length, self.placed(counts, length)[0])
            for counts, length in zip(self.sample, lengths, strict=True)
        )

    def length(self, counts: Counts) -> float:
        known, unknown = self._squares.get, self.unknown**2
        return sqrt(sum([_SQUARES[n] * known(t, unknown) for t, n in counts.items()])) or 1.0

    def vector(self, counts: Counts, length: float) -> dict[str, float]:
        """The paper among all terms, of length one."""
        known, unknown, over = self.factors.get, self.unknown, 1 / length
        return {term: LOGS[n] * known(term, unknown) * over for term, n in counts.items()}

    def placed(self, counts: Counts, length: float) -> tuple[Vector, float]:
        """Where the paper lies along the axes, and how far from the middle, before it is made one.

        Most terms stand there once, where nothing is to be multiplied.
        """
        heavy = self.heavy_axes
        rows = [
            heavy[term] if n == 1 else scaled(heavy[term], LOGS[n])
            for term, n in counts.items()
            if term in heavy
        ]
        total = summed(rows, self.size)
        place = [each / length - middle for each, middle in zip(total, self.middle, strict=True)]
        far = sqrt(dot(place, place))
        return unit(place), far


def observed(papers: Sequence[Counts]) -> Background:
    """The background of these papers; of few, what is usual anywhere counts as well."""
    factors, unknown = _factors(papers)
    bare = Background(len(papers), factors, unknown, {}, {}, [], [], [], ())
    vectors = [bare.vector(counts, bare.length(counts)) for counts in papers]
    mean = _mean(vectors, factors)
    size = min(_AXES, len(papers) // _PAPERS_FOR_AN_AXIS)
    axes = axes_of(vectors, mean, _terms_along(papers, factors), size)
    size = len(next(iter(axes.values()), []))
    middle = summed([scaled(row, mean[term]) for term, row in axes.items()], size)
    base = Background(len(papers), factors, unknown, mean, axes, middle, [], [], ())
    places = [base.placed(counts, base.length(counts))[0] for counts in papers]
    share = 1 / max(1, len(places))
    return Background(
        papers=len(papers),
        factors=factors,
        unknown=unknown,
        mean=mean,
        axes=axes,
        middle=middle,
        average=scaled(summed(places, size), share),
        spread=outer([(share, place) for place in places], size),
        sample=tuple(_known(counts, factors) for counts in _spaced(papers, _SAMPLE)),
    )


def _factors(papers: Sequence[Counts]) -> tuple[dict[str, float], float]:
    """Of the terms that two papers have, or that are usual; and what any other counts."""
    found = Counter(term for counts in papers for term in counts)
    usual = usual_rates()
    total = len(papers) + _TRUST
    known = [term for term, count in found.items() if count > 1]
    rates = {
        term: (found[term] + _TRUST * usual.get(term, 0.0)) / total for term in [*usual, *known]
    }
    return {term: _factor(rate) for term, rate in rates.items()}, _factor(1 / total)


def _factor(rate: float) -> float:
    return float((1 + log(1 / min(1.0, max(rate, 1e-6)))) ** RARENESS)


def _mean(vectors: Sequence[Mapping[str, float]], factors: Mapping[str, float]) -> dict[str, float]:
    total = len(vectors) + _TRUST
    usual = usual_rates()
    sums = {
        term: _TRUST * usual.get(term, 0.0) * factor / _TYPICAL for term, factor in factors.items()
    }
    for vector in vectors:
        for term in vector.keys() & sums.keys():
            sums[term] += vector[term]
    return {term: told / total for term, told in sums.items()}


def _terms_along(papers: Sequence[Counts], factors: Mapping[str, float]) -> list[str]:
    found = Counter(term for counts in papers for term in counts if term in factors)
    often = [(count, term) for term, count in found.items() if count >= _SELDOM]
    return [term for _, term in sorted(often, reverse=True)[:_ALONG]]


def _known(counts: Counts, factors: Mapping[str, float]) -> Counts:
    return {term: count for term, count in counts.items() if term in factors}


def _spaced(papers: Sequence[Counts], most: int) -> Iterable[Counts]:
    return papers[:: max(1, -(-len(papers) // most))]
