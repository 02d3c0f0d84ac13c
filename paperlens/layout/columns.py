"""Where the columns of a page stand. Pure.

A gutter is a strip of white with filled lines on both of its sides; what the paper's other pages
look like decides where one page alone tells too little.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from paperlens.layout.page import Line

_NARROWEST = 70.0
_FEW = 4
_CROSSING = 0.12
_FILLED = 0.6
_WHITE = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A strip of a page, from its left to its right edge."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def columns_among(lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns that lines stand in, from left to right; there must be a line."""
    left, right = _edges(lines)
    gutter = _gutter(lines, left, right)
    if gutter is None:
        return (Column(left, right),)
    before = [line for line in lines if line.box.right <= gutter]
    after = [line for line in lines if line.box.left >= gutter]
    return columns_among(before) + columns_among(after)


def fitted(grid: Sequence[Column], lines: Sequence[Line]) -> tuple[Column, ...] | None:
    """The same columns as they stand under these lines; None where too many lines cross."""
    gutters = gutters_of(grid)
    inside: list[list[Line]] = [[] for _ in grid]
    across = 0
    for line in lines:
        if crosses(line, gutters):
            across += 1
        else:
            inside[column_at(line, gutters)].append(line)
    if 2 * across > len(lines):
        return None
    return tuple(_fitted(column, held) for column, held in zip(grid, inside, strict=True))


def gutters_of(columns: Sequence[Column]) -> tuple[float, ...]:
    """The middles of the white between neighbours."""
    return tuple((a.right + b.left) / 2 for a, b in pairwise(columns))


def column_at(line: Line, gutters: Sequence[float]) -> int:
    """The column of the line's middle."""
    return bisect_right(gutters, line.box.middle[0])


def crosses(line: Line, gutters: Iterable[float]) -> bool:
    """Whether a line goes on at the other side of a gutter."""
    reach = 0.8 * line.size
    return any(line.box.left < x - reach and x + reach < line.box.right for x in gutters)


def _fitted(column: Column, held: Sequence[Line]) -> Column:
    if len(held) <= _FEW:
        return column
    left, right = _edges(held)
    return Column(left, right if right - left > 0.9 * column.width else left + column.width)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """The outermost edges that are not a single line's own."""
    lefts = sorted(line.box.left for line in lines)
    rights = sorted((line.box.right for line in lines), reverse=True)
    place = min(len(lines) // 20, len(lines) - 1)
    return lefts[place], max(rights[place], lefts[place])


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Where a strip of white runs down between filled lines; the least crossed, widest one."""
    first, last = max(int(left + _NARROWEST), _WHITE), int(right - _NARROWEST)
    if first >= last:
        return None
    width = last + 2
    ends, starts = [0] * (width + 1), [0] * (width + 1)
    for line in lines:
        ends[_cell(line.box.right + 1, width)] += 1
        starts[_cell(line.box.left, width)] += 1
    before = list(accumulate(ends))
    after = list(accumulate(reversed(starts)))[::-1]
    best: tuple[float, int] | None = None
    for x in (x for x in range(first, last) if starts[x]):
        ended, begun = before[x], after[x]
        across = len(lines) - ended - begun
        if min(ended, begun) < max(_FEW, 0.15 * (ended + begun)):
            continue
        if across > _CROSSING * len(lines) and across >= min(ended, begun):
            continue
        white = next((n for n in range(_WHITE) if before[x - n] != ended), _WHITE)
        score = across - white / _WHITE
        if best is None or score < best[0]:
            best = score, x
    if best is None or not _is_filled(lines, float(best[1])):
        return None
    return float(best[1])


def _cell(x: float, width: int) -> int:
    return int(min(max(x, 0), width))


def _is_filled(lines: Sequence[Line], gutter: float) -> bool:
    """Whether lines at both sides are long and most as long as others, as cells of tables are
    not."""
    before = [line for line in lines if line.box.right <= gutter]
    after = [line for line in lines if line.box.left >= gutter]
    return _is_column(before) and _is_column(after)


def _is_column(side: Sequence[Line]) -> bool:
    widths = sorted(line.box.width for line in side)
    full = widths[9 * len(widths) // 10]
    return full > _NARROWEST and sum(width > _FILLED * full for width in widths) > 0.3 * len(side)
