"""Numbers in English words: "eighty-seven", "two hundred thousand", "threefold", "half",
"two thirds of", "millions".

Where each stands and what it may be worth. Pure; linear in the text, which is untrusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paperlens.summaries.checking.tables import listed

_ONES = listed("one two three four five six seven eight nine")
_TEENS = listed("""
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    """)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_WORTH = {word: float(worth) for worth, word in enumerate(_ONES + _TEENS, start=1)} | {
    word: 10.0 * worth for worth, word in enumerate(_TENS, start=2)
}
_GREAT = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_MULTIPLES = {"twice": 2.0, "doubl": 2.0, "thrice": 3.0, "tripl": 3.0, "quadrupl": 4.0}

_SMALL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)})(?![a-z]))?"
    rf"|{'|'.join(sorted(_TEENS + _ONES, key=len, reverse=True))})"
)
_UPTO_THOUSAND = rf"{_SMALL}(?:[- ]hundred(?![a-z])(?:[- ](?:and[- ])?{_SMALL}(?![a-z]))?)?"
_GREATS = "|".join(_GREAT)
_FOUND = re.compile(
    r"(?<!\w)(?:"
    rf"(?P<many>(?:an?|one|two|three)[- ](?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|hundredth)s?(?= of\b)|half\b|halv(?:es|ed|ing)\b)"
    r"|(?P<fold>[a-z]{3,8})fold\b"
    r"|(?P<multiple>twice|thrice|(?:doubl|tripl|quadrupl)(?:es?|ed|ing))\b"
    r"|(?P<order>hundreds|thousands|millions|billions|trillions)\b"
    rf"|(?P<number>(?:a (?:hundred|{_GREATS})|{_UPTO_THOUSAND})(?![a-z])"
    rf"(?:[- ](?:{_GREATS}|(?:and[- ])?{_UPTO_THOUSAND}[- ](?:{_GREATS}))(?![a-z])){{0,3}}"
    rf"(?:(?:(?<=thousand)|(?<=million)|(?<=billion))[- ](?:and[- ])?{_UPTO_THOUSAND}(?![a-z]))?))"
)

_WORD = re.compile(r"[a-z]{3,}")
_TELLING = frozenset(
    [*_WORTH, *_GREAT, *(f"{great}s" for great in _GREAT), "hundred", "hundreds", "half", "twice",
     *("thrice", "halve", "halves", "halved", "halving"), *_PARTS, *(f"{part}s" for part in _PARTS),
     *(stem + end for stem in _MULTIPLES for end in ("e", "es", "ed", "ing"))]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words: where it stands, its worth and what its last digit counts; `times` says
    that it multiplies, `order` that it is anything from its worth to a thousand times as much."""

    begin: int
    end: int
    worth: float
    step: float = 1.0
    times: bool = False
    order: bool = False


def spelled_in(small: str) -> Iterator[Spelled]:
    """The numbers in a text of small letters; a lone "one" is seldom a number."""
    if _TELLING.isdisjoint(_WORD.findall(small)) and "fold" not in small:
        return
    for found in _FOUND.finditer(small):
        begin, end = found.span()
        if found["many"]:
            worth = _part(found["many"])
            yield Spelled(begin, end, worth, worth / 10)
        elif found["fold"]:
            if worth := _WORTH.get(found["fold"], 100.0 if found["fold"] == "hundred" else 0.0):
                yield Spelled(begin, end, worth, times=True)
        elif found["multiple"]:
            worth = next(v for k, v in _MULTIPLES.items() if found["multiple"].startswith(k))
            yield Spelled(begin, end, worth, times=True)
        elif found["order"]:
            name = found["order"][:-1]
            yield Spelled(begin, end, _GREAT.get(name, 100.0), order=True)
        elif found["number"] != "one":
            yield Spelled(begin, end, *_number(found["number"]))


def _part(text: str) -> float:
    first, _, part = text.replace("-", " ").rpartition(" ")
    parts = next(v for k, v in _PARTS.items() if part.startswith(k[:4]))
    return _WORTH.get(first, 1.0) / parts


def _number(text: str) -> tuple[float, float]:
    """What it is worth, and what its smallest word counts: "two million" tells no thousands."""
    total = group = 0.0
    step = 1.0
    for word in text.replace("-", " ").split():
        if word == "hundred":
            group, step = max(group, 1.0) * 100, 100.0
        elif word in _GREAT:
            total += max(group, 1.0) * _GREAT[word]
            group, step = 0.0, step * _GREAT[word]
        elif word in _WORTH:
            group, step = group + _WORTH[word], 1.0
    return total + group, step
