"""The numbers in a running text, by what they are worth: "10k", "10,000" and "10^4" are the same.

Ordinals, the numbers of lists, headings, figures and references, and those inside names ("GPT-4")
are none. Pure; linear in the text, which is untrusted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from paperlens.summaries.checking.measures import Measure, measure_of
from paperlens.summaries.checking.spelled import Spelled, spelled_in
from paperlens.summaries.checking.tables import words

Kind = Literal["plain", "percent", "times", "order"]

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
_NUMBER = re.compile(
    rf"(?<![{_LATIN}_\d.])(?<![{_LATIN}][-_])"
    r"(?:(?P<whole>\d{1,3}(?:[,']\d{3}){1,5}(?!\d)|\d{1,30})(?P<decimals>\.\d{1,30})?"
    r"|(?P<only>\.\d{1,30}))"
    r"(?:[eE](?P<e>[-+]?\d{1,2})(?!\w)|\s?[×x·]\s?10\^(?P<ten>[-+]?\d{1,2})"
    r"|(?<=(?<!\d)10)\^(?P<power>[-+]?\d{1,2}))?"
)
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(
    rf"(?P<close>[{_LATIN}]{{1,16}}|[%‰×百千万萬億亿兆倍])"
    r"|(?P<gap>[\s-]{1,3})(?P<apart>[A-Za-z]{1,16}|[%×百千万萬億亿兆倍])"
)
_THINGS = re.compile(r"[\s-]{1,3}(?P<word>[a-z]{2,16})")
_BY = re.compile(r"(?<=\d)[xX](?=\d)")
_NO_NUMBER = re.compile(
    r"\[\d{1,3}(?:\s?[,;-]\s?\d{1,3}){0,20}\]"
    r"|\(\d\)(?=\s)|(?<![^\s(])\d\)(?=\s)|\A\W{0,4}\d{1,2}\.(?=\s|\Z)|\*\d\b"
    r"|\A\d{1,2}(?:\.\d{1,2}){1,4}\.?\s(?=[A-Z])"
    r"|(?i:\b(?:sections?|sec\.|figures?|figs?\.|tables?|tab\.|eqs?\.|equations?|appendix|theorems?"
    r"|lemmas?|chapters?|algorithms?|pages?|pp?\.)\s?\(?\d{1,4}(?:\.\d{1,3}){0,3}\b)"
)
_LOOSE = re.compile(
    r"(?:[~≈>]|\b(?:about|around|approximately|roughly|nearly|almost|over|above|some|than|least"
    r"|exceeding|under|below|ca\.|etwa|rund|fast|über|environ)|近|约|約|超过|超過|超)\s?\Z",
    re.IGNORECASE,
)
_LOOKBACK = 16

_FACTORS: Mapping[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "thousands": 1e3, "mille": 1e3, "tausend": 1e3,
    "million": 1e6, "millions": 1e6, "mio": 1e6, "millionen": 1e6, "millones": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "milliards": 1e9, "milliarden": 1e9,
    "trillion": 1e12, "trillions": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
}  # fmt: skip
_LETTERS: Mapping[str, float] = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
_PERCENT = words("% percent percentage pp pct prozent")
_TIMES = words("x × times time fold faster slower smaller larger 倍 mal fois")
_NO_AMOUNT = words("st nd rd th d")  # "3rd" counts nothing, and "3D" is a word
_NO_THING = words("""
    on in at by to or is as vs an if we it so and are but for from into over than that
    the then was were when which while with versus via
    respectively using after under across points point compared higher lower better relative
    absolute accuracy improvement reduction gain increase overall average per only
    """)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written, and all it may be worth: "7B" is seven or seven billion.

    Each worth comes with what its last digit counts. `things` says that the number counts what
    follows it ("12 layers"), `is_loose` that "about" or "over" stands before it. Of an "order"
    ("millions") the worth is the least it can be, and the last digit's the greatest. `is_scaled`
    says that a letter seems to multiply it, which is the first worth then.
    """

    text: str
    worths: tuple[tuple[float, float], ...]
    kind: Kind = "plain"
    is_loose: bool = False
    things: bool = False
    at: int = 0
    measure: Measure | None = None
    is_scaled: bool = False

    @property
    def is_in_digits(self) -> bool:
        return self.text[:2].lstrip(".")[:1].isdigit()


