"""Where PDFs are opened: child processes, a few a batch, and a new one after a failure.

A child gets the time it is allowed and an environment without anybody's keys. It stands outside
the terminal's process group, so that Ctrl-C reaches the parent alone, which takes it along.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from paperlens.reading.failure import TOO_LARGE, NotRead

_PACKAGE_PARENT = str(Path(__file__).parents[2])
_ENVIRONMENT = (
    "PATH", "HOME", "USERPROFILE", "APPDATA", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONUSERBASE", "LANG", "LC_ALL",
)  # fmt: skip
_LONGEST_ANSWER = 200_000_000
_START_SECONDS = 60.0
_MOST_CHILDREN = 2  # a hundred megabytes each

Answer = dict[str, Any]


class Sandbox:
    """Opens PDFs elsewhere. Use it as a context manager: leaving ends the children."""

    def __init__(self, seconds: float) -> None:
        """`seconds` is what one request may take."""
        count = min(_MOST_CHILDREN, os.cpu_count() or 1)
        self._children = [Child(seconds) for _ in range(count)]
        self._free: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._free.put(child)
        self._workers = ThreadPoolExecutor(count)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._workers.shutdown(wait=kind is None, cancel_futures=True)
        for child in self._children:
            child.close()

    def soon(self, work: Callable[["Child"], Any]) -> "Future[Any]":
        """What `work` makes of a child, when one is free; it may raise `NotRead`."""
        return self._workers.submit(self._with_a_child, work)

    def _with_a_child(self, work: Callable[["Child"], Any]) -> Any:
        child = self._free.get()
        try:
            return work(child)
        finally:
            self._free.put(child)


class Child:
    """One process, started when it is first asked for something."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def ask(self, do: str, **request: Any) -> Answer:
        """What came of it, or `NotRead`. A process that is late, dead or full is given up."""
        if self._is_closed:
            raise NotRead("was not read any more")
        try:
            answer = self._answer({**request, "do": do, "seconds": self._seconds})
        except NotRead:
            self.end()
            raise
        match answer:
            case {"done": dict(done)}:
                return done
            case {"error": str(why)}:
                if why == TOO_LARGE:
                    self.end()
                raise NotRead(why, is_damaged=bool(answer.get("damaged")))
        self.end()
        raise NotRead("made its reader answer nonsense")

    def _answer(self, request: dict[str, Any]) -> Answer:
        if self._process is None:
            self._process = _started()
            ready = _line(self._process, _START_SECONDS)
            if "ready" not in ready:
                raise NotRead(str(ready.get("error")))
        _send(self._process, json.dumps(request).encode() + b"\n")
        return _line(self._process, self._seconds)

    def close(self) -> None:
        """End the process; there will be no other."""
        self._is_closed = True
        self.end()

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _started() -> subprocess.Popen[bytes]:
    known = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    paths = [_PACKAGE_PARENT, os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "paperlens.reading.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=known | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        start_new_session=True,
    )


def _send(process: subprocess.Popen[bytes], request: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
    except BrokenPipeError:
        raise NotRead("found its reader gone") from None


def _line(process: subprocess.Popen[bytes], seconds: float) -> Answer:
    """The next line of the child. One that is late or dead is `NotRead`."""
    assert process.stdout is not None
    too_late = threading.Event()

    def give_up() -> None:
        too_late.set()
        process.kill()

    timer = threading.Timer(seconds, give_up)
    timer.start()
    try:
        line = process.stdout.readline(_LONGEST_ANSWER)
    finally:
        timer.cancel()
        timer.join()
    if too_late.is_set():
        raise NotRead(f"took longer than {seconds:g} seconds to read")
    try:
        answer = json.loads(line)
    except ValueError:
        raise NotRead("crashed its reader") from None
    if isinstance(answer, dict):
        return answer
    raise NotRead("made its reader answer nonsense")
