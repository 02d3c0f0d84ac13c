"""How letters look, and how far that is from the look of a paper's running text. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from paperlens.layout.flow import Placed
from paperlens.layout.page import Line, Span
from paperlens.layout.typography import Typography

_TYPEWRITER = re.compile(
    r"mono|typew|courier|consol|menlo|nimbusmonl|(?:cm|sf|ec|lm)\w{0,3}tt\d|txtt|[-_]tt", re.I
)
_SMALL_CAPS = re.compile(r"smallcap|csc\d|(?:[-_]|\d)sc\b|caps", re.I)
_SIGNS = re.compile(r"(?:cm|lm|tx|px|st)(?:mi|sy|ex)|ms[ab]m|math|symbol", re.I)
_NAMELESS = re.compile(r"(?:Type|T)?3? ?[A-Z]{0,2}\d{1,3}|Type3 .*|Unnamed.*|")
_MUCH, _LITTLE = 0.2, 0.03


_Font = tuple[str, float]


class Look(NamedTuple):
    """Letters of one font at one size; `strength` is 0 for running text and more for what is
    larger, bolder or otherwise set apart from it."""

    font: str
    size: float
    is_bold: bool
    is_italic: bool
    is_capitals: bool
    strength: float
    is_rare: bool = False


class Looks:
    """The looks that a paper's letters have."""

    def __init__(self, lines: Sequence[Placed], typography: Typography) -> None:
        self._body, self._size = typography.font, typography.size
        letters = defaultdict[_Font, int](int)
        seen: dict[_Font, Span] = {}
        for placed in lines:
            for span in placed.line.spans:
                font = span.font, span.size
                letters[font] += len(span.text)
                seen[font] = span
        total = sum(letters.values())
        bold = sum(count for font, count in letters.items() if seen[font].is_bold)
        of_font = Counter[str]()
        for (name, _), count in letters.items():
            of_font[name] += count
        self._common = {font for font, count in letters.items() if count > _MUCH * total}
        self._rare = {name for name, count in of_font.items() if count < _LITTLE * total}
        self._is_bold = 2 * bold > total
        self._known = {font: self._look(span) for font, span in seen.items()}
        self._strong = {font for font, look in self._known.items() if look.strength > 0}

    def stands_out(self, line: Line) -> bool:
        """Whether any of its letters are unlike running text: what most lines are not."""
        strong = self._strong
        return line.text.isupper() or any((span.font, span.size) in strong for span in line.spans)

    def of(self, span: Span) -> Look:
        return self._known[span.font, span.size]

    def of_line(self, line: Line) -> Look:
        """The look of most of its letters; capitals of two sizes are small capitals."""
        spans = line.spans
        if len(spans) == 1:
            return self.of(spans[0])
        if is_in_capitals(line.text):
            return self.of(max(spans, key=_size))._replace(is_capitals=True)
        return self.of(max(spans, key=_length))

    def _look(self, span: Span) -> Look:
        is_capitals = _SMALL_CAPS.search(span.font) is not None
        size = round(span.size * 2) / 2
        bold = span.is_bold and not self._is_bold
        is_rare = span.font in self._rare and not _is_special(span.font)
        strength = self._strength(span, bold, is_capitals, is_rare)
        return Look(span.font, size, span.is_bold, span.is_italic, is_capitals, strength, is_rare)

    def _strength(self, span: Span, is_bold: bool, is_capitals: bool, is_rare: bool) -> float:
        larger = span.size / self._size
        if larger < 1.1 and (span.font, span.size) in self._common:
            return 0.0
        if _is_special(span.font):
            return -2.0 if larger < 1.06 else 1.0
        strength = 3.0 if larger >= 1.2 else 2.0 if larger >= 1.06 else 0.0
        if larger <= 0.94:
            strength -= 1.0
        strength += 2.0 * is_bold + 1.0 * span.is_italic + 1.5 * is_capitals
        if span.font == self._body:
            return strength
        return strength + (1.5 if is_rare and _NAMELESS.fullmatch(span.font) else 0.5)


def _is_special(font: str) -> bool:
    """Letters of programs and signs of formulas."""
    return _TYPEWRITER.search(font) is not None or _SIGNS.search(font) is not None


def is_in_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= max(4, 0.6 * len(text))


def is_in_small_capitals(line: Line) -> bool:
    return all(_SMALL_CAPS.search(span.font) for span in line.spans)


def _length(span: Span) -> int:
    return len(span.text)


def _size(span: Span) -> float:
    return span.size
