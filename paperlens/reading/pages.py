"""PyMuPDF's pages as plain data. Lives in the child process.

MuPDF prints what a page holds as JSON, in C, which takes a third of the time of PyMuPDF's own
dictionaries.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pymupdf
from pymupdf import mupdf

from paperlens.layout import Box, Image, Ink, Page, Shape, Span, around, lines_of, printable
from paperlens.reading.ink import inks_of, looked_at, reaches_out

_SCALE = 100  # MuPDF prints whole numbers
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_CLIP
    | pymupdf.TEXT_PRESERVE_SPANS
    | pymupdf.TEXT_PRESERVE_IMAGES
    | pymupdf.TEXT_COLLECT_VECTORS
    | mupdf.FZ_STEXT_IGNORE_ACTUALTEXT  # a tag may claim that letters say something else
)
_NO_TEXT = pymupdf.TEXT_CLIP | pymupdf.TEXT_PRESERVE_IMAGES | pymupdf.TEXT_COLLECT_VECTORS
_LIBERTINE = r"lin(?:libertine|biolinum)m?tz?"
_BOLD = re.compile(
    rf"bold|black|heavy|demi|medi(?!um)|(?:cm|sf|ec|tc)[a-z]*b|-b\b|BX\d|{_LIBERTINE}b", re.I
)
_ITALIC = re.compile(rf"ital|obli|slant|(?:cm|sf)(?:ti|sl|bxti)\d|{_LIBERTINE}b?i", re.I)
_MANY = 4000
_CELL = 12.0
_NEAR_EDGE = 0.95
_MITRE = 1.8  # points at either side of a stroke of 0.4
_MITRE_OF_LINE = 0.45  # of a straight line's height
_THICK_LINE, _THICKEST_LINE, _LENGTH = 2.0, 12.6, 6.0


def page_of(page: Any, number: int) -> Page:
    """Everything on a page that layout asks about. Annotations are no part of the paper."""
    display = page.get_displaylist(annots=0)
    seen = display.get_textpage(_FLAGS)
    blocks = _blocks(seen)
    kinds = {block["type"] for block in blocks}
    lines = [told for block in blocks if block["type"] == "text" for told in block["lines"]]
    inks = inks_of(display, seen, lines, kinds, _FLAGS)
    places = _places(seen) if kinds - {"text"} else {}
    spans: list[tuple[int, Span]] = []
    images: list[Image] = []
    shapes: list[Shape] = []
    for order, block in enumerate(blocks):
        match block["type"]:
            case "text":
                spans += ((order, _span(told, next(inks))) for told in block["lines"])
            case "image":
                images.append(Image(places[order], order))
            case "vector":
                shapes.append(_shape(block, places[order], order))
    if reaches_out(page, display):
        beyond = _beyond(page, display, [span for _, span in spans])
        spans += [(len(blocks), span) for span in beyond]
    whole = Page(
        number,
        page.rect.width,
        page.rect.height,
        tuple(lines_of(spans)),
        tuple(images),
        tuple(_fewer(shapes)),
        tuple(_links(page)),
    )
    return looked_at(whole, display)


def _blocks(seen: Any) -> list[dict[str, Any]]:
    buffer = mupdf.fz_new_buffer(1 << 16)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_json(output, seen, _SCALE)
    output.fz_close_output()
    told = json.loads(buffer.fz_buffer_extract().decode("utf-8", "replace"), strict=False)
    return list(told["blocks"])


def _beyond(page: Any, display: Any, seen: list[Span]) -> Iterator[Span]:
    """What is written where there is no paper. Printers' marks lie where there was some, and
    a line that is too long has its beginning on the page."""
    lines = {round(span.baseline) for span in seen if span.box.right > _NEAR_EDGE * page.rect.width}
    cut_off = page.mediabox.width - page.cropbox.width, page.mediabox.height - page.cropbox.height
    paper = Box(0.0, 0.0, page.rect.width, page.rect.height).grown(max(cut_off))
    for block in _blocks(display.get_textpage(_FLAGS & ~_NO_TEXT)):
        for told in block["lines"]:
            span = _span(told, None)
            if not span.box.meets(paper) and round(span.baseline) not in lines:
                yield span


def _span(told: dict[str, Any], ink: Ink | None) -> Span:
    font, box = told["font"], told["bbox"]
    name, is_bold, is_italic = _cut(font["name"], font["weight"], font["style"])
    left, top = box["x"] / _SCALE, box["y"] / _SCALE
    text = told["text"]
    return Span(
        text if text.isascii() and text.isprintable() and "`" not in text else printable(text),
        Box(left, top, left + box["w"] / _SCALE, top + box["h"] / _SCALE),
        told["y"] / _SCALE,
        name,
        font["size"] / _SCALE,
        is_bold,
        is_italic,
        ink,
    )


@cache
def _cut(font: str, weight: str, style: str) -> tuple[str, bool, bool]:
    """A font's name without the tag of its subset, and whether it is bold or italic."""
    name = font.partition("+")[2] or font
    return (
        name,
        weight == "bold" or _BOLD.search(name) is not None,
        style != "normal" or _ITALIC.search(name) is not None,
    )


def _places(seen: Any) -> dict[int, Box]:
    """The frames of blocks, which MuPDF's JSON has for text alone."""
    return {block[5]: Box(*block[:4]) for block in pymupdf.TextPage(seen).extractBLOCKS()}


def _shape(told: dict[str, Any], box: Box, order: int) -> Shape:
    is_stroked, is_rectangle = bool(told["stroked"]), bool(told["rectangle"])
    if is_stroked:
        box = _without_mitres(box, is_rectangle)
    return Shape(box, told["argb"] & 0xFFFFFFFF, is_stroked, is_rectangle, order)


def _without_mitres(box: Box, is_rectangle: bool) -> Box:
    """MuPDF reckons with mitres of five times a stroke's width, also where lines have no corners,
    and does not tell the width. A straight line's height does: one that is thin has no mitres."""
    short, long = sorted((box.width, box.height))
    if is_rectangle and short <= _THICK_LINE:
        return box
    if is_rectangle and short < _THICKEST_LINE and long > _LENGTH * short:
        return box.grown(-_MITRE_OF_LINE * short)
    x, y = min(_MITRE, box.width / 2 - 0.2), min(_MITRE, box.height / 2 - 0.2)
    return Box(box.left + x, box.top + y, box.right - x, box.bottom - y)


def _fewer(shapes: list[Shape]) -> list[Shape]:
    """Of very many shapes, those of one place as one: a drawing of 200,000 strokes is one."""
    if len(shapes) <= _MANY:
        return shapes
    cells = defaultdict[tuple[int, int], list[Shape]](list)
    for shape in shapes:
        x, y = shape.box.middle
        cells[int(x / _CELL), int(y / _CELL)].append(shape)
    return [
        each[0]._replace(box=around(shape.box for shape in each), is_rectangle=False)
        for each in cells.values()
    ]


def _links(page: Any) -> Iterator[str]:
    link = page.first_link
    while link:
        if link.is_external and link.uri:
            yield link.uri
        link = link.next
