"""Whether and where a source has a number, however either writes it.

It has if one of its own is worth the same, rounded as the answer rounds it: 87.31 supports "87.3%"
and "over 87%", but not "87.13%", and "41.5 ms" supports "0.0415 s", but not "41.5 s". Pure; looking
up takes no walk over the source.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from paperlens.summaries.checking.amounts import Amount, amounts_in

_IMPLIED: Mapping[str, tuple[float, ...]] = {
    "both": (2,), "dual": (2,), "pair": (2,), "pairs": (2,), "pairwise": (2,), "second": (2,),
    "secondly": (2,), "either": (2,), "binary": (2,), "bi": (2,), "triple": (3,), "triples": (3,),
    "third": (3, 1 / 3), "thirdly": (3,), "thirds": (3, 2 / 3), "fourth": (4, 0.25), "fifth": (5,),
    "twice": (2,), "half": (2,), "halves": (2,), "halved": (2,), "halving": (2,),
    "quarter": (0.25, 4), "dozen": (12,), "magnitude": (10, 100, 1000), "zero": (0,),
    "hundred": (100,), "thousand": (1000,), "million": (1e6,), "billion": (1e9,),
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_LIST = re.compile(r"(?<![\w-])[A-Z\d][\w-]{0,40}(?:, [A-Z\d][\w-]{0,40}){0,8},? and [A-Z\d]")
_SAME = 1e-9
_LOOSENESS = 0.1
_LOOKED_AT = 300
_COUNTED = 100  # from here on "times" rather tells how often than how much


@dataclass(frozen=True, slots=True)
class _Number:
    """One worth of a number of the source, and the sentence it stands in; no amount where words
    imply it."""

    worth: float
    place: int
    amount: Amount | None = None

    @property
    def is_in_digits(self) -> bool:
        return self.amount is not None and self.amount.is_in_digits


class Places(NamedTuple):
    """Where a source has a number: the sentences that write it in digits, and in words."""

    in_digits: frozenset[int]
    in_words: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.in_digits or self.in_words)


_by_worth = attrgetter("worth")


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a source, sorted: `plain` holds every one, the others those that may be
    percentages or multiples, and what is measured in the first unit of its kind. What counts things
    ("12 layers") is no percentage. `implied` is told without a number; one in words may come from
    there."""

    plain: Sequence[_Number]
    percent: Sequence[_Number]
    times: Sequence[_Number]
    implied: Sequence[_Number]
    measured: Mapping[str, Sequence[_Number]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Numbers":
        """Of a source's sentences, in their order."""
        plain: list[_Number] = []
        percent: list[_Number] = []
        times: list[_Number] = []
        implied: list[_Number] = []
        measured: dict[str, list[_Number]] = {}
        for place, text in enumerate(texts):
            implied += [_Number(each, place) for each in _implied(text)]
            for amount in amounts_in(text):
                found = [_Number(worth, place, amount) for worth, _ in amount.worths]
                is_bare = amount.kind == "plain" and not amount.things
                plain += found
                percent += found if is_bare or amount.kind == "percent" else ()
                times += found if is_bare or amount.kind == "times" else ()
                if unit := amount.measure:
                    measured.setdefault(unit.of, []).extend(
                        _Number(each.worth * unit.worth, place, amount) for each in found
                    )
        for each in (plain, percent, times, implied, *measured.values()):
            each.sort(key=_by_worth)
        return cls(plain, percent, times, implied, measured)

    def places(self, amount: Amount) -> Places:
        """The sentences that have a number worth what the amount says."""
        found = list(self._worth_as_much(amount))
        in_digits = {each.place for each in found if each.is_in_digits}
        others = {each.place for each in found} - in_digits
        return Places(frozenset(in_digits), frozenset(others))

    def _worth_as_much(self, amount: Amount) -> Iterator[_Number]:
        return (
            found
            for worth, step in amount.worths[: 1 if amount.is_scaled else None]
            for found in self._found(amount, worth, step)
        )

    def _found(self, amount: Amount, worth: float, step: float) -> Iterator[_Number]:
        if amount.kind == "order":
            yield from _between(self.plain, worth, step)
            return
        within = _tolerance(amount, worth, step)
        if not amount.is_in_digits:
            yield from _near(self.implied, worth, within)
        if amount.kind == "percent":
            yield from _near(self.percent, worth, within)
            if worth < 100:
                yield from _near(self.plain, worth / 100, min(within / 100, 0.005))
        elif amount.kind == "times":
            yield from _near(self.times if worth < _COUNTED else self.plain, worth, within)
        else:
            if 0 < worth < 1:
                yield from _near(self.percent, worth * 100, within * 100)
            yield from (
                each for each in _near(self.plain, worth, within) if _may_be(amount, each.amount)
            )
            if unit := amount.measure:
                least = within * unit.worth
                yield from _near(self.measured.get(unit.of, ()), worth * unit.worth, least)


def _implied(text: str) -> Iterator[float]:
    """What its words tell without a number, and how many names it lists: "A, B and C" are three."""
    for word in _IMPLIED.keys() & _WORD.findall(text.lower()):
        yield from _IMPLIED[word]
    for names in _LIST.finditer(text) if " and " in text else ():
        yield names[0].count(", ") + 2 - (", and " in names[0])


def _may_be(amount: Amount, other: Amount | None) -> bool:
    """Whether units do not tell two numbers of the same worth apart."""
    if other is None:
        return True
    if amount.measure and other.measure:
        return amount.measure == other.measure
    if amount.things and not amount.measure:
        return other.measure is None and other.kind == "plain"
    return not amount.measure or not other.things


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


def _near(numbers: Sequence[_Number], worth: float, within: float) -> Iterable[_Number]:
    return _between(numbers, worth - within, worth + within)


def _between(numbers: Sequence[_Number], least: float, most: float) -> Iterable[_Number]:
    begin = bisect_left(numbers, least, key=_by_worth)
    return (each for each in islice(numbers, begin, begin + _LOOKED_AT) if each.worth <= most)
