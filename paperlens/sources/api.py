"""arXiv's query API, and the only importer of the `arxiv` package.

The package builds addresses and reads entries; the gate does the talking, since the package has
no timeouts and waits as long after each failure. Replies are looked at before it reads them: it
takes a cut document for a short one, and passes over error entries in silence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import arxiv

from paperlens.errors import SourceUnreachable, UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.sources import IDS_AT_ONCE
from paperlens.sources.gate import Gate, Reply
from paperlens.sources.replies import Unusable, local, xml
from paperlens.unseen import one_line

DOIS_PER_REQUEST = 20
SMALLEST_PAGE = 25
_ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@dataclass(frozen=True, slots=True)
class Page:
    """Papers of a search from an offset on; `size` is how many were asked for in the end."""

    papers: tuple[Paper, ...]
    total: int
    size: int


class QueryApi:
    """Papers by id, by the DOI under which they were published, and page by page by a search."""

    def __init__(self, url: str, gate: Gate) -> None:
        self._url, self._gate = url, gate
        self._client = self._client_of(_Session(gate), IDS_AT_ONCE)

    def page(self, query: str, start: int, size: int, by: float) -> Page:
        """Papers in the order of their submission; each further try asks for half as many.

        New papers come last, where they move no others. Raises Rejected.
        """
        session = _PageSession(self._gate, size, by)
        search = arxiv.Search(
            query,
            max_results=None,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Ascending,
        )
        try:
            results = self._client_of(session, size).results(search, offset=start)
            found = [_paper(first) for first in islice(results, 1)]  # this makes the request
            found += map(_paper, islice(results, max(0, session.told.entries - 1)))
        except arxiv.ArxivError as error:
            raise SourceUnreachable(f"{self._url}: {error.message}") from None
        return Page(tuple(found), session.told.total, session.size)

    def says_no(self, said: str) -> SourceUnreachable:
        """The failure that a rejection is when nothing else can be asked."""
        return SourceUnreachable(f'{self._url}: arXiv says "{said}"')

    def _client_of(self, session: "_Session", size: int) -> arxiv.Client:
        client = arxiv.Client(page_size=size, delay_seconds=0, num_retries=0)
        client.query_url_format = f"{self._url}?{{}}"
        client._session = session
        return client

    def papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Those of the papers that exist, as the API describes them."""
        wanted = list(dict.fromkeys(map(str, ids)))
        found: list[Paper] = []
        for start in range(0, len(wanted), IDS_AT_ONCE):
            found += self._batch(wanted[start : start + IDS_AT_ONCE])
        numbers = {each.number for each in ids}
        return tuple({p.versioned: p for p in found if p.id in numbers}.values())

    def with_dois(self, dois: Sequence[str]) -> tuple[Paper, ...]:
        """arXiv's answer is not trusted to be exact: only papers with one of the DOIs count."""
        wanted = [doi.lower() for doi in dict.fromkeys(dois) if '"' not in doi]
        found: list[Paper] = []
        for start in range(0, len(wanted), DOIS_PER_REQUEST):
            some = wanted[start : start + DOIS_PER_REQUEST]
            query = " OR ".join(f'doi:"{doi}"' for doi in some)
            try:
                search = arxiv.Search(query, max_results=IDS_AT_ONCE)
                found += _read(self._client.results(search))
            except Rejected:  # nothing that arXiv takes for a DOI is among them
                continue
            except arxiv.ArxivError as error:
                raise SourceUnreachable(f"{self._url}: {error.message}") from None
        exact = {paper.id: paper for paper in found if (paper.doi or "").lower() in wanted}
        return tuple(exact.values())

    def _batch(self, wanted: Sequence[str]) -> tuple[Paper, ...]:
        """One request, and another for each id that the API rejects: one must not cost the rest."""
        if not wanted:
            return ()
        try:
            search = arxiv.Search(id_list=list(wanted), max_results=len(wanted))
            return tuple(_read(self._client.results(search)))
        except Rejected as error:
            kept = [each for each in wanted if each not in error.said.split()]
            if len(kept) == len(wanted):
                raise self.says_no(error.said) from None
            return self._batch(kept)
        except arxiv.ArxivError as error:
            raise SourceUnreachable(f"{self._url}: {error.message}") from None


class _Session:
    """Stands where the package keeps its `requests.Session`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.told = _Told()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> SimpleNamespace:
        """Headers are not taken over: paperlens speaks under its own name."""
        del headers
        reply = self._ask(url)
        self.told = reply.found
        if self.told.refusal is not None:
            raise Rejected(self.told.refusal)
        return SimpleNamespace(status_code=200, content=reply.body)

    def _ask(self, url: str) -> "Reply[_Told]":
        return self._gate.get(url, _told)


class _PageSession(_Session):
    """Asks for less where the service does not bear a page."""

    def __init__(self, gate: Gate, size: int, by: float) -> None:
        super().__init__(gate)
        self.size, self._by = size, by

    def _ask(self, url: str) -> "Reply[_Told]":
        return self._gate.get(url, _told, lighter=self._lighter(url), by=self._by)

    def _lighter(self, url: str) -> Iterator[str]:
        while True:
            self.size = max(min(self.size, SMALLEST_PAGE), self.size // 2)
            yield re.sub(r"(?<=[?&]max_results=)\d+", str(self.size), url)


class Rejected(Exception):
    """The API answered with an error entry."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says besides its papers."""

    entries: int = 0
    total: int = 0
    refusal: str | None = None


def _told(body: bytes) -> _Told:
    """Raises Unusable for what is no page of papers."""
    root = xml(body)
    if root.tag != f"{_ATOM}feed":
        raise Unusable(f"the reply is no feed but <{local(root.tag)}>")
    entries = root.findall(f"{_ATOM}entry")
    total = _number(root, "totalResults")
    if not entries and _number(root, "startIndex") < total:
        raise Unusable("the page is empty, though it announces results")
    for entry in entries:
        if "/api/errors" in (said := one_line(entry.findtext(f"{_ATOM}id"))):
            return _Told(refusal=one_line(entry.findtext(f"{_ATOM}summary")) or said)
        _check(entry)
    return _Told(len(entries), total)


def _number(root: Element, name: str) -> int:
    text = one_line(root.findtext(f"{_OPENSEARCH}{name}"))
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _check(entry: Element) -> None:
    """What the package needs of an entry: without a date it drops it, at a broken one it breaks."""
    try:
        ArxivId.parse(one_line(entry.findtext(f"{_ATOM}id")))
        for name in ("updated", "published"):
            datetime.fromisoformat(one_line(entry.findtext(f"{_ATOM}{name}"))).astimezone(UTC)
    except (UnknownId, ValueError, OverflowError):
        raise Unusable("the reply has an entry without a readable id or date") from None


def _read(results: Iterator[arxiv.Result]) -> Iterator[Paper]:
    """An empty page that was let pass is the end, though the package expected more."""
    with suppress(arxiv.UnexpectedEmptyPageError):
        yield from map(_paper, results)


def _paper(result: Any) -> Paper:
    number = ArxivId.parse(result.entry_id)
    return Paper(
        id=number.number,
        version=number.version,
        title=one_line(result.title),
        authors=tuple(_filled(author.name for author in result.authors)),
        abstract=one_line(result.summary),
        categories=tuple(dict.fromkeys(_filled((result.primary_category, *result.categories)))),
        published=result.published,
        updated=result.updated,
        comment=one_line(result.comment) or None,
        doi=one_line(result.doi) or None,
        journal_ref=one_line(result.journal_ref) or None,
    )


def _filled(texts: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    return filter(None, map(one_line, texts))
