"""What lies above and beneath a place on a page. Pure.

Rectangles of one colour tell for certain what is seen of letters; pictures, curves and what is
partly clear only may.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from paperlens.layout.page import Box, Page

WHITE = 0xFFFFFF
_OPAQUE = 240  # of 255
_CELL = 36.0
_MANY_CELLS = 64
_THIN = 2.0


class Thing(NamedTuple):
    """What could hide letters or be their ground; a picture has no one colour."""

    box: Box
    order: int
    color: int | None
    is_certain: bool
    is_stroked: bool = False


class Scene:
    """The images and shapes of one page, found by place."""

    def __init__(self, page: Page) -> None:
        self._large: list[Thing] = []
        self._cells = defaultdict[tuple[int, int], list[Thing]](list)
        for thing in _things(page):
            self._keep(thing)
        self.has_things = bool(self._cells or self._large)

    def around(self, box: Box) -> list[Thing]:
        """What lies at the middle of a place or between it and the ends, from bottom to top."""
        if not self.has_things:
            return []
        x, y = box.middle
        points = (x, x - box.width / 4, x + box.width / 4)
        row = int(y // _CELL)
        cells = (self._cells.get((column, row), ()) for column in {int(p // _CELL) for p in points})
        return sorted(
            {
                thing
                for things in (*cells, self._large)
                for thing in things
                if any(thing.box.holds(point, y) for point in points)
            },
            key=lambda thing: thing.order,
        )

    def _keep(self, thing: Thing) -> None:
        left, top, right, bottom = (int(edge // _CELL) for edge in thing.box)
        if (right - left + 1) * (bottom - top + 1) > _MANY_CELLS:
            self._large.append(thing)
            return
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                self._cells[column, row].append(thing)


def alike(color: int, other: int, tolerance: int) -> bool:
    """Whether nobody could tell letters of one colour on the other."""
    return (
        abs((color >> 16) - (other >> 16)) < tolerance
        and abs((color >> 8 & 255) - (other >> 8 & 255)) < tolerance
        and abs((color & 255) - (other & 255)) < tolerance
    )


def _things(page: Page) -> Iterator[Thing]:
    for image in page.images:
        yield Thing(image.box, image.order, None, is_certain=False)
    for shape in page.shapes:
        if shape.is_stroked and shape.is_rectangle:
            continue
        if min(shape.box.width, shape.box.height) > _THIN:
            is_certain = shape.is_rectangle and shape.color >> 24 >= _OPAQUE
            yield Thing(shape.box, shape.order, shape.color & WHITE, is_certain, shape.is_stroked)
