"""The child process that opens PDFs.

A PDF is untrusted: it may hang, crash or eat the machine, so nothing else of paperlens runs here.
It reads one request a line from standard input, and answers each with one line of plain JSON.
What a PDF carries besides its pages (scripts, attachments, forms) is never touched.
"""

import contextlib
import gc
import json
import os
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from paperlens.document import document_json
from paperlens.reading.failure import TOO_LARGE, NotRead

_MEMORY = 1 << 30


def main() -> None:
    """Answer requests until there are no more."""
    answers = _own_stdout()
    try:
        from paperlens.reading import pdf
    except ImportError as error:
        _say(answers, {"error": f"cannot be opened: PyMuPDF does not load ({error})"})
        return
    deeds: Mapping[str, Callable[..., dict[str, Any]]] = {
        "read": lambda path, **how: document_json(pdf.read(Path(path), **how)),
        "crop": lambda path, **what: {"png": _in_ascii(pdf.crop(Path(path), **what))},
    }
    _limit_memory()
    gc.disable()  # what is read holds no circles, and looking for them takes a tenth of the time
    _say(answers, {"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        _limit_time(request.pop("seconds"))
        _say(answers, _answer(deeds[request.pop("do")], request))
        gc.collect()


def _own_stdout() -> TextIO:
    """The pipe to the parent, out of reach of whatever a library prints."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _answer(deed: Callable[..., dict[str, Any]], request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"done": deed(**request)}
    except NotRead as why:
        return {"error": str(why), "damaged": why.is_damaged}
    except MemoryError:
        return {"error": TOO_LARGE}


def _in_ascii(png: bytes) -> str:
    return b64encode(png).decode("ascii")


def _limit_memory() -> None:
    """So much and no more, where the platform keeps such a promise."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, most))


def _limit_time(seconds: float) -> None:
    """The parent ends a child that takes too long; this ends one whose parent is gone."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 5
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


if __name__ == "__main__":
    main()
