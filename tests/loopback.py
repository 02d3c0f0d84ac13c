"""A host on loopback that answers as it is told and can fail in every way that a host can."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from paperlens.demo.faults import Reply
from paperlens.demo.wire import Wire


@dataclass(frozen=True)
class Answer:
    """What the host says; `fault` is what happens to it on the wire."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; header names are in lower case."""

    path: str
    headers: Mapping[str, str]
    at: float


class Host(Wire):
    """Listens while its `with` block lasts."""

    def __init__(self) -> None:
        super().__init__(self._handle)
        self.asked: list[Asked] = []
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

    def _handle(self, path: str, headers: Mapping[str, str]) -> tuple[Reply, str]:
        asked = Asked(path, headers, time.monotonic())
        self.asked.append(asked)
        fitting = [route for route in self._routes if path.startswith(route)]
        answer = self._routes[max(fitting, key=len)](asked) if fitting else Answer(status=404)
        return Reply(answer.status, answer.body, headers=answer.headers), answer.fault

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
        self.shutdown()
        self.server_close()
        self._thread.join()
