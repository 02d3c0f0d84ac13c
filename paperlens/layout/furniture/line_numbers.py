"""Line numbers that manuscripts carry beside their text are taken away. Pure.

They are numbers that go on in equal steps, at equal distances, beside text and never in it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from paperlens.layout.lines import left_of
from paperlens.layout.page import Box, Line, Page, around

_FEWEST = 5
_STEPS = (1, 2, 5, 10)
_TALL = 0.5  # of the text's height
_CELL = 3.0


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    box: Box
    baseline: float
    order: int
    place: int  # of the span in its line


def without_line_numbers(page: Page) -> Page:
    """The page without columns of numbers beside its text."""
    found = [number for line in page.lines for number in _numbers(line)]
    if len(found) < _FEWEST:
        return page
    gone = {number for column in _columns(found) if _counts(column, page) for number in column}
    if not gone:
        return page
    places = {(number.order, number.place) for number in gone}
    kept = (
        left_of(line, [span for n, span in enumerate(line.spans) if (line.order, n) not in places])
        for line in page.lines
    )
    return replace(page, lines=tuple(line for line in kept if line is not None))


def _numbers(line: Line) -> Iterator[_Number]:
    """Numbers at either end of a line, apart from the text."""
    ends = {0, len(line.spans) - 1}
    for place in sorted(ends):
        span = line.spans[place]
        text = span.text.strip()
        if 0 < len(text) <= 4 and text.isdecimal() and _is_apart(line, place):
            yield _Number(int(text), span.box, span.baseline, line.order, place)


def _is_apart(line: Line, place: int) -> bool:
    if len(line.spans) == 1:
        return True
    if place == 0:
        return line.spans[1].box.left - line.spans[0].box.right > 0.4 * line.spans[0].size
    return line.spans[-1].box.left - line.spans[-2].box.right > 0.4 * line.spans[-1].size


def _columns(numbers: Sequence[_Number]) -> Iterator[Sequence[_Number]]:
    """Numbers with a common left or right edge, from top to bottom."""
    for edge in ("right", "left"):
        columns = defaultdict[int, list[_Number]](list)
        for number in numbers:
            columns[round(getattr(number.box, edge) / _CELL)].append(number)
        for key in sorted(columns):
            near = columns[key] + columns.get(key + 1, [])
            yield sorted(near, key=lambda number: number.baseline)


def _counts(column: Sequence[_Number], page: Page) -> bool:
    """Whether the numbers go on in equal steps, over much of the page, beside its text."""
    if len(column) < _FEWEST:
        return False
    steps = [(b.value - a.value, b.baseline - a.baseline) for a, b in pairwise(column)]
    usual = median(step for step, _ in steps)
    if usual not in _STEPS:
        return False
    distance = median(rise for _, rise in steps)
    even = sum(step == usual and abs(rise - distance) < 0.2 * distance for step, rise in steps)
    text = [line.box for line in page.lines if len(line.text) > 15 and not line.is_upright]
    strip = around(number.box for number in column)
    if not text:
        return False
    exact = sum(step == usual for step, _ in steps)
    if exact >= 0.9 * len(steps) and _is_outside(strip, text) and _numbered(column, text) > 0.7:
        return True
    return even >= 0.6 * len(steps) and _is_beside(strip, text)


def _numbered(column: Sequence[_Number], text: Sequence[Box]) -> float:
    """The share of rows of text that have a number beside them."""
    strip = around(number.box for number in column)
    middles = sorted(number.box.middle[1] for number in column)
    rows = {round(box.middle[1] / 2): box for box in text if box.beside(strip) > 0}
    found = 0
    for box in rows.values():
        place = bisect_left(middles, box.top)
        found += place < len(middles) and middles[place] < box.bottom
    return found / len(rows) if rows else 0.0


def _is_outside(strip: Box, text: Sequence[Box]) -> bool:
    """Whether all text stands at one side of the numbers."""
    return strip.right < min(box.left for box in text) + 1 or strip.left > max(
        box.right for box in text
    )


def _is_beside(strip: Box, text: Sequence[Box]) -> bool:
    height = max(box.bottom for box in text) - min(box.top for box in text)
    across = sum(
        box.left + 1 < strip.left and strip.right < box.right - 1 and box.beside(strip) > 0
        for box in text
    )
    return strip.height > _TALL * height and across <= 0.05 * len(text)
