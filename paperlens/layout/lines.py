"""Spans that stand side by side become lines. Pure.

MuPDF tells of a line in as many spans as it has fonts, and ends a line at wide gaps, so that the
columns of a page come apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise

from paperlens.layout.page import Box, Line, Span, around

_GAP = 0.9  # of the letters' size: wider than spaces, narrower than gutters
_SPACE = 0.18  # of the letters' size: wider than kerns and corrections of italics
_LEVEL = 0.3  # points by which the baseline of a line may waver
_LARGER = 1.15
_UPRIGHT = 2.5  # times as high as wide: nobody sets two letters on one another by chance


def lines_of(spans: Iterable[tuple[int, Span]], first_order: int = 0) -> Iterator[Line]:
    """Lines from (block, span) in the order of the page."""
    number, row = -1, list[Span]()
    orders = count(first_order)
    for block, span in spans:
        if row and (block != number or not _goes_on(row[-1], span)):
            yield _line(row, next(orders), number)
            row = []
        number = block
        row.append(span)
    if row:
        yield _line(row, next(orders), number)


def _goes_on(last: Span, span: Span) -> bool:
    a, b = last.box, span.box
    gap = b.left - a.right
    size = max(last.size, span.size)
    if not -size < gap < _GAP * size:
        return False
    return a.beside(b) > 0.4 * min(a.height, b.height)


def joined(pieces: Sequence[Span]) -> str:
    """The letters of spans side by side; white between them that no space tells of is one."""
    parts = [pieces[0].text]
    for last, span in pairwise(pieces):
        gap = max(span.box.left - last.box.right, last.box.left - span.box.right)
        is_apart = gap > _SPACE * max(last.size, span.size)
        if is_apart and not last.text.endswith(" ") and not span.text.startswith(" "):
            parts.append(" ")
        parts.append(span.text)
    return "".join(parts)


def left_of(line: Line, spans: Sequence[Span]) -> Line | None:
    """A line of which only these spans are left; nothing where none is."""
    if len(spans) == len(line.spans):
        return line
    if not spans:
        return None
    return replace(
        line,
        spans=tuple(spans),
        box=around(span.box for span in spans),
        text=joined(spans).strip(),
        size=max(spans, key=_length).size,
    )


def _line(row: Sequence[Span], order: int, block: int) -> Line:
    if len(row) == 1:
        (span,) = row
        return Line(
            (span,), span.box, span.text, span.size, order, block, _is_upright(span.box, span.text)
        )
    row = _level(row)
    box = around(span.box for span in row)
    text = joined(row)
    longest = max(row, key=_length)
    return Line(tuple(row), box, text, longest.size, order, block, _is_upright(box, text))


def _level(row: Sequence[Span]) -> Sequence[Span]:
    """MuPDF gives a span that begins with a space the baseline of what stands before it, which
    may be raised."""
    sure = [span for span in row if not span.text.startswith(" ")]
    if len(sure) == len(row):
        return row
    main = max(sure or row, key=_length)
    return [_moved(span, main) if span.text.startswith(" ") else span for span in row]


def _moved(span: Span, main: Span) -> Span:
    """The span on its line's baseline; where that begins with a raised mark, its letters' feet
    tell the baseline, as those of the mark do."""
    baseline = main.baseline
    if span.size > _LARGER * main.size:
        baseline = span.box.bottom - (main.box.bottom - main.baseline) * span.size / main.size
    drop = baseline - span.baseline
    if not _LEVEL < abs(drop) < span.size or span.size * _LARGER < main.size:
        return span
    left, top, right, bottom = span.box
    box = Box(left, top + max(drop, 0.0), right, bottom + min(drop, 0.0))
    return span._replace(baseline=baseline, box=box)


def _length(span: Span) -> int:
    return len(span.text)


def _is_upright(box: Box, text: str) -> bool:
    return len(text) > 2 and box.height > _UPRIGHT * box.width
