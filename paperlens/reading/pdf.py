"""The child process that opens PDFs, and the only importer of PyMuPDF.

A PDF is untrusted: it may hang, crash or eat the machine, so nothing else of paperlens runs here.
It reads one request a line from standard input, and answers each with one line of plain JSON.
What a PDF carries besides its pages (scripts, attachments, forms) is never touched.
"""

import contextlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from paperlens.reading.extract import Extract, NotRead
from paperlens.reading.prose import flowing, printable

_MEMORY = 1 << 30
_FRONT = 20_000
_TOO_LARGE = "needs too much memory to be read"


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
        return asdict(_extract(_pages(pymupdf, path, max_pages)))
    except NotRead as why:
        return {"error": str(why), "damaged": why.is_damaged}
    except MemoryError:
        return {"error": _TOO_LARGE}


def _pages(pymupdf: Any, path: Path, max_pages: int) -> list[list[str]]:
    """The pieces of text on each page. Only here can PyMuPDF fail, and so can only a PDF."""
    try:
        with pymupdf.open(path, filetype="pdf") as document:
            if document.needs_pass:
                raise NotRead("is encrypted and needs a password")
            count = min(document.page_count, max_pages)
            if not document.is_pdf or count == 0:
                raise NotRead("is damaged: it has no pages", is_damaged=True)
            return [_pieces(pymupdf, document[number]) for number in range(count)]
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError) as error:
        if "alloc" in str(error):
            raise NotRead(_TOO_LARGE) from None
        raise NotRead("is damaged and cannot be opened", is_damaged=True) from None


def _pieces(pymupdf: Any, page: Any) -> list[str]:
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
    return [block[4] for block in page.get_text("blocks", flags=flags) if block[6] == 0]


def _extract(pages: list[list[str]]) -> Extract:
    paragraphs = [[printable(piece) for piece in page] for page in pages]
    text = flowing([part for page in paragraphs for part in page])
    if not any(letter.isalpha() for letter in text):
        raise NotRead("holds no text that can be read; it may be a scan")
    return Extract(text, "\n\n".join(paragraphs[0])[:_FRONT])


if __name__ == "__main__":
    main()
