"""The figures of papers on a terminal: number, page, caption and file, each around its picture.

Where no picture can be shown, the rest is there all the same.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from paperlens.document import Opened
from paperlens.models import Figure
from paperlens.reports.ink import (
    FAINT,
    NARROWEST,
    OURS,
    PLAIN,
    STRONG,
    WIDEST,
    Page,
    Picture,
    block,
    flow,
    inked,
    margin,
)
from paperlens.reports.labels import labels
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_INDENT = 5
_LINES = 4


def print_gallery(
    opened: Sequence[Opened], console: Console, picture: Picture, language: str
) -> None:
    """All papers that could be read, one after the other."""
    room = max(console.width - 1, NARROWEST)
    words = labels(language)
    page = Page(min(room, WIDEST), room, console.is_terminal, words, picture=picture)
    for number, each in enumerate(one for one in opened if one.document):
        if number:
            console.print()
        for part in _gallery(each, page):
            console.print(part, soft_wrap=isinstance(part, Text))


def _gallery(opened: Opened, page: Page) -> Iterator[RenderableType]:
    yield from block(readable(opened.title or opened.name), page.width, margin(1), STRONG)
    yield from flow(_counts(opened, page), page.width, margin(1))
    for label, figures in (("figure", opened.figures), ("table", opened.tables)):
        for figure in figures:
            yield Text()
            yield from _told(label, figure, page)


def _counts(opened: Opened, page: Page) -> list[Text]:
    words = page.words
    pages = opened.document.pages if opened.document else 0
    told = [
        inked(one_line(opened.name), OURS),
        inked(words.count(pages, "page", "pages"), FAINT),
        inked(words.count(len(opened.figures), "figure", "figures"), FAINT),
    ]
    if opened.tables:
        told.append(inked(words.count(len(opened.tables), "table", "tables"), FAINT))
    return told


def _told(label: str, figure: Figure, page: Page) -> Iterator[RenderableType]:
    words = page.words
    head = [inked(f"{words[label].capitalize()} {one_line(figure.number)}", STRONG)]
    head.append(inked(f"{words['page']} {figure.page}", FAINT))
    if figure.is_teaser:
        head.append(inked(words["teaser"], FAINT))
    yield from flow(head, page.width, margin(1))
    if page.picture and (shown := page.picture(figure, _INDENT)):
        yield shown
    yield from block(readable(figure.caption), page.width, margin(_INDENT), PLAIN, _LINES)
    if figure.file:
        size = f"{figure.width} × {figure.height}"
        yield margin(_INDENT).append(one_line(figure.file), FAINT).append(f"  {size}", FAINT)
