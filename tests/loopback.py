"""A host on loopback that answers as it is told and can fail in every way that a host can."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Answer:
    """What the host says; `fault` is reset, cut, silence or trickle."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    at: float


class Host(socketserver.ThreadingTCPServer):
    """Listens while its `with` block lasts."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.closing, self.counting = threading.Event(), threading.Lock()
        self._routes: dict[str, Callable[[Asked], Answer]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def will(self, path: str, *answers: Answer) -> None:
        """Answer addresses that begin with `path` in this order, the last one for ever."""
        left = list(answers)
        self._routes[path] = lambda _: left.pop(0) if len(left) > 1 else left[0]

    def does(self, path: str, answer: Callable[[Asked], Answer]) -> None:
        """Answer addresses that begin with `path` by this function."""
        self._routes[path] = answer

    def answer(self, asked: Asked) -> Answer:
        fitting = [path for path in self._routes if asked.path.startswith(path)]
        return self._routes[max(fitting, key=len)](asked) if fitting else Answer(status=404)

    def __enter__(self) -> Self:
        # The default poll of half a second would be waited for at each shutdown.
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(socketserver.StreamRequestHandler):
    server: Host

    def handle(self) -> None:
        host = self.server
        line = self.rfile.readline().decode("ascii").split()
        head = b"".join(iter(self.rfile.readline, b"\r\n"))
        asked = Asked(line[1], dict(BytesHeaderParser().parsebytes(head)), time.monotonic())
        with host.counting:
            host.asked.append(asked)
            host.at_once += 1
            host.most_at_once = max(host.most_at_once, host.at_once)
            answer = host.answer(asked)
        try:
            self._say(answer)
        except OSError:
            return  # the client has heard enough
        finally:
            with host.counting:
                host.at_once -= 1

    def _say(self, answer: Answer) -> None:
        if answer.fault == "silence":
            self.server.closing.wait(10)
            return
        length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
        headers = {**length, "Connection": "close", **answer.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.wfile.write(f"HTTP/1.1 {answer.status} Said\r\n{lines}\r\n".encode())
        if answer.fault == "trickle":
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                if self.server.closing.wait(0.01):
                    return
        half = len(answer.body) // 2
        self.wfile.write(answer.body[:half] if answer.fault in {"cut", "reset"} else answer.body)
        if answer.fault == "reset":
            abortive = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, abortive)
            self.connection.close()
