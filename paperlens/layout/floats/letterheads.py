"""Logos and rules in the margins, which pages repeat and no figure has. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paperlens.layout.floats.drawings import Drawing
from paperlens.layout.page import Box, Page

_MARGIN = 0.14
_TOP = 0.1
_HIGHEST = 45.0
_WHITE = 6.0
_FEW = 3

Place = tuple[int, int, int, int]


def without_letterheads(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The same pages without what at least half of them show at one place near an edge."""
    counts = Counter(place for page in pages for place in set(_marginal(page)))
    enough = max(_FEW, len(pages) // 2)
    repeated = frozenset(place for place, count in counts.items() if count >= enough)
    if not repeated:
        return tuple(pages)
    return tuple(_without(page, repeated) for page in pages)


def is_letterhead(drawing: Drawing, others: Iterable[Drawing], page: Page) -> bool:
    """Whether a low drawing stands by itself at the very top, as nothing of a lone page repeats."""
    box = drawing.box
    return (
        box.bottom < _TOP * page.height
        and box.height < _HIGHEST
        and any(other.box.top > box.bottom + _WHITE for other in others)
    )


def _marginal(page: Page) -> Iterator[Place]:
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    for box in [image.box for image in page.images] + [shape.box for shape in page.shapes]:
        if box.bottom < top or box.top > bottom:
            yield _place(box)


def _place(box: Box) -> Place:
    return round(box.left), round(box.top), round(box.right), round(box.bottom)


def _without(page: Page, repeated: frozenset[Place]) -> Page:
    images = tuple(each for each in page.images if _place(each.box) not in repeated)
    shapes = tuple(each for each in page.shapes if _place(each.box) not in repeated)
    if len(images) == len(page.images) and len(shapes) == len(page.shapes):
        return page
    return replace(page, images=images, shapes=shapes)
