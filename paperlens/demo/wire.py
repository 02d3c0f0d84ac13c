"""HTTP on loopback for the tiny arXiv: quiet, closed at once, and able to break off a reply."""

import socket
import struct
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from paperlens.demo.faults import Reply

Handle = Callable[[str, Mapping[str, str]], tuple[Reply, str]]

_BETWEEN_BYTES = 0.01
_DROP_AT_ONCE = struct.pack("ii", 1, 0)


class Wire(ThreadingHTTPServer):
    """Hands each request to `handle` and sends its reply, or what is left of it.

    `bugs` keeps what `handle` raised. Closing waits for every thread, but for no client.
    """

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, handle: Handle) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.handle = handle
        self.bugs: list[Exception] = []
        self._connections: set[socket.socket] = set()
        self._lock = Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Without the polite farewell when the connection was told to drop."""
        with self._lock:
            self._connections.discard(request)
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) == _DROP_AT_ONCE:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def server_close(self) -> None:
        with self._lock:
            for connection in self._connections:
                _hang_up(connection)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Clients may leave when they like; anything else is a bug and is kept."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and not isinstance(error, ConnectionError):
            self.bugs.append(error)


class _Conversation(BaseHTTPRequestHandler):
    """One connection and the requests that come over it."""

    protocol_version = "HTTP/1.1"
    server_version = "tiny-arxiv"
    server: Wire

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply, on_the_wire = self.server.handle(self.path, headers)
        if on_the_wire == "silence":
            self._wait_until_the_other_side_leaves()
            return
        whole = reply.body
        self._send_head(reply)
        if on_the_wire == "trickle":
            self._trickle(whole)
            return
        self.wfile.write(whole[: len(whole) // 2] if on_the_wire else whole)
        if on_the_wire:
            self.close_connection = True
        if on_the_wire == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP_AT_ONCE)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing: the requests are kept, and standard error is the user's."""

    def _send_head(self, reply: Reply) -> None:
        headers = {"Server": self.server_version, "Date": self.date_time_string()}
        if reply.status != 304:
            headers |= {"Content-Type": reply.content_type, "Content-Length": str(len(reply.body))}
        self.send_response_only(reply.status)
        for name, value in {**headers, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _trickle(self, body: bytes) -> None:
        for byte in body:
            self.wfile.write(bytes([byte]))
            time.sleep(_BETWEEN_BYTES)

    def _wait_until_the_other_side_leaves(self) -> None:
        self.close_connection = True
        while self.connection.recv(1024):
            pass


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side may have left already
        connection.shutdown(socket.SHUT_RDWR)
