"""The door to SQLite: one file in the cache, derived from the library, that may vanish any time.

`Index.using` hands out a connection to a sound file; one that is damaged, of another format or not
ours is thrown away and made anew. What the system refuses is a PlaceRefused.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

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


class Index:
    """The file. One connection, opened when it is first used."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def using(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the work makes of the index; it is done once more when the file had to be remade."""
        try:
            return work(self._opened())
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise self._refused(error) from None
        self._remove()
        try:
            return work(self._opened())
        except sqlite3.Error as error:
            if _is_damage(error):
                raise
            raise self._refused(error) from None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            make_folder(self._file.parent)
            self._connection = connection = sqlite3.connect(
                self._file, timeout=_PATIENCE, isolation_level=None
            )
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16000")
            if not _is_made(connection):
                _make(connection)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _remove(self) -> None:
        self.close()
        for suffix in ("-wal", "-shm", "-journal", ""):
            file = self._file.with_name(self._file.name + suffix)
            try:
                with suppress(FileNotFoundError):
                    file.unlink()
            except OSError as error:
                raise PlaceRefused(
                    f"{file} is no search index and cannot be removed: {error.strerror}", ELSEWHERE
                ) from None

    def _refused(self, error: sqlite3.Error) -> PlaceRefused:
        if _code(error) == sqlite3.SQLITE_BUSY:
            return PlaceRefused(
                f"another paperlens has been writing {self._file} for {_PATIENCE:.0f} seconds",
                "try again when it is done",
            )
        return PlaceRefused(f"{self._file} cannot be used: {error}", ELSEWHERE)


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
