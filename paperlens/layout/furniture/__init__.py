"""What a page carries around its text: running heads, page numbers, arXiv's stamp. Pure.

A head that stays costs a reader a line; a line of the paper that is taken away is lost. So what
is taken repeats itself over pages, or shows by place, numbers and white that it is no text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from paperlens.layout.furniture.line_numbers import without_line_numbers
from paperlens.layout.page import Box, Line, Page, around
from paperlens.layout.typography import Typography, letters_of

_STAMP = re.compile(
    r"arXiv:((?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?)", re.I
)
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. )?[-–—·|]? ?(?:[A-Z]?\d{1,5}|[ivxlc]{1,7})(?: ?(?:of|/) ?\d{1,4})? ?[-–—·|]?",
    re.I,
)
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
_CAPTION = re.compile(
    r"(?:\w+ ){0,2}(?:fig|tab|abb|alg|list|scheme|图|圖|図|表)[^ ]* ?[\dA-Z]", re.I
)
_DEEPEST = 3  # rows of furniture at either end of a page
_EDGE = 0.13  # of the page's height
_LABEL = 12  # letters that a label in a figure seldom has
_SMALLEST = 0.65  # of the body's letters
_WIDE = 0.55  # of the page's width
_OFTEN = 2
_APART = 1.6  # times the usual distance of baselines
_SAME = 3.0  # points


def stamp(pages: Sequence[Page]) -> str | None:
    """The arXiv id in the margin of the first page, with its version."""
    for page in pages[:1]:
        for line in page.lines:
            if line.is_upright and (found := _STAMP.search(line.text)):
                return found[1]
    return None


def without_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with what belongs to the paper alone. Also one page by itself shows its head."""
    numbered = [without_line_numbers(page) for page in pages]
    typography = letters_of(numbered)
    ends = [end for page in numbered for end in (_end(page, True), _end(page, False))]
    repeated = _Repeated(ends, typography.leading)
    bare = []
    for page, top, bottom in zip(numbered, ends[::2], ends[1::2], strict=True):
        gone = _marginal(page)
        for end in (top, bottom):
            gone.update(line.order for row in _furniture(end, repeated, typography) for line in row)
        kept = tuple(line for line in page.lines if line.order not in gone)
        bare.append(page if len(kept) == len(page.lines) else replace(page, lines=kept))
    return tuple(bare)


def _marginal(page: Page) -> set[int]:
    """Upright lines in the margins: the stamp, and what publishers print there."""
    upright = sum(len(line.text) for line in page.lines if line.is_upright)
    flat = [line.box for line in page.lines if not line.is_upright and len(line.text) > 20]
    if upright > 20 * len(flat):  # a page that was turned
        return set()
    left = min((box.left for box in flat), default=page.width)
    right = max((box.right for box in flat), default=0.0)
    return {
        line.order
        for line in page.lines
        if line.is_upright
        and (_STAMP.search(line.text) or line.box.right < left or line.box.left > right)
        and not 0.14 * page.width < line.box.middle[0] < 0.86 * page.width
    }


@dataclass(frozen=True)
class _Row:
    """Lines side by side."""

    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    @cached_property
    def box(self) -> Box:
        return around(line.box for line in self.lines)

    @cached_property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @cached_property
    def shape(self) -> str:
        """The same for rows that differ in their numbers alone."""
        return _NUMBER.sub("#", "".join(self.text.lower().split()))

    @cached_property
    def main(self) -> Line:
        return max(self.lines, key=lambda line: len(line.text))

    @property
    def is_page_number(self) -> bool:
        return _PAGE_NUMBER.fullmatch(self.text) is not None

    @property
    def has_page_number(self) -> bool:
        """Whether a number stands at either end, apart from the rest."""
        ends = (self.lines[0], self.lines[-1])
        return (
            any(map(str.isalpha, self.text))
            and not self.main.text.endswith(".")
            and any(_PAGE_NUMBER.fullmatch(line.text.strip()) for line in ends)
        )


@dataclass(frozen=True)
class _End:
    """The rows at the top or at the bottom of a page, the outermost first."""

    page: Page
    is_top: bool
    rows: tuple[_Row, ...]

    def white(self, place: int) -> float:
        """Points between the baselines of a row and of the next one further inside."""
        if place + 1 >= len(self.rows):
            return 0.0
        return abs(self.rows[place].main.baseline - self.rows[place + 1].main.baseline)

    def is_outside(self, row: _Row) -> bool:
        edge = _EDGE * self.page.height
        return row.box.top < edge if self.is_top else row.box.bottom > self.page.height - edge


