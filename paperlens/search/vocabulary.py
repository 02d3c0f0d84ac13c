"""Words that no paper has, and the nearest one that some paper has."""

import sqlite3
from collections.abc import Iterator
from difflib import get_close_matches

from paperlens.query import Query, singular, wanted_terms
from paperlens.search.expression import CODES


def unknown_words(db: sqlite3.Connection, query: Query) -> Iterator[tuple[str, str | None]]:
    """Each word of the query that is nowhere in the library, with the nearest that is."""
    for term in wanted_terms(query.tree):
        if term.field in CODES or term.open_ended:
            continue
        for word in term.phrase:
            if not _is_known(db, word) and not _is_known(db, singular(word)):
                yield word, _nearest(db, word)


def _is_known(db: sqlite3.Connection, word: str) -> bool:
    found = db.execute("SELECT 1 FROM vocabulary WHERE term = ?", (word,)).fetchone()
    return found is not None


def _nearest(db: sqlite3.Connection, word: str) -> str | None:
    """Nobody mistypes the first letter; words are known by their singulars."""
    first, last = word[0], f"{word[0]}\U0010ffff"
    rows = db.execute("SELECT term FROM vocabulary WHERE term >= ? AND term < ?", (first, last))
    alike = [term for (term,) in rows if abs(len(term) - len(word)) <= 2]
    near = get_close_matches(singular(word), alike, n=1, cutoff=0.75)
    return near[0] if near else None
