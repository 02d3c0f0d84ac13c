"""Numbers before heads: what they count, how deep they stand, and which comes after which. Pure.

`1`, `2.3`, `IV.`, `A.`, `(b)`, `III.A`, `S1`, `§2`, `Appendix A`, `第1章`, `一、`.
"""

import re
from dataclasses import dataclass

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_STEPS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
    (1, "I"),
)  # fmt: skip
_CHINESE = {digit: value for value, digit in enumerate("一二三四五六七八九十", start=1)}
_LARGEST = 60
_PART = r"(?:\d{1,2}|[A-Z]|[IVX]{1,6})"
_PLAIN = re.compile(
    rf"(?:§\s?)?((?:\d{{1,2}}|[IVX]{{1,6}}|[A-Z])(?:[.\-]{_PART}){{0,4}})(\.?)\s+(?=\S)"
)
_GLUED = re.compile(r"((?:\d{1,2}\.){1,4}\d{0,2})(?=[^\W\d_]{2})")
_BRACKET = re.compile(r"(?:\(?(?:\d{1,2}|[ivx]{1,5}|[a-zA-Z])\)|[a-z]\.)\s+(?=\S)")
_SUPPLEMENT = re.compile(r"S(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)")
_NAMED = re.compile(
    r"(?i:(appendix|appendices|annex|anhang|annexe|chapter|kapitel|section|part))"
    rf"(?:\s+({_PART}(?:\.\d{{1,2}}){{0,3}})(?![\w]))?[.:\s–—-]*"
)
_HAN = re.compile(
    r"(?:第\s?)([\d一二三四五六七八九十]{1,3})\s?[章节節部]\s*|([一二三四五六七八九十]{1,3})[、.．]\s*|[（(]([一二三四五六七八九十]{1,3})[）)]\s*"
)
_APPENDIX = ("app", "ann", "anh")


@dataclass(frozen=True, slots=True)
class Number:
    """`scheme` tells numbers that cannot follow one another apart; `path` counts from 1; `length`
    is how many letters of the head it takes."""

    scheme: str
    path: tuple[int, ...]
    length: int

    @property
    def depth(self) -> int:
        return len(self.path)

    def may_follow(self, other: "Number") -> bool:
        """Whether this is the next number after the other, at its depth, above or below."""
        if self.scheme != other.scheme:
            return False
        shared = self.path[:-1]
        if self.depth == other.depth + 1:
            return shared == other.path and self.path[-1] == 1
        return other.path[: self.depth - 1] == shared and (
            len(other.path) >= self.depth and self.path[-1] == other.path[self.depth - 1] + 1
        )


def numbers_of(text: str) -> tuple[Number, ...]:
    """The numbers that a head may begin with: `I.` may be the first or come after `H.`."""
    for reading in (_plain, _bracketed, _supplement, _named, _han):
        found = reading(text)
        if found:
            return found
    return ()


def _plain(text: str) -> tuple[Number, ...]:
    match = _PLAIN.match(text) or _GLUED.match(text)
    if not match:
        return ()
    length, parts = match.end(), re.split(r"[.\-]", match[1].rstrip("."))
    head, rest = parts[0], [_value(part) for part in parts[1:]]
    return tuple(
        Number(scheme, (first, *rest), length)
        for scheme, first in (
            ("arabic", int(head) if head.isdigit() else 0),
            ("roman", _roman(head)),
            ("letter", _letter(head)),
        )
        if 0 < first <= _LARGEST
    )


def _bracketed(text: str) -> tuple[Number, ...]:
    match = _BRACKET.match(text)
    if not match:
        return ()
    name = match[0].strip(" ().")
    is_open = "." in match[0]
    return tuple(
        Number("a." if is_open else scheme, (value,), match.end())
        for scheme, value in (
            ("(1)", int(name) if name.isdigit() else 0),
            ("(i)", 0 if is_open else _roman(name.upper())),
            ("(a)", _letter(name.upper())),
        )
        if value
    )


def _supplement(text: str) -> tuple[Number, ...]:
    match = _SUPPLEMENT.match(text)
    if not match:
        return ()
    return (Number("S", tuple(map(int, match[1].split("."))), match.end()),)


def _named(text: str) -> tuple[Number, ...]:
    match = _NAMED.match(text)
    if not match or not match[2]:
        return ()
    is_appendix = match[1][:3].lower() in _APPENDIX
    path = tuple(_value(part) for part in match[2].split("."))
    scheme = "appendix" if is_appendix else match[1].lower()
    return (Number(scheme, path, match.end()),)


def _han(text: str) -> tuple[Number, ...]:
    match = _HAN.match(text)
    if not match:
        return ()
    scheme = "第" if match[1] else "、" if match[2] else "（"
    value = _chinese(match[1] or match[2] or match[3])
    return (Number(scheme, (value,), match.end()),) if value else ()


def _value(part: str) -> int:
    if part.isdigit():
        return int(part)
    return _letter(part) or _roman(part)


def _letter(part: str) -> int:
    return ord(part) - ord("A") + 1 if len(part) == 1 and part.isascii() and part.isupper() else 0


def _roman(part: str) -> int:
    """0 for what is no roman numeral."""
    values = [_ROMAN.get(letter, 0) for letter in part]
    if not all(values):
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < after else value for value, after in pairs)
    return total if _in_roman(total) == part else 0


def _in_roman(value: int) -> str:
    written = ""
    for worth, letters in _STEPS:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def _chinese(written: str) -> int:
    """0 for what is no number up to 99."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _CHINESE.get(written, 0) if len(written) == 1 else 0
    return 10 * (_CHINESE.get(tens, 0) if tens else 1) + _CHINESE.get(ones, 0)
