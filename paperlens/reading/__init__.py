"""What there is to read of a paper: its abstract, or its PDF, and the links that it gives.

A PDF is fetched once, kept in the cache, and opened in a child process. One that cannot be read
costs that paper only: its reading is the abstract, and says why. Nothing heavy is imported here.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from paperlens.errors import PaperlensError, UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Links, Paper, Reading
from paperlens.reading.extract import Extract, NotRead
from paperlens.reading.links import links_in
from paperlens.settings import Pdf

if TYPE_CHECKING:
    from paperlens.reading.sandbox import Sandbox

Fetch = Callable[[Paper, Path], Path]


class Reader:
    """Reads papers. `fetch` downloads a paper's PDF to the file it is given and returns its path,
    or raises `SourceUnreachable`."""

    def __init__(self, settings: Pdf, cache: Path, fetch: Fetch) -> None:
        self._settings = settings
        self._folder = cache / "pdf"
        self._fetch = fetch

    def read(self, papers: Sequence[Paper], full_text: bool) -> tuple[Reading, ...]:
        """A reading of each paper, in the same order. Without `full_text` no file is touched."""
        abstracts = tuple(_from_abstract(paper) for paper in papers)
        if not full_text or not papers:
            return abstracts
        from paperlens.reading.sandbox import Sandbox

        with Sandbox(self._settings) as sandbox:
            return tuple(self._full(reading, sandbox) for reading in abstracts)

    def _full(self, abstract: Reading, sandbox: "Sandbox") -> Reading:
        try:
            return _from_pdf(abstract, self._extract(abstract.paper, sandbox))
        except NotRead as why:
            return replace(abstract, error=f"the PDF {why}; the abstract is used instead")

    def _extract(self, paper: Paper, sandbox: "Sandbox") -> Extract:
        try:
            path = self._pdf_of(paper)
            self._check(path)
            return sandbox.read(path)
        except PaperlensError as error:
            raise NotRead(f"could not be fetched: {error.sentence}") from None
        except OSError as error:
            raise NotRead(
                f"could not be kept or opened: {error.filename}: {error.strerror}"
            ) from None
        except NotRead as why:
            if why.is_damaged:
                with suppress(OSError):
                    self._kept(paper).unlink()
            raise

    def _pdf_of(self, paper: Paper) -> Path:
        kept = self._kept(paper)
        if kept.exists():
            return kept
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._fetch(paper, kept)

    def _kept(self, paper: Paper) -> Path:
        """File names never come from content: only an id that arXiv could give becomes one."""
        try:
            known = ArxivId.parse(paper.versioned)
        except UnknownId:
            raise NotRead("is unknown: the paper has no arXiv id") from None
        return self._folder / f"{str(known).replace('/', '_')}.pdf"

    def _check(self, path: Path) -> None:
        """Refuse what needs no opening to be refused."""
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise NotRead("is not a file but a folder or a device")
        if status.st_size > self._settings.max_mb * 1_000_000:
            raise NotRead(
                f"has {status.st_size / 1_000_000:.0f} MB,"
                f" more than the {self._settings.max_mb} MB of pdf.max_mb"
            )
        with path.open("rb") as file:
            start = file.read(1024)
        if not start:
            raise NotRead("is empty", is_damaged=True)
        if b"%PDF-" not in start:
            raise NotRead("is not a PDF but something else under its name", is_damaged=True)


def _from_abstract(paper: Paper) -> Reading:
    return Reading(paper, paper.abstract, links=links_in(paper.abstract, paper.comment))


def _from_pdf(abstract: Reading, extract: Extract) -> Reading:
    """What the first page prints counts where abstract and comment are silent."""
    told, printed = abstract.links, links_in(extract.front)
    links = Links(told.code or printed.code, told.project or printed.project)
    return replace(abstract, text=extract.text, source="pdf", links=links)
