"""The papers after the cards, a line each: a table with as many columns as the width carries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from paperlens.models import Entry, Mark
from paperlens.reports.ink import BAD, FAINT, OURS, PLAIN, STRONG, Page, inked, margin
from paperlens.reports.layout import first_author, names, padded
from paperlens.reports.marks import SIGNS
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_GAP = "  "
_SCORE = "0.00"
_LONGEST_QUERY = 18


@dataclass(frozen=True, slots=True)
class _Columns:
    """Cells for each; 0 is a column that is not there. `beside` is all that is not the title."""

    gutter: int
    sign: int
    score: int
    authors: int
    query: int

    @property
    def beside(self) -> int:
        others = (self.score, self.authors, self.query)
        return self.gutter + self.sign + sum(width + len(_GAP) for width in others if width)


def rest(entries: Sequence[Entry], first: int, gutter: int, page: Page) -> Iterator[Text]:
    """A heading and the lines; `first` is the number of the first, `gutter` the numbers' room."""
    columns = _columns(entries, gutter, page)
    longest = max(_title_cells(entry, page) for entry in entries)
    width = min(max(page.width - columns.beside, longest), page.room - columns.beside)
    yield _heading(f"{len(entries):,} {page.words['more']}", width, columns, page)
    for number, entry in enumerate(entries, first):
        yield _line(entry, number, width, columns, page)


def _columns(entries: Sequence[Entry], gutter: int, page: Page) -> _Columns:
    """No wider than what stands in them."""
    width, words = page.width, page.words
    by = 0 if width < 70 else 18 if width < 110 else 20
    query = 0 if width < 56 else _LONGEST_QUERY
    score = 0 if width < 80 or all(entry.score is None for entry in entries) else len(_SCORE)
    marked = any(entry.decision.mark is not Mark.NEW for entry in entries)
    return _Columns(
        gutter,
        2 if marked else 0,
        score and max(score, cell_len(words["score"])),
        min(by, max(cell_len(one) for one in (words["authors"], *(_by(e, by) for e in entries)))),
        min(
            query,
            max(cell_len(one) for one in (words["found_by"], *(_asked(e, query) for e in entries))),
        ),
    )


def _heading(more: str, title: int, columns: _Columns, page: Page) -> Text:
    words = page.words
    line = margin(columns.gutter + columns.sign).append(padded(more, title), STRONG)
    for label, width in (("score", columns.score), ("authors", columns.authors)):
        if width:
            line.append(_GAP + padded(words[label], width), FAINT)
    return line.append(_GAP + words["found_by"], FAINT) if columns.query else line


def _line(entry: Entry, number: int, title: int, columns: _Columns, page: Page) -> Text:
    line = inked(padded(str(number), columns.gutter - 2, right=True) + _GAP, OURS)
    if columns.sign:
        line.append_text(_sign(entry))
    line.append_text(_title(entry, title, page))
    if columns.score:
        score = "" if entry.score is None else f"{entry.score:.2f}"
        line.append(_GAP + padded(score, columns.score), FAINT)
    if columns.authors:
        people = _by(entry, columns.authors)
        line.append(_GAP + padded(people, columns.authors), FAINT)
    if columns.query:
        line.append(_GAP + _asked(entry, columns.query), FAINT)
    return line


def _sign(entry: Entry) -> Text:
    mark = entry.decision.mark
    if mark is Mark.NEW:
        return margin(2)
    sign, style = SIGNS[mark]
    return Text().append(sign, Style.parse(style)).append(" ")


def _by(entry: Entry, width: int) -> str:
    return first_author([one_line(name) for name in entry.paper.authors], width)


def _asked(entry: Entry, width: int) -> str:
    return names([one_line(name) for name in entry.queries], width)


def _title_cells(entry: Entry, page: Page) -> int:
    return _warning(entry, page).cell_len + cell_len(readable(entry.paper.title))


def _warning(entry: Entry, page: Page) -> Text:
    return inked(page.words["withdrawn"], BAD).append(" ") if entry.paper.is_withdrawn else Text()


def _title(entry: Entry, width: int, page: Page) -> Text:
    line = _warning(entry, page)
    style = page.linked(PLAIN, entry.paper.url)
    return line.append(padded(readable(entry.paper.title), width - line.cell_len), style)
