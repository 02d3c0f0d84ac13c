"""The API's search for what was submitted in a span: all questions at once, page after page.

Papers come and go while pages are turned, so pages overlap, the newest total counts, and a row
of pages that does not add up to it is read once more.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus

from paperlens.query import Query
from paperlens.sources.api import QueryApi, Rejected
from paperlens.sources.caught import Caught, Span

LARGEST_PAGE = 500  # the service allows 2,000, and answers short or not at all long before
LONGEST_QUERY = 6000
_OVERLAP = 5


def search(
    api: QueryApi, questions: Sequence[Query], span: Span, caught: Caught, by: float
) -> None:
    """Everything that answers any of the questions into `caught`; SourceUnreachable ends it."""
    asked = _Asked(api, _between(span), caught, by)
    for clauses in _packed(dict.fromkeys(question.arxiv for question in questions)):
        asked.ask(clauses)
    if asked.refusals:
        raise api.says_no(asked.refusals[0])


class _Asked:
    """One errand: how large the pages are by now, and what arXiv would not read."""

    def __init__(self, api: QueryApi, when: str, caught: Caught, by: float) -> None:
        self._api, self._when, self._caught, self._by = api, when, caught, by
        self._size = LARGEST_PAGE
        self.refusals: list[str] = []

    def ask(self, clauses: Sequence[str]) -> None:
        """A question that arXiv rejects must not cost the others their answers."""
        try:
            self._read(f"({' OR '.join(clauses)}) AND {self._when}")
        except Rejected as refusal:
            if len(clauses) == 1:
                self.refusals.append(refusal.said)
                return
            middle = len(clauses) // 2
            self.ask(clauses[:middle])
            self.ask(clauses[middle:])

    def _read(self, query: str) -> None:
        seen: set[str] = set()
        total = self._read_once(query, seen)
        if len(seen) < total:
            total = self._read_once(query, seen)
        if len(seen) < total:
            text = f"arXiv's search announced {total} papers and gave {len(seen)}."
            self._caught.lacks("gap-api-short", text)

    def _read_once(self, query: str, seen: set[str]) -> int:
        """A page with fewer papers than were asked for is not the last one; the total says it."""
        start = 0
        while True:
            page = self._api.page(query, start, self._size, self._by)
            self._size = page.size
            for paper in page.papers:
                self._caught.add(paper)
                seen.add(paper.id)
            came = len(page.papers)
            if not came or start + came >= page.total:
                return page.total
            start += came - min(_OVERLAP, came // 10)


def _between(span: Span) -> str:
    """To the minute, as arXiv wants it: twelve digits, in GMT."""
    last = span.until + timedelta(seconds=59)
    return f"submittedDate:[{_minute(span.since)} TO {_minute(last)}]"


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M")


def _packed(clauses: Iterable[str]) -> Iterator[list[str]]:
    """As many to a search as an address can hold."""
    some: list[str] = []
    length = 0
    for clause in clauses:
        more = len(quote_plus(f" OR {clause}"))
        if some and length + more > LONGEST_QUERY:
            yield some
            some, length = [], 0
        some.append(clause)
        length += more
    if some:
        yield some
