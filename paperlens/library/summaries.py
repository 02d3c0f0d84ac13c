"""Summaries, each kept the moment it arrives, and what models took on each day.

A paper has as many as were made of it; the key of one says what it was made from and by whom.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date

from paperlens.library.shards import by_shard, shard_of
from paperlens.library.shelves import Kind, Shelf, Shelves
from paperlens.models import Cost, Summary
from paperlens.records import Json, Record, clean, number, summary_from, summary_json, whole

Summaries = dict[str, Summary]
Spending = dict[str, Cost]


def _summaries_json(summaries: Summaries) -> Json:
    return {clean(key): summary_json(summary) for key, summary in summaries.items()}


def _summaries_from(document: Json) -> Summaries:
    return {key: summary_from(told) for key, told in document.items()}


def _spending_json(spending: Spending) -> Json:
    return {
        clean(model): {
            "usd": cost.usd or 0.0,
            "tokens_in": cost.tokens_in,
            "tokens_out": cost.tokens_out,
        }
        for model, cost in spending.items()
    }


def _spending_from(document: Json) -> Spending:
    return {model: _cost_from(told) for model, told in document.items()}


def _cost_from(told: object) -> Cost:
    record = Record(told, "spending")
    return Cost(
        record.get("usd", number),
        record.get("tokens_in", whole),
        record.get("tokens_out", whole),
    )


SUMMARIES = Kind("summaries", _summaries_json, _summaries_from)
SPENDING = Kind("spending", _spending_json, _spending_from)
_NOTHING = Cost()


def keep(shelves: Shelves, paper_id: str, key: str, summary: Summary) -> None:
    """Money is counted first: a budget may be overstated by a crash, never understated."""
    with shelves.alone(), shelves.shelf(SUMMARIES, shard_of(paper_id)).changing() as page:
        summaries = page.get(paper_id, {})
        held = summaries.pop(key, None)
        page[paper_id] = summaries | {key: summary}
        if held is None or summary_json(held) != summary_json(summary):
            _spend(shelves, summary)


def of_keys(shelves: Shelves, wanted: Mapping[str, str]) -> Summaries:
    """The summary under its key, by paper id, of those that have one."""
    return {
        one: summaries[wanted[one]]
        for one, summaries in _of_papers(shelves, wanted).items()
        if wanted[one] in summaries
    }


def latest(shelves: Shelves, ids: Iterable[str]) -> Summaries:
    """Each paper's newest summary, of those that have one."""
    return {
        one: max(reversed(summaries.values()), key=lambda summary: summary.created)
        for one, summaries in _of_papers(shelves, ids).items()
        if summaries
    }


def spent(shelves: Shelves, on: date) -> float:
    spending = _spending_of(shelves, on).get(on.isoformat())
    return sum((cost.usd or 0.0 for cost in (spending or {}).values()), 0.0)


def _of_papers(shelves: Shelves, ids: Iterable[str]) -> dict[str, Summaries]:
    found: dict[str, Summaries] = {}
    for shard, members in by_shard(ids).items():
        found |= shelves.shelf(SUMMARIES, shard).some(members)
    return found


def _spending_of(shelves: Shelves, on: date) -> Shelf[Spending]:
    return shelves.shelf(SPENDING, on.isoformat()[:7])


def _spend(shelves: Shelves, summary: Summary) -> None:
    if summary.cost == _NOTHING:
        return
    on = summary.created.astimezone(UTC).date()
    with _spending_of(shelves, on).changing() as page:
        spending = page.get(on.isoformat(), {})
        usd = Cost(summary.cost.usd or 0.0, summary.cost.tokens_in, summary.cost.tokens_out)
        page[on.isoformat()] = spending | {
            summary.model: spending.get(summary.model, _NOTHING) + usd
        }
