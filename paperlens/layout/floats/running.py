"""Which lines of a page are running text, past which no figure reaches. Pure.

Paragraphs show by their length, their letters and the edges that their lines share. What stands
in a frame is no running text of the page: the frame may be a figure's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from paperlens.layout.floats.drawings import Drawing
from paperlens.layout.floats.rows import Row, blocks_of, family, groups_of, rows_of
from paperlens.layout.page import Box, Page, around
from paperlens.layout.typography import Column, Typography

_LETTERS = 26
_MANY_LETTERS = 38
_EDGE = 1.6
_WIDE = 0.62  # of a column
_UNDER = 36.0
_REACH = 60.0
_MOST = 200
_LARGEST_FRAMES = 60
_PART = re.compile(r"\s?\(?[a-zA-Z1-9ivx]{1,3}[).:]")


@dataclass(frozen=True, slots=True)
class Running:
    """Blocks of running text, the largest first, and all rows that belong to none."""

    blocks: tuple[Box, ...]
    loose: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What tells a paragraph of this page from other lines."""

    typography: Typography
    columns: Sequence[Column]
    frames: Sequence[Box]
    drawings: Sequence[Drawing]

    def column(self, box: Box) -> Column:
        """The column that a box stands in, or all that it crosses."""
        held = [
            each
            for each in self.columns
            if min(each.right, box.right) - max(each.left, box.left)
            > 0.25 * min(each.width, box.width)
        ] or self.columns
        return Column(held[0].left, held[-1].right)

    def is_framed(self, box: Box) -> bool:
        return any(box.meets(frame) and box.share_in(frame) > 0.9 for frame in self.frames)


def running_text(
    page: Page,
    typography: Typography,
    columns: Sequence[Column],
    apart: frozenset[int],
    tables: Sequence[Box],
    drawings: Sequence[Drawing],
) -> Running:
    """`apart` are the orders of lines that belong to captions; `tables` hold none either."""
    rows = rows_of([line for line in page.lines if line.order not in apart])
    setting = _Setting(typography, columns, [*tables, *_frames(rows, page)], drawings)
    solid, others = list[Row](), list[Row]()
    for group in groups_of(rows):
        (solid if _is_running(group, setting) else others).extend(group)
    more = _beside_running(others, solid, setting)
    held = {id(row) for row in more}
    blocks = blocks_of(solid + more, typography.size)
    blocks.sort(key=lambda box: box.area, reverse=True)
    return Running(tuple(blocks[:_MOST]), tuple(row for row in others if id(row) not in held))


def _frames(rows: Sequence[Row], page: Page) -> list[Box]:
    """Boxes that hold some of a page's text, not most of it."""
    large = [
        shape.box
        for shape in page.shapes
        if shape.box.width > 40 and shape.box.height > 9 and shape.box.area < 0.7 * page.box.area
    ]
    large.sort(key=lambda box: box.area, reverse=True)
    frames = list[Box]()
    for box in large[:_LARGEST_FRAMES]:
        if not any(box.meets(other) and box.share_in(other) > 0.97 for other in frames):
            held = sum(box.holds(*row.box.middle) for row in rows)
            if 0 < held <= max(0.5 * len(rows), 12):
                frames.append(box.grown(2))
    return frames


def _is_running(group: Sequence[Row], setting: _Setting) -> bool:
    box = around(row.box for row in group)
    return (
        not group[0].is_upright
        and _is_paragraph(group, box, setting)
        and not setting.is_framed(box)
        and not _is_subcaption(group, box, setting.drawings)
    )


def _is_paragraph(group: Sequence[Row], box: Box, setting: _Setting) -> bool:
    letters = sum(row.letters for row in group) / len(group)
    if letters < _LETTERS:
        return False
    typography, column = setting.typography, setting.column(box)
    is_of_body = family(_font(group)) == family(typography.font)
    has_body_size = typography.is_of_body_size(group[0].size)
    if len(group) == 1:
        return is_of_body and has_body_size and box.width > 0.85 * column.width
    if is_of_body and box.width > _WIDE * column.width and group[0].size > 0.7 * typography.size:
        return True
    is_justified = _justified(group) >= 2
    if is_justified and is_of_body and has_body_size:
        return True
    is_long = letters >= _MANY_LETTERS or box.width > 0.9 * column.width
    return is_justified and is_long


def _justified(group: Sequence[Row]) -> int:
    """How many rows end at the same edges as the row before."""
    return sum(
        abs(a.box.left - b.box.left) < _EDGE and abs(a.box.right - b.box.right) < _EDGE
        for a, b in pairwise(group)
    )


def _font(group: Sequence[Row]) -> str:
    return max((line for row in group for line in row.lines), key=lambda line: len(line.text)).font


def _is_subcaption(group: Sequence[Row], box: Box, drawings: Sequence[Drawing]) -> bool:
    """Whether a paragraph that begins with "(a)" stands right under what it speaks of."""
    if not _PART.match(group[0].lines[0].text):
        return False
    return any(
        -2 < box.top - each.box.bottom < _UNDER
        and box.above_or_below(each.box) > 0.6 * min(box.width, each.box.width)
        for each in drawings
    )


def _beside_running(rows: Sequence[Row], solid: Sequence[Row], setting: _Setting) -> list[Row]:
    """Headings, last lines and items of lists: at a column's edge, right above or below text."""
    found = list[Row]()
    known = list(solid)
    waiting = [row for row in rows if _could_belong(row, setting)]
    for _ in range(3):
        known.sort(key=lambda row: row.box.top)
        tops = [row.box.top for row in known]
        joined, left = list[Row](), list[Row]()
        for row in waiting:
            first = bisect_left(tops, row.box.top - _REACH)
            last = bisect_right(tops, row.box.top + _REACH)
            near = known[first : min(last, first + _MOST)]
            (joined if any(_adjoins(row, other) for other in near) else left).append(row)
        if not joined:
            break
        found += joined
        known, waiting = joined, left
    return found


def _could_belong(row: Row, setting: _Setting) -> bool:
    if row.is_upright or row.size < 0.85 * setting.typography.size:
        return False
    column = setting.column(row.box)
    indent = row.box.left - column.left
    is_centred = abs((column.right - row.box.right) - indent) < 3
    return (-3 < indent < 3.2 * row.size or is_centred) and not setting.is_framed(row.box)


def _adjoins(row: Row, other: Row) -> bool:
    """What follows text stands close to it; a heading keeps more distance from what it heads."""
    gap = max(row.box.top - other.box.bottom, other.box.top - row.box.bottom)
    limit = 0.8 if row.box.top > other.box.top else 1.3
    return (
        gap < limit * max(row.size, other.size)
        and row.box.above_or_below(other.box) > 0.5 * row.box.width
    )
