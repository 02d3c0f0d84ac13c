"""Papers that only teach the ranking: a bibliography of the reader's, apart from the library.

They stand in one file; nothing shows, searches or reports them.
"""

from collections.abc import Collection, Iterable
from itertools import islice

from paperlens.library import disk
from paperlens.library.papers import PAPERS
from paperlens.library.shards import by_shard, newest_first
from paperlens.library.shelves import Kind, Shelf, Shelves
from paperlens.models import Known, Paper

INTERESTS = Kind("", PAPERS.write, PAPERS.read)


def held(shelves: Shelves, limit: int | None = None) -> tuple[Paper, ...]:
    """The newest first."""
    shelf = _shelf(shelves)
    by_month = by_shard(shelf.keys())
    ids = (one for month in newest_first(by_month) for one in sorted(by_month[month], reverse=True))
    return tuple(known.paper for known in shelf.some(islice(ids, limit)).values())


def stamp(shelves: Shelves) -> str:
    """Changes as soon as any of them does."""
    return disk.stamp(_shelf(shelves).file)


def add(shelves: Shelves, found: Iterable[Paper]) -> int:
    """How many of them are new; of a paper told twice, both descriptions are joined."""
    new = 0
    with _shelf(shelves).changing() as page:
        for paper in found:
            before = page.get(paper.id)
            new += before is None
            page[paper.id] = Known(before.paper.merged(paper) if before else paper)
    return new


def drop(shelves: Shelves, ids: Collection[str] | None) -> tuple[str, ...]:
    """Some, or all; gives those that were there."""
    with _shelf(shelves).changing() as page:
        gone = tuple(one for one in page if ids is None or one in ids)
        for one in gone:
            del page[one]
    return gone


def _shelf(shelves: Shelves) -> Shelf[Known]:
    return shelves.shelf(INTERESTS, "interests")
