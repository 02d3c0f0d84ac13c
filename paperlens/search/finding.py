"""From a question to ids, best first: the index proposes, the query language decides.

Where the index may find more than is meant, papers are looked at in the order of their rank, and
only until there are as many as were asked for.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from paperlens.models import Mark
from paperlens.query import Query, Range
from paperlens.search.expression import Expression
from paperlens.search.following import beyond
from paperlens.search.index import COLUMNS
from paperlens.unseen import writable

if TYPE_CHECKING:
    from paperlens.library import Library

_AT_ONCE = 200
_BY_DAY = "papers.day DESC, papers.id DESC"
_BY_RELEVANCE = f"bm25(words, {', '.join(map(str, COLUMNS.values()))}), {_BY_DAY}"


@dataclass(frozen=True, slots=True)
class Filters:
    """What papers must have besides words; the days are both included."""

    marks: tuple[Mark, ...] = ()
    tags: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The ids asked for, and how many there are in all; None where nobody has counted."""

    ids: tuple[str, ...]
    total: int | None


def candidates(
    db: sqlite3.Connection,
    asked: Expression,
    filters: Filters,
    by_relevance: bool,
    limit: int | None,
) -> Found:
    """What the index proposes, in order: all of it where the query has yet to decide."""
    conditions = [*_conditions(filters), *map(_within, asked.ranges)]
    table = "papers"
    if asked.match is not None:
        table = "words CROSS JOIN papers ON papers.row = words.rowid"  # in this order
        conditions.append(("words MATCH ?", asked.match))
    where = " AND ".join(f"({told})" for told, *_ in conditions) or "true"
    source = f"FROM {table} WHERE {where}"
    values = [value for _, *values in conditions for value in values]
    order = _BY_RELEVANCE if by_relevance and asked.match is not None else _BY_DAY
    most = limit if asked.exact and limit is not None else -1
    rows = db.execute(f"SELECT papers.id {source} ORDER BY {order} LIMIT ?", (*values, most))
    ids = tuple(one for (one,) in rows)
    if len(ids) != most:
        return Found(ids, len(ids))
    return Found(ids, db.execute(f"SELECT count(*) {source}", values).fetchone()[0])


def decided(proposed: Found, query: Query, limit: int | None, library: "Library") -> Found:
    """The first of the papers that the query really means."""
    meant: list[str] = []
    for some in _chunks(proposed.ids, limit):
        meant += _meant(some, query, library)
        if limit is not None and len(meant) >= limit:
            break
    else:
        return Found(tuple(meant), len(meant))
    return Found(tuple(meant[:limit]), None)


def _chunks(ids: Sequence[str], limit: int | None) -> Iterator[Sequence[str]]:
    start, size = 0, min(limit or _AT_ONCE, _AT_ONCE)
    while start < len(ids):
        yield ids[start : start + size]
        start, size = start + size, _AT_ONCE


def _meant(ids: Sequence[str], query: Query, library: "Library") -> list[str]:
    told = library.latest_summaries(ids)
    return [
        one
        for one, known in library.known(ids).items()
        if query.matches(known.paper, beyond(told.get(one), known.decision))
    ]


def _within(span: Range) -> tuple[str, str, str]:
    return "papers.earliest <= ? AND papers.latest >= ?", span.end, span.start


def _conditions(filters: Filters) -> Iterator[tuple[str, ...]]:
    if filters.marks:
        places = ", ".join("?" * len(filters.marks))
        yield (f"papers.mark IN ({places})", *(mark.value for mark in filters.marks))
    for table, names in (("tags", filters.tags), ("queries", filters.queries)):
        for name in names:
            yield f"papers.row IN (SELECT row FROM {table} WHERE name = ?)", writable(name)
    if filters.since:
        yield ("papers.day >= ?", filters.since.isoformat())
    if filters.until:
        yield ("papers.day <= ?", filters.until.isoformat())
