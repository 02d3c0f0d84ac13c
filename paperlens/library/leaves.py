"""The library as a derived index reads it: a stamp for each month, a digest for each paper.

The stamp changes whenever a file of the month does; the digest tells which of its papers did.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

from paperlens.holdings import Holding
from paperlens.library import disk
from paperlens.library.papers import DECISIONS, PAPERS
from paperlens.library.shelves import Kind, Shelves
from paperlens.library.summaries import SUMMARIES

_KINDS: tuple[Kind[Any], ...] = (PAPERS, DECISIONS, SUMMARIES)


class Leaf(NamedTuple):
    """One paper; what is held of it is read when `holding` is called."""

    id: str
    digest: bytes
    holding: Callable[[], Holding]


def stamps(shelves: Shelves) -> dict[str, str]:
    """By month; of months without papers there is nothing to tell."""
    return {
        month: " ".join(disk.stamp(shelves.shelf(kind, month).file) for kind in _KINDS)
        for month in shelves.names(PAPERS)
    }


def of_month(shelves: Shelves, month: str) -> Iterator[Leaf]:
    of_papers, of_decisions, of_summaries = (
        shelves.shelf(PAPERS, month), shelves.shelf(DECISIONS, month),
        shelves.shelf(SUMMARIES, month),
    )  # fmt: skip
    papers, decisions, summaries = of_papers.rows(), of_decisions.rows(), of_summaries.rows()

    def holding(one: str) -> Holding:
        known = of_papers.read(papers, one)
        if one in decisions:
            known = replace(known, decision=of_decisions.read(decisions, one))
        return Holding(known, of_summaries.read(summaries, one) if one in summaries else {})

    for one in papers:
        digest = blake2b(digest_size=16)
        for rows in (papers, decisions, summaries):
            digest.update(rows.written(one) if one in rows else b"\n")
        yield Leaf(one, digest.digest(), partial(holding, one))
