"""Rows into the index and out of it; the words of a row can only be left behind."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperlens.search.index import COLUMNS

Row = tuple[int | str | bytes | None, ...]
Names = list[tuple[str, int]]

_DERIVED = ("papers", "tags", "queries")
_WORDS = f"words (rowid, {', '.join(COLUMNS)})"


@dataclass(frozen=True, slots=True)
class Change:
    """A paper as it is now; `words` is None where they are those of its old row."""

    old: int | None
    words: Row | None
    facts: Row
    tags: Names
    queries: Names


class Writing:
    """A transaction that no other writer can be in."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        elif self._db.in_transaction:  # a full disk has ended it already
            self._db.execute("ROLLBACK")


def write(db: sqlite3.Connection, changes: Sequence[Change]) -> None:
    drop(db, [change.old for change in changes if change.old is not None])
    _insert(db, _WORDS, [change.words for change in changes if change.words is not None])
    _insert(db, "papers", [change.facts for change in changes])
    _insert(db, "tags", [tag for change in changes for tag in change.tags])
    _insert(db, "queries", [query for change in changes for query in change.queries])


def drop(db: sqlite3.Connection, rows: Iterable[int]) -> None:
    """The rows' words stay behind; nothing leads to them any more."""
    told = [(row,) for row in rows]
    for table in _DERIVED if told else ():
        db.executemany(f"DELETE FROM {table} WHERE row = ?", told)


def drop_all(db: sqlite3.Connection) -> None:
    for table in (*_DERIVED, "months"):
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO words (words) VALUES ('delete-all')")


def _insert(db: sqlite3.Connection, where: str, rows: Sequence[Row]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {where} VALUES ({places})", rows)
