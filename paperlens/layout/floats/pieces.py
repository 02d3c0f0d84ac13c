"""What a caption could belong to: drawings, ruled tables, blocks of loose text. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperlens.layout.floats.drawings import Drawing
from paperlens.layout.floats.rows import Row
from paperlens.layout.page import Box, Shape, around
from paperlens.layout.typography import Typography

DRAWN, RULED, BOXED, WRITTEN = "drawn", "ruled", "boxed", "written"

_SAME_EDGE = 4.0
_SHORTEST_RULE = 30.0
_HIGHEST_ROW = 32.0
_MOST = 600
_FEW_STROKES = 12
_LONG_ROW = 34


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind` is one of DRAWN, RULED, BOXED, WRITTEN."""

    box: Box
    kind: str


def pieces_of(
    drawings: Sequence[Drawing],
    rules: Sequence[Box],
    loose: Sequence[Row],
    obstacles: Sequence[Box],
    typography: Typography,
) -> tuple[Piece, ...]:
    """The pieces of a page, none inside another of its kind or a better one."""
    drawn = [
        Piece(
            _cut_free(each.box, obstacles),
            BOXED if _is_text_in_a_box(each, loose, typography) else DRAWN,
        )
        for each in drawings[:80]
    ]
    ruled = [
        Piece(box, RULED)
        for box in stacks(rules, obstacles)
        if not any(box.share_in(each.box) > 0.6 for each in drawn)
    ]
    drawn = [
        each for each in drawn if not any(each.box.share_in(table.box) > 0.9 for table in ruled)
    ]
    better = drawn + ruled
    free = [
        row
        for row in loose
        if not any(row.box.meets(each.box) and row.box.share_in(each.box) > 0.5 for each in better)
    ]
    written = [Piece(box, WRITTEN) for box in _heaps(free)]
    return tuple(better + written)


def _cut_free(box: Box, obstacles: Sequence[Box]) -> Box:
    """A drawing whose frame reaches into running text, cut where that costs least of it."""
    for obstacle in obstacles:
        if not obstacle.meets(box) or obstacle.share_in(box) > 0.6:
            continue
        rests = (
            box._replace(left=obstacle.right),
            box._replace(right=obstacle.left),
            box._replace(top=obstacle.bottom),
            box._replace(bottom=obstacle.top),
        )
        rest = max(
            rests,
            key=lambda each: each.area if min(each[2] - each[0], each[3] - each[1]) > 0 else 0.0,
        )
        if rest.width > 0 and rest.height > 0 and rest.area > 0.4 * box.area:
            box = rest
    return box


def _is_text_in_a_box(drawing: Drawing, loose: Sequence[Row], typography: Typography) -> bool:
    """A frame around sentences as long as a column is wide: a theorem's, or a prompt's."""
    if drawing.images or drawing.strokes > _FEW_STROKES:
        return False
    box = drawing.box
    held = [row for row in loose if row.box.meets(box) and row.box.share_in(box) > 0.9]
    long = [
        row
        for row in held
        if row.letters >= _LONG_ROW
        and typography.is_of_body_size(row.size)
        and row.box.width > 0.75 * box.width
    ]
    return len(long) > 1 and 2 * len(long) >= len(held)


def rules_of(shapes: Iterable[Shape], drawings: Sequence[Drawing]) -> list[Box]:
    """Level rules that are no part of a drawing; of coloured rows they are."""
    drawings = [each for each in drawings if each.box.height > _HIGHEST_ROW]
    return [
        shape.box
        for shape in shapes
        if shape.is_rule
        and shape.box.width >= _SHORTEST_RULE
        and not any(
            shape.box.meets(each.box) and shape.box.share_in(each.box) > 0.5 for each in drawings
        )
    ]


def stacks(rules: Iterable[Box], obstacles: Sequence[Box]) -> list[Box]:
    """Around rules with the same ends under one another, where no obstacle parts them."""
    open_stacks, done = list[list[Box]](), list[list[Box]]()
    for rule in sorted(rules, key=lambda box: box.top):
        stack = next((each for each in open_stacks if _has_same_ends(each[-1], rule)), None)
        if stack and _is_parted(stack[-1], rule, obstacles):
            open_stacks.remove(stack)
            done.append(stack)
            stack = None
        if stack:
            stack.append(rule)
        else:
            open_stacks.append([rule])
    return [
        box
        for stack in (*done, *open_stacks)
        if len(stack) > 1 and (box := around(stack)).height > 9
    ]


def _has_same_ends(upper: Box, lower: Box) -> bool:
    return abs(upper.left - lower.left) < _SAME_EDGE and abs(upper.right - lower.right) < _SAME_EDGE


def _is_parted(upper: Box, lower: Box, obstacles: Sequence[Box]) -> bool:
    between = Box(upper.left, upper.bottom, upper.right, lower.top)
    return any(
        obstacle.meets(between)
        and obstacle.beside(between) > 3
        and obstacle.above_or_below(between) > 3
        for obstacle in obstacles
    )


def _heaps(rows: Sequence[Row]) -> list[Box]:
    """Loose text that stands together."""
    if len(rows) > _MOST:
        return []
    heaps = list[Box]()
    for row in sorted(rows, key=lambda each: each.box.top):
        near = Box(
            row.box.left - 4 * row.size,
            row.box.top - 1.1 * row.size,
            row.box.right + 4 * row.size,
            row.box.bottom,
        )
        touched = [box for box in heaps if near.meets(box)]
        heaps = [box for box in heaps if not near.meets(box)]
        heaps.append(around([row.box, *touched]))
    return heaps
