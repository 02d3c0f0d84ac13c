"""arXiv's query API: Atom pages of papers by search or by id, as the service wrote them in 2026."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote_plus

from paperlens.demo.markup import DECLARATION, element, empty, nest
from paperlens.errors import QueryError, UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.query import parse

LARGEST_PAGE = 2000

_NAMESPACES = {
    "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "xmlns:arxiv": "http://arxiv.org/schemas/atom",
    "xmlns": "http://www.w3.org/2005/Atom",
}
_LONG_AGO = datetime(1991, 8, 14, tzinfo=UTC)
_SORTS = ("relevance", "lastUpdatedDate", "submittedDate")
_ORDERS = ("ascending", "descending")


class RefusedQuery(Exception):
    """The API answers with an entry that says what it did not understand."""


def answer(query: Mapping[str, str], papers: Sequence[Paper], now: datetime) -> tuple[int, str]:
    """Status and page for a request; `papers` holds every visible version, oldest first."""
    try:
        start, size = _count(query, "start", 0), _count(query, "max_results", 10)
        found = _sorted(_found(query, papers), query)
    except RefusedQuery as refusal:
        return 400, _error_page(str(refusal), now)
    page = found[start : start + min(size, LARGEST_PAGE)]
    return 200, _page(query, start, size, len(found), page, now)


def _count(query: Mapping[str, str], name: str, default: int) -> int:
    try:
        value = int(query.get(name) or default)
    except ValueError:
        raise RefusedQuery(f"{name} must be an integer") from None
    if value < 0:
        raise RefusedQuery(f"{name} must be non-negative")
    return value


def _found(query: Mapping[str, str], papers: Sequence[Paper]) -> list[Paper]:
    expression, ids = query.get("search_query", ""), query.get("id_list", "")
    found = _by_id(ids.split(","), papers) if ids else list(_latest(papers).values())
    if not expression:
        return found if ids else []
    try:
        question = parse(expression)
    except QueryError as mistake:
        raise RefusedQuery(f"malformed query: {mistake.problem}") from None
    return [paper for paper in found if question.matches(paper)]


def _by_id(ids: Iterable[str], papers: Sequence[Paper]) -> list[Paper]:
    """What is known of these, in their order; ids of nothing are left out without a word."""
    latest = _latest(papers)
    versions = {(paper.id, paper.version): paper for paper in papers}
    found = []
    for text in filter(None, (text.strip() for text in ids)):
        asked = _id(text)
        if asked.version:
            found.append(versions.get((asked.number, asked.version)))
        else:
            found.append(latest.get(asked.number))
    return [paper for paper in found if paper]


def _id(text: str) -> ArxivId:
    """A number that no paper can have, such as 0000.0000, is well formed to the API."""
    try:
        return ArxivId.parse(text)
    except UnknownId:
        if text.replace(".", "", 1).isdigit() and text.find(".") == 4:
            return ArxivId(text)
        raise RefusedQuery(f"incorrect id format for {text}") from None


def _latest(papers: Iterable[Paper]) -> dict[str, Paper]:
    latest: dict[str, Paper] = {}
    for paper in papers:
        if paper.id not in latest or (latest[paper.id].version or 0) <= (paper.version or 0):
            latest[paper.id] = paper
    return latest


def _sorted(found: list[Paper], query: Mapping[str, str]) -> list[Paper]:
    by = query.get("sortBy") or "relevance"
    order = query.get("sortOrder") or "descending"
    if by not in _SORTS:
        raise RefusedQuery(f"sortBy must be in: {', '.join(_SORTS)}")
    if order not in _ORDERS:
        raise RefusedQuery(f"sortOrder must be in: {', '.join(_ORDERS)}")
    if by == "relevance":
        return found if order == "descending" else found[::-1]
    return sorted(
        found,
        key=lambda paper: (
            (paper.updated if by == "lastUpdatedDate" else None) or paper.published or _LONG_AGO
        ),
        reverse=order == "descending",
    )


def _page(
    query: Mapping[str, str],
    start: int,
    size: int,
    total: int,
    papers: Iterable[Paper],
    now: datetime,
) -> str:
    expression, ids = query.get("search_query", ""), query.get("id_list", "")
    told = f"search_query={expression}&id_list={ids}&start={start}&max_results={size}"
    digest = base64.b64encode(hashlib.sha1(told.encode(), usedforsecurity=False).digest())
    address = (
        f"https://arxiv.org/api/query?search_query={quote_plus(expression, safe=':')}"
        f"&start={start}&max_results={size}&id_list={quote_plus(ids, safe='/,')}"
    )
    return _feed(
        element("id", f"https://arxiv.org/api/{digest.decode().rstrip('=')}"),
        element("title", f"arXiv Query: {told}"),
        element("updated", _utc(now)),
        empty("link", {"href": address, "type": "application/atom+xml"}),
        *_counts(size, total, start),
        *map(_entry, papers),
    )


def _error_page(problem: str, now: datetime) -> str:
    address = f"https://arxiv.org/api/errors#{problem.replace(' ', '_')}"
    return _feed(
        element("id", "https://arxiv.org/"),
        element("title", "arXiv Search Results"),
        element("updated", _utc(now)),
        *_counts(1, 1, 0),
        nest(
            "entry",
            element("id", address),
            element("title", "Error"),
            element("updated", _utc(now)),
            empty("link", {"href": address, "rel": "alternate", "type": "text/html"}),
            element("summary", problem),
            nest("author", element("name", "arXiv api core")),
        ),
    )


def _feed(*children: str) -> str:
    return DECLARATION + nest("feed", *children, attributes=_NAMESPACES) + "\n"


def _counts(size: int, total: int, start: int) -> list[str]:
    return [
        element("opensearch:itemsPerPage", str(size)),
        element("opensearch:totalResults", str(total)),
        element("opensearch:startIndex", str(start)),
    ]


def _entry(paper: Paper) -> str:
    scheme = {"scheme": "http://arxiv.org/schemas/atom"}
    page = {
        "href": f"https://arxiv.org/abs/{paper.versioned}",
        "rel": "alternate",
        "type": "text/html",
    }
    file = f"https://arxiv.org/pdf/{paper.versioned}"
    pdf = {"href": file, "rel": "related", "type": "application/pdf", "title": "pdf"}
    doi = paper.doi or ""
    return nest(
        "entry",
        element("id", f"http://arxiv.org/abs/{paper.versioned}"),
        element("title", paper.title),
        element("updated", _utc(paper.updated or paper.published or _LONG_AGO)),
        empty("link", page),
        empty("link", pdf),
        element("summary", paper.abstract),
        *(empty("category", {"term": name} | scheme) for name in paper.categories),
        element("published", _utc(paper.published or paper.updated or _LONG_AGO)),
        *([element("arxiv:comment", paper.comment)] if paper.comment else []),
        empty("arxiv:primary_category", {"term": paper.categories[0]}),
        *([element("arxiv:journal_ref", paper.journal_ref)] if paper.journal_ref else []),
        *(nest("author", element("name", author)) for author in paper.authors),
        *([element("arxiv:doi", doi), empty("link", _doi_link(doi))] if doi else []),
    )


def _doi_link(doi: str) -> dict[str, str]:
    return {"rel": "related", "href": f"https://doi.org/{doi}", "title": "doi"}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
