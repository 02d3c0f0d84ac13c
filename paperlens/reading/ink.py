"""How the letters of a page are painted, and whether that shows. Lives in the child process.

MuPDF tells colours quickly only as HTML, span by span in the order of its JSON. What colours cannot
tell is seen by painting a place with its letters and without them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pymupdf
from pymupdf import mupdf

from paperlens.layout import Box, Ink, Page, Place, Span, around, doubts, settled

_BLACK = Ink(0, 255, True)
_DOUBTED = Ink(0, 0, True)
_UNPAINTED = Ink(0, 0, False)
_COLOR = re.compile(rb';color:#([0-9a-f]{6})">')
_CLIPS = 64
_SCALE = 100  # MuPDF prints whole numbers
_ZOOM = 2.0
_MOST_PIXELS = 3_000_000
_DIFFERENT = 9  # of 255
_ENOUGH, _HARDLY_ANY = 0.02, 0.002  # of the pixels of a place
_OVERLAP = 0.3
_MOST_LOOKS = 3000

Spans = dict[Place, Span]


def inks_of(
    display: Any, seen: Any, lines: list[dict[str, Any]], kinds: set[str], flags: int
) -> Iterator[Ink | None]:
    """The ink of each of these lines of JSON; plain black on a page of `kinds` that hide nothing
    is none. Images are kept out: as HTML they are large."""
    if any('"' in name for name in {line["font"]["name"] for line in lines}):
        return _by_place(seen, lines)  # a name could write HTML of its own
    if "image" in kinds:
        seen = display.get_textpage(flags & ~pymupdf.TEXT_PRESERVE_IMAGES)
    told = _html(seen)
    if told.count(b"<span ") == told.count(b'color:#000000">'):
        return repeat(_BLACK if kinds - {"text"} else None)
    found = [_COLOR.search(part) for part in told.split(b'<p style="')[1:]]
    if len(found) != len(lines):
        return repeat(_DOUBTED)
    bare = _UNPAINTED if all(found) or not _has_clips(seen) else _DOUBTED
    return (Ink(int(color[1], 16), 255, True) if color else bare for color in found)


def looked_at(page: Page, display: Any) -> Page:
    """The page, with what geometry leaves in doubt settled by looking."""
    doubtful = doubts(page)
    if not doubtful:
        return page
    try:
        return settled(page, dict(_looks(_only(page, doubtful), display)))
    except mupdf.FzErrorBase:  # what cannot be painted cannot be seen either: geometry decides
        return page


def reaches_out(page: Any, display: Any) -> bool:
    """Whether any letters are painted beside the page. Only letters are looked for: it is cheap."""
    bounds = mupdf.FzRect(mupdf.FzRect.Fixed_EMPTY)
    device = mupdf.fz_new_bbox_device(bounds)
    for other in ("fill_path", "stroke_path", "fill_shade", "fill_image", "fill_image_mask"):
        setattr(device.m_internal, other, None)
    _run(display, device, mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE))
    frame = page.rect
    return bool(
        bounds.x0 < 0 or bounds.y0 < 0 or bounds.x1 > frame.width or bounds.y1 > frame.height
    )


def _html(seen: Any) -> bytes:
    buffer = mupdf.fz_new_buffer(1 << 16)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_html(output, seen, 0)
    output.fz_close_output()
    return bytes(buffer.fz_buffer_extract())


def _by_place(seen: Any, lines: list[dict[str, Any]]) -> Iterator[Ink]:
    """The same, slowly: what PyMuPDF tells of the span that begins where the line does."""
    known = dict[tuple[int, int], Ink]()
    for span in _told_slowly(seen):
        x, y = (int(_SCALE * part) for part in span["origin"])
        ink = Ink(span["color"], span["alpha"], bool(span["alpha"]))
        known |= {(x + a, y + b): ink for a in (-1, 0, 1) for b in (-1, 0, 1)}
    return (known.get((line["x"], line["y"]), _DOUBTED) for line in lines)


def _has_clips(seen: Any) -> bool:
    """Whether letters are a stencil: of no ink themselves, but something is painted through."""
    return any(span["char_flags"] & _CLIPS and not span["alpha"] for span in _told_slowly(seen))


def _told_slowly(seen: Any) -> Iterator[dict[str, Any]]:
    for block in pymupdf.TextPage(seen).extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            yield from line["spans"]


def _only(page: Page, doubtful: Spans) -> Spans:
    """Those that no other text overlaps, which would be mistaken for them."""
    others = [
        span.box
        for at, line in enumerate(page.lines)
        for n, span in enumerate(line.spans)
        if (at, n) not in doubtful and span.ink and span.ink.is_painted and span.text.strip()
    ]
    return {
        place: span
        for place, span in doubtful.items()
        if not any(span.box.share_in(box) > _OVERLAP for box in others)
    }


def _looks(doubtful: Spans, display: Any) -> Iterator[tuple[Place, bool]]:
    if not doubtful:
        return
    whole = around(span.box for span in doubtful.values())
    painted, bare = _painted(display, whole, True), _painted(display, whole, False)
    for place, span in list(doubtful.items())[:_MOST_LOOKS]:
        is_seen = _shows(span.ink, painted.cut(span.box), bare.cut(span.box))
        if is_seen is not None:
            yield place, is_seen


@dataclass(frozen=True, slots=True)
class _Picture:
    """Pixels of three bytes each, and how to find them."""

    samples: bytes
    left: int
    top: int
    width: int
    height: int
    zoom: float

    def cut(self, box: Box) -> list[bytes]:
        """The rows of pixels of a place."""
        left = max(int(box.left * self.zoom) - self.left, 0)
        right = min(int(box.right * self.zoom) + 1 - self.left, self.width)
        top = max(int(box.top * self.zoom) - self.top, 0)
        bottom = min(int(box.bottom * self.zoom) + 1 - self.top, self.height)
        starts = (3 * self.width * row for row in range(top, bottom))
        return [self.samples[start + 3 * left : start + 3 * right] for start in starts]


def _painted(display: Any, box: Box, with_text: bool) -> _Picture:
    zoom = min(_ZOOM, (_MOST_PIXELS / max(box.area, 1.0)) ** 0.5)
    matrix, clip = mupdf.FzMatrix(zoom, 0, 0, zoom, 0, 0), mupdf.FzRect(*box)
    frame = mupdf.fz_round_rect(mupdf.fz_transform_rect(clip, matrix))
    colors = mupdf.FzColorspace(mupdf.FzColorspace.Fixed_RGB)
    pixels = mupdf.fz_new_pixmap_with_bbox(colors, frame, mupdf.FzSeparations(), 0)
    mupdf.fz_clear_pixmap_with_value(pixels, 0xFF)
    device = mupdf.fz_new_draw_device_with_bbox(matrix, pixels, frame)
    if not with_text:
        device.m_internal.fill_text = device.m_internal.stroke_text = None
    _run(display, device, clip)
    told = pymupdf.Pixmap("raw", pixels)
    return _Picture(told.samples, told.x, told.y, told.width, told.height, zoom)


def _run(display: Any, device: Any, clip: Any) -> None:
    mupdf.fz_run_display_list(display.this, device, mupdf.FzMatrix(), clip, mupdf.FzCookie())
    mupdf.fz_close_device(device)


def _shows(ink: Ink | None, painted: list[bytes], bare: list[bytes]) -> bool | None:
    """Whether enough pixels are nearer to the ink of the letters than they are without them."""
    if ink is None or not ink.alpha:
        return any(_varies(row) for row in painted)
    color = tuple(ink.color >> shift & 255 for shift in (16, 8, 0))
    total = sum(map(len, painted)) // 3
    changed = 0
    for row, bare_row in zip(painted, bare, strict=True):
        changed += _changed(color, row, bare_row)
        if changed > _ENOUGH * total:
            return True
    return False if changed <= _HARDLY_ANY * total else None


def _varies(row: bytes) -> bool:
    return any(max(row[at::3]) - min(row[at::3]) >= _DIFFERENT for at in range(min(len(row), 3)))


def _changed(color: tuple[int, ...], painted: bytes, bare: bytes) -> int:
    if painted == bare:
        return 0
    return sum(
        _distance(color, bare[at : at + 3]) - _distance(color, painted[at : at + 3]) >= _DIFFERENT
        for at in range(0, len(painted), 3)
    )


def _distance(color: tuple[int, ...], pixel: bytes) -> int:
    return max(abs(a - b) for a, b in zip(color, pixel, strict=True))
