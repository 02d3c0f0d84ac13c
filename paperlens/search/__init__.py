"""Searching the library: an index in the cache that follows the library by itself.

`Search` is the only way in. Whatever it is asked, it first looks whether the library has changed,
which costs a glance at each month's files, and reads what did. Deleting the index costs nothing.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from paperlens.models import Paper
from paperlens.query import Prepared, Query, parse, singular
from paperlens.search import asking
from paperlens.search.asking import MORE, Answer, more
from paperlens.search.counts import Counts, counted
from paperlens.search.expression import Expression, expression
from paperlens.search.finding import Filters, Found, candidates, decided
from paperlens.search.following import Progress, follow, unwatched
from paperlens.search.index import Index
from paperlens.search.resembling import resembling
from paperlens.search.vocabulary import unknown_words

if TYPE_CHECKING:
    from paperlens.library import Library

__all__ = ["MORE", "Answer", "Counts", "Filters", "Found", "Search", "more"]

T = TypeVar("T")

_NO_FILTERS = Filters()
_EVERYTHING = Expression(None, True)


class Search:
    """The library's index."""

    def __init__(self, library: "Library", folder: Path) -> None:
        """`folder` is the cache; the file is made when it is first needed."""
        self._library = library
        self._index = Index(folder / "search.sqlite")

    def follow(self, progress: Progress = unwatched) -> None:
        """Read what has changed in the library; `progress` hears of months done and in all."""
        self._index.using(lambda db: follow(db, self._library, progress))

    def answer(
        self,
        typed: Sequence[str],
        filters: Filters = _NO_FILTERS,
        *,
        by_relevance: bool = True,
        limit: int | None = None,
    ) -> Answer:
        """What the words of a search box find; without words, what the filters leave."""
        return asking.answer(self, typed, filters, by_relevance, limit)

    def find(
        self,
        query: Query | None = None,
        filters: Filters = _NO_FILTERS,
        *,
        by_relevance: bool = True,
        limit: int | None = None,
    ) -> Found:
        """Papers that the query means; the best first, or the newest."""
        asked = _EVERYTHING if query is None else expression(query.tree)
        found = self._asking(lambda db: candidates(db, asked, filters, by_relevance, limit))
        if query is None or asked.exact:
            return found
        return decided(found, query, limit, self._library)

    def unknown_words(self, query: Query) -> dict[str, str | None]:
        """The words of the query that are nowhere in the library, and the nearest that is."""
        found = self._asking(lambda db: list(unknown_words(db, query)))
        return {word: near and self._as_written(near) for word, near in found}

    def _as_written(self, known: str) -> str:
        """The index knows singulars only; a paper that has the word knows how it is spelled."""
        written = self.find(parse(f'"{known}"'), limit=1).ids
        for holder in self._library.known(written).values():
            words = Prepared(holder.paper).everything.split()
            return next((word for word in words if singular(word) == known), known)
        return known

    def resembling(self, paper: Paper, limit: int) -> tuple[str, ...]:
        """Other papers that may be like this one: they share its most telling words."""
        return self._asking(lambda db: resembling(db, paper, limit))

    def counts(self) -> Counts:
        """How many papers there are of each kind."""
        return self._asking(counted)

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        self._index.close()

    def _asking(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        def asked(db: sqlite3.Connection) -> T:
            follow(db, self._library)
            return ask(db)

        return self._index.using(asked)
