"""The text of a paper in reading order, line by line; footnotes apart. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from paperlens.layout.flow.bands import Strip, strips_of
from paperlens.layout.flow.baselines import whole_lines
from paperlens.layout.flow.footnotes import (
    after_mark,
    foot_begins,
    is_marked,
    marks_of,
    without_marks,
)
from paperlens.layout.page import Line, Page
from paperlens.layout.prose import joined_lines, words_of
from paperlens.layout.typography import Typography, columns_of

_NEAR = 300  # lines of a page that may stand over a strip

Places = Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line at its place: the edges of its column, and the white above its letters, which is
    infinite at a column's top and below a float."""

    line: Line
    page: int
    column: int
    left: float
    right: float
    gap: float


@dataclass(frozen=True, slots=True)
class Flow:
    lines: tuple[Placed, ...]
    footnotes: tuple[str, ...] = ()


def flow_of(pages: Sequence[Page], typography: Typography, taken: Places = frozenset()) -> Flow:
    """What is left of the pages without the lines taken, each (page number, order)."""
    placed: list[Placed] = []
    notes: list[Sequence[Line]] = []
    for number, page in enumerate(pages):
        lines, under = _of_page(page, typography, taken, is_first=number == 0)
        placed += lines if number == 0 else _without_marks(lines, under)  # page 1 has authors'
        notes += under
    words = words_of(each.line.text for each in placed) if notes else frozenset[str]()
    texts = (
        joined_lines([after_mark(note[0].text), *(line.text for line in note[1:])], words)
        for note in notes
    )
    return Flow(tuple(placed), tuple(text for text in texts if text))


def _without_marks(lines: Sequence[Placed], notes: Sequence[Sequence[Line]]) -> list[Placed]:
    marks = marks_of(notes)
    if not marks:
        return list(lines)
    return [replace(each, line=without_marks(each.line, marks)) for each in lines]


def _of_page(
    page: Page, typography: Typography, taken: Places, is_first: bool
) -> tuple[list[Placed], list[Sequence[Line]]]:
    free, held = list[Line](), list[Line]()
    for line in page.lines:
        if not line.is_upright and line.text.strip():
            (held if (page.number, line.order) in taken else free).append(line)
    rules = [shape for shape in page.shapes if shape.is_rule]
    strips = strips_of(free, columns_of(page, typography), rules, typography.leading)
    held.sort(key=_baseline)
    placed: list[Placed] = []
    notes: list[Sequence[Line]] = []
    for strip, is_last in zip(strips, _are_last(strips), strict=True):
        rows = whole_lines(strip.lines)
        if is_last:
            begin = foot_begins(rows, rules, typography, is_first)
            notes += _parted(rows[begin:])
            rows = rows[:begin]
        placed += _placed(rows, page.number, strip, placed, held)
    return placed, notes


def _are_last(strips: Sequence[Strip]) -> list[bool]:
    """For each strip whether no later one goes on under it."""
    deepest: dict[int, tuple[float, float, float]] = {}
    answers: list[bool] = []
    for strip in reversed(strips):
        lowest = max(line.box.bottom for line in strip.lines)
        answers.append(
            not any(
                top > lowest - 1 and left < strip.right and strip.left < right
                for left, right, top in deepest.values()
            )
        )
        top = max(line.box.top for line in strip.lines)
        left, right, other = deepest.get(strip.column, (strip.left, strip.right, top))
        edges = min(left, strip.left), max(right, strip.right)
        deepest[strip.column] = (*edges, max(top, other))
    return answers[::-1]


def _parted(rows: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Footnotes one by one: each begins with a mark, or after white."""
    note: list[Line] = []
    for row in rows:
        if note and (is_marked(row) or row.baseline - note[-1].baseline > 1.6 * row.size):
            yield note
            note = []
        note.append(row)
    if note:
        yield note


def _placed(
    rows: Sequence[Line], page: int, strip: Strip, before: Sequence[Placed], held: Sequence[Line]
) -> Iterator[Placed]:
    above: Line | None = _lowest_above(rows[0], before) if rows else None
    for row in rows:
        gap = inf
        if above is not None and not _is_parted(above, row, held):
            gap = row.baseline - above.baseline - row.size
        yield Placed(row, page, strip.column, strip.left, strip.right, gap)
        above = row


def _lowest_above(row: Line, before: Sequence[Placed]) -> Line | None:
    """What this page's earlier strips have right over a strip's first line."""
    over = [
        each.line
        for each in before[-_NEAR:]
        if each.line.box.above_or_below(row.box) > 0 and each.line.baseline < row.baseline
    ]
    return max(over, key=_baseline, default=None)


def _is_parted(above: Line, row: Line, held: Sequence[Line]) -> bool:
    """Whether a line of a float lies between."""
    between = held[
        bisect_right(held, above.baseline, key=_baseline) : bisect_left(
            held, row.baseline, key=_baseline
        )
    ]
    return any(line.box.above_or_below(row.box) > 0 for line in between)


def _baseline(line: Line) -> float:
    return line.baseline
