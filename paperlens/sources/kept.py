"""Replies kept in the cache, to be used again when the server says that nothing changed.

A file that is damaged, or not for this address, is as good as none.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from paperlens.sources.gate import Gate, Reply, Stamp
from paperlens.sources.replies import Unusable
from paperlens.sources.whole import write_whole

T = TypeVar("T")


class Kept:
    """One file per address: a line about the reply, then its body."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, gate: Gate, url: str, read: Callable[[bytes], T]) -> T:
        """Read the reply of now, or the kept one while the server says that it still holds."""
        kept = self._find(url)
        reply = gate.get_if_changed(url, read, kept[0]) if kept else gate.get(url, read)
        if reply is None and kept:
            with suppress(Unusable):
                return read(kept[1])
        reply = reply or gate.get(url, read)
        self._keep(url, reply)
        return reply.found

    def _find(self, url: str) -> tuple[Stamp, bytes] | None:
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            about = json.loads(head)
            if about["url"] != url or about["sha256"] != sha256(body).hexdigest():
                return None
            return Stamp(_optional(about["etag"]), _optional(about["modified"])), body
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, reply: Reply[T]) -> None:
        if reply.stamp == Stamp():
            return
        about = {
            "url": url,
            "etag": reply.stamp.etag,
            "modified": reply.stamp.modified,
            "sha256": sha256(reply.body).hexdigest(),
        }
        head = json.dumps(about).encode("ascii") + b"\n"
        write_whole(self._file(url), (head, reply.body))

    def _file(self, url: str) -> Path:
        return self._folder / f"{sha256(url.encode()).hexdigest()[:32]}.reply"


def _optional(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("not a header")
