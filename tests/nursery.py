"""Fresh processes of paperlens without waiting for imports: children of one that has made them.

Nothing else has happened in the parent. Each command is a fork of it with its own streams,
environment and folder, and ends as a process does.

    python -m tests.nursery          reads a request a line, and answers each with an exit code
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

EARLY = (
    "paperlens.today", "paperlens.sources.api", "paperlens.sources.feed",
    "paperlens.reports.terminal", "paperlens.library.storage", "tomlkit",
    "rich.console", "rich.progress",
)  # fmt: skip


class Nursery:
    """The parent, as the tests see it. One for each process of tests."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        words: Sequence[str],
        environ: Mapping[str, str],
        folder: Path,
        streams: Sequence[Path],
    ) -> int:
        """The exit code of a command; `streams` are the files of its three streams."""
        assert self._parent.stdin and self._parent.stdout
        told = {
            "words": list(words),
            "environ": dict(environ),
            "folder": str(folder),
            "streams": [str(file) for file in streams],
        }
        self._parent.stdin.write(json.dumps(told) + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())


@cache
def nursery() -> Nursery:
    return Nursery()


def main() -> None:
    """Fork a command for each line of standard input."""
    _import_early()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _become(request)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_early() -> None:
    """What most commands import, and what Typer does to run any."""
    from paperlens.cli.boundary import run

    for module in EARLY:
        import_module(module)
    sys.argv = ["paperlens", "--version"]
    with redirect_stdout(StringIO()):
        run()


def _become(request: dict[str, Any]) -> None:
    """Turn this process into the command; it does not come back."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environ"])
    time.tzset()
    for number, file in enumerate(request["streams"]):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(file, flags), number)
    sys.stdin, sys.stdout, sys.stderr = _stream(0), _stream(1), _stream(2)
    sys.argv = ["paperlens", *request["words"]]
    from paperlens.__main__ import main as paperlens

    try:
        paperlens()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(end.code or 0))  # to tidy up all that was imported would take longer


def _stream(number: int) -> TextIO:
    mode = "rb" if number == 0 else "wb"
    return TextIOWrapper(os.fdopen(number, mode), "utf-8", line_buffering=number == 2)


if __name__ == "__main__":
    main()
