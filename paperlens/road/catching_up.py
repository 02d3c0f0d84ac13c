"""What a search into the past brought, told apart by what the library knows, and joined with the
latest batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from paperlens.arxiv_week import announced_on
from paperlens.ask import Rooms
from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Announcement, Known, Paper
from paperlens.news import CARED_FOR
from paperlens.road.gaps import Gap

if TYPE_CHECKING:
    from paperlens.library import Library

KEPT_TO_LOOK_AT = 100


def joined(
    past: Announcement,
    gap: Gap,
    feed: Announcement | None,
    since: date | None,
    rooms: Rooms,
) -> tuple[Paper, ...]:
    """All that may be news: of the search, of the papers that the reader keeps, of the batch."""
    papers = past.papers
    if since is not None:
        papers = _since_then(papers, since, rooms.library)
    if gap.missed or feed is None:
        papers = _with_replacements(papers, rooms)
    return with_batch(papers, feed.papers, rooms.library) if feed else papers


def of_day(papers: Sequence[Paper], day: date, library: "Library") -> tuple[Paper, ...]:
    """Those that were announced on that day, as far as they tell."""
    known = library.known(paper.id for paper in papers)
    return tuple(paper for paper in papers if _day_of(paper, known) == day)


def _since_then(papers: Sequence[Paper], since: date, library: "Library") -> tuple[Paper, ...]:
    known = library.known(paper.id for paper in papers)
    return tuple(paper for paper in papers if (_day_of(paper, known) or since) >= since)


def _day_of(paper: Paper, known: Mapping[str, Known]) -> date | None:
    """When it was announced, or must have been if nobody held it up."""
    held = known.get(paper.id)
    told = (held.paper.announced if held else None) or paper.announced
    return told or (announced_on(paper.published) if paper.published else None)


def _with_replacements(papers: Sequence[Paper], rooms: Rooms) -> tuple[Paper, ...]:
    """New versions of papers that the reader keeps, which came while no feed was read.

    Where arXiv refuses, the next replacement tells.
    """
    library = rooms.library
    kept = library.known(library.marked(CARED_FOR)[:KEPT_TO_LOOK_AT])
    found = {paper.id: paper for paper in papers}
    others = [ArxivId(id) for id, one in kept.items() if one.paper.is_arxivs and id not in found]
    try:
        details = rooms.source.details(others)
    except SourceUnreachable:
        details = ()
    for paper in (*papers, *details):
        held = kept.get(paper.id)
        if held and (paper.version or 0) > (held.paper.version or 0):
            found[paper.id] = replace(paper, announce_type="replace")
    return tuple(found.values())


def with_batch(
    past: Sequence[Paper], latest: Sequence[Paper], library: "Library"
) -> tuple[Paper, ...]:
    """What was searched for and what is announced; what both have is told by both.

    A first version that the reader missed is no replacement to them, though it has been replaced.
    """
    papers = {paper.id: paper for paper in past}
    both = [paper for paper in latest if paper.id in papers]
    known = library.known(paper.id for paper in both)
    for paper in latest:
        held = papers.get(paper.id)
        papers[paper.id] = held.merged(paper) if held else paper
    for paper in both:
        if paper.is_replacement and (paper.id not in known or known[paper.id].reported is None):
            papers[paper.id] = replace(papers[paper.id], announce_type=None)
    return tuple(papers.values())
