"""What a paper prints before its text begins: title, affiliations, keywords. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperlens.layout.flow import Flow
from paperlens.layout.front.affiliations import (
    affiliations_after,
    affiliations_in,
    affiliations_of,
)
from paperlens.layout.front.bylines import pieces_of
from paperlens.layout.front.keywords import keywords_of
from paperlens.layout.front.title import byline_end, title_of
from paperlens.layout.headings import Heading
from paperlens.layout.page import Page
from paperlens.layout.typography import Typography

_FIRST_NOTES = 6


@dataclass(frozen=True, slots=True)
class Front:
    """`skip` are the lines of the flow that are told here and belong to no section."""

    title: str | None = None
    affiliations: tuple[str, ...] = ()
    keywords: tuple[str, ...] | None = None
    skip: frozenset[int] = frozenset()


def front_of(
    pages: Sequence[Page],
    flow: Flow,
    headings: Sequence[Heading],
    typography: Typography,
    authors: Sequence[str] = (),
) -> Front:
    """What is printed, as it is printed; what is not there is None or empty."""
    lines = flow.lines
    keywords, worded = keywords_of(lines, headings, flow.footnotes)
    is_first = bool(lines and pages) and lines[0].page == pages[0].number
    title = title_of(lines, headings, typography) if is_first else None
    if title is None:
        return Front(keywords=keywords, skip=worded)
    end = byline_end(lines, headings, title.end)
    byline = [
        placed for n, placed in enumerate(lines[title.end : end], title.end) if n not in worded
    ]
    pieces = list(pieces_of(byline))
    affiliations = affiliations_of(pieces, authors) or affiliations_in(
        flow.footnotes[:_FIRST_NOTES], pieces
    )
    skip = worded | frozenset(range(end))
    if not affiliations:
        affiliations, last = affiliations_after(lines[end:])
        skip |= frozenset(range(len(lines) - last, len(lines)))
    return Front(title.text, affiliations, keywords, skip)
