"""What is drawn on a page, gathered into pieces that stand apart by white. Pure.

White paint, frames of the whole page and rules that stand alone draw nothing; of the thousands of
strokes of a plot only the piece that they make together is handed on.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from paperlens.layout.page import Box, Page, Shape

_NEAR = 6.0
_CELLS = (16.0, 40.0)  # twice as wide as the places that become one
_MANY = 150
_PAGE_LIKE = 0.85
_SMALLEST = 7.0
_RULE = 2.5
_LONG = 25.0
_STICKS_OUT = 0.3


@dataclass(frozen=True, slots=True)
class Drawing:
    """A piece of a figure; `strokes` counts its shapes without level rules."""

    box: Box
    strokes: int
    images: int


def drawings_of(page: Page, captions: Sequence[Box]) -> tuple[Drawing, ...]:
    """The pieces from the largest to the smallest, without frames that hold their caption."""
    pieces = [Drawing(box, 0, 1) for box in _images(page)]
    pieces += (
        Drawing(shape.box, int(shape.box.height > _RULE), 0)
        for shape in page.shapes
        if not any(_holds(shape.box, each) for each in captions)
    )
    together = [
        each
        for side in _sides(_fewer(pieces), _fences(captions))
        for each in _merged(side)
        if _is_piece(each)
    ]
    return tuple(sorted(together, key=lambda each: each.box.area, reverse=True))


def _fences(captions: Sequence[Box]) -> list[float]:
    """The middles between captions side by side: what they speak of is side by side as well."""
    return [
        (a.right + b.left) / 2
        for a in captions
        for b in captions
        if a.right < b.left and a.beside(b) > 0
    ]


def _sides(pieces: Sequence[Drawing], fences: Sequence[float]) -> Iterable[Sequence[Drawing]]:
    """Pieces parted by fences; one that only sticks out over a fence is cut there."""
    if not fences:
        return [pieces]
    edges = sorted(fences)
    sides = defaultdict[int, list[Drawing]](list)
    for piece in pieces:
        left, top, right, bottom = piece.box
        middle = (left + right) / 2
        side = bisect_left(edges, middle)
        low = edges[side - 1] if side else left
        high = edges[side] if side < len(edges) else right
        outside = max(low - left, 0.0) + max(right - high, 0.0)
        if outside > _STICKS_OUT * piece.box.width:
            sides[-1].append(piece)
        else:
            box = Box(max(left, low), top, min(right, high), bottom)
            sides[side].append(replace(piece, box=box) if outside else piece)
    return sides.values()


def shown(page: Page) -> tuple[Shape, ...]:
    """The shapes that a reader can see, cut at the edges of the page."""
    seen = list[Shape]()
    for shape in page.shapes:
        if not _is_painted(shape):
            continue
        box = shape.box
        if box.left < 0 or box.top < 0 or box.right > page.width or box.bottom > page.height:
            inside = _within(box, page)
            if inside is None:
                continue
            box = inside
        if not _is_like_page(box, page):
            seen.append(shape if box is shape.box else shape._replace(box=box))
    return tuple(seen)


def _holds(frame: Box, caption: Box) -> bool:
    return (
        frame.left < caption.left + 2
        and frame.top < caption.top + 2
        and frame.right > caption.right - 2
        and frame.bottom > caption.bottom - 2
    )


def _is_painted(shape: Shape) -> bool:
    alpha, red, green, blue = shape.color.to_bytes(4, "big")
    return alpha > 8 and min(red, green, blue) < 249


def _images(page: Page) -> Iterable[Box]:
    for image in page.images:
        box = _within(image.box, page)
        if box is not None and not (_is_like_page(box, page) and _is_ground(box, page)):
            yield box


def _is_ground(box: Box, page: Page) -> bool:
    """Whether text is written upon it, as on a scan."""
    return any(box.holds(*line.box.middle) for line in page.lines)


def _within(box: Box, page: Page) -> Box | None:
    inside = box & page.box
    return inside if inside.width >= 0 and inside.height >= 0 else None


def _is_like_page(box: Box, page: Page) -> bool:
    return box.width > _PAGE_LIKE * page.width and box.height > _PAGE_LIKE * page.height


def _is_piece(piece: Drawing) -> bool:
    """A rule or a row of dots is none; an arrow and an axis with its ticks are some."""
    short, long = sorted((piece.box.width, piece.box.height))
    if piece.images:
        return short > _RULE
    return short > _SMALLEST or (short > _RULE and long > _LONG and piece.strokes > 0)


def _fewer(pieces: list[Drawing]) -> list[Drawing]:
    """Of very many small pieces, those of one place as one; larger ones too if need be."""
    for cell in _CELLS:
        if len(pieces) <= _MANY:
            break
        large = list[Drawing]()
        cells = defaultdict[tuple[int, int], list[Drawing]](list)
        for each in pieces:
            left, top, right, bottom = each.box
            if right - left > cell or bottom - top > cell:
                large.append(each)
            else:
                cells[int((left + right) / cell), int((top + bottom) / cell)].append(each)
        pieces = large + [_together(each) for each in cells.values()]
    return pieces


def _together(pieces: Sequence[Drawing]) -> Drawing:
    left, top, right, bottom = zip(*(each.box for each in pieces), strict=True)
    return Drawing(
        Box(min(left), min(top), max(right), max(bottom)),
        sum(each.strokes for each in pieces),
        sum(each.images for each in pieces),
    )


def _merged(pieces: Iterable[Drawing]) -> list[Drawing]:
    """Pieces whose boxes touch become one, until none touch; rules touch only what they reach."""
    merged = list[Drawing]()
    for piece in sorted(pieces, key=lambda each: each.box.area, reverse=True):
        _absorb(merged, piece)
    while True:
        before = len(merged)
        again, merged = merged, []
        for piece in again:
            _absorb(merged, piece)
        if len(merged) == before:
            return merged


def _absorb(merged: list[Drawing], piece: Drawing) -> None:
    reach = piece.box.grown(_NEAR)
    for place, other in enumerate(merged):
        if reach.meets(other.box):
            merged[place] = Drawing(
                other.box | piece.box, other.strokes + piece.strokes, other.images + piece.images
            )
            return
    merged.append(piece)
