"""How long exports take: a library of 1,000 papers with summaries, whole, in every form.

    python -m tests.benchmarks.exports [PRESET...]      all presets where none is named

Prints JSON: seconds per preset, start-up included, the best of three. The limit is 3, and 6 for the
page with two figures of each paper, which also every post and note then has.
"""

import json
import os
import random
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from paperlens.document import FIGURE, Document, Float
from paperlens.reading.store import Store
from paperlens.reports import FOLDERS, FORMATS, ILLUSTRATED
from paperlens.settings import Settings
from tests.benchmarks.many_papers import ids, papers

PAPERS = 1000
TIMES = 3
_WITH_FIGURES = {*ILLUSTRATED, *FOLDERS}


def main() -> None:
    with TemporaryDirectory() as folder:
        shell = _Shell(Path(folder))
        shell("import", "-", stdin="".join(f"{line}\n" for line in _told()))
        presets = sys.argv[1:] or (*FORMATS, *FOLDERS)
        bare = {preset: shell.best(preset) for preset in presets}
        _illustrate(Path(folder) / "home" / "cache")
        shown = {preset: shell.best(preset) for preset in presets if preset in _WITH_FIGURES}
    told = {"papers": PAPERS, "seconds (limit 3)": bare, "with figures (html: limit 6)": shown}
    print(json.dumps(told, indent=2))


def _told() -> Iterator[str]:
    """Papers with a journal, a comment, a note and a summary, as a reader has them."""
    for number, line in enumerate(papers(PAPERS)):
        paper = json.loads(line)
        sentences = [" ".join(paper["abstract"].split()[at : at + 20]) for at in range(0, 100, 20)]
        more = {
            "comment": "13 pages, 5 figures",
            "doi": f"10.1000/{number}",
            "journal_ref": f"Phys. Rev. D {number}, 123456 (2020)",
            "note": "a note of the reader's own",
            "summary": {
                "template": "brief",
                "language": "en",
                "model": "extractive",
                "source": "abstract",
                "fields": {"tldr": sentences[0], "takeaways": sentences[1:]},
                "checks": None,
                "cost_usd": 0.0,
                "tokens_in": 0,
                "tokens_out": 0,
                "created": paper["published"],
            },
        }
        yield json.dumps(paper | more)


def _illustrate(cache: Path) -> None:
    """Two pictures of each paper, as if `paperlens figures` had cut them."""
    store, dice = Store(cache), random.Random(3)
    box = (72.0, 90.0, 540.0, 310.0)
    floats = tuple(Float(FIGURE, f"{n}", "How it works", n, box, is_teaser=n == 1) for n in (1, 2))
    for id in ids(PAPERS):
        key = f"{id}v1"
        store.keep(key, Settings().pdf.max_pages, Document("A paper", 9, (), floats))
        for file in store.files(key, list(floats)):
            store.keep_picture(file, _noise(dice))


def _noise(dice: random.Random, width: int = 200, height: int = 100) -> bytes:
    """A picture that no program can make smaller."""
    rows = b"".join(b"\0" + dice.randbytes(width) for _ in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    told = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


class _Shell:
    """The command line in a home of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environ = {**os.environ, "PAPERLENS_HOME": str(folder / "home")}

    def __call__(self, *words: str, stdin: str = "") -> None:
        subprocess.run(
            [sys.executable, "-m", "paperlens", *words],
            env=self._environ,
            cwd=self._folder,
            input=stdin,
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def best(self, preset: str) -> float:
        """The seconds of the quickest of several exports, each to a place of its own."""
        taken = []
        for number in range(TIMES):
            start = time.perf_counter()
            self("export", "--all", "--to", preset, "-o", f"{preset}-{number}")
            taken.append(time.perf_counter() - start)
        return round(min(taken), 2)


if __name__ == "__main__":
    main()
