"""Where PDFs stand and what becomes of each: fetched once, checked, read once, and cut up.

A `Volume` is a PDF with the key under which everything that comes of it is kept.
"""

from base64 import b64decode
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from paperlens.cache import trim, used
from paperlens.document import NO_PICTURE, Document, document_from
from paperlens.errors import PaperlensError, PlaceRefused, UnknownId, UserError
from paperlens.ids import ArxivId
from paperlens.models import Figure, Notice, Paper
from paperlens.reading.failure import NotRead
from paperlens.reading.store import Store
from paperlens.settings import Pdf

if TYPE_CHECKING:
    from paperlens.reading.sandbox import Child

_DPI = 150


@dataclass(frozen=True, slots=True)
class Volume:
    """`is_ours` says that the file lies in the cache, where a bad one is thrown away."""

    path: Path
    key: str
    is_ours: bool


class Shelf:
    def __init__(
        self, limits: Pdf, cache: Path, most: int, fetch: Callable[[Paper, Path], Path]
    ) -> None:
        """`most` is how many bytes the cache may hold; 0 is no limit."""
        self._limits, self._cache, self._most, self._fetch = limits, cache, most, fetch
        self._folder, self._store = cache / "pdf", Store(cache)
        self._in_use = set[Path]()

    def volume(self, source: Paper | Path) -> Volume:
        """Where its PDF is or belongs; `NotRead` where there can be none."""
        if isinstance(source, Paper):
            return self._volume_of(source)
        with _explained():
            self._check(source)
            with source.open("rb") as file:
                return Volume(source, file_digest(file, "sha256").hexdigest()[:32], False)

    def fetch(self, source: Paper | Path, volume: Volume) -> None:
        """The PDF of a paper, once; `NotRead` where what comes is none."""
        if isinstance(source, Paper):
            with _explained():
                if not volume.path.exists():
                    self._folder.mkdir(parents=True, exist_ok=True)
                    self._fetch(source, volume.path)
                used(volume.path)
                with self._damage_thrown_away(volume):
                    self._check(volume.path)

    def known(self, paper: Paper) -> Volume | None:
        """Where its PDF would stand; None for a paper that can have none here."""
        try:
            return self._volume_of(paper)
        except NotRead:
            return None

    def document(self, volume: Volume) -> Document | None:
        """What was read of it before."""
        self._in_use |= {volume.path, *self._store.places(volume.key)}
        return self._store.document(volume.key, self._limits.max_pages)

    def read(
        self,
        volume: Volume,
        child: "Child",
        pictures: Collection[str],
        authors: tuple[str, ...] = (),
    ) -> Document:
        """What is in it, with the pictures that are wanted cut out."""
        document = self.document(volume)
        if document is None:
            document = self._read_now(volume, child, authors)
            with suppress(PaperlensError):  # a full disk costs the memory, not the paper
                self._store.keep(volume.key, self._limits.max_pages, document)
        uncut = [notice for kind in pictures for notice in self._cut(volume, document, kind, child)]
        return replace(document, notices=(*document.notices, *uncut))

    def lacks(self, volume: Volume, document: Document, pictures: Collection[str]) -> bool:
        """Whether a picture that is wanted is still to be cut."""
        return any(
            figure.file is None
            for kind in pictures
            for figure in self.figures(volume, document, kind)
        )

    def figures(self, volume: Volume, document: Document, kind: str) -> tuple[Figure, ...]:
        return self._store.figures(volume.key, document, kind)

    def picture(self, figure: Figure) -> bytes | None:
        return self._store.picture(figure)

    def tidy(self) -> None:
        """Make room in the cache; what was asked for here stays."""
        with suppress(PlaceRefused):  # then next time
            trim(self._cache, self._most, self._in_use)

    def _volume_of(self, paper: Paper) -> Volume:
        """File names never come from content: only an id that arXiv could give becomes one."""
        try:
            known = ArxivId.parse(paper.versioned)
        except UnknownId:
            raise NotRead(
                "is unknown: the paper has no arXiv id", exit_code=UserError.exit_code
            ) from None
        key = str(known).replace("/", "_")
        return Volume(self._folder / f"{key}.pdf", key, True)

    def _check(self, path: Path) -> None:
        """Refuse what needs no child to be refused."""
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise NotRead("is not a file but a folder or a device", exit_code=UserError.exit_code)
        if status.st_size > self._limits.max_mb * 1_000_000:
            raise NotRead(
                f"has {status.st_size / 1_000_000:.0f} MB,"
                f" more than the {self._limits.max_mb} MB of pdf.max_mb"
            )
        with path.open("rb") as file:
            start = file.read(1024)
        if b"%PDF-" not in start:
            why = "is not a PDF but something else under its name" if start else "is empty"
            raise NotRead(why, is_damaged=True)

    def _read_now(self, volume: Volume, child: "Child", authors: tuple[str, ...]) -> Document:
        with self._damage_thrown_away(volume):
            told = child.ask(
                "read",
                path=str(volume.path),
                max_pages=self._limits.max_pages,
                authors=authors,
            )
        try:
            return document_from(told)
        except ValueError:
            raise NotRead("made its reader answer nonsense") from None

    def _cut(
        self, volume: Volume, document: Document, kind: str, child: "Child"
    ) -> Iterator[Notice]:
        """Make the pictures that are not there; one that cannot be made is named."""
        floats = [one for one in document.floats if one.kind == kind]
        for file, one in zip(self._store.files(volume.key, floats), floats, strict=True):
            if file.exists():
                continue
            place = {"page": one.page, "bbox": one.bbox, "dpi": _DPI}
            try:
                cut = child.ask("crop", path=str(volume.path), **place)
                self._store.keep_picture(file, b64decode(str(cut["png"])))
            except (NotRead, PlaceRefused) as why:
                name = f"{kind.capitalize()} {one.number}"
                yield Notice(NO_PICTURE, f"{name} on page {one.page} has no picture: {why}.")

    @contextmanager
    def _damage_thrown_away(self, volume: Volume) -> Iterator[None]:
        """A damaged file of ours goes, so that the next time it is fetched anew."""
        try:
            yield
        except NotRead as why:
            if why.is_damaged and volume.is_ours:
                with suppress(OSError):
                    volume.path.unlink()
            raise


@contextmanager
def _explained() -> Iterator[None]:
    """What keeps a file from being had, as a `NotRead`."""
    try:
        yield
    except PaperlensError as error:
        told = f"could not be fetched: {error.sentence}"
        raise NotRead(told, exit_code=error.exit_code) from None
    except FileNotFoundError:
        raise NotRead("does not exist", exit_code=UserError.exit_code) from None
    except OSError as error:
        told = f"could not be kept or opened: {error.filename}: {error.strerror}"
        raise NotRead(told, exit_code=UserError.exit_code) from None
