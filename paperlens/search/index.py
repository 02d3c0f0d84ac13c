"""The door to SQLite: one file in the cache, derived from the library, that may vanish any time.

`Index.using` hands out a connection to a sound file; one that is damaged, of another format or not
ours is thrown away and made anew. Where nothing can be written, the file is only read, as long as
it is current; else an index is made that lasts as long as the command. A PlaceRefused is what then
still cannot be.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from typing import TypeVar
from weakref import finalize

from paperlens.errors import PlaceRefused
from paperlens.files import ELSEWHERE, make_folder

T = TypeVar("T")

COLUMNS = {  # what a word counts there
    "title": 8.0,
    "authors": 4.0,
    "abstract": 1.0,
    "comment": 1.0,
    "journal": 1.0,
    "categories": 1.0,
    "id": 4.0,
    "doi": 1.0,
    "notes": 2.0,
}

_OURS = 0x70617065
_FORMAT = 1
_PATIENCE = 60.0
_HELD = 32_000_000  # bytes of new words before they are sorted in; less takes longer
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,  # a table that is not there
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_CONSTRAINT,
}
_WITHHELD = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}
_SCHEMA = (
    "CREATE TABLE months (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE papers (
        row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, month TEXT NOT NULL,
        digest BLOB NOT NULL, wording BLOB NOT NULL, day TEXT, earliest TEXT, latest TEXT,
        mark TEXT NOT NULL, summarised INTEGER NOT NULL
    )""",
    "CREATE INDEX by_month ON papers (month)",
    "CREATE INDEX by_day ON papers (day, id, mark)",
    "CREATE TABLE tags (name TEXT, row INTEGER, PRIMARY KEY (name, row)) WITHOUT ROWID",
    "CREATE INDEX tags_of ON tags (row)",
    "CREATE TABLE queries (name TEXT, row INTEGER, PRIMARY KEY (name, row)) WITHOUT ROWID",
    "CREATE INDEX queries_of ON queries (row)",
    f"""CREATE VIRTUAL TABLE words USING fts5 (
        {", ".join(COLUMNS)}, content = '', tokenize = "ascii tokenchars '_\x7f'"
    )""",
    f"INSERT INTO words (words, rank) VALUES ('hashsize', {_HELD}), ('automerge', 0)",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row)",
    f"PRAGMA application_id = {_OURS}",
    f"PRAGMA user_version = {_FORMAT}",
)


class _Withheld(Exception):
    """The system lets nobody write here now; reading may still do."""


class Index:
    """The file. One connection, opened when it is first used."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def using(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the work makes of the index; it is done once more when that had to be remade."""
        try:
            return self._on_the_file(work)
        except _Withheld:
            self.close()
        try:
            return work(self._only_read())
        except sqlite3.Error:  # it is not there, not sound, or the library has changed since
            self.close()
        try:
            return work(self._passing())
        except sqlite3.Error as error:
            if _is_damage(error):
                raise
            raise self._refused(error) from None

    def _on_the_file(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._opened())
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise self._failure(error) from None
        self._remove()
        try:
            return work(self._opened())
        except sqlite3.Error as error:
            if _is_damage(error):
                raise
            raise self._failure(error) from None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._make_room()
            connection = self._connected(str(self._file))
            connection.execute("PRAGMA synchronous = NORMAL")
            if not _is_made(connection):
                _make(connection)
            return connection
        return self._connection

    def _only_read(self) -> sqlite3.Connection:
        """The file as it lies there; nothing is made beside it, unless others left news there."""
        found = _found(self._beside("-wal"))
        alone = "" if found and found.st_size else "&immutable=1"
        connection = self._connected(f"{self._file.absolute().as_uri()}?mode=ro{alone}", uri=True)
        if not _is_made(connection):
            raise sqlite3.DatabaseError("not yet an index")
        return connection

    def _passing(self) -> sqlite3.Connection:
        """In memory, and in the system's folder for such files when it gets large."""
        connection = self._connected("")
        _make(connection)
        return connection

    def _connected(self, place: str, *, uri: bool = False) -> sqlite3.Connection:
        self._connection = connection = sqlite3.connect(
            place, timeout=_PATIENCE, isolation_level=None, uri=uri
        )
        finalize(self, connection.close)
        connection.execute("PRAGMA cache_size = -16000")
        return connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _make_room(self) -> None:
        try:
            make_folder(self._file.parent)
        except (PlaceRefused, OSError):
            if self._is_obstructed():
                raise
            raise _Withheld from None

    def _is_obstructed(self) -> bool:
        """Whether something is there that cannot be an index, which only its owner can remove."""
        above = (place for place in self._file.parents if os.path.lexists(place))
        return _is_folder(self._file) or not _is_folder(next(above))

    def _remove(self) -> None:
        self.close()
        for suffix in ("-wal", "-shm", "-journal", ""):
            try:
                with suppress(FileNotFoundError):
                    self._beside(suffix).unlink()
            except OSError:
                raise _Withheld from None

    def _beside(self, suffix: str) -> Path:
        return self._file.with_name(self._file.name + suffix)

    def _failure(self, error: sqlite3.Error) -> Exception:
        is_withheld = _code(error) in _WITHHELD and not self._is_obstructed()
        return _Withheld() if is_withheld else self._refused(error)

    def _refused(self, error: sqlite3.Error) -> PlaceRefused:
        if _code(error) == sqlite3.SQLITE_BUSY:
            return PlaceRefused(
                f"another paperlens has been writing {self._file} for {_PATIENCE:.0f} seconds",
                "try again when it is done",
            )
        if _code(error) == sqlite3.SQLITE_FULL:
            return PlaceRefused(
                f"{self._file} cannot be written: the disk is full",
                "free some space: paperlens cache clear, for one",
            )
        return PlaceRefused(f"{self._file} cannot be used: {error}", ELSEWHERE)


def _found(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except OSError:
        return None


def _is_folder(place: Path) -> bool:
    found = _found(place)
    return found is not None and S_ISDIR(found.st_mode)


def _is_made(connection: sqlite3.Connection) -> bool:
    """Whether the file is an index of this format; an empty file is not yet one."""
    if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        return False
    pragmas = ("application_id", "user_version")
    if [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [_OURS, _FORMAT]:
        return True
    raise sqlite3.DatabaseError("not an index of this format")


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if not _is_made(connection):  # nobody else was here meanwhile
        for statement in _SCHEMA:
            connection.execute(statement)
    connection.execute("COMMIT")


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_NOTADB) & 0xFF


def _is_damage(error: sqlite3.Error) -> bool:
    is_cut = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_SHORT_READ
    return is_cut or _code(error) in _DAMAGED
