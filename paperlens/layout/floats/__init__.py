"""Figures and tables of a paper with their captions. Pure.

Only captions make figures: a drawing that none speaks for stays a decoration of its page.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperlens.document import FIGURE, TABLE, Float
from paperlens.layout.floats.captions import Caption, captions_of
from paperlens.layout.floats.drawings import drawings_of, shown
from paperlens.layout.floats.labels import label_of
from paperlens.layout.floats.letterheads import is_letterhead, without_letterheads
from paperlens.layout.floats.members import Whole, whole_of
from paperlens.layout.floats.pieces import Piece, pieces_of, rules_of, stacks
from paperlens.layout.floats.regions import Region, regions_of
from paperlens.layout.floats.running import Running, running_text
from paperlens.layout.floats.tables import text_of, with_notes
from paperlens.layout.floats.turning import turned_page
from paperlens.layout.page import Box, Page
from paperlens.layout.typography import Typography, columns_of

_NEAR_CAPTION = 40.0
_FEW = 3
_SMALLEST = 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """A float and (page number, line.order) of all lines that belong to it."""

    float: Float
    lines: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page as its captions see it; `back` leads from a page that was turned to the page."""

    page: Page
    captions: tuple[Caption, ...]
    pieces: tuple[Piece, ...]
    running: Running
    drawn: tuple[Box, ...]
    back: Callable[[Box], Box] | None = None


def floats_of(pages: Sequence[Page], typography: Typography) -> tuple[Found, ...]:
    """In the order of pages, and of captions on a page."""
    laid = [each for page in without_letterheads(pages) for each in _views(page, typography)]
    regions = [_regions(each, {}) for each in laid]
    usual = _usual(regions)
    if usual:
        regions = [
            own if _is_usual(each, own, usual) else _regions(each, usual)
            for each, own in zip(laid, regions, strict=True)
        ]
    return tuple(
        found
        for each, own in zip(laid, regions, strict=True)
        for found in _found(each, own, typography)
    )


def _views(page: Page, typography: Typography) -> Iterator[_Laid]:
    """The page upright and, where captions stand on their side, turned."""
    if not any(label_of(line.text) for line in page.lines):
        return
    page = replace(page, shapes=shown(page))
    level = _laid(page, typography)
    if level is not None:
        yield level
    turned = turned_page(page)
    if turned is not None:
        lying = _laid(turned.page, typography)
        if lying is not None:
            yield replace(lying, back=turned.back)


def _laid(page: Page, typography: Typography) -> _Laid | None:
    columns = columns_of(page, typography)
    captions = captions_of(page, typography, columns)
    if not captions:
        return None
    boxes = [each.box for each in captions]
    drawings = drawings_of(page, boxes)
    drawings = tuple(each for each in drawings if not is_letterhead(each, drawings, page))
    rules = rules_of(page.shapes, drawings)
    apart = frozenset(line.order for each in captions for line in each.lines)
    free = [line for line in page.lines if line.order not in apart]
    tables = [
        table
        for stack in stacks(rules, boxes)
        if any(_is_near(table := with_notes(stack, free, typography), each) for each in boxes)
    ]
    running = running_text(page, typography, columns, apart, tables, drawings)
    pieces = pieces_of(drawings, rules, running.loose, [*running.blocks, *boxes], typography)
    drawn = (*(image.box for image in page.images), *(shape.box for shape in page.shapes))
    return _Laid(page, captions, pieces, running, drawn)


def _is_near(stack: Box, caption: Box) -> bool:
    gap = max(caption.top - stack.bottom, stack.top - caption.bottom)
    return gap < _NEAR_CAPTION and stack.above_or_below(caption) > 0


def _regions(laid: _Laid, usual: dict[str, str]) -> tuple[Region, ...]:
    return regions_of(laid.page, laid.captions, laid.pieces, laid.running.blocks, usual)


def _usual(found: Sequence[Sequence[Region]]) -> dict[str, str]:
    """Where most captions of a kind look, if it is most of more than a few."""
    usual = dict[str, str]()
    for kind in (FIGURE, TABLE):
        counts = Counter(
            region.direction for page in found for region in page if region.caption.kind == kind
        )
        if counts.total() >= _FEW:
            direction, count = counts.most_common(1)[0]
            if count > 0.7 * counts.total():
                usual[kind] = direction
    return usual


def _is_usual(laid: _Laid, regions: Sequence[Region], usual: dict[str, str]) -> bool:
    return len(regions) == len(laid.captions) and all(
        usual.get(each.caption.kind) == each.direction for each in regions
    )


def _found(laid: _Laid, regions: Sequence[Region], typography: Typography) -> Iterator[Found]:
    number = laid.page.number
    for region in regions:
        caption = region.caption
        if caption.kind not in (FIGURE, TABLE):
            continue
        others = [each.box for each in laid.captions if each is not caption]
        others += (each.box for each in regions if each is not region)
        whole = whole_of(region, laid.running, others, laid.drawn, laid.page, typography)
        if min(whole.box.width, whole.box.height) < _SMALLEST:
            continue
        box = laid.back(whole.box) if laid.back else whole.box
        text = text_of(whole.lines) if caption.kind == TABLE else _words(whole)
        orders = {line.order for line in (*caption.lines, *whole.lines)}
        yield Found(
            Float(caption.kind, caption.number, caption.text, number, box, text),
            frozenset((number, order) for order in orders),
        )


def _words(whole: Whole) -> str:
    return "\n".join(line.text.strip() for line in whole.lines if line.text.strip())
