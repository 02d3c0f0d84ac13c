"""Many papers on a terminal, one line each: number, mark, title, first author, date.

Widths depend on the terminal alone, so that a hundred thousand lines can be printed as they come.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from paperlens.models import Entry, Mark, Report
from paperlens.reports import outline
from paperlens.reports.ink import (
    BAD,
    FAINT,
    NARROWEST,
    OURS,
    PLAIN,
    STRONG,
    Page,
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
from paperlens.reports.layout import first_author, fit, padded
from paperlens.reports.marks import SIGNS
from paperlens.reports.text import readable
from paperlens.unseen import one_line

WIDEST = 180
_DATE, _ID = 10, 10
_NEXT = ("paperlens show 1", "paperlens mark 1 --star")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that are as long as they should be: Rich need not measure them."""

    lines: Sequence[Text]

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        for line in self.lines:
            line.rstrip()
            yield from line.render(console, end="\n")


def print_listing(
    about: Report,
    count: int,
    portions: Iterable[Sequence[Entry]],
    console: Console,
    *,
    reasons: bool = False,
) -> None:
    """So many papers, which come in portions; `about` has what else is to be said.

    With `reasons`, a line under each paper says its score and why it is there.
    """
    listing = _Listing(about, count, console, reasons)
    listing.head()
    first = 1
    for entries in portions:
        listing.lines(entries, first)
        first += len(entries)
    if count:
        listing.foot()


class _Listing:
    """A head, lines, a foot."""

    def __init__(self, about: Report, count: int, console: Console, reasons: bool) -> None:
        self._reasons = reasons
        room = max(console.width - 1, NARROWEST)
        self._page = Page(min(room, WIDEST), room, console.is_terminal, labels(about.language))
        self._about, self._count, self._console = about, count, console
        self._gutter = len(str(count)) + 3
        self._marks: set[Mark] = set()

    def head(self) -> None:
        page = self._page
        name = inked(" paperlens  ", OURS).append(outline.heading(self._about, page.words), STRONG)
        counts = [inked(page.words.count(self._count, "paper", "papers"))] if self._count else []
        self._print(apart(name, joined(counts), page.width) or name, rule(page.width), Text())
        if not self._count:
            self._print(margin(1).append(page.words["nothing_found"], STRONG))
            self._print(*self._notices(margin(1)))
            self._print(Text())

    def lines(self, entries: Iterable[Entry], first: int) -> None:
        """`first` is the number of the first of them."""
        for number, entry in enumerate(entries, first):
            self._print(self._line(entry, number))
            if self._reasons:
                self._print(*self._because(entry))

    def foot(self) -> None:
        page = self._page
        self._print(Text(), rule(page.width))
        lead = margin(1).append(padded(page.words["note"], label_cells(page)), STRONG)
        self._print(*self._notices(lead))
        told = [inked(command, OURS) for command in _NEXT]
        lead = margin(1).append(padded(page.words["next"], label_cells(page)), FAINT)
        self._print(*flow(told, page.width, lead))
        if self._marks:
            signs = [self._legend(mark) for mark in SIGNS if mark in self._marks]
            self._print(*flow(signs, page.width, margin(label_cells(page) + 1)))

    def _print(self, *lines: Text) -> None:
        self._console.print(_Lines(lines), end="")

    def _notices(self, lead: Text) -> Iterator[Text]:
        for told in outline.notices(self._about):
            yield from block(told, self._page.width, lead)

    def _legend(self, mark: Mark) -> Text:
        return Text().append(*SIGNS[mark]).append(f" {self._page.words[mark.value]}", FAINT)

    def _line(self, entry: Entry, number: int) -> Text:
        page, by, date, id = self._page, *self._columns()
        line = inked(padded(str(number), self._gutter - 2, right=True) + " ", OURS)
        line.append_text(self._sign(entry)).append(" ")
        beside = sum(width + 2 for width in (by, date, id) if width)
        title = page.width - line.cell_len - beside
        line.append_text(self._title(entry, title))
        if by:
            people = first_author([one_line(name) for name in entry.paper.authors], by)
            line.append("  " + padded(people, by), FAINT)
        if date:
            day = entry.paper.day
            line.append("  " + padded(day.isoformat() if day else "", date), FAINT)
        if id:
            line.append("  " + fit(one_line(entry.paper.id), id), FAINT)
        return line

    def _because(self, entry: Entry) -> Iterator[Text]:
        score = "" if entry.score is None else f"{entry.score:.2f}  "
        told = " · ".join(outline.reasons(entry, self._page.words))
        return block(f"{score}{told}", self._page.width, margin(self._gutter + 1), FAINT)

    def _columns(self) -> tuple[int, int, int]:
        """Cells for the authors, the date and the id: what is told first is left out last."""
        width = self._page.width
        return (
            0 if width < 64 else 16 if width < 96 else 22,
            0 if width < 48 else _DATE,
            0 if width < 96 else _ID,
        )

    def _sign(self, entry: Entry) -> Text:
        mark = entry.decision.mark
        if mark is Mark.NEW:
            return inked(" ")
        self._marks.add(mark)
        return Text().append(*SIGNS[mark])

    def _title(self, entry: Entry, width: int) -> Text:
        line = Text()
        if entry.paper.is_withdrawn:
            line.append(self._page.words["withdrawn"], BAD).append(" ")
        told = padded(readable(entry.paper.title), max(width - cell_len(line.plain), 2))
        return line.append(told, self._page.linked(PLAIN, entry.paper.url))
