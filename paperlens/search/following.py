"""How the index follows the library: months that changed are read, papers that changed written.

A month is one transaction, so that what an interrupted process has done is done, and others get
their turn.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from itertools import count, islice
from typing import TYPE_CHECKING

from paperlens.errors import UnknownId
from paperlens.holdings import Holding, newest
from paperlens.ids import ArxivId
from paperlens.models import Decision, Paper, Summary
from paperlens.query import Prepared, submission
from paperlens.search.expression import CODES, NAMES, TEXTS, as_token
from paperlens.search.index import COLUMNS
from paperlens.search.writing import Change, Row, Writing, drop, drop_all, write
from paperlens.unseen import writable

if TYPE_CHECKING:
    from paperlens.library import Leaf, Library

Progress = Callable[[int, int], None]
_Filed = tuple[int, bytes, bytes]
_AT_ONCE = 200
_FEW_DEAD = 100


def unwatched(_done: int, _total: int) -> None:
    """The progress of what nobody waits for."""


def follow(db: sqlite3.Connection, library: "Library", progress: Progress = unwatched) -> None:
    """Bring the index up to what the library holds; nothing is written when nothing changed."""
    stamps = library.stamps()
    stale = _stale(db, stamps)
    if stale and _forget_the_dead(db):
        stale = _stale(db, stamps)
    for done, month in enumerate(stale):
        with Writing(db):
            progress(done, len(stale))
            if _stamp(db, month) != stamps.get(month):  # nobody else was here meanwhile
                _follow_month(db, library, month, stamps.get(month))
    if stale:
        progress(len(stale), len(stale))


def beyond(summary: Summary | None, decision: Decision) -> tuple[str, ...]:
    """What is searched of a paper besides what arXiv tells: the user's words, the summary's."""
    told: list[str] = [*decision.tags, *([decision.note] if decision.note else [])]
    for field in summary.fields.values() if summary else ():
        told += (field,) if isinstance(field, str) else field or ()
    return tuple(told)


def day_of(paper: Paper) -> str | None:
    """The paper's day, else the first of the month of its id."""
    if paper.day is not None:
        return paper.day.isoformat()
    try:
        months = ArxivId.parse(paper.id).age[0] - 1
    except UnknownId:
        return None
    return date(months // 12, months % 12 + 1, 1).isoformat()


def _stale(db: sqlite3.Connection, stamps: dict[str, str]) -> list[str]:
    known = dict(db.execute("SELECT name, stamp FROM months"))
    return [month for month in {**stamps, **known} if stamps.get(month) != known.get(month)]


def _stamp(db: sqlite3.Connection, month: str) -> str | None:
    found = db.execute("SELECT stamp FROM months WHERE name = ?", (month,)).fetchone()
    return found[0] if found else None


def _follow_month(
    db: sqlite3.Connection, library: "Library", month: str, stamp: str | None
) -> None:
    rows = db.execute("SELECT id, row, digest, wording FROM papers WHERE month = ?", (month,))
    known = {one: (row, digest, words) for one, row, digest, words in rows}
    free = 1 + db.execute("SELECT coalesce(max(id), 0) FROM words_docsize").fetchone()[0]
    leaves: Iterable[Leaf] = library.leaves(month) if stamp is not None else ()
    changes = _changes(leaves, known, month, count(free))
    while some := list(islice(changes, _AT_ONCE)):
        write(db, some)
    drop(db, [row for row, _, _ in known.values()])
    db.execute("DELETE FROM months WHERE name = ?", (month,))
    if stamp is not None:
        db.execute("INSERT INTO months VALUES (?, ?)", (month, stamp))


def _changes(
    leaves: "Iterable[Leaf]", known: dict[str, _Filed], month: str, free: Iterator[int]
) -> Iterator[Change]:
    """The papers that are not as the index has them; those that it still has are no more `known`.

    A paper whose words changed gets another row: what FTS5 keeps of the old ones stays behind.
    """
    for leaf in leaves:
        old, digest, words = known.pop(writable(leaf.id), (None, None, None))
        if digest == leaf.digest:
            continue
        holding = leaf.holding()
        texts = _by_column(holding)
        told = [texts[column] for column in COLUMNS]
        same = blake2b("\n".join(told).encode(), digest_size=16).digest()
        row = old if old is not None and words == same else next(free)
        decided, found_by = holding.known.decision, holding.known.queries
        yield Change(
            old,
            (row, *told) if row != old else None,
            _facts(row, month, leaf.digest, same, holding),
            [(writable(name), row) for name in dict.fromkeys(decided.tags)],
            [(writable(name), row) for name in dict.fromkeys(found_by)],
        )


def _by_column(holding: Holding) -> dict[str, str]:
    """The words of each of COLUMNS, ready to be split at spaces."""
    known = holding.known
    summary = newest(holding.summaries) if holding.summaries else None
    paper = Prepared(known.paper, beyond(summary, known.decision))
    codes = {field: [code] for field, code in paper.codes.items()} | {"cat": paper.categories}
    return {
        NAMES: paper.authors.line,
        **{TEXTS[field]: text.singulars for field, text in paper.texts.items()},
        **{CODES[field]: " ".join(map(as_token, each)) for field, each in codes.items()},
    }


def _facts(row: int, month: str, digest: bytes, words: bytes, holding: Holding) -> Row:
    known = holding.known
    earliest, latest = submission(known.paper) or (None, None)
    mark, day = known.decision.mark.value, day_of(known.paper)
    one, told = writable(known.paper.id), bool(holding.summaries)
    return (row, one, month, digest, words, day, earliest, latest, mark, told)


def _forget_the_dead(db: sqlite3.Connection) -> bool:
    """Whether most of the words led to nothing: all are forgotten then, to be written anew."""
    written = db.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
    living = db.execute("SELECT count(*) FROM papers").fetchone()[0]
    if written - living <= max(living, _FEW_DEAD):
        return False
    with Writing(db):
        drop_all(db)
    return True
