"""The one place where failures become exit codes.

A PaperlensError is one line; a usage error is one line with the nearest right word; anything else
is a bug, which keeps its traceback in a file and shows where.
"""

import errno
import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from paperlens.cli.app import app
from paperlens.context import context
from paperlens.errors import PaperlensError

_OUTPUT_FAILS = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF}


def run() -> int:
    """Run the command that the user typed; whatever happens, give its exit code."""
    _prepare_streams()
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has left, as `head` does: nobody to tell
        _silence(sys.stdout)
        return 0
    except OSError as error:
        _silence(sys.stdout)
        return _fail(2, f"standard output cannot be written: {error.strerror}", None)
    return code


def _run() -> int:
    try:
        outcome = app(prog_name="paperlens", standalone_mode=False)
    except PaperlensError as error:
        return _fail(error.exit_code, error.sentence, error.hint)
    except typer.TyperException as error:
        told = error.message or isinstance(error, typer.BadParameter)
        return _fail(error.exit_code, _usage(error), None) if told else error.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # Typer's way of saying that the reader of our output has left
        raise BrokenPipeError from None
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _OUTPUT_FAILS:
            raise
        return _bug()
    return outcome if isinstance(outcome, int) else 0


def _prepare_streams() -> None:
    """A stream that was closed is nowhere; what a terminal cannot show is no failure."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _silence(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(code: int, sentence: str, hint: str | None) -> int:
    _say(f"error: {sentence}")
    if hint:
        _say(f"hint: {hint}")
    return code


def _usage(error: typer.TyperException) -> str:
    """Typer's message as one line in our manner, and where to read more."""
    message = error.format_message().replace("\n", " ").rstrip(".")
    command = getattr(getattr(error, "ctx", None), "command_path", "paperlens")
    ending = "" if message.endswith("?") else "."
    return f"{message[:1].lower()}{message[1:]}{ending} (See {command} --help)"


def _bug() -> int:
    report = traceback.format_exc()
    last = report.strip().splitlines()[-1]
    try:
        place = _keep(context().places.cache / "tracebacks", report)
    except (OSError, PaperlensError):
        place = _keep(Path(tempfile.gettempdir()), report)
    _say(f"error: this is a bug in paperlens ({last[:200]}); the traceback is in {place}")
    return 1


def _keep(folder: Path, report: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"paperlens-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    file.write_text(f"paperlens {' '.join(sys.argv[1:])}\n\n{report}", "utf-8", "replace")
    return file


def _say(line: str) -> None:
    sys.stderr.write(line.encode("utf-8", "replace").decode() + "\n")
