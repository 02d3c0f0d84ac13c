"""The child process that opens PDFs, and the only importer of PyMuPDF.

A PDF is untrusted: it may hang, crash or eat the machine, so nothing else of paperlens runs here.
It reads one request a line from standard input, and answers each with one line of plain JSON.
What a PDF carries besides its pages (scripts, attachments, forms) is never touched.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from paperlens.reading.prose import clean, flowing

_MEMORY = 1 << 30
_FRONT = 20_000


class _Unreadable(Exception):
    """Why a PDF gives nothing; completes the sentence `the PDF …`."""


def main() -> None:
    """Answer requests until there are no more."""
    answers = _own_stdout()
    try:
        import pymupdf
    except ImportError as error:
        _say(answers, {"error": f"cannot be opened: PyMuPDF does not load ({error})"})
        return
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    _limit_memory()
    _say(answers, {"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        _limit_time(request["seconds"])
        _say(answers, _answer(pymupdf, Path(request["path"]), request["max_pages"]))


def _own_stdout() -> TextIO:
    """The pipe to the parent, out of reach of whatever a library prints."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


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


def _answer(pymupdf: Any, path: Path, max_pages: int) -> dict[str, Any]:
    try:
        return _read(pymupdf, path, max_pages)
    except _Unreadable as why:
        return {"error": str(why)}
    except MemoryError:
        return {"error": "needs too much memory to be read"}
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, OSError) as error:
        if "alloc" in str(error):
            return {"error": "needs too much memory to be read"}
        return {"error": "is damaged and cannot be opened", "damaged": True}


def _read(pymupdf: Any, path: Path, max_pages: int) -> dict[str, Any]:
    with pymupdf.open(path, filetype="pdf") as document:
        if document.needs_pass:
            raise _Unreadable("is encrypted and needs a password")
        count = min(document.page_count, max_pages)
        if not document.is_pdf or count == 0:
            return {"error": "is damaged: it has no pages", "damaged": True}
        pages = [_paragraphs(pymupdf, document[number]) for number in range(count)]
        text = flowing([part for page in pages for part in page])
        if not any(letter.isalpha() for letter in text):
            raise _Unreadable("holds no text that can be read; it may be a scan")
        return {"text": text, "front": "\n\n".join(pages[0])[:_FRONT]}


def _paragraphs(pymupdf: Any, page: Any) -> list[str]:
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
    return [clean(block[4]) for block in page.get_text("blocks", flags=flags) if block[6] == 0]


if __name__ == "__main__":
    main()
