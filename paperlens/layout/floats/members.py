"""A figure whole: its pieces with the labels, legends and subcaptions around them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperlens.document import TABLE
from paperlens.layout.floats.pieces import DRAWN
from paperlens.layout.floats.regions import Region
from paperlens.layout.floats.rows import Row, family
from paperlens.layout.floats.running import Running
from paperlens.layout.floats.views import DOWN, UP
from paperlens.layout.page import Box, Line, Page
from paperlens.layout.typography import Typography

_PADDING = 2.0
_ROUNDS = 5
_BESIDE = 1.6
_CHAIN = 2.5  # times their size: so far rows of full size reach, one above the other
_STACKED = 1.15
_OVER = 3.0
_REACH = 60.0


@dataclass(frozen=True, slots=True)
class Whole:
    """The box of a float without its caption, and the lines in it."""

    box: Box
    lines: tuple[Line, ...]


def whole_of(
    region: Region,
    running: Running,
    others: Sequence[Box],
    drawn: Iterable[Box],
    page: Page,
    typography: Typography,
) -> Whole:
    """`others` are captions and regions that are not this one's; `drawn` is all ink but text."""
    box = region.box
    reach = box.grown(_REACH) | region.caption.box
    strays = [
        each
        for each in drawn
        if each.meets(reach) and not _is_inside(each, box) and not _is_mostly_in(each, others)
    ]
    rows = [
        row for row in running.loose if row.box.meets(reach) and not _is_mostly_in(row.box, others)
    ]
    forbidden = [
        *others,
        region.caption.box,
        *(block for block in running.blocks if block.share_in(box) < 0.6),
    ]
    between = _between(box, region)
    for _ in range(_ROUNDS):
        before = box
        for row in rows:
            if not _is_inside(row.box, box) and (
                row.box.share_in(between) > 0.7 or _is_part(row, box, region, typography)
            ):
                box = _widened(box, row.box, forbidden)
        for stray in strays:
            if not _is_inside(stray, box) and stray.grown(_PADDING).meets(box):
                box = _widened(box, stray, forbidden)
        if box == before:
            break
    return Whole(_padded(box, forbidden, page), _lines_in(box, region, page))


def _is_part(row: Row, box: Box, region: Region, typography: Typography) -> bool:
    """Whether a row labels, heads or explains what is in the box."""
    is_drawn = any(piece.kind == DRAWN for piece in region.pieces)
    is_near = typography.is_smaller(row.size) or row.box.meets(region.box.grown(_CHAIN * row.size))
    return (
        (is_near and (is_drawn or region.caption.kind == TABLE) and _is_label(row, box))
        or any(_is_title(row, piece.box) for piece in region.pieces)
        or (is_drawn and _is_foreign(row, typography) and _is_over(row, box))
    )


def _widened(box: Box, other: Box, forbidden: Sequence[Box]) -> Box:
    """Around the other as well, where that takes nothing of what is forbidden."""
    return box | other if _is_free(box | other, box, forbidden) else box


def _lines_in(box: Box, region: Region, page: Page) -> tuple[Line, ...]:
    return tuple(
        line
        for line in page.lines
        if line.box.meets(box)
        and line.box.share_in(box.grown(1)) > 0.6
        and not any(line is each for each in region.caption.lines)
    )


def _is_mostly_in(box: Box, others: Sequence[Box]) -> bool:
    return any(box.meets(other) and box.share_in(other) > 0.5 for other in others)


def _is_inside(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left
        and inner.top >= outer.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def _between(box: Box, region: Region) -> Box:
    """The strip from the pieces to their caption: what is written there is a subcaption."""
    caption = region.caption.box
    left, right = min(box.left, caption.left) - 2, max(box.right, caption.right) + 2
    if region.direction == UP:
        return Box(left, box.bottom - 2, right, caption.top + 1)
    if region.direction == DOWN:
        return Box(left, caption.bottom - 1, right, box.top + 2)
    return Box(0.0, 0.0, 0.0, 0.0)


def _is_label(row: Row, box: Box) -> bool:
    """Whether a row stands so near that it labels what is in the box."""
    text = row.box
    size = row.size
    if text.meets(box):
        return True
    if text.beside(box) > 0.4 * text.height:
        return max(text.left - box.right, box.left - text.right) < _BESIDE * size
    if text.above_or_below(box) > 0.4 * text.width:
        return max(text.top - box.bottom, box.top - text.bottom) < _STACKED * size
    return False


def _is_title(row: Row, drawing: Box) -> bool:
    """Whether bold letters stand over the middle of a drawing, as over a plot."""
    text = row.box
    return (
        row.lines[0].is_bold
        and abs(text.middle[0] - drawing.middle[0]) < 0.1 * drawing.width
        and _is_over(row, drawing)
    )


def _is_foreign(row: Row, typography: Typography) -> bool:
    """Whether small letters are of another font than the body's: those of plots mostly are."""
    is_small = typography.is_smaller(row.size)
    return is_small and family(row.lines[0].font) != family(typography.font)


def _is_over(row: Row, box: Box) -> bool:
    text = row.box
    is_within = box.left < text.left and text.right < box.right
    return is_within and 0 < box.top - text.bottom < _OVER * row.size


def _is_free(grown: Box, box: Box, forbidden: Sequence[Box]) -> bool:
    return not any(
        each.meets(grown)
        and each.beside(grown) > 2
        and each.above_or_below(grown) > 2
        and (each & grown).area > (each & box).area + 1
        for each in forbidden
    )


def _padded(box: Box, forbidden: Sequence[Box], page: Page) -> Box:
    """A little white around, but nothing of the text beside nor of what lies off the page."""
    left, top, right, bottom = box.grown(_PADDING) & page.box
    for each in forbidden:
        if each.meets(Box(left, top, right, bottom)) and not each.meets(box):
            if each.bottom <= box.top:
                top = max(top, each.bottom)
            elif each.top >= box.bottom:
                bottom = min(bottom, each.top)
            elif each.right <= box.left:
                left = max(left, each.right)
            else:
                right = min(right, each.left)
    return Box(left, top, right, bottom)
