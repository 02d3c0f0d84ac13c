"""A page turned by a quarter, so that a figure that lies on its side is read like any other. Pure.

Such a page has upright captions; nearly all are read from the foot of the page to its head.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from paperlens.layout.floats.labels import label_of
from paperlens.layout.page import Box, Line, Page

_DESCENT = 0.2


@dataclass(frozen=True, slots=True)
class Turned:
    """A page as it is read from its side, and the way back for boxes."""

    page: Page
    back: Callable[[Box], Box]


def turned_page(page: Page) -> Turned | None:
    """None where no caption stands upright."""
    upright = [line for line in page.lines if line.is_upright]
    if not any(label_of(line.text) for line in upright):
        return None
    width, height = page.width, page.height
    if _is_read_downwards(upright):
        return Turned(
            _turned(
                page, lambda box: Box(box.top, width - box.right, box.bottom, width - box.left)
            ),
            lambda box: Box(width - box.bottom, box.left, width - box.top, box.right),
        )
    return Turned(
        _turned(page, lambda box: Box(height - box.bottom, box.left, height - box.top, box.right)),
        lambda box: Box(box.top, height - box.right, box.bottom, height - box.left),
    )


def _is_read_downwards(upright: list[Line]) -> bool:
    """Whether each line stands left of the one before."""
    steps = [
        after.box.left - before.box.left
        for before, after in pairwise(upright)
        if after.block == before.block and abs(after.box.left - before.box.left) < 3 * after.size
    ]
    return sum(step < 0 for step in steps) > sum(step > 0 for step in steps)


def _turned(page: Page, turn: Callable[[Box], Box]) -> Page:
    return Page(
        page.number,
        page.height,
        page.width,
        tuple(_turned_line(line, turn) for line in page.lines),
        tuple(image._replace(box=turn(image.box)) for image in page.images),
        tuple(shape._replace(box=turn(shape.box)) for shape in page.shapes),
    )


def _turned_line(line: Line, turn: Callable[[Box], Box]) -> Line:
    boxes = [turn(span.box) for span in line.spans]
    return replace(
        line,
        spans=tuple(
            span._replace(box=box, baseline=box.bottom - _DESCENT * box.height)
            for span, box in zip(line.spans, boxes, strict=True)
        ),
        box=turn(line.box),
        is_upright=not line.is_upright,
    )
