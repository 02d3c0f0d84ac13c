"""Whether a source has a number, however either writes it.

It has if one of its own is worth the same, rounded as the answer rounds it: 87.31 supports "87.3%"
and "over 87%", but not "87.13%". Pure; looking up takes no walk over the source.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperlens.summaries.checking.amounts import Amount, amounts_in

_IMPLIED: Mapping[str, tuple[float, ...]] = {
    "both": (2,), "dual": (2,), "pair": (2,), "pairs": (2,), "pairwise": (2,), "twice": (2,),
    "double": (2,), "doubles": (2,), "doubled": (2,), "doubling": (2,), "twofold": (2,),
    "second": (2,), "secondly": (2,), "either": (2,), "binary": (2,), "triple": (3,),
    "triples": (3,), "tripled": (3,), "threefold": (3,), "third": (3,), "thirdly": (3,),
    "thirds": (3,), "fourth": (4,), "quadruple": (4,), "fifth": (5,), "half": (0.5, 2),
    "halves": (0.5, 2), "halved": (0.5, 2), "halving": (0.5, 2), "quarter": (0.25, 4),
    "dozen": (12,), "magnitude": (10, 100, 1000), "zero": (0,),
    "hundred": (100,), "thousand": (1000,), "million": (1e6,), "billion": (1e9,),
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_SAME = 1e-9
_LOOSENESS = 0.1


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a source, sorted: `plain` holds every one, the others those that may be
    percentages or multiples. What counts things ("12 layers") is no percentage. `implied` is what
    words like "both" tell without a number; a number in words may come from there."""

    plain: Sequence[float]
    percent: Sequence[float]
    times: Sequence[float]
    implied: frozenset[float]

    @classmethod
    def of(cls, text: str) -> "Numbers":
        amounts = list(amounts_in(text))
        words = _WORD.findall(text.lower())
        implied = [worth for word in _IMPLIED.keys() & words for worth in _IMPLIED[word]]
        bare = [amount for amount in amounts if amount.kind == "plain" and not amount.things]
        return cls(
            sorted(_worths(amounts)),
            sorted([*_worths(_of("percent", amounts)), *_worths(bare)]),
            sorted([*_worths(_of("times", amounts)), *_worths(bare), *implied]),
            frozenset(implied),
        )

    def support(self, amount: Amount) -> bool:
        """Whether some number here is worth what the amount says."""
        return any(self._has(amount, worth, step) for worth, step in amount.worths)

    def _has(self, amount: Amount, worth: float, step: float) -> bool:
        within = _tolerance(amount, worth, step)
        if worth in self.implied and not any(map(str.isdigit, amount.text)):
            return True
        if amount.kind == "percent":
            return _near(self.percent, worth, within) or (
                _near(self.plain, worth / 100, min(within / 100, 0.005)) and worth < 100
            )
        if amount.kind == "times":
            return _near(self.times, worth, within)
        if 0 < worth < 1 and _near(self.percent, worth * 100, within * 100):
            return True
        return _near(self.plain, worth, within)


def _of(kind: str, amounts: Iterable[Amount]) -> Iterator[Amount]:
    return (amount for amount in amounts if amount.kind == kind)


def _worths(amounts: Iterable[Amount]) -> Iterator[float]:
    return (worth for amount in amounts for worth, _ in amount.worths)


def _tolerance(amount: Amount, worth: float, step: float) -> float:
    """Rounding: half of what the last digit counts; more after "about", none for small counts."""
    same = abs(worth) * _SAME
    if amount.is_loose:
        roundness = _roundness(worth, step)
        looseness = roundness if roundness == step else min(roundness, worth * _LOOSENESS)
        return max(looseness - same, step / 2)
    if amount.kind == "plain" and step == 1 and worth < 10:
        return same
    return step / 2 + same


def _roundness(worth: float, step: float) -> float:
    """The greatest power of ten, from the step on, that the worth is a multiple of."""
    for _ in range(15):
        if worth < step * 10 or abs(worth / (step * 10) - round(worth / (step * 10))) > _SAME:
            return step
        step *= 10
    return step


def _near(numbers: Sequence[float], worth: float, within: float) -> bool:
    at = bisect_left(numbers, worth - within)
    return at < len(numbers) and numbers[at] <= worth + within
