"""What a caption sees of its page: up, down and to its sides, past no text and no other caption."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from paperlens.document import FIGURE
from paperlens.layout.floats.captions import Caption
from paperlens.layout.floats.pieces import BOXED, DRAWN, RULED, WRITTEN, Piece
from paperlens.layout.page import Box

UP, DOWN, LEFT, RIGHT = "up", "down", "left", "right"

_FARTHEST = {DRAWN: 75.0, RULED: 60.0, BOXED: 40.0, WRITTEN: 30.0}
_WHITE_WITHIN = {DRAWN: 80.0, RULED: 0.0, BOXED: 14.0, WRITTEN: 12.0}
_BETWEEN_PANELS = 130.0
_ALIGNED = 5.0
_SMALL = 30.0
_BESIDE_SMALL = 40.0
_FILLED = 30.0
_TOUCH = 3.0
_NEAR_PART = 0.15
_LOWEST_LISTING = 24.0

Look = tuple[str, str]
"""A direction and a kind of pieces."""


class View(dict[Look, list[Piece]]):
    """The pieces that a caption sees, the nearest first; only where there are any."""


def view_of(
    caption: Caption, captions: Sequence[Caption], pieces: Sequence[Piece], blocks: Sequence[Box]
) -> View:
    """`captions` are all of the page, `blocks` its running text."""
    obstacles = [*blocks, *(each.box for each in captions if each is not caption)]
    seen = defaultdict[Look, list[Piece]](list)
    for piece in pieces:
        direction = _direction(caption.box, piece.box)
        if direction and _is_clear(caption.box, piece.box, direction, obstacles):
            seen[direction, piece.kind].append(piece)
    view = View()
    for direction in (UP, DOWN, LEFT, RIGHT):
        written = seen[direction, WRITTEN]
        if caption.kind == FIGURE:
            seen[direction, WRITTEN] = [each for each in written if _is_listing(each)]
        nearest = float("inf")
        for kind in (DRAWN, RULED, BOXED, WRITTEN):
            near = list(_in_reach(caption.box, direction, seen[direction, kind], written))
            if near:
                distance = distance_to(caption.box, near[0].box, direction)
                if kind != WRITTEN or (distance < nearest and not _is_drawn(view, caption)):
                    view[direction, kind] = near
                nearest = min(nearest, distance)
    return view


def distance_to(near: Box, far: Box, direction: str) -> float:
    """The white between two boxes in a direction."""
    match direction:
        case "up":
            return near.top - far.bottom
        case "down":
            return far.top - near.bottom
        case "left":
            return near.left - far.right
    return far.left - near.right


def _is_drawn(view: View, caption: Caption) -> bool:
    """Whether a figure has better than loose text: its labels may be nearer than its drawing."""
    return caption.kind == FIGURE and any(kind == DRAWN for _, kind in view)


def _is_listing(piece: Piece) -> bool:
    """Whether text could be a figure by itself; a line or a formula is none."""
    return piece.box.height > _LOWEST_LISTING


def _direction(caption: Box, piece: Box) -> str | None:
    if piece.bottom <= caption.top + _TOUCH:
        return UP
    if piece.top >= caption.bottom - _TOUCH:
        return DOWN
    if piece.right <= caption.left + _TOUCH:
        return LEFT
    if piece.left >= caption.right - _TOUCH:
        return RIGHT
    middle = caption.middle[1]
    if piece.bottom < middle:
        return UP
    return DOWN if piece.top > middle else None


def _is_clear(caption: Box, piece: Box, direction: str, obstacles: Sequence[Box]) -> bool:
    between = _between(caption, piece, direction)
    return not any(
        obstacle.meets(between)
        and obstacle.beside(between) > _TOUCH
        and obstacle.above_or_below(between) > _TOUCH
        and obstacle.share_in(piece) < 0.6
        for obstacle in obstacles
    )


def _between(caption: Box, piece: Box, direction: str) -> Box:
    """From the near part of a piece to the far edge of its caption; what stands beside the rest
    of the piece may be text that runs around it."""
    hull = caption | piece
    near = _NEAR_PART * piece.height
    match direction:
        case "up":
            return Box(hull.left, piece.bottom - near, hull.right, hull.bottom)
        case "down":
            return Box(hull.left, hull.top, hull.right, piece.top + near)
    return hull


def _in_reach(
    caption: Box, direction: str, found: Sequence[Piece], written: Sequence[Piece]
) -> Iterator[Piece]:
    """From the caption outwards, until the white between is too wide for one figure."""
    hull, taken = caption, list[Piece]()
    for piece in sorted(found, key=lambda each: distance_to(caption, each.box, direction)):
        limit = _widest_white(piece, taken)
        white = distance_to(hull, piece.box, direction) - _filled(hull, piece.box, written)
        if white > limit:
            return
        hull = hull | piece.box
        taken.append(piece)
        yield piece


def _widest_white(piece: Piece, taken: Sequence[Piece]) -> float:
    """How much white may part a piece from what was taken: small ones far off are icons."""
    if not taken:
        return _FARTHEST[piece.kind]
    if any(_is_alike(piece, other) for other in taken):
        return _BETWEEN_PANELS
    if max(piece.box.width, piece.box.height) < _SMALL:
        return min(_BESIDE_SMALL, _WHITE_WITHIN[piece.kind])
    return _WHITE_WITHIN[piece.kind]


def _is_alike(piece: Piece, other: Piece) -> bool:
    """Whether two drawings stand in a row or in a column and are as large, as panels are."""
    a, b = piece.box, other.box
    is_aligned = abs(a.left - b.left) < _ALIGNED or abs(a.top - b.top) < _ALIGNED
    return (
        piece.kind == other.kind == DRAWN
        and is_aligned
        and abs(a.width - b.width) < _ALIGNED
        and abs(a.height - b.height) < _ALIGNED
    )


def _filled(hull: Box, piece: Box, written: Sequence[Piece]) -> float:
    """The height of what is written between two pieces."""
    top, bottom = sorted((hull, piece), key=lambda box: box.top)
    between = Box(min(hull.left, piece.left), top.bottom, max(hull.right, piece.right), bottom.top)
    if between.height <= 0:
        return 0.0
    heights = (each.box.beside(between) for each in written if each.box.meets(between))
    return min(sum(heights), _FILLED)
