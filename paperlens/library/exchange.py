"""Whole holdings: what goes out of a library in an export and comes into another by an import.

What is there already stays: facts are joined, tags added, and where both have a mark or a note,
the library's own is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from paperlens.holdings import Holding
from paperlens.library import ledger, papers, summaries
from paperlens.library.papers import DECISIONS, PAPERS
from paperlens.library.shards import newest_first, shard_of
from paperlens.library.shelves import Shelves
from paperlens.library.summaries import SUMMARIES
from paperlens.models import Decision, Known, Mark


class Taken(NamedTuple):
    """How many papers came in, and how many of them were known before."""

    papers: int
    known: int


def everything(shelves: Shelves) -> Iterator[Holding]:
    """All papers, month by month, the newest first."""
    mentions = ledger.mentions(shelves)
    for shard in newest_first(shelves.names(PAPERS)):
        known = shelves.shelf(PAPERS, shard).everything()
        decisions = shelves.shelf(DECISIONS, shard).everything()
        told = shelves.shelf(SUMMARIES, shard).everything()
        for one in sorted(known, reverse=True):
            decided = replace(known[one], decision=decisions.get(one, Decision()))
            yield Holding(decided, told.get(one, {}), mentions.get(one, ()))


def of_papers(shelves: Shelves, ids: Iterable[str]) -> dict[str, Holding]:
    """Those of the papers that are known, in the order asked."""
    held = papers.known(shelves, ids)
    told = summaries.of_papers(shelves, held)
    mentions = ledger.mentions(shelves)
    return {
        one: Holding(known, told.get(one, {}), mentions.get(one, ())) for one, known in held.items()
    }


def take(shelves: Shelves, holdings: Iterable[Holding]) -> Taken:
    """Join papers, decisions and summaries with what is there; each file is written once."""
    by_shard: dict[str, list[Holding]] = {}
    for holding in holdings:
        by_shard.setdefault(shard_of(holding.known.paper.id), []).append(holding)
    taken = Taken(0, 0)
    for shard, brought in by_shard.items():
        known = _take_papers(shelves, shard, brought)
        _take_decisions(shelves, shard, brought)
        _take_summaries(shelves, shard, brought)
        taken = Taken(taken.papers + len(brought), taken.known + known)
    return taken


def _take_papers(shelves: Shelves, shard: str, brought: Sequence[Holding]) -> int:
    known = 0
    with shelves.shelf(PAPERS, shard).changing() as page:
        for holding in brought:
            one = holding.known.paper.id
            held = page.get(one)
            known += held is not None
            page[one] = _joined(held, holding.known) if held else holding.known
    return known


def _joined(held: Known, brought: Known) -> Known:
    reported = [day for day in (held.reported, brought.reported) if day]
    return replace(
        held,
        paper=held.paper.merged(brought.paper),
        queries=tuple(dict.fromkeys(held.queries + brought.queries)),
        reported=min(reported, default=None),
    )


def _take_decisions(shelves: Shelves, shard: str, brought: Sequence[Holding]) -> None:
    decided = [one.known for one in brought if one.known.decision != Decision()]
    if not decided:
        return
    with shelves.shelf(DECISIONS, shard).changing() as page:
        for known in decided:
            held = page.get(known.paper.id, Decision())
            leading = known.decision if held.mark is Mark.NEW else held
            page[known.paper.id] = Decision(
                mark=leading.mark,
                marked=leading.marked,
                tags=tuple(dict.fromkeys(held.tags + known.decision.tags)),
                note=known.decision.note if held.note is None else held.note,
            )


def _take_summaries(shelves: Shelves, shard: str, brought: Sequence[Holding]) -> None:
    told = [one for one in brought if one.summaries]
    if not told:
        return
    with shelves.shelf(SUMMARIES, shard).changing() as page:
        for holding in told:
            held = page.get(holding.known.paper.id, {})
            news = {
                key: summary
                for key, summary in holding.summaries.items()
                if key not in held and summary not in held.values()
            }
            page[holding.known.paper.id] = held | news
