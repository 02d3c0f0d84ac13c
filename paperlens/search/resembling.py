"""Papers that have the most telling words of a paper: rare in the library, often in the paper.

This proposes, quickly and out of any number of papers; what is really alike, others decide.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from math import log

from paperlens.models import Paper
from paperlens.query import Prepared
from paperlens.search.index import COLUMNS
from paperlens.unseen import writable

_IN_THE_TITLE = 3  # what a word of the title counts
_LONGEST = 6_000  # characters of an abstract; real ones have a third of that
_LOOKED_UP = 150
_MOST_WORDS = 24
_MOST_HOLDERS = 40_000  # papers that are weighed, for the sake of a quick answer
_FOUND = f"""
    SELECT papers.id FROM words CROSS JOIN papers ON papers.row = words.rowid
    WHERE words MATCH ? AND papers.id <> ?
    ORDER BY bm25(words, {", ".join(map(str, COLUMNS.values()))}), papers.day DESC, papers.id DESC
    LIMIT ?
"""


def resembling(db: sqlite3.Connection, paper: Paper, limit: int) -> tuple[str, ...]:
    """Their ids, those that share most of these words first."""
    telling = list(_telling(db, paper))
    if not telling:
        return ()
    either = " OR ".join(f'"{word}"' for word in telling)
    asked = f"{{title abstract}} : ({either})"
    return tuple(one for (one,) in db.execute(_FOUND, (asked, writable(paper.id), limit)))


def _telling(db: sqlite3.Connection, paper: Paper) -> Iterator[str]:
    """The most telling words first, and no more of them than can be asked for quickly."""
    counts = _counted(paper)
    total = db.execute("SELECT count(*) FROM papers").fetchone()[0]
    weighed = []
    for word, count in counts.most_common(_LOOKED_UP):
        found = db.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        if found and found[0] > 1:
            weighed.append(((1 + log(count)) * log(1 + total / found[0]), word, found[0]))
    room = _MOST_HOLDERS
    for _, word, holders in sorted(weighed, reverse=True)[:_MOST_WORDS]:
        if holders <= room:
            room -= holders
            yield word


def _counted(paper: Paper) -> Counter[str]:
    said = Prepared(paper).texts
    title, abstract = said["ti"].singulars.split(), said["abs"].singulars[:_LONGEST].split()
    told = Counter({word: _IN_THE_TITLE * n for word, n in Counter(title).items()})
    told.update(abstract)
    return Counter({word: n for word, n in told.items() if word.isalnum()})
