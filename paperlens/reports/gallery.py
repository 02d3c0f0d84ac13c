"""The figures of papers on a terminal: number, page, caption and file, each around its picture.

Where no picture can be shown, the rest is there all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from paperlens.document import Opened
from paperlens.models import Figure
from paperlens.reports.ink import (
    CARE,
    FAINT,
    OURS,
    PLAIN,
    STRONG,
    WIDEST,
    Page,
    block,
    inked,
    joined,
    margin,
)
from paperlens.reports.labels import labels
from paperlens.reports.pictures import Screen, drawn
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_INDENT = 5
_COLUMNS, _ROWS, _NARROWEST = 48, 12, 8
_LINES = 4

Picture = Callable[[Figure], RenderableType | None]


def print_gallery(opened: Sequence[Opened], console: Console, screen: Screen) -> None:
    """All papers that could be read, one after the other."""
    page = Page(min(console.width, WIDEST), console.width, console.is_terminal, labels())
    picture = _on(screen, min(_COLUMNS, console.width - _INDENT - 1))
    for number, each in enumerate(one for one in opened if one.document):
        if number:
            console.print()
        for part in _gallery(each, page, picture):
            console.print(part, soft_wrap=isinstance(part, Text))


def _gallery(opened: Opened, page: Page, picture: Picture) -> Iterator[RenderableType]:
    yield from block(readable(opened.title or opened.name), page.width, margin(1), STRONG)
    yield margin(1).append_text(_counts(opened, page))
    for label, figures in (("figure", opened.figures), ("table", opened.tables)):
        for figure in figures:
            yield Text()
            yield from _told(label, figure, page, picture)


def _counts(opened: Opened, page: Page) -> Text:
    words = page.words
    pages = opened.document.pages if opened.document else 0
    told = [
        inked(one_line(opened.name), OURS),
        inked(words.count(pages, "page", "pages"), FAINT),
        inked(words.count(len(opened.figures), "figure", "figures"), FAINT),
    ]
    if opened.tables:
        told.append(inked(words.count(len(opened.tables), "table", "tables"), FAINT))
    return joined(told)


def _told(label: str, figure: Figure, page: Page, picture: Picture) -> Iterator[RenderableType]:
    words = page.words
    head = margin(1).append(f"{words[label].capitalize()} {one_line(figure.number)}", STRONG)
    head.append(f"  {words['page']} {figure.page}", FAINT)
    if figure.is_teaser:
        head.append(f"  {words['teaser']}", CARE)
    yield head
    if shown := picture(figure):
        yield shown
    yield from block(readable(figure.caption), page.width, margin(_INDENT), PLAIN, _LINES)
    if figure.file:
        size = f"{figure.width} × {figure.height}"
        yield margin(_INDENT).append(one_line(figure.file), FAINT).append(f"  {size}", FAINT)


def _on(screen: Screen, columns: int) -> Picture:
    def picture(figure: Figure) -> RenderableType | None:
        if figure.file is None or columns < _NARROWEST:
            return None
        try:
            return drawn(Path(figure.file).read_bytes(), screen, columns, _ROWS, _INDENT)
        except (OSError, ValueError):  # a picture less; its place and caption are told
            return None

    return picture
