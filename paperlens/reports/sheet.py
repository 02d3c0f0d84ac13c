"""Everything known about one paper, on a terminal: what `paperlens show` prints."""

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from paperlens.models import Entry
from paperlens.reports import outline
from paperlens.reports.card import checks, error, signs, summary, teaser, vouched_for
from paperlens.reports.ink import (
    FAINT,
    OURS,
    PLAIN,
    STRONG,
    Page,
    block,
    dots,
    joined,
    margin,
)
from paperlens.reports.layout import padded
from paperlens.reports.marks import chosen
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_DOUBTS = 4  # lines


def sheet(entry: Entry, page: Page) -> Iterator[RenderableType]:
    """Title and authors, the summary, the abstract, then each fact on its line."""
    style = page.linked(STRONG, entry.paper.url)
    yield from block(readable(entry.paper.title), page.width, margin(1), style)
    yield from block(", ".join(map(one_line, entry.paper.authors)), page.width, margin(1))
    if entry.affiliation:
        yield from block(one_line(entry.affiliation), page.width, margin(1), FAINT)
    if warning := list(signs(entry, page)):
        yield margin(1).append_text(joined(warning))
    yield from teaser(entry, 1, page)
    if told := list(summary(entry, 1, page)):
        yield Text()
        yield from told
        yield from _origin(entry, page)
    yield from checks(entry, 1, page) if page.checks else _doubts(entry, page)
    yield from error(entry, 1, page)
    if abstract := readable(entry.paper.abstract):
        yield Text()
        yield margin(1).append(page.words["abstract"], STRONG)
        yield from block(abstract, page.width, margin(1))
    yield Text()
    yield from _facts(entry, page)


def _origin(entry: Entry, page: Page) -> Iterator[Text]:
    if entry.summary is None:
        return
    made = outline.origin(entry.summary, page.words)
    yield from block(f"{page.words['summary']}: {made}", page.width, margin(1), FAINT)
    if vouched := vouched_for(entry, page):
        yield margin(1).append_text(vouched)


def _doubts(entry: Entry, page: Page) -> Iterator[Text]:
    if doubts := outline.doubts(entry):
        lead = margin(1).append(page.words["unverified"] + "  ", STRONG)
        yield from block(" · ".join(doubts), page.width, lead, most=_DOUBTS)


def _facts(entry: Entry, page: Page) -> Iterator[Text]:
    rows = [(page.words[label], text, url) for label, text, url in _rows(entry, page) if text]
    column = max(cell_len(label) for label, _, _ in rows) + 2
    previous = None
    for label, text, url in rows:
        lead = margin(1).append(padded("" if label == previous else label, column), FAINT)
        yield from block(text, page.width, lead, page.linked(OURS, url) if url else PLAIN)
        previous = label
    if entry.score is not None:
        lead = margin(1).append(padded(page.words["score"], column), FAINT)
        yield lead.append(f"{entry.score:.2f} ").append_text(dots(entry.score))


def _rows(entry: Entry, page: Page) -> Iterator[tuple[str, str, str | None]]:
    """Label, text, and the address behind it."""
    paper = entry.paper
    yield "id", one_line(paper.versioned), None
    yield "address", one_line(paper.url), paper.url
    yield "pdf", one_line(paper.pdf_url), paper.pdf_url
    yield "categories", " · ".join(map(one_line, paper.categories)), None
    yield "also_as", ", ".join(map(one_line, entry.also)), None
    yield "announced_on", _announced(entry, page), None
    yield "published", _day(paper.published, page), None
    yield "updated", _day(paper.updated, page), None
    yield "comment", readable(paper.comment or ""), None
    yield "doi", one_line(paper.doi), paper.doi_url
    yield "journal", readable(paper.journal_ref or ""), None
    yield "license", one_line(paper.license), paper.license
    for url in entry.links.code:
        yield "code", one_line(url), url
    for url in entry.links.project:
        yield "project", one_line(url), url
    for figure in entry.figures:
        yield "figures", outline.caption(figure, page.words), None
    yield "queries", " · ".join(map(one_line, entry.queries)), None
    yield "because", " · ".join(map(readable, entry.why)), None
    yield "mark", chosen(entry.decision.mark, page.words), None
    yield "tags", " · ".join(map(one_line, entry.decision.tags)), None
    yield "my_note", one_line(entry.decision.note), None


def _announced(entry: Entry, page: Page) -> str:
    day = entry.paper.announced
    news = outline.kind(entry, page.words)
    return " · ".join([*([page.words.full_date(day)] if day else []), *news])


def _day(moment: datetime | None, page: Page) -> str:
    return "" if moment is None else page.words.full_date(moment.date())
