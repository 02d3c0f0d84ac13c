"""How long a day's announcements, and a page of OAI-PMH, take to read.

    python -m tests.benchmarks.feed [ENTRIES]

The papers are invented: abstracts of 180 words, five authors, some with accents.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from paperlens.demo import announcements, harvest
from paperlens.sources import feed, oai_records
from tests.benchmarks.many_papers import vocabulary
from tests.invented_arxiv import DAY, paper

RUNS = 5
AUTHORS = ("Ada Lovelace", "Marta Jiménez", "Paul Erdős", "Emmy Noether", "程一诺")


def main() -> None:
    """Print the median of some runs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    words = vocabulary(180 * 50)
    papers = [
        replace(
            paper(number, announced=DAY, announce_type="new"),
            authors=AUTHORS,
            abstract=" ".join(words[number % 50 * 180 :][:180]),
        )
        for number in range(1, count + 1)
    ]
    asked = {"verb": "ListRecords", "metadataPrefix": "arXivRaw"}
    now = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    for name, read, body in (
        ("Atom", feed.read, announcements.atom(papers, DAY, ["cs.CV"])),
        ("RSS", feed.read, announcements.rss(papers, DAY, ["cs.CV"])),
        ("OAI-PMH", oai_records.read, harvest.answer(asked, papers, now, count)),
    ):
        told = body.encode()
        print(f"{name}: {count} papers, {len(told) / 1e6:.1f} MB, {_seconds(read, told):.3f} s")


def _seconds(read: Callable[[bytes], object], body: bytes) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        read(body)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
