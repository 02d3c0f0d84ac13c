"""Replies kept in the cache, to be used again when the server says that nothing changed.

A file that is damaged, or not for this address, is as good as none.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from paperlens.files import make_folder, write_whole
from paperlens.sources.gate import NOTHING, Gate, Reply, Stamp, Unchanged
from paperlens.sources.replies import Unusable

T = TypeVar("T")


class Kept:
    """One file per address: a line about the reply, then its body."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, gate: Gate, url: str, read: Callable[[bytes], T]) -> T:
        """Read the reply of now, or the kept one while the server says that it still holds."""
        stamp, body = self._find(url)
        try:
            reply = gate.get(url, read, stamp)
        except Unchanged:
            with suppress(Unusable):
                return read(body)
            reply = gate.get(url, read)
        self._keep(url, reply)
        return reply.found

    def _find(self, url: str) -> tuple[Stamp, bytes]:
        """What is kept of an address; no stamp where that is nothing."""
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            about = json.loads(head)
            if about["url"] == url and about["sha256"] == sha256(body).hexdigest():
                return Stamp(_optional(about["etag"]), _optional(about["modified"])), body
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return NOTHING, b""

    def _keep(self, url: str, reply: Reply[T]) -> None:
        if reply.stamp == NOTHING:
            return
        about = {
            "url": url,
            "etag": reply.stamp.etag,
            "modified": reply.stamp.modified,
            "sha256": sha256(reply.body).hexdigest(),
        }
        head = json.dumps(about).encode("ascii") + b"\n"
        make_folder(self._folder)
        write_whole(self._file(url), (head, reply.body))

    def _file(self, url: str) -> Path:
        return self._folder / f"{sha256(url.encode()).hexdigest()[:32]}.reply"


def _optional(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("not a header")
