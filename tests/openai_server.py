"""A small OpenAI-compatible server on loopback that answers, or misbehaves, as it is told."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the model says, or the error that the server gives instead.

    `message` has what else stands beside the content; `cut` closes the connection in mid-answer;
    `body` is what is sent instead of all that; `trickle` has the "head" or the "body" never end.
    """

    content: str | None = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    finish_reason: str = "stop"
    error: str = "no"
    usage: tuple[int, int] = (100, 20)
    message: Mapping[str, Any] = field(default_factory=dict)
    cut: bool = False
    body: bytes | None = None
    trickle: str = ""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Silent: whoever asked may have left in the middle."""


class OpenAIServer:
    """`answer` sees each request's JSON; `requests` and `keys` remember what was sent.

    `at_once` has, for each request, how many were being answered when it came; `came` when that
    was, and `went` when they were answered.
    """

    def __init__(self, answer: Callable[[Request], Reply]) -> None:
        self.requests: list[Request] = []
        self.keys: list[str | None] = []
        self.at_once: list[int] = []
        self.came: list[float] = []
        self.went: list[float] = []
        self._now = 0
        self._lock = threading.Lock()
        self._http = Server(("127.0.0.1", 0), self._handler(answer))
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> "OpenAIServer":
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _comes(self, request: Request, key: str | None) -> None:
        with self._lock:
            self._now += 1
            self.at_once.append(self._now)
            self.came.append(time.monotonic())
            self.requests.append(request)
            self.keys.append(key)

    def _goes(self) -> None:
        with self._lock:
            self._now -= 1
            self.went.append(time.monotonic())

    def _handler(self, answer: Callable[[Request], Reply]) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server._comes(request, self.headers["Authorization"])
                try:
                    reply = answer(request)
                finally:
                    server._goes()
                body = json.dumps(_body(request, reply)).encode()
                with suppress(ConnectionError):  # whoever asked may have given up
                    if reply.trickle:
                        self._trickle(reply.trickle)
                    self._send(reply, body if reply.body is None else reply.body)

            def _send(self, reply: Reply, body: bytes) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if reply.cut else body)

            def _trickle(self, what: str) -> None:
                """A few bytes at a time, for longer than any test waits."""
                ending = b"" if what == "head" else b"Content-Type: application/json\r\n\r\n"
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" + ending)
                for _ in range(600):
                    self.wfile.write(b"X: y\r\n" if what == "head" else b" ")
                    time.sleep(0.05)

            def log_message(self, *_: object) -> None:
                """Silent: standard error belongs to the test."""

        return Handler


def _body(request: Request, reply: Reply) -> dict[str, Any]:
    if reply.status != 200:
        return {"error": {"message": reply.error, "type": "error", "code": None}}
    message = {"role": "assistant", "content": reply.content, **reply.message}
    sent, said = reply.usage
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason}],
        "usage": {"prompt_tokens": sent, "completion_tokens": said, "total_tokens": sent + said},
    }
