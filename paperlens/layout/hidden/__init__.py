"""Text that no reader of the page sees is taken away, and its presence told. Pure.

Instructions to machines stand in papers in white on white, in letters of no size, beside the page,
beneath pictures, or in ink that is never painted. A scan's layer of text is what there is to read
of it, and stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from paperlens.layout.hidden.sight import OUTSIDE, TINY, Place, reasons
from paperlens.layout.lines import left_of
from paperlens.layout.page import Page, Span
from paperlens.models import Notice
from paperlens.unseen import one_line

_SCAN = 0.6  # of the page's area
_FEW = 300  # letters: what is stamped onto a scan
_UNTOLD = 4  # letters
_QUOTED = 80


@dataclass(frozen=True, slots=True)
class _Parted:
    """A page, and why some of its spans are hidden."""

    page: Page
    hidden: dict[Place, str]

    @property
    def seen(self) -> Iterator[Span]:
        for at, line in enumerate(self.page.lines):
            for n, span in enumerate(line.spans):
                if (at, n) not in self.hidden:
                    yield span


def visible(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """The pages without what cannot be seen, and notices about what was left out or is unsure."""
    parted = [_Parted(page, reasons(page)) for page in pages]
    if not any(each.hidden for each in parted):
        return tuple(pages), ()
    scans = [each for each in parted if _is_scan(each)]
    read = {each.page.number for each in scans}
    kept = [_only(each, OUTSIDE, TINY) if each.page.number in read else each for each in parted]
    notices = (*_of_hidden(kept), *_of_scans(sorted(read)))
    return tuple(_shown(each) for each in kept), notices


def _only(parted: _Parted, *kinds: str) -> _Parted:
    return replace(parted, hidden={at: why for at, why in parted.hidden.items() if why in kinds})


def _is_scan(parted: _Parted) -> bool:
    """Whether the page is a picture, with at most a stamp that can be seen."""
    if not parted.hidden:
        return False
    page = parted.page
    pictured = sum((image.box & page.box).area for image in page.images)
    if pictured < _SCAN * page.box.area:
        return False
    return sum(len(span.text) for span in parted.seen) <= _FEW


def _shown(parted: _Parted) -> Page:
    page, hidden = parted.page, parted.hidden
    if not hidden:
        return page
    lines = (
        left_of(line, [span for n, span in enumerate(line.spans) if (at, n) not in hidden])
        for at, line in enumerate(page.lines)
    )
    return replace(page, lines=tuple(line for line in lines if line is not None))


def _pieces(parted: _Parted) -> Iterator[tuple[str, str]]:
    for (at, n), why in parted.hidden.items():
        yield why, parted.page.lines[at].spans[n].text


def _of_hidden(parted: Sequence[_Parted]) -> Iterator[Notice]:
    """One for each way of hiding. Echoes of what can be read, such as outlines, alarm nobody."""
    found = sorted(
        (why, each.page.number, at, text)
        for each in parted
        if each.hidden
        for echoed in ("".join(span.text for span in each.seen),)
        for at, (why, text) in enumerate(_pieces(each))
        if text.strip() not in echoed
    )
    for why, group in groupby(found, key=lambda piece: piece[0]):
        pieces = list(group)
        text = one_line(" ".join(text for *_, text in pieces))
        if sum(map(str.isalnum, text)) >= _UNTOLD:
            where = _pages(sorted({page for _, page, _, _ in pieces}))
            yield Notice(
                "hidden-text",
                f"Hidden text on {where} was left out"
                f" ({len(text):,} letters, {why}): “{_start(text)}”",
            )


def _start(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


def _of_scans(pages: Sequence[int]) -> Iterator[Notice]:
    if pages:
        are = "is a picture" if len(pages) == 1 else "are pictures"
        yield Notice(
            "scanned-text",
            f"{_pages(pages).capitalize()} {are}; what is read there is what a machine recognised.",
        )


def _pages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) <= 5:
        return "pages " + ", ".join(map(str, numbers[:-1])) + f" and {numbers[-1]}"
    return f"{len(numbers)} pages from {numbers[0]} to {numbers[-1]}"
