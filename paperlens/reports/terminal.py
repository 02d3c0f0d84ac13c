"""A report on a terminal, like a front page: headline, cards, the rest as a list, what is next.

The only room that draws with Rich; import it when a terminal is at hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from paperlens.models import Entry, Report
from paperlens.reports import outline
from paperlens.reports.card import card, signs
from paperlens.reports.ink import (
    CARE,
    FAINT,
    OURS,
    PLAIN,
    STRONG,
    WIDEST,
    Page,
    apart,
    block,
    flow,
    inked,
    joined,
    margin,
    rule,
)
from paperlens.reports.labels import labels
from paperlens.reports.layout import fit, names, padded
from paperlens.reports.sheet import sheet
from paperlens.reports.text import readable
from paperlens.unseen import one_line

NARROWEST = 24
_LABEL = 6


def render(report: Report) -> "Front":
    """Something a Rich console can print."""
    return Front(report)


def print_report(report: Report, console: Console) -> None:
    """Onto a console, as wide as it is."""
    console.print(render(report))


@dataclass(frozen=True, slots=True)
class Front:
    """A report, drawn as wide as the console is, up to a width that is good to read."""

    report: Report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.max_width - 1, NARROWEST)
        page = Page(
            min(room, WIDEST),
            room,
            console.is_terminal,
            labels(self.report.language),
            self.report.checks,
        )
        for line in _lines(self.report, page):
            line.rstrip()
            indent = len(line) - len(line.plain.lstrip())
            yield Segment(" " * indent)  # on its own: in pictures, wide letters would move it
            yield from line[indent:].render(console, end="\n")


def _lines(report: Report, page: Page) -> Iterator[Text]:
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


def _sheets(report: Report, page: Page) -> Iterator[Text]:
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


def _cards(report: Report, page: Page) -> Iterator[Text]:
    gutter = _gutter(report)
    for number, entry in enumerate(outline.in_full(report), 1):
        yield Text()
        yield from card(entry, number, gutter, page, report)


def _gutter(report: Report) -> int:
    """Room for the largest number: one column of numbers for cards and list."""
    return len(str(len(report.entries))) + 3


def _list(report: Report, page: Page) -> Iterator[Text]:
    """The other papers, a line each: as many columns as the width carries."""
    entries = outline.listed(report)
    if not entries:
        return
    first = len(report.entries) - len(entries) + 1
    gutter = _gutter(report)
    by = 0 if page.width < 70 else 18 if page.width < 96 else 26
    asked = [", ".join(map(one_line, entry.queries)) for entry in entries]
    query = 0 if page.width < 56 else min(max(map(cell_len, (_found_by(page), *asked))), 18)
    beside = gutter + (by and by + 2) + (query and query + 2)
    longest = max(_title_cells(entry, page) for entry in entries)
    title = min(max(page.width - beside, longest), page.room - beside)
    yield Text()
    yield _list_head(f"{len(entries):,} {page.words['more']}", gutter, title, by, query, page)
    for number, (entry, names_of_queries) in enumerate(zip(entries, asked, strict=True), first):
        line = inked(padded(str(number), gutter - 2, right=True) + "  ", OURS)
        line.append_text(_list_title(entry, title, page))
        if by:
            people = names([one_line(name) for name in entry.paper.authors], by)
            line.append("  " + padded(people, by), FAINT)
        if query:
            line.append("  " + fit(names_of_queries, query), FAINT)
        yield line


def _list_head(more: str, gutter: int, title: int, by: int, query: int, page: Page) -> Text:
    line = margin(gutter).append(padded(more, title), STRONG)
    if by:
        line.append("  " + padded(page.words["authors"], by), FAINT)
    if query:
        line.append("  " + fit(_found_by(page), query), FAINT)
    return line


def _found_by(page: Page) -> str:
    return page.words["found_by"]


def _title_cells(entry: Entry, page: Page) -> int:
    before = sum(sign.cell_len + 1 for sign in signs(entry, page))
    return before + cell_len(readable(entry.paper.title))


def _list_title(entry: Entry, width: int, page: Page) -> Text:
    line = Text()
    for sign in signs(entry, page):
        line.append_text(sign).append(" ")
    style = page.linked(PLAIN, entry.paper.url)
    return line.append(padded(readable(entry.paper.title), width - line.cell_len), style)


def _foot(report: Report, page: Page) -> Iterator[Text]:
    yield from (Text(), rule(page.width))
    yield from _notices(report, page)
    yield from _next(_commands(report), page)
    yield from _colophon(report, page)


def _notices(report: Report, page: Page) -> Iterator[Text]:
    for told in outline.notices(report):
        yield from block(told, page.width, _label(page.words["note"], CARE))


def _label(text: str, style: Style) -> Text:
    return margin(1).append(padded(text, _LABEL), style)


def _commands(report: Report) -> tuple[str, ...]:
    if report.command == "demo":
        return ("paperlens query add NAME EXPR", "paperlens today")
    if report.command == "search":
        return ("paperlens show 1", "paperlens export --to markdown -o found.md")
    return (
        "paperlens show 1",
        "paperlens export --to markdown -o today.md",
        "paperlens query add NAME EXPR",
    )


def _next(commands: Sequence[str], page: Page) -> Iterator[Text]:
    told = [inked(command, OURS) for command in commands]
    yield from flow(told, page.width, _label(page.words["next"], FAINT))


def _colophon(report: Report, page: Page) -> Iterator[Text]:
    told = [inked(one, FAINT) for one in outline.colophon(report, page.words)]
    yield from flow(told, page.width, _label("", FAINT))
