"""A download goes on where it broke off, at the next try or in a later run.

What has come lies in a draft beside the file that it is to become: a line about the reply, then
its bytes. A draft is only touched in the gate's turn, so two processes never write to the same.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from http import HTTPStatus
from itertools import chain
from pathlib import Path

from paperlens.errors import PlaceRefused
from paperlens.files import write_whole, writing
from paperlens.sources.replies import Unusable
from paperlens.unseen import one_line

_OPENING = 1024  # a PDF may have so much of something else before its first line
_LONGEST_HEAD = 4096
_CHUNK = 1024 * 1024
_PART = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", re.ASCII | re.IGNORECASE)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s|html)", re.IGNORECASE)
_TITLE = re.compile(r"<title>([^<]{1,200})", re.IGNORECASE)

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """What there is of a file: its first `size` bytes of `whole`, which may not be known.

    `source` stands for its address; by `validator` the server knows whether it still has the same
    file. Without one, nothing that came is of use later.
    """

    into: Path
    source: str
    validator: str | None = None
    whole: int | None = None
    size: int = 0

    @classmethod
    def of(cls, url: str, into: Path) -> "Draft":
        """What an earlier try has left, if it can go on."""
        draft = cls(into, sha256(url.encode()).hexdigest())
        try:
            with draft._file.open("rb") as stream:
                head = stream.readline(_LONGEST_HEAD)
                about = json.loads(head)
                size = os.fstat(stream.fileno()).st_size - len(head)
            known = replace(draft, validator=about["validator"], whole=about["whole"], size=size)
            if known._head != head or not known.validator or not 0 < size <= (known.whole or size):
                return draft
            os.utime(draft._file)  # or it might be cleared away as nobody's
        except (OSError, ValueError, KeyError, TypeError):
            return draft
        return known

    @property
    def is_whole(self) -> bool:
        return self.size == self.whole

    @property
    def wishes(self) -> dict[str, str]:
        """The headers that ask for the rest, or for everything where the file has changed."""
        wishes = {"Accept-Encoding": "identity"}
        if self.validator and self.size:
            wishes |= {"Range": f"bytes={self.size}-", "If-Range": self.validator}
        return wishes

    @property
    def answers(self) -> tuple[HTTPStatus, ...]:
        """What a server may say to these wishes."""
        if not self.size:
            return (HTTPStatus.OK,)
        return HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE

    def going_on(self, status: int, headers: Mapping[str, str]) -> "Draft":
        """This draft where the answer is its rest, an empty one where it is the whole file."""
        if status == HTTPStatus.OK:
            is_plain = headers.get("Content-Encoding", "identity").lower() == "identity"
            return Draft(
                self.into,
                self.source,
                _validator(headers) if is_plain else None,
                _number(headers.get("Content-Length", "")) if is_plain else None,
            )
        if status == HTTPStatus.PARTIAL_CONTENT and self._is_continued_by(headers):
            return replace(self, whole=int(headers["Content-Range"].rpartition("/")[2]))
        self.drop()
        raise Unusable("the reply is not the missing part of what came before")

    def add(self, pieces: Iterator[bytes], begins: bytes) -> "Draft":
        """With what comes now. A file that has not `begins` near its start replaces nothing.

        Where the pieces break off, what can go on later stays.
        """
        opening = b"" if self.size else _opening(pieces, begins)
        size = self.size
        with ExitStack() as undo:
            if self.validator is None:
                undo.callback(self.drop)
            try:
                with writing(self.into), self._file.open("r+b" if size else "wb") as stream:
                    stream.seek(0, os.SEEK_END)
                    stream.write(b"" if size else self._head)
                    for piece in chain((opening,), pieces):
                        stream.write(piece)
                        size += len(piece)
            except PlaceRefused:
                self.drop()
                raise
            if size != (self.whole or size):
                raise Unusable("the reply was cut short")
            undo.pop_all()
        return replace(self, whole=size, size=size)

    def become(self) -> Path:
        """The file itself, whole, where it belongs."""
        write_whole(self.into, self._body())
        self.drop()
        return self.into

    def drop(self) -> None:
        """Forget what has come; a draft that cannot be removed is written over next time."""
        with suppress(OSError):
            self._file.unlink()

    @property
    def _file(self) -> Path:
        """As `files` names drafts, but of no process, so that the next one finds it."""
        return self.into.with_name(f".{self.into.name}.0-0.draft")

    @property
    def _head(self) -> bytes:
        about = {"source": self.source, "validator": self.validator, "whole": self.whole}
        return json.dumps(about).encode("ascii") + b"\n"

    def _body(self) -> Iterator[bytes]:
        with self._file.open("rb") as stream:
            stream.readline(_LONGEST_HEAD)
            while piece := stream.read(_CHUNK):
                yield piece

    def _is_continued_by(self, headers: Mapping[str, str]) -> bool:
        part = _PART.fullmatch(headers.get("Content-Range", ""))
        names = {headers.get("ETag"), headers.get("Last-Modified")} - {None}
        if part is None or "Content-Encoding" in headers or (names and self.validator not in names):
            return False
        first, last, whole = map(int, part.groups())
        return first == self.size and last == whole - 1 and whole == (self.whole or whole)


def identity(file: Path) -> Identity | None:
    """What tells a file from another that takes its place; None where there is none."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def _validator(headers: Mapping[str, str]) -> str | None:
    """Weak tags are not good enough for parts, and what is long would not fit into the head."""
    tag, date = headers.get("ETag", ""), headers.get("Last-Modified", "")
    name = tag if tag.startswith('"') else date
    return name if 0 < len(name) <= 500 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _opening(pieces: Iterator[bytes], begins: bytes) -> bytes:
    """The first pieces, once they show that this is what was asked for."""
    opening = b""
    for piece in pieces:
        opening += piece
        if begins in opening or len(opening) >= _OPENING:
            break
    if begins not in opening[:_OPENING]:
        wanted = begins.decode("ascii")
        raise Unusable(f"what came does not begin with {wanted}{_instead(opening[:_OPENING])}")
    return opening


def _instead(opening: bytes) -> str:
    text = opening.decode("utf-8", "replace")
    if _WEB_PAGE.match(text):
        title = _TITLE.search(text)
        return f': it is a web page, "{one_line(title[1])}"' if title else ": it is a web page"
    said = one_line(text[:80]) if opening.isascii() else ""
    return f': it says "{said}"' if said else ""
