"""How long exports take: a library of 1,000 papers with summaries, whole, in every form.

    python -m tests.benchmarks.exports [PRESET...]      all presets where none is named

Prints JSON: seconds per preset, start-up included, the best of three. The limit is 3.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from paperlens.reports import FOLDERS, FORMATS
from tests.benchmarks.many_papers import papers

PAPERS = 1000
TIMES = 3


def main() -> None:
    with TemporaryDirectory() as folder:
        shell = _Shell(Path(folder))
        shell("import", "-", stdin="".join(f"{line}\n" for line in _told()))
        seconds = {preset: shell.best(preset) for preset in sys.argv[1:] or (*FORMATS, *FOLDERS)}
    print(json.dumps({"papers": PAPERS, "seconds (limit 3)": seconds}, indent=2))


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
