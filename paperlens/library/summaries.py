"""Summaries, each kept the moment it arrives, and what models took on each day.

A paper has as many as were made of it; the key of one says what it was made from and by whom.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from paperlens.holdings import newest, summaries_from, summaries_json
from paperlens.library.shards import by_shard, shard_of
from paperlens.library.shelves import Kind, Shelf, Shelves
from paperlens.models import Cost, Summary
from paperlens.records import Json, cost_from, cost_json
from paperlens.unseen import writable

Summaries = dict[str, Summary]
Spending = dict[str, Cost]


def _spending_json(spending: Spending) -> Json:
    return {writable(model): cost_json(cost) for model, cost in spending.items()}


def _spending_from(document: Json) -> Spending:
    return {model: cost_from(told) for model, told in document.items()}


SUMMARIES = Kind("summaries", summaries_json, summaries_from)
SPENDING = Kind("spending", _spending_json, _spending_from)
_NOTHING = Cost()


def keep(shelves: Shelves, paper_id: str, key: str, summary: Summary) -> None:
    with shelves.shelf(SUMMARIES, shard_of(paper_id)).changing() as page:
        summaries = page.get(paper_id, {})
        summaries.pop(key, None)  # so that the one kept last stands last
        page[paper_id] = summaries | {key: summary}


def of_keys(shelves: Shelves, wanted: Mapping[str, str]) -> Summaries:
    """The summary under its key, by paper id, of those that have one."""
    return {
        one: summaries[wanted[one]]
        for one, summaries in of_papers(shelves, wanted).items()
        if wanted[one] in summaries
    }


def latest(shelves: Shelves, ids: Iterable[str]) -> Summaries:
    """Each paper's newest summary, of those that have one."""
    return {
        one: newest(summaries) for one, summaries in of_papers(shelves, ids).items() if summaries
    }


def spent(shelves: Shelves, on: date) -> float:
    spending = _spending_of(shelves, on).get(on.isoformat())
    return sum((cost.usd or 0.0 for cost in (spending or {}).values()), 0.0)


def spending(shelves: Shelves) -> dict[str, Spending]:
    months = sorted(shelves.names(SPENDING))
    each = (shelves.shelf(SPENDING, month).everything() for month in months)
    return dict(sorted((day, spent) for month in each for day, spent in month.items()))


def spend(shelves: Shelves, on: date, model: str, cost: Cost) -> None:
    if cost == _NOTHING:
        return
    with _spending_of(shelves, on).changing() as page:
        spending = page.get(on.isoformat(), {})
        known = Cost(cost.usd or 0.0, cost.tokens_in, cost.tokens_out)
        page[on.isoformat()] = spending | {model: spending.get(model, _NOTHING) + known}


def of_papers(shelves: Shelves, ids: Iterable[str]) -> dict[str, Summaries]:
    """All summaries of each paper that has one, by their keys."""
    found: dict[str, Summaries] = {}
    for shard, members in by_shard(ids).items():
        found |= shelves.shelf(SUMMARIES, shard).some(members)
    return found


def _spending_of(shelves: Shelves, on: date) -> Shelf[Spending]:
    return shelves.shelf(SPENDING, on.isoformat()[:7])
