"""A paper as a card of the front page: what it is, why it is here, what it says, where to go."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from paperlens.models import Entry, Mark, Report
from paperlens.reports import outline
from paperlens.reports.ink import (
    BAD,
    CARE,
    DOT,
    FAINT,
    GOOD,
    OURS,
    STRONG,
    Page,
    block,
    dots,
    flow,
    inked,
    labelled,
    margin,
    prose,
    signed,
)
from paperlens.reports.layout import fit, names, padded, wrapped
from paperlens.reports.marks import SIGNS
from paperlens.reports.text import readable, shortened
from paperlens.unseen import one_line

_ROOMY = 60
_AUTHORS_AT_LEAST = 24
_SUMMARY, _CAPTION, _ERROR = 8, 2, 4  # lines of one point at most
_ADDRESS = 60  # cells
_DOUBT = "△"
_SOUND = "✓"


def card(
    entry: Entry, number: int, gutter: int, page: Page, report: Report
) -> Iterator[RenderableType]:
    """The lines of one card, and its picture; its number stands in the gutter."""
    yield from _title(entry, number, gutter, page)
    yield from _who(entry, gutter, page)
    yield from _where(entry, gutter, page, report)
    yield from _why(entry, gutter, page)
    yield from teaser(entry, gutter, page)
    told = list(summary(entry, gutter, page, _SUMMARY))
    if told:
        yield from (Text(), *told)
    traced = list(flow(traces(entry, page, page.width - gutter), page.width, margin(gutter)))
    if traced and outline.is_sectioned(entry):
        yield Text()
    yield from traced
    if page.checks:
        yield from checks(entry, gutter, page)
    yield from error(entry, gutter, page)


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
    tags = [inked(tag, FAINT) for tag in outline.tags(entry)]
    yield from flow([*dotted, *told, *signs(entry, page), *tags], page.width, margin(gutter))


def signs(entry: Entry, page: Page) -> Iterator[Text]:
    """What must not be overlooked: the reader's mark, a withdrawal."""
    if entry.decision.mark is not Mark.NEW:
        yield marked(entry.decision.mark, page)
    if entry.paper.is_withdrawn:
        yield inked(page.words["withdrawn"], BAD)


def marked(mark: Mark, page: Page) -> Text:
    sign, style = SIGNS[mark]
    return signed(sign, page.words[mark.value], Style.parse(style))


def _why(entry: Entry, gutter: int, page: Page) -> Iterator[Text]:
    lead = margin(gutter).append(page.words["because"] + " ", FAINT)
    told = [inked(reason, FAINT) for reason in outline.reasons(entry, page.words)]
    yield from flow(told, page.width, lead)


def teaser(entry: Entry, indent: int, page: Page) -> Iterator[RenderableType]:
    """The figure to see first, where figures are asked for; at the least its caption."""
    figure = outline.teaser(entry)
    if page.picture is None or figure is None:
        return
    yield Text()
    if shown := page.picture(figure, indent):
        yield shown
    told = f"{page.words['figure']} {outline.caption(figure, page.words)}"
    yield from block(told, page.width, margin(indent), FAINT, _CAPTION)


def summary(entry: Entry, indent: int, page: Page, most: int | None = None) -> Iterator[Text]:
    """A summary's fields: the sentence, the points, then whatever else its template has."""
    is_first = True
    for name, told in (entry.summary.fields if entry.summary else {}).items():
        points = outline.points(told)
        if not points:
            continue
        is_headed = name not in outline.UNHEADED
        if is_headed:
            if not is_first:
                yield Text()
            yield margin(indent).append(page.words.field(one_line(name)), STRONG)
        is_first = False
        if is_headed and outline.are_terms(points):
            yield from flow(map(inked, points), page.width, margin(indent))
            continue
        lead = margin(indent) if isinstance(told, str) else margin(indent).append("• ", FAINT)
        for point in points:
            yield from prose(point, page.width, lead, most)


def traces(entry: Entry, page: Page, room: int) -> Iterator[Text]:
    """Where the paper leads: code, project, figures; and how its summary stood the checks."""
    for label, urls in (("code", entry.links.code), ("project", entry.links.project)):
        for url in urls[:3]:
            yield _link(page.words[label], url, page, room)
    if figures := outline.figures(entry, page.words):
        yield inked(figures, FAINT)
    if vouched := vouched_for(entry, page):
        yield vouched
    elif (doubts := len(outline.doubts(entry))) and not page.checks:
        yield signed(_DOUBT, f"{doubts} {page.words['unverified']}", CARE)


def _link(label: str, url: str, page: Page, room: int) -> Text:
    """Where it can be followed, an address need not be read to its end."""
    told = shortened(url)
    if page.links:
        told = fit(told, min(room - cell_len(label) - 1, _ADDRESS))
    return labelled(label, told, page.linked(OURS, url))


def vouched_for(entry: Entry, page: Page) -> Text | None:
    told = outline.vouched(entry, page.words)
    return signed(_SOUND, told, GOOD, FAINT) if told else None


def checks(entry: Entry, indent: int, page: Page) -> Iterator[Text]:
    """Each thing that the paper does not bear out, with the field that says it."""
    if told := outline.checked(entry, page.words):
        yield margin(indent).append(told, FAINT)
    for where, kind, text in outline.doubts_in_full(entry, page.words):
        lead = margin(indent).append(f"{_DOUBT} ", CARE).append(f"{where}  {kind}  ", FAINT)
        if lead.cell_len > page.width // 2:
            yield from flow([lead[indent:]], page.width, margin(indent))
            lead = margin(indent + 2)
        yield from block(text, page.width, lead)


def error(entry: Entry, indent: int, page: Page) -> Iterator[Text]:
    if entry.error:
        lead = margin(indent).append(page.words["error"] + "  ", BAD)
        yield from block(one_line(entry.error), page.width, lead, most=_ERROR)