def amounts_in(text: str, has_decimal_commas: bool = False) -> Iterator[Amount]:
    """Every number that a plain text writes in digits, then every one in English words."""
    if _DIGIT.search(text):
        yield from _in_digits(text, has_decimal_commas)
    small = text.lower()
    if len(small) == len(text):
        yield from (_in_words(text, found) for found in spelled_in(small))


def _in_digits(text: str, has_decimal_commas: bool) -> Iterator[Amount]:
    read = _NO_NUMBER.sub(lambda found: " " * len(found[0]), _BY.sub("×", text))
    if has_decimal_commas:
        read = _DECIMAL_COMMA.sub(".", read)
        read = _POINTS.sub(lambda found: found[0].replace(".", ","), read)
    for found in _NUMBER.finditer(read):
        amount = _amount(read, text, found, has_decimal_commas)
        if amount:
            yield amount


_POINTS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,5}(?![\d.,]?\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=(?:\d{1,2}|\d{4,8})(?!\d))")


def _amount(read: str, text: str, found: re.Match[str], commas: bool) -> Amount | None:
    unit = _UNIT.match(read, found.end())
    word = (unit["close"] or unit["apart"]) if unit else ""
    is_close = bool(unit and unit["close"])
    if is_close and word.lower() in _NO_AMOUNT:
        return None
    value, step = _worth(found)
    kind = _kind(word, read[unit.end() :][:2] if unit else "")
    worths = [(value, step)]
    is_scaled = word in _LETTERS and (is_close or word.isupper())
    factor = _FACTORS.get(word.lower())
    if factor:
        worths = [(value * factor, step * factor)]
    elif is_scaled:
        worths.insert(0, (value * _LETTERS[word], step * _LETTERS[word]))
    elif commas:
        worths += _other_reading(found)
    ends = unit.end() if unit and (is_close or kind != "plain" or factor) else found.end()
    return Amount(
        text=text[found.start() : ends],
        worths=tuple(worths),
        kind=kind,
        is_loose=_is_loose(text, found.start()),
        things=_counts_things(read, found) and not found["decimals"],
        at=found.start(),
        measure=measure_of(word, found["whole"] or "", is_close),
        is_scaled=is_scaled,
    )


def _worth(found: re.Match[str]) -> tuple[float, float]:
    decimals = found["decimals"] or found["only"] or "."
    value = float((found["whole"] or "").replace(",", "").replace("'", "") + decimals + "0")
    step = 10.0 ** (1 - len(decimals))
    if found["power"]:
        value, step = 1.0, 1.0
    exponent = 10.0 ** int(found["e"] or found["ten"] or found["power"] or 0)
    return value * exponent, step * exponent


def _other_reading(found: re.Match[str]) -> Iterator[tuple[float, float]]:
    """Where the comma stands before decimals, "1.234" may be a thousand, and "1,234" none."""
    whole, decimals = found["whole"] or "", found["decimals"] or ""
    if len(decimals) == 4 and len(whole) <= 3 and "," not in whole:
        yield float(whole + decimals[1:]), 1.0
    if whole.count(",") == 1 and not decimals:
        yield float(whole.replace(",", ".")), 0.001


def _kind(word: str, after: str) -> Kind:
    if word.lower() in _PERCENT:
        return "percent"
    if word.lower() in _TIMES and not after.strip()[:1].isdigit():
        return "times"
    return "plain"


def _is_loose(text: str, at: int) -> bool:
    return _LOOSE.search(text[max(0, at - _LOOKBACK) : at]) is not None


def _counts_things(read: str, found: re.Match[str]) -> bool:
    things = _THINGS.match(read, found.end())
    return things is not None and things["word"] not in _NO_THING | _TIMES | _PERCENT


def _in_words(text: str, found: Spelled) -> Amount:
    """A number in words; what follows it tells more, as it does after digits."""
    unit = _UNIT.match(text, found.end)
    word = (unit["apart"] or "") if unit else ""
    kind: Kind = "order" if found.order else "times" if found.times else _kind(word, "")
    is_said = found.worth, found.worth * 1000 if found.order else found.step
    things = _THINGS.match(text, found.end) if found.step >= 1 else None
    is_part = word in _PERCENT | _TIMES and not found.times
    ends = unit.end() if unit and is_part else found.end
    return Amount(
        text[found.begin : ends],
        (is_said,),
        kind,
        is_loose=_is_loose(text, found.begin),
        things=kind == "plain" and things is not None and things["word"] not in _NO_THING,
        at=found.begin,
        measure=measure_of(word, "", is_close=False),
    )
