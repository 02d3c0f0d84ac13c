"""A report on a terminal, like a front page: headline, cards, the rest as a list, what is next.

The only room that draws with Rich; import it when a terminal is at hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from paperlens.models import Mark, Report
from paperlens.reports import outline
from paperlens.reports.card import card, marked
from paperlens.reports.ink import (
    FAINT,
    NARROWEST,
    OURS,
    STRONG,
    WIDEST,
    Page,
    Picture,
    apart,
    block,
    flow,
    inked,
    joined,
    label_cells,
    margin,
    rule,
)
from paperlens.reports.labels import labels
from paperlens.reports.layout import padded
from paperlens.reports.marks import SIGNS
from paperlens.reports.rest import rest
from paperlens.reports.sheet import sheet


def print_report(report: Report, console: Console, picture: Picture | None = None) -> None:
    """Onto a console, as wide as it is; `picture` draws figures, where they are asked for."""
    console.print(Front(report, picture))


@dataclass(frozen=True, slots=True)
class Front:
    """A report, drawn as wide as the console is, up to a width that is good to read."""

    report: Report
    picture: Picture | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.max_width - 1, NARROWEST)
        page = Page(
            min(room, WIDEST),
            room,
            console.is_terminal,
            labels(self.report.language),
            self.report.checks,
            self.picture,
        )
        for part in _parts(self.report, page):
            if isinstance(part, Text):
                yield from _line(part, console)
            else:
                yield part


def _line(line: Text, console: Console) -> Iterator[Segment]:
    line.rstrip()
    indent = len(line) - len(line.plain.lstrip())
    yield Segment(" " * indent)  # on its own: in pictures, wide letters would move it
    yield from line[indent:].render(console, end="\n")


def _parts(report: Report, page: Page) -> Iterator[RenderableType]:
    if report.command == "show" and report.entries:
        yield from _sheets(report, page)
        return
    yield from _headline(report, page)
    if not report.entries:
        yield from _calm(report, page)
        return
    yield from _cards(report, page)
    yield from _list(report, page)
    yield from _foot(report, page)


def _sheets(report: Report, page: Page) -> Iterator[RenderableType]:
    for number, entry in enumerate(report.entries):
        if number:
            yield from (Text(), rule(page.width), Text())
        yield from sheet(entry, page)
    if report.notices:
        yield Text()
        yield from _notices(report, page)


def _headline(report: Report, page: Page) -> Iterator[Text]:
    name = inked(" paperlens  ", OURS).append(outline.heading(report, page.words), STRONG)
    if report.command == "demo":
        name.append(f"  {page.words['sample']}", FAINT)
    counts = [inked(told) for told in outline.counts(report, page.words)]
    queries = [inked(told, FAINT) for told in outline.by_query(report)]
    yield from _headings(name, counts, queries, page)
    yield rule(page.width)


def _headings(
    name: Text, counts: Sequence[Text], queries: Sequence[Text], page: Page
) -> Iterator[Text]:
    """On one line if all fits, else the counts or at least the queries on a line of their own."""
    if together := apart(name, joined([*counts, *queries]), page.width):
        yield together
        return
    if beside := apart(name, joined(counts), page.width):
        yield beside
        yield from _below(queries, page)
        return
    yield from flow([name], page.width, margin(0))
    yield from flow([*counts, *queries], page.width, margin(1))


def _below(queries: Sequence[Text], page: Page) -> Iterator[Text]:
    if one := apart(Text(), joined(queries), page.width):
        yield one
    else:
        yield from flow(queries, page.width, margin(1))


def _calm(report: Report, page: Page) -> Iterator[Text]:
    """Nothing to show is no failure: say so, say why, say what could be done."""
    daily = report.command in {"today", "demo"}
    yield Text()
    yield margin(1).append(page.words["nothing_new" if daily else "nothing_found"], STRONG)
    for told in outline.notices(report):
        yield from block(told, page.width, margin(1))
    yield Text()
    if daily:
        yield from _next(("paperlens query list", "paperlens query add NAME EXPR"), page)
    yield from _colophon(report, page)


def _cards(report: Report, page: Page) -> Iterator[RenderableType]:
    gutter = _gutter(report)
    for number, entry in enumerate(outline.in_full(report), 1):
        yield Text()
        yield from card(entry, number, gutter, page, report)


def _gutter(report: Report) -> int:
    """Room for the largest number: one column of numbers for cards and list."""
    return len(str(len(report.entries))) + 3


def _list(report: Report, page: Page) -> Iterator[Text]:
    entries = outline.listed(report)
    if entries:
        yield Text()
        yield from rest(entries, len(report.entries) - len(entries) + 1, _gutter(report), page)


def _foot(report: Report, page: Page) -> Iterator[Text]:
    yield from (Text(), rule(page.width))
    yield from _notices(report, page)
    yield from _next(outline.next_steps(report), page)
    yield from _signs(report, page)
    yield from _colophon(report, page)


def _notices(report: Report, page: Page) -> Iterator[Text]:
    for told in outline.notices(report):
        yield from block(told, page.width, _label(page.words["note"], STRONG, page))


def _label(text: str, style: Style, page: Page) -> Text:
    return margin(1).append(padded(text, label_cells(page)), style)


def _next(commands: Sequence[str], page: Page) -> Iterator[Text]:
    told = [inked(command, OURS) for command in commands]
    yield from flow(told, page.width, _label(page.words["next"], FAINT, page))


def _signs(report: Report, page: Page) -> Iterator[Text]:
    """What the signs of the list mean."""
    marks = {entry.decision.mark for entry in outline.listed(report)} - {Mark.NEW}
    told = [marked(mark, page) for mark in SIGNS if mark in marks]
    yield from flow(told, page.width, _label("", FAINT, page))


def _colophon(report: Report, page: Page) -> Iterator[Text]:
    told = [inked(one, FAINT) for one in outline.colophon(report, page.words)]
    yield from flow(told, page.width, _label("", FAINT, page))
