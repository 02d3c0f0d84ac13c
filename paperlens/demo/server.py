"""A tiny arXiv on loopback: feeds, query API, OAI-PMH and PDFs in the real formats.

The demo and the tests talk to it as the program talks to arXiv, and it fails when it is told to:

    with TinyArxiv(papers, day) as arxiv:
        arxiv.fail("api", "429", retry_after=30)
        ...                                      # settings.having(arxiv.urls)
"""

import hashlib
import math
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from threading import Lock, Thread
from types import TracebackType
from typing import Literal, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from paperlens.arxiv_week import midnight
from paperlens.demo import announcements, harvest, query_api
from paperlens.demo.faults import ATOM, ON_PARTS, ON_THE_WIRE, XML, Fail, Reply, spoiled
from paperlens.demo.parts import OFFER, in_part
from paperlens.demo.wire import Wire
from paperlens.models import Paper

Route = Literal["feed", "api", "oai", "pdf"]
FOREVER = math.inf

_ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/(?:atom|rss)/(.+)", "feed"),
    (r"/api/query", "api"),
    (r"/oai", "oai"),
    (r"/pdf/(.+)", "pdf"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in; header names are in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    time: float

    @property
    def route(self) -> Route | None:
        """Which of the services was asked."""
        return next((name for form, name in _ROUTES if re.fullmatch(form, self.path)), None)


@dataclass(slots=True)
class _Planned:
    """A failure to come: after `skip` requests of its kind, for `times` requests."""

    route: Route
    how: Fail
    times: float
    skip: int
    when: Callable[[Request], bool]
    details: Mapping[str, object]


class TinyArxiv:
    """A context manager: arXiv as of `day`, which may be moved while it runs.

    `papers` holds every version that was ever announced. A paper is seen from the day it was
    announced on; one that has no such day is always there, but in no feed.
    """

    def __init__(
        self,
        papers: Iterable[Paper],
        day: date,
        pdfs: Mapping[str, bytes] | None = None,
        records_per_page: int = 100,
    ) -> None:
        """`pdfs` are by id, with or without version."""
        self.papers, self.day = list(papers), day
        self.pdfs = dict(pdfs or {})
        self.records_per_page = records_per_page
        self.requests: list[Request] = []
        self._planned: list[_Planned] = []
        self._lock = Lock()
        self._wire = Wire(self._handle)
        self._thread = Thread(target=self._wire.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._wire.shutdown()
        self._thread.join()
        self._wire.server_close()
        if self._wire.bugs and error is None:
            raise self._wire.bugs[0]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._wire.server_address[1]}"

    @property
    def urls(self) -> dict[str, str]:
        """The settings under which paperlens talks to this server."""
        return {
            "arxiv.feed_url": f"{self.address}/atom",
            "arxiv.api_url": f"{self.address}/api/query",
            "arxiv.oai_url": f"{self.address}/oai",
            "arxiv.pdf_url": f"{self.address}/pdf",
        }

    def fail(
        self,
        route: Route,
        how: Fail,
        times: float = 1,
        *,
        skip: int = 0,
        when: Callable[[Request], bool] = lambda _request: True,
        **details: object,
    ) -> None:
        """Let the next requests of a route fail; `heal` ends it, `FOREVER` is a number of times.

        Details: `retry_after` (429, 503), `content_type` (wrong type), `megabytes` (oversize),
        `after` (cut after so many bytes), `content_range` (wrong part).
        """
        with self._lock:
            self._planned.append(_Planned(route, how, times, skip, when, details))

    def heal(self) -> None:
        """Forget every failure that was still to come."""
        with self._lock:
            self._planned.clear()

    def asked(self, route: Route) -> list[Request]:
        """The requests that a route has had, in order."""
        return [request for request in list(self.requests) if request.route == route]

    def _handle(self, target: str, headers: Mapping[str, str]) -> tuple[Reply, str]:
        """The reply, and what happens to it on the wire, if anything does."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        path = unquote(parts.path)
        request = Request(path, query, headers, time.monotonic())
        with self._lock:
            self.requests.append(request)
            planned = self._due(request)
        reply = self._reply(request)
        if planned is None:
            return in_part(_unless_known(reply, headers), headers), ""
        on_the_wire = planned.how if planned.how in ON_THE_WIRE else ""
        if planned.how in ON_PARTS:
            return spoiled(in_part(reply, headers), planned.how, planned.details), on_the_wire
        return in_part(spoiled(reply, planned.how, planned.details), headers), on_the_wire

    def _due(self, request: Request) -> _Planned | None:
        for planned in self._planned:
            if planned.route != request.route or planned.times <= 0 or not planned.when(request):
                continue
            if planned.skip:
                planned.skip -= 1
                continue
            planned.times -= 1
            return planned
        return None

    def _reply(self, request: Request) -> Reply:
        match request.route:
            case "feed":
                return self._feed(request.path)
            case "api":
                status, page = query_api.answer(request.query, self._visible(), self._now)
                return Reply(status, page.encode(), ATOM)
            case "oai":
                latest = list({paper.id: paper for paper in self._visible()}.values())
                reply = harvest.answer(request.query, latest, self._now, self.records_per_page)
                return Reply(200, reply.encode(), XML)
            case "pdf":
                return self._pdf(request.path.removeprefix("/pdf/"))
            case None:
                return _not_found()

    def _feed(self, path: str) -> Reply:
        form, _, names = path.removeprefix("/").partition("/")
        asked = names.split("+")
        problem = announcements.problem_with(asked)
        papers = [] if problem else announcements.announced(self.papers, self.day, asked)
        write = announcements.atom if form == "atom" else announcements.rss
        body = write(papers, self.day, asked, problem).encode()
        status = 400 if problem else 200
        return Reply(status, body, f"application/{form}+xml", self._names_of(body))

    def _pdf(self, name: str) -> Reply:
        body = self.pdfs.get(name) or self.pdfs.get(re.sub(r"v\d+$", "", name))
        if not body:
            return _not_found()
        return Reply(200, body, "application/pdf", OFFER | self._names_of(body))

    def _names_of(self, body: bytes) -> dict[str, str]:
        """By what a client can recognise a document."""
        tag, date = hashlib.sha256(body).hexdigest()[:32], format_datetime(self._now, usegmt=True)
        return {"ETag": f'"{tag}"', "Last-Modified": date}

    def _visible(self) -> list[Paper]:
        """What has been announced, oldest first."""
        known = [p for p in self.papers if p.announced is None or p.announced <= self.day]
        return sorted(known, key=lambda p: (p.announced or date.min, p.version or 0))

    @property
    def _now(self) -> datetime:
        return midnight(self.day).astimezone(UTC)


def _not_found() -> Reply:
    return Reply(404, b"<html><body><h1>Not found</h1></body></html>", "text/html; charset=utf-8")


def _unless_known(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """304 when the client already has this."""
    tag, since = headers.get("if-none-match"), headers.get("if-modified-since")
    if reply.status != 200 or "ETag" not in reply.headers:
        return reply
    if tag is not None:
        known = reply.headers["ETag"] in re.findall(r'"[^"]*"', tag)
    else:
        known = since is not None and _at(since) >= _at(reply.headers["Last-Modified"])
    return Reply(304, headers=reply.headers) if known else reply


def _at(text: str) -> float:
    return parsedate_to_datetime(text).timestamp()
