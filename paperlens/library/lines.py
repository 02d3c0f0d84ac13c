"""The form of every file of the library: one JSON object, one document to a line.

    {"schema": 2, "count": 2, "documents": {
    "2404.05674": {...},
    "2404.05675": {...}
    }}

Any JSON reader can read it, and so can `grep`. Because documents stand on lines of their own, an
unchanged one is written back as it was read, and of a damaged file every whole line can be saved;
the count tells how many were lost. Because they stand in the order of their ids (since schema 2),
a few are found without reading the others, however large the file is.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from mmap import mmap
from typing import Any

from paperlens.records import Json

SCHEMA = 2
_HEAD = re.compile(rb'\{"schema": (\d{1,9}), "count": (\d{1,9}), "documents": \{\n')
_TAIL = b"\n}}\n"
_PLAIN_KEY = re.compile(rb'"[\w.:/-]*"')
Rows = dict[str, slice | Json]


class Unreadable(Exception):
    """These bytes are not a file of ours in one piece."""


class TooNew(Exception):
    """A later paperlens wrote this; what it means is not for us to guess."""

    def __init__(self, schema: int) -> None:
        super().__init__(schema)
        self.schema = schema


class Documents(MutableMapping[str, Json]):
    """Documents by id, in the order of the file, each parsed when it is asked for.

    `mended` is called when one turns out to be unreadable: it returns what could be saved.
    """

    def __init__(
        self,
        rows: Rows | None = None,
        data: bytes = b"",
        mended: Callable[[], "Documents"] | None = None,
    ) -> None:
        """A row is a document, or the place in `data` where one is written."""
        self._rows, self._data, self._mended = rows or {}, data, mended

    def __getitem__(self, key: str) -> Json:
        row = self._rows[key]
        if isinstance(row, slice):
            try:
                row = self._rows[key] = _document(self._data[row])
            except Unreadable:
                if self._mended is None:
                    raise
                row = self._rows[key] = self._mended()[key]
        return row

    def __setitem__(self, key: str, document: Json) -> None:
        self._rows[key] = document

    def __delitem__(self, key: str) -> None:
        del self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def written(self, key: str) -> bytes:
        """A document as the file spells it."""
        row = self._rows[key]
        return self._data[row] if isinstance(row, slice) else _written(row)

    def encoded(self) -> Iterator[bytes]:
        """The file, piece by piece."""
        yield b'{"schema": %d, "count": %d, "documents": {\n' % (SCHEMA, len(self._rows))
        names = sorted((_written(key), key) for key in self._rows)
        for place, (name, key) in enumerate(names):
            yield (b",\n" if place else b"") + name + b": " + self.written(key)
        yield _TAIL


def decoded(data: bytes, mended: Callable[[], Documents] | None = None) -> Documents:
    """The documents of a whole file."""
    refuse_newer(data)
    rows = _rows_as_we_write_them(data)
    return Documents(_rows_of_any_json(data) if rows is None else rows, data, mended)


def picked(data: mmap | bytes, keys: Iterable[str]) -> dict[str, Json] | None:
    """Some of the documents, in the order asked for, without looking at the others.

    None where only a look at all can tell: the file is not in order, or not in one piece.
    """
    head = _HEAD.match(data)
    if not head or int(head[1]) != SCHEMA or data[-len(_TAIL) :] != _TAIL:
        return None
    found = {}
    for key in keys:
        name = _written(key)
        if not _PLAIN_KEY.fullmatch(name):
            return None
        try:
            row = _row(data, name, head.end(), len(data) - len(_TAIL))
            if row is not None:
                found[key] = _document(row)
        except Unreadable:
            return None
    return found


def _row(data: mmap | bytes, name: bytes, start: int, stop: int) -> bytes | None:
    """The row of that name between two places; halves the distance until it is found."""
    while start < stop:
        middle = (start + stop) // 2
        line = max(data.rfind(b"\n", start, middle) + 1, start)
        colon = data.find(b'": {', line, stop)
        if colon < 0:
            raise Unreadable("a line that is no document")
        end = data.find(b"\n", colon, stop)
        end = stop if end < 0 else end
        found = data[line : colon + 1]
        if found == name:
            return data[colon + 3 : end].removesuffix(b",")
        start, stop = (end + 1, stop) if found < name else (start, line)
    return None


def schema(data: bytes) -> int | None:
    """Of a file as we write them, told by its beginning."""
    head = _HEAD.match(data)
    return int(head[1]) if head else None


def refuse_newer(data: bytes) -> None:
    """A file that a later paperlens wrote is left alone, even when it is damaged."""
    found = schema(data)
    if found is not None and found > SCHEMA:
        raise TooNew(found)


@dataclass(frozen=True)
class Saved:
    """What could be read of a file; `lost` is None when nobody can know."""

    documents: Documents
    lost: int | None
    whole: bool


def saved(data: bytes, fits: Callable[[Json], object]) -> Saved:
    """Every document that can be read and is one that `fits`, which raises ValueError if not."""
    try:
        documents: Documents | None = decoded(data)
    except Unreadable:
        documents = None
    rows: Rows = {}
    for key, document in _of_lines(data) if documents is None else _of_whole(documents):
        try:
            fits(document)
        except ValueError:
            continue
        rows[key] = document
    expected = _promised(data) if documents is None else len(documents)
    lost = None if expected is None else max(0, expected - len(rows))
    return Saved(Documents(rows), lost, whole=documents is not None and lost == 0)


def _of_whole(documents: Documents) -> Iterator[tuple[str, Json]]:
    for key in documents:
        try:
            yield key, documents[key]
        except Unreadable:
            continue


def _of_lines(data: bytes) -> Iterator[tuple[str, Json]]:
    for line in data.split(b"\n"):
        try:
            row = json.loads(b"{" + line.strip().removesuffix(b",") + b"}")
        except (ValueError, RecursionError):
            continue
        yield from ((key, value) for key, value in row.items() if isinstance(value, dict))


def _promised(data: bytes) -> int | None:
    head = _HEAD.match(data)
    return int(head[2]) if head else None


def _rows_as_we_write_them(data: bytes) -> Rows | None:
    """Ids and where their documents are; None when somebody else has formatted the file."""
    head = _HEAD.match(data)
    if not head or not data.endswith(_TAIL):
        return None
    rows: Rows = {}
    start, stop = head.end(), len(data) - len(_TAIL)
    while start < stop:
        colon = data.find(b'": {', start, stop)
        end = data.find(b"\n", start, stop)
        last = stop if end < 0 else end - 1
        if not start < colon < last or data[last - 1 : last + 1] not in {b"},", b"}\n"}:
            return None
        try:
            rows[json.loads(data[start : colon + 1])] = slice(colon + 3, last)
        except ValueError:
            return None
        start = last + 2
    return rows if len(rows) == int(head[2]) else None


def _rows_of_any_json(data: bytes) -> Rows:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    schema = value.get("schema") if isinstance(value, dict) else None
    if type(schema) is not int or schema < 1:
        raise Unreadable("no schema")
    if schema > SCHEMA:
        raise TooNew(schema)
    documents = value.get("documents")
    if not isinstance(documents, dict) or not all(isinstance(d, dict) for d in documents.values()):
        raise Unreadable("no documents")
    return documents


def _document(row: bytes) -> Json:
    try:
        document = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if not isinstance(document, dict):
        raise Unreadable("not an object")
    return document


def _written(value: Any) -> bytes:
    """As UTF-8 where that can carry it, else as ASCII with escapes."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()
