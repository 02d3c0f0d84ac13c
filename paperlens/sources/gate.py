"""The one polite door to all hosts of arXiv, and the only importer of requests.

It makes single tries in their turn and puts every failure into words; when to try again is
`patience`'s to decide, and whose turn it is `queue`'s.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain, repeat
from pathlib import Path
from typing import Generic, TypeVar

import requests
from requests import exceptions as http
from urllib3 import exceptions as transfer

from paperlens import PROJECT_URL, __version__
from paperlens.errors import PaperlensError
from paperlens.files import make_folder
from paperlens.settings import Arxiv
from paperlens.sources.downloads import Draft, identity
from paperlens.sources.patience import Patience, Pulse, asked_to_wait
from paperlens.sources.queue import Queue, QueueTooLong
from paperlens.sources.replies import NotThere, Refused, TooLarge, Unusable

USER_AGENT = f"paperlens/{__version__} (+{PROJECT_URL})"
LARGEST_REPLY = 32_000_000
_CHUNK = 64 * 1024
_NO_ADDRESS = (http.InvalidURL, http.InvalidSchema, http.MissingSchema)

T = TypeVar("T")


@dataclass(frozen=True)
class Stamp:
    """What a server gave to recognise its reply by."""

    etag: str | None = None
    modified: str | None = None


NOTHING = Stamp()


class Unchanged(Exception):
    """The server has nothing newer than what is known."""


@dataclass(frozen=True)
class Reply(Generic[T]):
    """What was read, and what it was read from."""

    found: T
    body: bytes
    stamp: Stamp


class Gate:
    """Every request to arXiv goes through here; failures are SourceUnreachable."""

    def __init__(
        self,
        arxiv: Arxiv,
        folder: Path,
        pulse: Pulse | None = None,
        largest: int = LARGEST_REPLY,
    ) -> None:
        """`folder` is shared by all processes that must take turns; `largest` is in bytes."""
        self._timeout, self._pulse, self._largest = arxiv.timeout, pulse or Pulse(), largest
        self._patience = Patience(arxiv, self._pulse)
        self._queue = Queue(folder, arxiv.delay, self._pulse.wall, self._pulse.sleep)

    def get(
        self,
        url: str,
        read: Callable[[bytes], T],
        known: Stamp = NOTHING,
        *,
        lighter: Iterator[str] | None = None,
        by: float = math.inf,
    ) -> Reply[T]:
        """Fetch and read. A reply that `read` calls Unusable is asked for again.

        `lighter` has addresses for further tries, which ask the server for less; `by` is a
        `deadline` that several requests share. Raises Unchanged when the server says that what
        is known still holds.
        """
        addresses = chain((url,), lighter or repeat(url))

        def attempt(deadline: float) -> Reply[T]:
            with (
                self._turn(deadline) as session,
                self._ask(session, next(addresses), _unless(known)) as answer,
            ):
                if known != NOTHING and answer.status_code == HTTPStatus.NOT_MODIFIED:
                    raise Unchanged
                try:
                    return self._read(answer, read, deadline)
                except TooLarge as refusal:
                    if lighter is None:
                        raise
                    raise Unusable(str(refusal)) from None

        return self._patience.insist(url, attempt, by)

    def deadline(self) -> float:
        """When a row of requests that begins now must end."""
        return self._patience.deadline()

    def save(self, url: str, into: Path, begins: bytes, largest: int) -> Path:
        """Fetch to a file that afterwards exists as a whole, or not at all.

        `begins` stands within the first kilobyte of whatever is meant. A reply that was cut goes
        on at the next try; a file that others have put there meanwhile is not fetched again.
        """
        make_folder(into.parent)
        earlier = identity(into)

        def attempt(deadline: float) -> Path:
            with self._turn(deadline) as session:
                if identity(into) not in {None, earlier}:
                    return into
                draft = Draft.of(url, into)
                if not draft.is_whole:
                    with self._ask(session, url, draft.wishes) as answer:
                        self._accept(answer, *draft.answers)
                        draft = draft.going_on(answer.status_code, answer.headers)
                        draft = self._complete(draft, answer, begins, largest, deadline)
                return draft.become()

        return self._patience.insist(url, attempt)

    def _complete(
        self, draft: Draft, answer: requests.Response, begins: bytes, largest: int, deadline: float
    ) -> Draft:
        try:
            if (draft.whole or 0) > largest:
                raise _too_large(largest)
            return draft.add(self._pieces(answer, largest, deadline), begins)
        except TooLarge:
            draft.drop()
            raise

    def _read(
        self, answer: requests.Response, read: Callable[[bytes], T], deadline: float
    ) -> Reply[T]:
        """A bad request is read too: feeds and the API explain themselves in their own format."""
        self._accept(answer, HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
        body = b"".join(self._pieces(answer, self._largest, deadline))
        try:
            found = read(body)
        except Unusable:
            self._accept(answer, HTTPStatus.OK)
            raise
        told = answer.headers.get
        return Reply(found, body, Stamp(told("ETag"), told("Last-Modified")))

    @contextmanager
    def _turn(self, deadline: float) -> Iterator[requests.Session]:
        """The only connection to arXiv; whatever goes wrong on it is put into words."""
        try:
            with self._queue.turn(deadline - self._pulse.steady()), requests.Session() as session:
                session.max_redirects = 5
                yield session
        except QueueTooLong:
            raise Refused("another paperlens has been asking arXiv all the while") from None
        except http.TooManyRedirects:
            raise Refused("it redirects without end") from None
        except _NO_ADDRESS:
            raise Refused("this is not an address that can be asked") from None
        except (http.RequestException, transfer.HTTPError) as error:
            there = not any(isinstance(cause, _NOBODY) for cause in _causes(error))
            raise (Unusable if there else NotThere)(_why(error, self._timeout)) from None

    def _ask(
        self, session: requests.Session, url: str, headers: Mapping[str, str]
    ) -> requests.Response:
        named = {"User-Agent": USER_AGENT, **headers}
        return session.get(url, headers=named, stream=True, timeout=self._timeout)

    def _accept(self, answer: requests.Response, *statuses: HTTPStatus) -> None:
        status = answer.status_code
        if status in statuses:
            return
        why = f"the answer is {status} {answer.reason or ''}".rstrip()
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unusable(why, asked_to_wait(answer.headers, self._pulse.wall()))
        raise Refused(why)

    def _pieces(self, answer: requests.Response, largest: int, deadline: float) -> Iterator[bytes]:
        """The body as it comes: `read1` returns what is there, so that a trickle can be timed."""
        size = 0
        while piece := answer.raw.read1(_CHUNK, decode_content=True):
            size += len(piece)
            if size > largest:
                raise _too_large(largest)
            if self._pulse.steady() > deadline:
                raise Refused("the reply comes too slowly")
            yield piece


_NOBODY = (transfer.NameResolutionError, ConnectionRefusedError)


def _too_large(largest: int) -> TooLarge:
    return TooLarge(f"the reply is larger than {largest / 1_000_000:.3g} MB")


def _unless(known: Stamp) -> dict[str, str]:
    """The headers that ask for nothing but what is newer."""
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in named.items() if value}


def _why(error: Exception, timeout: float) -> str:
    causes = tuple(_causes(error))
    for kind, sentence in (
        (http.ConnectTimeout, f"no connection within {timeout:g} seconds"),
        (http.ProxyError, "the proxy cannot be used"),
        (http.SSLError, "the connection cannot be trusted"),
        ((http.Timeout, transfer.ReadTimeoutError), f"silent for {timeout:g} seconds"),
        (transfer.NameResolutionError, "the host is not known (is there a network?)"),
        (ConnectionRefusedError, "connection refused"),
        (transfer.IncompleteRead, "the reply was cut short"),
        (ConnectionResetError, "the connection was reset"),
        (transfer.DecodeError, "the reply is not what its encoding says"),
    ):
        if any(isinstance(cause, kind) for cause in causes):
            return sentence
    return f"the connection broke ({type(error).__name__})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Down to the root, but not into an earlier failure that this request may be an answer to."""
    while error is not None and not isinstance(error, PaperlensError):
        yield error
        error = error.__cause__ or error.__context__
