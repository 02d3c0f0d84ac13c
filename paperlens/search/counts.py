"""How many papers of each kind the library has, as the index counts them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of papers; months are written YYYY-MM, "" is no month; the largest kinds first."""

    papers: int
    summarised: int
    months: Mapping[str, int]
    marks: Mapping[str, int]
    queries: Mapping[str, int]
    tags: Mapping[str, int]


def counted(db: sqlite3.Connection) -> Counts:
    papers, summarised = db.execute("SELECT count(*), total(summarised) FROM papers").fetchone()
    return Counts(
        papers,
        int(summarised),
        _by(db, "SELECT coalesce(substr(day, 1, 7), ''), count(*) FROM papers GROUP BY 1"),
        _by(db, "SELECT mark, count(*) FROM papers GROUP BY 1 ORDER BY 2 DESC, 1"),
        _by(db, "SELECT name, count(*) FROM queries GROUP BY 1 ORDER BY 2 DESC, 1"),
        _by(db, "SELECT name, count(*) FROM tags GROUP BY 1 ORDER BY 2 DESC, 1"),
    )


def _by(db: sqlite3.Connection, statement: str) -> dict[str, int]:
    return dict(db.execute(statement).fetchall())
