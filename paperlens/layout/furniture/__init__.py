"""What a page carries around its text: running heads, page numbers, arXiv's stamp. Pure.

A head that stays costs a reader a line; a line of the paper that is taken away is lost. So what
is taken repeats itself over pages, or shows by place, numbers and white that it is no text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperlens.layout.furniture.ends import APART, DEEPEST, End, Repeated, Row, end_of
from paperlens.layout.furniture.line_numbers import without_line_numbers
from paperlens.layout.page import Page
from paperlens.layout.typography import Typography, letters_of

_STAMP = re.compile(
    r"arXiv:((?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?)", re.I
)
_CAPTION = re.compile(
    r"(?:\w+ ){0,2}(?:fig|tab|abb|alg|list|scheme|图|圖|図|表)[^ ]* ?[\dA-Z]", re.I
)
_LABEL = 12  # letters that a label in a figure seldom has
_SMALLEST = 0.65  # of the body's letters
_WIDE = 0.55  # of the page's width


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
    ends = [
        end for page in numbered for end in (end_of(page, is_top=True), end_of(page, is_top=False))
    ]
    repeated = Repeated(ends, typography.leading)
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


def _furniture(end: End, repeated: Repeated, typography: Typography) -> Iterator[Row]:
    """Rows from the outermost inwards, until one belongs to the paper."""
    has_head = False
    for place, row in enumerate(end.rows[:DEEPEST]):
        if not end.is_outside(row) or _CAPTION.match(row.text):
            return
        if not row.is_page_number:
            is_sure = repeated.text(end, row) and not _is_full(end, place, typography)
            if not is_sure and (has_head or not _stands_apart(end, place, typography, repeated)):
                return
            has_head = True
        yield row


def _is_full(end: End, place: int, typography: Typography) -> bool:
    """Whether a row is set as the text is: of its size, long, and close to the next row."""
    row = end.rows[place]
    return (
        typography.is_of_body_size(row.main.size)
        and row.box.width > _WIDE * end.page.width
        and 0 < end.white(place) < 1.2 * typography.leading
    )


def _stands_apart(end: End, place: int, typography: Typography, repeated: Repeated) -> bool:
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
    if _has_rule(end, place) or (place == 0 and white > APART * leading and repeated.place(row)):
        return True
    is_other = max(len(row.main.text), len(inner.main.text)) > _LABEL and (
        typography.is_smaller(row.main.size) or (row.main.is_italic and not row.text.endswith("."))
    )
    is_over_title = inner.main.size > 1.25 * max(row.main.size, typography.size)
    return (is_other and white > APART * leading) or is_over_title


def _has_rule(end: End, place: int) -> bool:
    """Whether a rule as wide as the text lies right under a head."""
    row, inner = end.rows[place], end.rows[place + 1]
    return any(
        shape.is_rule
        and shape.box.width > 0.5 * end.page.width
        and row.main.baseline < shape.box.middle[1] < inner.box.top + 1
        and shape.box.middle[1] - row.main.baseline < 1.2 * row.main.size
        for shape in end.page.shapes
    )
