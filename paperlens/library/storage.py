"""The door to TinyDB, which gives tables and searching; files and safety are ours.

TinyDB's own JSON storage writes in place, so that a crash in the middle loses everything.
"""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from paperlens.errors import DamagedData, UserError
from paperlens.files import make_folder, write_whole
from paperlens.library import disk, lines
from paperlens.records import Json

_TABLE = "documents"
_FEW = 200


class WholeFile(Storage):
    """One file of one table: parsed as far as it is looked at, replaced as a whole."""

    def __init__(
        self,
        file: Path,
        alone: Callable[[], AbstractContextManager[None]],
        fits: Callable[[Json], object],
        tell: Callable[[str], None],
        mends: bool,
    ) -> None:
        """`alone` holds off other writers, `fits` raises ValueError at a document that is not one
        of this file's, `tell` hears of damage that cost nothing; one that does not mend leaves
        damage to whoever can tell the user."""
        self._file, self._alone, self._fits, self._tell = file, alone, fits, tell
        self._mends = mends

    def read(self) -> dict[str, dict[str, Any]] | None:
        data = disk.content(self._file)
        if data is None:
            return None
        try:
            with self._refusing_newer():
                documents = lines.decoded(data, self.mend)
        except lines.Unreadable:
            documents = self.mend()
        return {_TABLE: cast(dict[str, Any], documents)}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        documents: object = data.get(_TABLE, {})
        if not isinstance(documents, lines.Documents):
            documents = lines.Documents(dict(data.get(_TABLE, {})))
        make_folder(self._file.parent)
        self._keep_older()
        write_whole(self._file, documents.encoded())

    def find(self, keys: Iterable[str]) -> dict[str, Json] | None:
        """A few documents without reading the file; None where it has to be read."""
        with disk.mapped(self._file) as data:
            return lines.picked(data, keys)

    def _keep_older(self) -> None:
        """A file of an earlier schema stays beside the one that takes its place."""
        schema = lines.schema(disk.beginning(self._file))
        if schema is not None and schema < lines.SCHEMA:
            disk.set_aside(self._file, f"schema-{schema}")

    def mend(self) -> lines.Documents:
        """Keep the damaged file under another name and what can be read of it under its own.

        Raises DamagedData if anything was lost: this once, for the next command finds a whole file,
        as this one does when another process was here before.
        """
        if not self._mends:
            raise DamagedData(f"{self._file} is damaged", "paperlens doctor mends what it can")
        with self._alone():
            data = disk.content(self._file)
            if data is None:
                return lines.Documents()
            with self._refusing_newer():
                found = lines.saved(data, self._fits)
            if found.whole:
                return found.documents
            aside = disk.set_aside(self._file, "damaged")
            write_whole(self._file, found.documents.encoded())
        if found.lost == 0:
            self._tell(f"{self._file} was damaged; nothing is lost; the old file is {aside.name}")
            return found.documents
        lost = "an unknown number" if found.lost is None else found.lost
        raise DamagedData(
            f"{self._file} was damaged: {len(found.documents)} entries were saved, {lost} lost; "
            f"the damaged file is kept as {aside.name}",
            "run the command again: it goes on with what was saved",
        )

    @contextmanager
    def _refusing_newer(self) -> Iterator[None]:
        try:
            yield
        except lines.TooNew as newer:
            raise UserError(
                f"{self._file} was written by a later paperlens "
                f"(schema {newer.schema}; this one knows {lines.SCHEMA}) and is left as it is",
                "upgrade paperlens",
            ) from None


class DocumentsById(Table):
    """A table whose ids are text, so that looking one up is no search."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int and works with any

    def some(self, ids: Iterable[str]) -> dict[str, Json]:
        """Those of the documents that are there; for a few of them the file is not read."""
        wanted = list(ids)
        found = self._file.find(wanted) if len(wanted) <= _FEW else None
        if found is not None:
            return found
        documents = self.opened()
        return {one: documents[one] for one in wanted if one in documents}

    def mend(self) -> None:
        """See `WholeFile.mend`."""
        self._file.mend()

    @property
    def _file(self) -> WholeFile:
        assert isinstance(self.storage, WholeFile)
        return self.storage

    def ids(self) -> list[str]:
        return list(self.opened())

    def opened(self) -> lines.Documents:
        """All documents, to be changed and handed to `replaced`."""
        held = (self.storage.read() or {}).get(self.name, lines.Documents())
        assert isinstance(held, lines.Documents)
        return held

    def replaced(self, documents: MutableMapping[str, Json]) -> None:
        self.storage.write({self.name: cast(dict[str, Any], documents)})
        self.clear_cache()


class Database(TinyDB):
    """A file of ours as TinyDB sees it."""

    table_class = DocumentsById
    default_table_name = _TABLE


def open_table(
    file: Path,
    alone: Callable[[], AbstractContextManager[None]],
    fits: Callable[[Json], object],
    tell: Callable[[str], None],
    mends: bool,
) -> DocumentsById:
    """The one table of a file; nothing is read or made yet."""
    database = Database(file, alone, fits, tell, mends, storage=WholeFile)
    table = database.table(_TABLE)
    assert isinstance(table, DocumentsById)
    return table
