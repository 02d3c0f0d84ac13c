"""What there is to read of a paper: its abstract, or its PDF, and the facts that it prints.

A PDF is fetched once, kept in the cache, and opened in a child process; what was read of it is
kept as well. One that cannot be read costs that paper only. Nothing heavy is imported here.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.document import FIGURE, NO_PICTURE, TABLE, Document, Opened, Reading
from paperlens.errors import PdfRefused
from paperlens.models import Figure, Paper
from paperlens.reading.failure import NotRead
from paperlens.reading.links import links_in, links_of
from paperlens.reading.shelf import Shelf, Volume
from paperlens.settings import Pdf

if TYPE_CHECKING:
    from concurrent.futures import Future

    from paperlens.reading.sandbox import Child, Sandbox

__all__ = ["Reader"]

Fetch = Callable[[Paper, Path], Path]


@dataclass(frozen=True)
class Begun:
    """A source that a child is reading."""

    source: Paper | Path
    result: "Future[Opened]"


class Reader:
    """Reads papers. `fetch` downloads a paper's PDF to the file it is given and returns its path,
    or raises `SourceUnreachable`."""

    def __init__(self, settings: Pdf, cache: Path, fetch: Fetch, most: int = 0) -> None:
        """`most` is how many bytes the cache may hold; 0 is no limit."""
        self._settings = settings
        self._shelf = Shelf(settings, cache, most, fetch)

    def read(
        self, papers: Sequence[Paper], full_text: bool, pictures: Collection[str] = ()
    ) -> tuple[Reading, ...]:
        """A reading of each paper, in the same order; `pictures` as for `open`.

        With neither full text nor pictures no file is touched. Pictures that are missing cost
        themselves only.
        """
        abstracts = tuple(_from_abstract(paper) for paper in papers)
        if not papers or not (full_text or pictures):
            return abstracts
        tell = _told if full_text else _illustrated
        return tuple(
            tell(abstract, opened)
            for abstract, opened in zip(abstracts, self.open(papers, pictures), strict=True)
        )

    def recall(self, papers: Sequence[Paper]) -> tuple[Reading, ...]:
        """A reading of each paper from what was read before: nothing is fetched or opened."""
        return tuple(_told(_from_abstract(paper), self._recalled(paper)) for paper in papers)

    def pdf(self, paper: Paper) -> Path:
        """Where its PDF lies, fetched if it was not there; why it cannot be had is an error."""
        try:
            volume = self._shelf.volume(paper)
            self._shelf.fetch(paper, volume)
        except NotRead as why:
            raise PdfRefused(f"{paper.id}: the PDF {why}", why.exit_code) from None
        return volume.path

    def figures(self, papers: Sequence[Paper]) -> Iterator[tuple[Figure, ...]]:
        """The figures of each paper as they were read before: nothing else is looked for."""
        for paper in papers:
            volume = self._shelf.known(paper)
            document = volume and self._shelf.document(volume)
            yield self._shelf.figures(volume, document, FIGURE) if volume and document else ()

    def picture(self, figure: Figure) -> bytes | None:
        """What was cut from a PDF before, unless the cache has lost it: nothing is cut now."""
        return self._shelf.picture(figure)

    def open(
        self, sources: Sequence[Paper | Path], pictures: Collection[str] = ()
    ) -> Iterator[Opened]:
        """Each source as it was read, in order, as soon as it is; `pictures` says of what
        pictures are wanted: FIGURE, TABLE."""
        from paperlens.reading.sandbox import Sandbox

        waiting = deque[Opened | Begun]()
        with Sandbox(self._settings.timeout) as sandbox:
            for source in sources:
                waiting.append(self._begun(source, sandbox, pictures))
                while waiting and _is_ready(waiting[0]):
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        self._shelf.tidy()

    def _begun(
        self, source: Paper | Path, sandbox: "Sandbox", pictures: Collection[str]
    ) -> "Opened | Begun":
        """Read before, or handed to a child as soon as its PDF is here."""
        try:
            volume = self._shelf.volume(source)
            document = self._shelf.document(volume)
            if document and not self._shelf.lacks(volume, document, pictures):
                return self._described(source, volume, document)
            self._shelf.fetch(source, volume)
        except NotRead as why:
            return _failed(source, why)

        def work(child: "Child") -> Opened:
            authors = source.authors if isinstance(source, Paper) else ()
            document = self._shelf.read(volume, child, pictures, authors)
            return self._described(source, volume, document)

        return Begun(source, sandbox.soon(work))

    def _recalled(self, paper: Paper) -> Opened:
        volume = self._shelf.known(paper)
        document = volume and self._shelf.document(volume)
        return self._described(paper, volume, document) if volume and document else Opened(paper)

    def _described(self, source: Paper | Path, volume: Volume, document: Document) -> Opened:
        told = (source.abstract, source.comment) if isinstance(source, Paper) else (None, None)
        return Opened(
            source,
            document,
            links_of(document, *told),
            self._shelf.figures(volume, document, FIGURE),
            self._shelf.figures(volume, document, TABLE),
        )


def _is_ready(one: "Opened | Begun") -> bool:
    return isinstance(one, Opened) or one.result.done()


def _result(one: "Opened | Begun") -> Opened:
    if isinstance(one, Opened):
        return one
    try:
        return one.result.result()
    except NotRead as why:
        return _failed(one.source, why)


def _failed(source: Paper | Path, why: NotRead) -> Opened:
    return Opened(source, error=f"the PDF {why}", exit_code=why.exit_code)


def _from_abstract(paper: Paper) -> Reading:
    return Reading(paper, paper.abstract, links=links_in(paper.abstract, paper.comment))


def _told(abstract: Reading, opened: Opened) -> Reading:
    if opened.error:
        return replace(abstract, error=f"{opened.error}; the abstract is used instead")
    if opened.document is None:
        return abstract
    affiliations = opened.document.affiliations
    return replace(
        abstract,
        text=opened.document.text,
        source="pdf",
        links=opened.links,
        affiliation=affiliations[0] if affiliations else None,
        figures=opened.figures,
        document=opened.document,
        uncut=_uncut(opened),
    )


def _illustrated(abstract: Reading, opened: Opened) -> Reading:
    """The abstract with the facts and figures of the PDF, which is not what is to be read."""
    told = _told(abstract, opened)
    return replace(
        told,
        text=abstract.text,
        source=abstract.source,
        document=None,
        error=None,
        uncut=opened.error or told.uncut,
    )


def _uncut(opened: Opened) -> str | None:
    notices = opened.document.notices if opened.document else ()
    told = (notice.text.rstrip(".") for notice in notices if notice.code == NO_PICTURE)
    return next(told, None)
