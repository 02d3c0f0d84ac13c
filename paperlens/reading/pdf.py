"""PDFs as plain data, and pictures cut from their pages. Lives in the child process.

Only here and in `pages` and `ink` PyMuPDF is imported; what fails there ends here as `NotRead`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf

from paperlens.document import Document
from paperlens.layout import Page, compose
from paperlens.models import Notice
from paperlens.reading.failure import TOO_LARGE, NotRead
from paperlens.reading.pages import page_of
from paperlens.reading.png import encoded

_MOST_PIXELS = 4000
_FULL_PAGE = 0.6
_LETTERS = 0.2  # of letters and digits together
_OUTLINE = 2000

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


def read(path: Path, max_pages: int, authors: Sequence[str] = ()) -> Document:
    """What the first `max_pages` pages hold; `authors` are their names where they are known."""
    with _opened(path) as opened:
        count = opened.page_count
        numbers = range(1, min(count, max_pages) + 1)
        found = [_page(opened, number) for number in numbers]
        outline = _outline(opened)
        is_repaired = opened.is_repaired
    pages = [page or Page(number, 0.0, 0.0) for number, page in zip(numbers, found, strict=True)]
    _check_for_text(pages)
    document = compose(pages, outline, authors)
    if not document.title and not any(section.text for section in document.sections):
        raise NotRead("holds no text that a reader of its pages can see")
    lost = [number for number, page in zip(numbers, found, strict=True) if page is None]
    notices = (*document.notices, *_notices(count, max_pages, lost, is_repaired))
    return replace(document, pages=count, notices=notices)


def _page(opened: Any, number: int) -> Page | None:
    """None for a page that MuPDF cannot take in; the others may be sound."""
    try:
        return page_of(opened[number - 1], number)
    except pymupdf.mupdf.FzErrorBase as error:
        if _is_for_want_of_memory(error):
            raise
        return None


def _notices(
    count: int, max_pages: int, lost: Sequence[int], is_repaired: bool
) -> Iterator[Notice]:
    if is_repaired:
        yield Notice("repaired", "The PDF is damaged; what could be saved of it was read.")
    if lost:
        which = ", ".join(map(str, lost[:10])) + (", …" if len(lost) > 10 else "")
        yield Notice("page-damaged", f"What is on page {which} cannot be read.")
    if count > max_pages:
        yield Notice(
            "pages-left-out",
            f"Only the first {max_pages} of {count:,} pages were read (pdf.max_pages).",
        )


def crop(path: Path, page: int, bbox: Sequence[float], dpi: int) -> bytes:
    """A part of a page as PNG."""
    with _opened(path) as opened:
        place = pymupdf.Rect(*bbox)
        scale = min(dpi / 72, _MOST_PIXELS / max(place.width, place.height, 1))
        picture = opened[page - 1].get_pixmap(
            matrix=pymupdf.Matrix(scale, scale), clip=place, annots=False
        )
        return encoded(picture.width, picture.height, picture.samples, dpi)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with pymupdf.open(path, filetype="pdf") as document:
            if document.needs_pass:
                raise NotRead("is encrypted and needs a password")
            if not document.is_pdf or document.page_count == 0:
                raise NotRead("is damaged: it has no pages", is_damaged=True)
            yield document
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError) as error:
        if _is_for_want_of_memory(error):
            raise NotRead(TOO_LARGE) from None
        raise NotRead("is damaged and cannot be opened", is_damaged=True) from None


def _outline(opened: Any) -> tuple[tuple[int, str, int], ...]:
    """The PDF's own table of contents: level, title, page."""
    return tuple((level, title, page) for level, title, page in opened.get_toc()[:_OUTLINE])


def _is_for_want_of_memory(error: Exception) -> bool:
    return "alloc" in str(error)


def _check_for_text(pages: Sequence[Page]) -> None:
    """Figures alone are what remains where a font does not say which letters it shows."""
    text = "".join(line.text for page in pages for line in page.lines)
    if sum(map(str.isalpha, text)) > _LETTERS * sum(map(str.isalnum, text)):
        return
    if any(
        (image.box & page.box).area > _FULL_PAGE * page.box.area
        for page in pages
        for image in page.images
    ):
        raise NotRead("is a scan: it holds pictures of pages and no text")
    raise NotRead("holds no text that can be read")
