"""What the feed leaves out, asked of arXiv's API by id, in as few requests as the news needs.

The room that is left in the last request goes to papers still without details, then to papers that
the reader keeps and that no journal or DOI is known of: so their publication is noticed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from paperlens.ask import Ask, Rooms
from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Announcement, Known, Notice, Paper
from paperlens.news import CARED_FOR, FEED_ONLY, changes
from paperlens.sources import IDS_AT_ONCE

if TYPE_CHECKING:
    from paperlens.library import Library

_GOLDEN = 0.6180339887498949
_LOOKED_AT = 4 * IDS_AT_ONCE


@dataclass(frozen=True, slots=True)
class Described:
    """The news with its details, kept papers of which there is news, and what is in doubt.

    `changed` are not yet in the library: they are news until they have reached their reader.
    """

    papers: tuple[Paper, ...]
    changed: tuple[Paper, ...] = ()
    doubts: tuple[Notice, ...] = ()


def describe(news: Sequence[Paper], announced: Announcement, ask: Ask, rooms: Rooms) -> Described:
    """Add what the feed leaves out. Where arXiv's API refuses, the report goes on without."""
    bare = [ArxivId(paper.id, paper.version) for paper in news if not paper.is_detailed]
    if announced.road == "library" or not bare:
        return Described(tuple(news))
    room, asked = -len(bare) % IDS_AT_ONCE, {paper.id for paper in news}
    owed = _bare_before(room, asked, rooms.library)
    asked |= {id.number for id in owed}
    kept = {} if ask.one_off else _kept(room - len(owed), asked, rooms)
    wanted = [*bare, *owed, *map(ArxivId, kept)]
    details: dict[str, Paper] = {}
    doubts: tuple[Notice, ...] = ()
    for start in range(0, len(wanted), IDS_AT_ONCE):
        try:
            found = rooms.source.details(wanted[start : start + IDS_AT_ONCE])
        except SourceUnreachable as failure:
            doubt = f"From the feed only, comments and dates come later: {failure.sentence}."
            doubts = (Notice(FEED_ONLY, doubt),)
            break
        details |= {paper.id: paper for paper in found}
    heard = {id: kept[id].paper.merged(details[id]) for id in kept if id in details}
    changed = {id: paper for id, paper in heard.items() if changes(kept[id], paper)}
    late = [*(id.number for id in owed), *(id for id in heard if id not in changed)]
    rooms.library.remember({id: (details[id], ()) for id in late if id in details})
    papers = tuple(paper.merged(details.get(paper.id, paper)) for paper in news)
    return Described(papers, tuple(changed.values()), doubts)


def _bare_before(room: int, asked: Collection[str], library: "Library") -> list[ArxivId]:
    """Papers of the last report that are still without details, as far as a request has room."""
    last = library.latest_batch()
    known = library.known(last.papers) if last else {}
    bare = [one.paper for one in known.values() if not one.paper.is_detailed]
    return [ArxivId(one.id) for one in bare if one.is_arxivs and one.id not in asked][:room]


def _kept(room: int, asked: Collection[str], rooms: Rooms) -> dict[str, Known]:
    """Papers that the reader keeps and that may have been published meanwhile, by turns."""
    if room <= 0:
        return {}
    turns = _by_turns(rooms.library, rooms.now().date())
    known = rooms.library.known(islice((id for id in turns if id not in asked), _LOOKED_AT))
    unpublished = (
        one
        for one in known.values()
        if one.paper.is_arxivs and one.paper.doi is None and one.paper.journal_ref is None
    )
    return {one.paper.id: one for one in islice(unpublished, room)}


def _by_turns(library: "Library", day: date) -> Iterator[str]:
    """The papers that are kept, each day from another place in their ring.

    Steps of the golden ratio visit a ring evenly, however large it is and however much of it each
    visit takes: no paper waits much longer than another, and nothing has to be remembered.
    """
    ring = sorted(id for id, one in library.all_marked().items() if one.mark in CARED_FOR)
    start = int(len(ring) * (day.toordinal() * _GOLDEN % 1))
    return iter((*ring[start:], *ring[:start]))
