"""A paper as a card of the front page: what it is, why it is here, what it says, where to go."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from paperlens.models import Entry, Report
from paperlens.reports import outline
from paperlens.reports.ink import (
    BAD,
    CARE,
    DOT,
    FAINT,
    GOOD,
    OURS,
    PLAIN,
    STRONG,
    Page,
    block,
    dots,
    flow,
    inked,
    labelled,
    margin,
)
from paperlens.reports.layout import names, padded, wrapped
from paperlens.reports.marks import chosen
from paperlens.reports.text import readable, shortened
from paperlens.unseen import one_line

_ROOMY = 60
_AUTHORS_AT_LEAST = 24


def card(entry: Entry, number: int, gutter: int, page: Page, report: Report) -> Iterator[Text]:
    """The lines of one card; its number stands in the gutter."""
    yield from _title(entry, number, gutter, page)
    yield from _who(entry, gutter, page)
    yield from _where(entry, gutter, page, report)
    yield from _why(entry, gutter, page)
    told = list(summary(entry, gutter, page, most=8))
    if told:
        yield Text()
        yield from told
    yield from flow(traces(entry, page), page.width, margin(gutter))
    yield from troubles(entry, gutter, page)


def _title(entry: Entry, number: int, gutter: int, page: Page) -> Iterator[Text]:
    score = _score(entry) if page.width >= _ROOMY else None
    width = page.width - gutter - (score.cell_len + 2 if score else 0)
    style = page.linked(STRONG, entry.paper.url)
    lead = inked(padded(str(number), gutter - 2, right=True) + "  ", OURS)
    for place, line in enumerate(wrapped(readable(entry.paper.title), width, most=6)):
        told = lead if place == 0 else margin(gutter)
        told.append(line, style)
        if score and place == 0:
            told.append(" " * (page.width - told.cell_len - score.cell_len)).append_text(score)
        yield told


def _score(entry: Entry) -> Text | None:
    if entry.score is None:
        return None
    return inked(f"{entry.score:.2f} ", FAINT).append_text(dots(entry.score))


def _who(entry: Entry, gutter: int, page: Page) -> Iterator[Text]:
    people = [one_line(name) for name in entry.paper.authors]
    home = one_line(entry.affiliation)
    room = page.width - gutter
    beside = cell_len(home) + len(DOT) if home else 0
    width = room - beside if room - beside >= _AUTHORS_AT_LEAST else room
    told = [inked(one) for one in (names(people, width), home) if one]
    yield from flow(told, page.width, margin(gutter))


def _where(entry: Entry, gutter: int, page: Page, report: Report) -> Iterator[Text]:
    told = [inked(fact, FAINT) for fact in outline.facts(entry, report, page.words)]
    dotted = [dots(entry.score)] if entry.score is not None and page.width < _ROOMY else []
    yield from flow([*dotted, *told, *signs(entry, page)], page.width, margin(gutter))


def signs(entry: Entry, page: Page) -> Iterator[Text]:
    """What must not be overlooked: the reader's mark, a withdrawal."""
    if mark := chosen(entry.decision.mark, page.words):
        yield inked(mark, CARE)
    if entry.paper.is_withdrawn:
        yield inked(page.words["withdrawn"], BAD)


def _why(entry: Entry, gutter: int, page: Page) -> Iterator[Text]:
    lead = margin(gutter).append(page.words["because"] + " ", FAINT)
    told = [inked(reason, FAINT) for reason in outline.reasons(entry, page.words)]
    yield from flow(told, page.width, lead)


def summary(entry: Entry, indent: int, page: Page, most: int | None = None) -> Iterator[Text]:
    """A summary's fields: the sentence, the points, then whatever else its template has."""
    for name, told in (entry.summary.fields if entry.summary else {}).items():
        points = outline.points(told)
        if not points:
            continue
        if name not in {"tldr", "takeaways"}:
            yield margin(indent).append(page.words.field(one_line(name)), FAINT)
        lead = margin(indent) if isinstance(told, str) else margin(indent).append("• ", FAINT)
        for point in points:
            yield from block(point, page.width, lead, PLAIN, most)


def traces(entry: Entry, page: Page) -> Iterator[Text]:
    """Where the paper leads: code, project, figures; and that its summary was checked."""
    for label, urls in (("code", entry.links.code), ("project", entry.links.project)):
        for url in urls[:3]:
            yield labelled(page.words[label], shortened(url), page.linked(OURS, url))
    if figures := outline.figures(entry, page.words):
        yield inked(figures, FAINT)
    if vouched := outline.vouched(entry, page.words):
        yield inked(vouched, GOOD)


def troubles(entry: Entry, indent: int, page: Page) -> Iterator[Text]:
    """What the summary claims without the paper, and what failed."""
    if page.checks:
        yield from _checks(entry, indent, page)
    elif doubts := outline.doubts(entry):
        lead = margin(indent).append(page.words["unverified"] + "  ", CARE)
        yield from block(" · ".join(doubts), page.width, lead, most=4)
    if entry.error:
        lead = margin(indent).append(page.words["error"] + "  ", BAD)
        yield from block(one_line(entry.error), page.width, lead, most=4)


def _checks(entry: Entry, indent: int, page: Page) -> Iterator[Text]:
    """Each thing that the paper does not bear out, with the field that says it."""
    if told := outline.checked(entry, page.words):
        yield margin(indent).append(told, FAINT)
    for where, kind, text in outline.doubts_in_full(entry):
        lead = margin(indent).append(f"{where}  ", CARE).append(f"{kind}  ", FAINT)
        yield from block(text, page.width, lead)
