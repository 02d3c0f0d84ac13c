"""arXiv's query API, and the only importer of the `arxiv` package.

The package builds addresses and reads entries; the gate does the talking, since the package has
no timeouts and waits as long after each failure. Replies are looked at before it reads them: it
takes a cut document for a short one, and passes over error entries in silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import arxiv

from paperlens.errors import SourceUnreachable, UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.sources.gate import Gate
from paperlens.sources.replies import Unusable, local, xml
from paperlens.unseen import one_line

IDS_PER_REQUEST = 100
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


class QueryApi:
    """Papers by id, a hundred to a request."""

    def __init__(self, url: str, gate: Gate) -> None:
        self._url = url
        self._client = arxiv.Client(page_size=IDS_PER_REQUEST, delay_seconds=0, num_retries=0)
        self._client.query_url_format = f"{url}?{{}}"
        self._client._session = _Session(gate)

    def papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Those of the papers that exist, as the API describes them."""
        wanted = list(dict.fromkeys(map(str, ids)))
        found: list[Paper] = []
        for start in range(0, len(wanted), IDS_PER_REQUEST):
            found += self._batch(wanted[start : start + IDS_PER_REQUEST])
        numbers = {each.number for each in ids}
        return tuple({p.versioned: p for p in found if p.id in numbers}.values())

    def _batch(self, wanted: Sequence[str]) -> tuple[Paper, ...]:
        """One request, and another for each id that the API rejects: one must not cost the rest."""
        if not wanted:
            return ()
        try:
            search = arxiv.Search(id_list=list(wanted), max_results=len(wanted))
            return tuple(_paper(result) for result in self._client.results(search))
        except _Rejected as error:
            kept = [each for each in wanted if each not in error.said.split()]
            if len(kept) == len(wanted):
                raise SourceUnreachable(f'{self._url}: arXiv says "{error.said}"') from None
            return self._batch(kept)
        except arxiv.ArxivError as error:
            raise SourceUnreachable(f"{self._url}: {error.message}") from None


class _Session:
    """Stands where the package keeps its `requests.Session`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> SimpleNamespace:
        """Headers are not taken over: paperlens speaks under its own name."""
        del headers
        reply = self._gate.get(url, _error)
        if reply.found is not None:
            raise _Rejected(reply.found)
        return SimpleNamespace(status_code=200, content=reply.body)


class _Rejected(Exception):
    """The API answered with an error entry."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def _error(body: bytes) -> str | None:
    """The error that a page reports, if any; raises Unusable for what is no page of papers."""
    root = xml(body)
    if root.tag != f"{_ATOM}feed":
        raise Unusable(f"the reply is no feed but <{local(root.tag)}>")
    entries = root.findall(f"{_ATOM}entry")
    if not entries and one_line(root.findtext(_TOTAL)) not in {"", "0"}:
        raise Unusable("the page is empty, though it announces results")
    for entry in entries:
        if "/api/errors" in (said := one_line(entry.findtext(f"{_ATOM}id"))):
            return one_line(entry.findtext(f"{_ATOM}summary")) or said
        _check(entry)
    return None


def _check(entry: Element) -> None:
    """What the package needs of an entry: without a date it drops it, at a broken one it breaks."""
    try:
        ArxivId.parse(one_line(entry.findtext(f"{_ATOM}id")))
        for name in ("updated", "published"):
            datetime.fromisoformat(one_line(entry.findtext(f"{_ATOM}{name}"))).astimezone(UTC)
    except (UnknownId, ValueError, OverflowError):
        raise Unusable("the reply has an entry without a readable id or date") from None


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
