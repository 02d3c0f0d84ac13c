"""The library's files as typed shelves: models go in and come out, JSON stays inside.

A `Kind` says how one kind of thing is spelled, a `Shelf` is one file of it. Reading opens the
file once; changing reads under the writer's lock and writes once, if anything changed.
"""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from paperlens.library import disk
from paperlens.library.lock import WriterLock
from paperlens.records import Json

if TYPE_CHECKING:
    from paperlens.library.lines import Documents
    from paperlens.library.storage import DocumentsById

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Kind(Generic[T]):
    """What a shelf holds; `read` raises ValueError at a document that is none of it."""

    folder: str
    write: Callable[[T], Json]
    read: Callable[[Json], T]


class Shelves:
    """The folder with all shelves, and its one writer's lock. Nothing is touched until used."""

    def __init__(
        self, folder: Path, patience: float, tell: Callable[[str], None], mends: bool
    ) -> None:
        self.folder, self.tell, self.mends = folder, tell, mends
        self.lock = WriterLock(folder / "library.lock", patience)

    def shelf(self, kind: Kind[T], name: str) -> "Shelf[T]":
        return Shelf(self, kind, self.folder / kind.folder / f"{name}.json")

    def names(self, kind: Kind[T]) -> list[str]:
        files = disk.files_in(self.folder / kind.folder)
        return [
            file.stem for file in files if file.suffix == ".json" and not file.name.startswith(".")
        ]

    def alone(self) -> AbstractContextManager[None]:
        """While no other thread or process writes; may be nested."""
        return self.lock.held()


class Shelf(Generic[T]):
    """One file."""

    def __init__(self, shelves: Shelves, kind: Kind[T], file: Path) -> None:
        self._shelves, self._kind, self.file = shelves, kind, file

    def get(self, key: str) -> T | None:
        return self.some([key]).get(key)

    def some(self, keys: Iterable[str]) -> dict[str, T]:
        """Those that are there, in the order asked for."""
        wanted = list(keys)
        return self._reading(lambda: self._models(self._table.some(wanted)))

    def everything(self) -> dict[str, T]:
        return self._reading(lambda: self._models(self._table.opened()))

    def keys(self) -> list[str]:
        return self._table.ids()

    def rows(self) -> "Documents":
        """The documents as they are written, parsed when asked for."""
        return self._table.opened()

    def read(self, rows: "Documents", key: str) -> T:
        """One of `rows`; where it is none of this kind, the file is mended, or the loss raised."""
        return self._reading(lambda: self._kind.read(rows[key]))

    @contextmanager
    def changing(self) -> Iterator["Page[T]"]:
        """The page to change; leaving the block without an exception writes it."""
        with self._shelves.alone():
            page = Page(self._table.opened(), self._kind, self._table.mend)
            yield page
            if page.changed:
                self._table.replaced(page.documents)

    @cached_property
    def _table(self) -> "DocumentsById":
        from paperlens.library.storage import open_table

        shelves = self._shelves
        return open_table(self.file, shelves.alone, self._kind.read, shelves.tell, shelves.mends)

    def _models(self, documents: MutableMapping[str, Json]) -> dict[str, T]:
        return {key: self._kind.read(document) for key, document in documents.items()}

    def _reading(self, read: Callable[[], R]) -> R:
        try:
            return read()
        except (ValueError, KeyError):  # KeyError: lost while another process mended the file
            self._table.mend()
            return read()


class Page(MutableMapping[str, T]):
    """What is on a shelf while it is being changed. Setting what is already there is no change."""

    def __init__(
        self,
        documents: MutableMapping[str, Json],
        kind: Kind[T],
        mend: Callable[[], None],
    ) -> None:
        self.documents, self.changed = documents, False
        self._kind, self._mend = kind, mend

    def __getitem__(self, key: str) -> T:
        document = self.documents[key]
        try:
            return self._kind.read(document)
        except ValueError:
            self._mend()
            raise

    def __setitem__(self, key: str, value: T) -> None:
        document = self._kind.write(value)
        self._kind.read(document)  # what could not be read back must not be written
        if self.documents.get(key) != document:
            self.documents[key] = document
            self.changed = True

    def __delitem__(self, key: str) -> None:
        del self.documents[key]
        self.changed = True

    def __iter__(self) -> Iterator[str]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def __contains__(self, key: object) -> bool:
        return key in self.documents
