"""Where PDFs are opened: a child process, one a batch, and a new one after a failure.

The child gets the time it is allowed and an environment without anybody's keys. It stands outside
the terminal's process group, so that Ctrl-C reaches only the parent, which takes the child along.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from paperlens.reading.extract import Extract, NotRead
from paperlens.settings import Pdf

_PACKAGE_PARENT = str(Path(__file__).parents[2])
_ENVIRONMENT = (
    "PATH", "HOME", "USERPROFILE", "APPDATA", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONUSERBASE", "LANG", "LC_ALL",
)  # fmt: skip
_LONGEST_ANSWER = 200_000_000
_START_SECONDS = 60.0


class Sandbox:
    """Opens PDFs elsewhere. Use it as a context manager: leaving ends the child."""

    def __init__(self, limits: Pdf) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, path: Path) -> Extract:
        """The text of one PDF, or `NotRead`."""
        request = {
            "path": str(path),
            "max_pages": self._limits.max_pages,
            "seconds": self._limits.timeout,
        }
        try:
            if self._process is None:
                self._process = _started()
                _answer(self._process, _START_SECONDS)
            _send(self._process, json.dumps(request).encode() + b"\n")
            answer = _answer(self._process, self._limits.timeout)
        except NotRead:
            self._end()
            raise
        match answer:
            case {"text": str(text), "front": str(front)}:
                return Extract(text, front)
        self._end()
        raise NotRead("made its reader answer nonsense")

    def _end(self) -> None:
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
        [sys.executable, "-P", "-m", "paperlens.reading.pdf"],
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


def _answer(process: subprocess.Popen[bytes], seconds: float) -> dict[str, object]:
    """The next line of the child. One that is late, dead or reports a failure is `NotRead`."""
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
    match answer:
        case {"error": str(why)}:
            raise NotRead(why, is_damaged=bool(answer.get("damaged")))
        case dict():
            return answer
    raise NotRead("made its reader answer nonsense")
