"""How much of an answer is listened to, and for how long: the HTTP client for OpenAI's protocol.

A timeout of HTTP starts anew with every byte that comes, and nothing there bounds how many come.
Whatever goes on for ever ends here, so that no forgotten thread fills the memory.
"""

import time
from collections.abc import Iterator
from typing import Any, cast

import httpx

_REDIRECTS = 3
_MOST = 16_000_000
_MOST_PACKED = 256_000  # unpacked it may be a thousand times as much


class TooMuch(Exception):
    """No summary is that long."""


def session(verify: Any) -> httpx.Client:
    """A client as LiteLLM would make it; `verify` is what it makes of certificates."""
    return httpx.Client(
        verify=verify,
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        event_hooks={"response": [_bound]},
    )


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, most: int, until: float) -> None:
        self._stream, self._most, self._until = stream, most, until

    def __iter__(self) -> Iterator[bytes]:
        come = 0
        for chunk in self._stream:
            come += len(chunk)
            if come > self._most:
                raise TooMuch
            if time.monotonic() > self._until:
                raise httpx.ReadTimeout("its time is over")
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _bound(response: httpx.Response) -> None:
    patience = response.request.extensions.get("timeout", {}).get("read") or 0.0
    most = _MOST_PACKED if response.headers.get("content-encoding") else _MOST
    stream = cast(httpx.SyncByteStream, response.stream)
    response.stream = _Bounded(stream, most, time.monotonic() + patience)
