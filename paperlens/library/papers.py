"""Papers as they are known, a file for each month of the arXiv id.

Decisions are apart from papers: they are small and precious, and change when papers do not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from paperlens.library.shards import LOCAL, by_shard, had_archives, newest_first
from paperlens.library.shelves import Kind, Shelves
from paperlens.models import Known, Paper
from paperlens.records import (
    Json,
    Record,
    day,
    day_json,
    decision_from,
    decision_json,
    paper_from,
    paper_json,
)
from paperlens.unseen import writable

_DERIVED = frozenset({"url", "pdf_url"})
_FEW_SHARDS = 24


def _known_json(known: Known) -> Json:
    told = paper_json(known.paper) | {
        "queries": [writable(name) for name in known.queries],
        "reported": day_json(known.reported),
    }
    derived = _DERIVED if known.paper.is_arxivs else frozenset({"pdf_url"})
    return {
        name: value for name, value in told.items() if value is not None and name not in derived
    }


def _known_from(document: Json) -> Known:
    record = Record(document, "paper")
    return Known(
        paper_from(document),
        queries=record.texts("queries"),
        reported=record.maybe("reported", day),
    )


PAPERS = Kind("papers", _known_json, _known_from)
DECISIONS = Kind("decisions", decision_json, decision_from)


def known(shelves: Shelves, ids: Iterable[str]) -> dict[str, Known]:
    wanted = list(ids)
    found: dict[str, Known] = {}
    for shard, members in by_shard(wanted).items():
        found |= shelves.shelf(PAPERS, shard).some(members)
    return _decided(shelves, {one: found[one] for one in wanted if one in found})


def remember(
    shelves: Shelves, found: Mapping[str, tuple[Paper, tuple[str, ...]]]
) -> dict[str, Known]:
    held = known(shelves, found)
    if all(one in held and _merged(held[one], *found[one]) == held[one] for one in found):
        return held  # nothing to write, so no other process need be waited for
    with shelves.alone():
        for shard, members in by_shard(found).items():
            with shelves.shelf(PAPERS, shard).changing() as page:
                for one in members:
                    held[one] = page[one] = _merged(page.get(one), *found[one])
    return _decided(shelves, {one: held[one] for one in found})


def mark_reported(shelves: Shelves, ids: Iterable[str], batch: date) -> None:
    """Those of the papers that no report had before."""
    with shelves.alone():
        for shard, members in by_shard(ids).items():
            with shelves.shelf(PAPERS, shard).changing() as page:
                for one in members:
                    held = page.get(one)
                    if held and held.reported is None:
                        page[one] = replace(held, reported=batch)


def ids(shelves: Shelves) -> Iterator[str]:
    for shard in newest_first(shelves.names(PAPERS)):
        yield from sorted(shelves.shelf(PAPERS, shard).keys(), reverse=True)


def ids_starting(shelves: Shelves, prefix: str, limit: int) -> list[str]:
    found: list[str] = []
    for shard in _shards_of_prefix(shelves, prefix)[:_FEW_SHARDS]:
        keys = sorted(shelves.shelf(PAPERS, shard).keys(), reverse=True)
        found += [one for one in keys if one.startswith(prefix)]
        if len(found) >= limit:
            break
    return found[:limit]


def _shards_of_prefix(shelves: Shelves, prefix: str) -> list[str]:
    """Where ids that start so can be: one month as soon as it is complete."""
    shards = newest_first(shelves.names(PAPERS))
    month = prefix.rpartition("/")[2][:4]
    if month.isdecimal():
        return [shard for shard in shards if shard.startswith(month) or shard == LOCAL]
    if prefix:
        shards = [shard for shard in shards if had_archives(shard)]
    return shards


def _merged(held: Known | None, paper: Paper, queries: tuple[str, ...]) -> Known:
    if held is None:
        return Known(paper, tuple(dict.fromkeys(queries)))
    return replace(
        held,
        paper=held.paper.merged(paper),
        queries=tuple(dict.fromkeys(held.queries + queries)),
    )


def _decided(shelves: Shelves, held: dict[str, Known]) -> dict[str, Known]:
    decided = dict(held)
    for shard, members in by_shard(held).items():
        for one, decision in shelves.shelf(DECISIONS, shard).some(members).items():
            decided[one] = replace(held[one], decision=decision)
    return decided