def _end(page: Page, is_top: bool) -> _End:
    flat = [line for line in page.lines if not line.is_upright and line.text.strip()]
    flat.sort(key=lambda line: line.box.middle[1], reverse=not is_top)
    rows: list[list[Line]] = []
    for line in flat:
        if rows and line.box.beside(rows[-1][0].box) > 0.5 * min(
            line.box.height, rows[-1][0].box.height
        ):
            rows[-1].append(line)
        elif len(rows) > _DEEPEST:
            break
        else:
            rows.append([line])
    ordered = (tuple(sorted(row, key=lambda line: line.box.left)) for row in rows)
    return _End(page, is_top, tuple(map(_Row, ordered)))


class _Repeated:
    """What stands at the same place on several pages."""

    def __init__(self, ends: Sequence[_End], leading: float) -> None:
        self._texts = Counter[tuple[bool, str, int]]()
        self._heads = Counter[int]()
        for end in ends:
            for place, row in enumerate(end.rows[:_DEEPEST]):
                if end.is_outside(row):
                    y = round(row.main.baseline / _SAME)
                    self._texts[end.is_top, row.shape, y] += 1
                    if place == 0 and end.is_top and end.white(0) > _APART * leading:
                        self._heads[y] += 1
        self._pages = len(ends) // 2

    def text(self, end: _End, row: _Row) -> bool:
        """Whether the same words, numbers apart, stand there on other pages."""
        y = round(row.main.baseline / _SAME)
        return sum(self._texts[end.is_top, row.shape, y + step] for step in (-1, 0, 1)) >= _OFTEN

    def place(self, row: _Row) -> bool:
        """Whether most pages begin with a row by itself there, whatever its words."""
        y = round(row.main.baseline / _SAME)
        count = sum(self._heads[y + step] for step in (-1, 0, 1))
        return count >= max(3, 0.6 * self._pages)


def _furniture(end: _End, repeated: _Repeated, typography: Typography) -> Iterator[_Row]:
    """Rows from the outermost inwards, until one belongs to the paper."""
    has_head = False
    for place, row in enumerate(end.rows[:_DEEPEST]):
        if not end.is_outside(row) or _CAPTION.match(row.text):
            return
        if not row.is_page_number:
            is_sure = repeated.text(end, row) and not _is_full(end, place, typography)
            if not is_sure and (has_head or not _stands_apart(end, place, typography, repeated)):
                return
            has_head = True
        yield row


def _is_full(end: _End, place: int, typography: Typography) -> bool:
    """Whether a row is set as the text is: of its size, long, and close to the next row."""
    row = end.rows[place]
    return (
        typography.is_of_body_size(row.main.size)
        and row.box.width > _WIDE * end.page.width
        and 0 < end.white(place) < 1.2 * typography.leading
    )


def _stands_apart(end: _End, place: int, typography: Typography, repeated: _Repeated) -> bool:
    """Whether white, a page number, a rule or other letters part a row from the text."""
    row, white = end.rows[place], end.white(place)
    leading = typography.leading
    if place + 1 >= len(end.rows) or white < 1.4 * leading:
        return False
    inner = end.rows[place + 1]
    is_label = row.main.size < _SMALLEST * typography.size
    if is_label or row.main.box.width > 0.9 * end.page.width:
        return False
    if row.has_page_number or not end.is_top:
        return row.has_page_number
    if _has_rule(end, place) or (place == 0 and white > _APART * leading and repeated.place(row)):
        return True
    is_other = max(len(row.main.text), len(inner.main.text)) > _LABEL and (
        typography.is_smaller(row.main.size) or (row.main.is_italic and not row.text.endswith("."))
    )
    is_over_title = inner.main.size > 1.25 * max(row.main.size, typography.size)
    return (is_other and white > _APART * leading) or is_over_title


def _has_rule(end: _End, place: int) -> bool:
    """Whether a rule as wide as the text lies right under a head."""
    row, inner = end.rows[place], end.rows[place + 1]
    return any(
        shape.is_rule
        and shape.box.width > 0.5 * end.page.width
        and row.main.baseline < shape.box.middle[1] < inner.box.top + 1
        and shape.box.middle[1] - row.main.baseline < 1.2 * row.main.size
        for shape in end.page.shapes
    )
