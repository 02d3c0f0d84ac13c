"""What other programs write about papers, read into what the library holds: JSON Lines and JSON as
paperlens writes them, BibTeX, RIS, CSL-JSON and plain lists of ids.

A file says by its content what it is. It is untrusted: whatever the bytes are, a record is either
a paper with a name or a `Fault` that tells its line, and a bad one costs nothing but itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO

from paperlens.bibliography.bibtex import bibtex
from paperlens.bibliography.documents import LARGEST_MB as LARGEST_DOCUMENT_MB
from paperlens.bibliography.documents import documents
from paperlens.bibliography.lines import LONGEST, lines
from paperlens.bibliography.record import (
    LARGEST_MB,
    NOT_TEXT,
    Fault,
    Outcome,
    Reference,
    Unreadable,
    decoded,
)
from paperlens.bibliography.ris import ris

__all__ = ["Fault", "Outcome", "Reference", "references"]

_HEAD = 65_536
_BYTE_ORDER = b"\xef\xbb\xbf"
_BIBTEX = re.compile(rb"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_RIS = re.compile(rb"^TY  -", re.MULTILINE)
_PAPER = re.compile(rb"^\{\"", re.MULTILINE)
_NO_LIST = re.compile(rb"%PDF-|%!PS|<|\{\\rtf")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")

_Whole = Callable[[bytes], Iterator[Outcome]]
_BY_SUFFIX: dict[str, _Whole] = {".bib": bibtex, ".ris": ris}
_LARGEST: dict[_Whole, tuple[int, str]] = {
    documents: (LARGEST_DOCUMENT_MB, "; as JSON Lines it may be of any size")
}


def references(stream: BinaryIO, name: str = "") -> Iterator[Outcome]:
    """Each record in the order of the file; `name` decides only what the content leaves open.

    Lines are read as they come, however many; anything else is held in memory as a whole.
    """
    rest = iter(lambda: stream.readline(LONGEST + 1), b"")
    first = list(_until(_HEAD, rest))
    opening = b"".join(first).removeprefix(_BYTE_ORDER).lstrip()
    whole = _reader_of(opening, PurePath(name).suffix.lower())
    if problem := _foreign(opening):
        yield Fault(1, problem)
    elif whole is None:
        yield from lines(chain(first, rest))
    else:
        yield from _held(whole, chain(first, rest))


def _until(size: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size <= 0:
            return


def _reader_of(opening: bytes, suffix: str) -> _Whole | None:
    """What reads a file that begins like this as a whole; None for one that is read by lines."""
    if opening.startswith(b"["):
        return documents
    if opening.startswith(b"{"):
        first, _, rest = opening.partition(b"\n")
        by_lines = first.rstrip().endswith(b"}") or rest.lstrip()[:1] in {b"{", b""}
        return None if by_lines else documents
    found = [(at.start(), form) for form, at in _marks(opening)]
    return min(found, key=lambda one: one[0])[1] if found else _BY_SUFFIX.get(suffix)


def _marks(opening: bytes) -> Iterator[tuple[_Whole, re.Match[bytes]]]:
    """Where a record of a bibliography begins."""
    for form, mark in ((bibtex, _BIBTEX), (ris, _RIS)):
        if at := mark.search(opening):
            yield form, at


def _foreign(opening: bytes) -> str | None:
    """Why nothing in the file can be a paper, where its first line shows that.

    A paper that follows as JSON shows the contrary: then the first line costs only itself.
    """
    first, _, rest = opening.partition(b"\n")
    if _PAPER.search(rest):
        return None
    if _NO_LIST.match(first):
        return "is no list of papers in a format that paperlens reads"
    if first.startswith((b"{", b"[", b"@", b"TY  -")):
        return None
    if _NO_TEXT.search(first):
        return NOT_TEXT
    try:
        decoded(first, LARGEST_MB)
    except Unreadable as problem:
        return str(problem)
    return None


def _held(read: _Whole, pieces: Iterable[bytes]) -> Iterator[Outcome]:
    most, way_out = _LARGEST.get(read, (LARGEST_MB, ""))
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > most * 1_000_000:
            yield Fault(1, f"is larger than {most} MB{way_out}")
            return
    plain = bytes(data).removeprefix(_BYTE_ORDER)
    del data
    if b"\r" in plain:
        plain = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    yield from read(plain)
