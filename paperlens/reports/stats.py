"""Numbers of papers and of money: bars for people, and JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from paperlens.models import Cost, Mark
from paperlens.records import cost_json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from paperlens.search import Counts

Spending = Mapping[str, Mapping[str, Cost]]

_RECENT = 12
_MOST = 15


def document(counts: "Counts", spending: Spending) -> dict[str, Any]:
    return {
        "schema": "paperlens.stats/1",
        "papers": counts.papers,
        "summarised": counts.summarised,
        "months": {month: number for month, number in counts.months.items() if month},
        "undated": counts.months.get("", 0),
        "marks": {mark.value: counts.marks.get(mark, 0) for mark in Mark},
        "queries": dict(counts.queries),
        "tags": dict(counts.tags),
        "spending": [
            {"day": day, "model": model, **cost_json(cost)}
            for day, models in spending.items()
            for model, cost in models.items()
        ],
    }


def page(counts: "Counts", spending: Spending, everything: bool) -> "Iterator[RenderableType]":
    """Unless `everything` is asked for: the last months and days, the largest queries and tags."""
    from paperlens.reports.tables import bars, facts

    yield facts(_facts(counts, spending))
    for heading, numbers in _numbers(counts, everything).items():
        if numbers:
            yield bars(heading, numbers, {name: f"{number:,}" for name, number in numbers.items()})
    for heading, costs in _costs(spending, everything).items():
        if costs:
            dollars = {name: cost.usd or 0.0 for name, cost in costs.items()}
            yield bars(heading, dollars, {name: _amount(cost) for name, cost in costs.items()})


def _facts(counts: "Counts", spending: Spending) -> dict[str, str]:
    papers = f"{counts.papers:,}"
    if not counts.papers:
        papers = "none yet: paperlens today and paperlens import bring some"
    told = {"papers": papers, "with a summary": f"{counts.summarised:,}"}
    if spending:
        told["spent"] = _amount(_sum(cost for day in spending.values() for cost in day.values()))
    return told


def _numbers(counts: "Counts", everything: bool) -> dict[str, dict[str, int]]:
    months = dict(counts.months) if everything else _by_year(counts.months)
    return {
        "by month": {month or "unknown": number for month, number in months.items()},
        "by mark": {mark.value: counts.marks[mark] for mark in Mark if mark in counts.marks},
        "by query": _largest(counts.queries, everything),
        "by tag": _largest(counts.tags, everything),
    }


def _costs(spending: Spending, everything: bool) -> dict[str, dict[str, Cost]]:
    days = {day: _sum(models.values()) for day, models in spending.items()}
    recent = dict(list(days.items())[0 if everything else -_RECENT :])
    return {"spent by day": recent, "spent by model": _by_model(spending)}


def _by_year(months: Mapping[str, int]) -> dict[str, int]:
    """The last months as they are, those before them year by year."""
    recent = sorted(months, reverse=True)[:_RECENT]
    told: dict[str, int] = {}
    for month in sorted(months):
        name = month if month in recent or not month else month[:4]
        told[name] = told.get(name, 0) + months[month]
    return told


def _largest(numbers: Mapping[str, int], everything: bool) -> dict[str, int]:
    return dict(list(numbers.items())[: None if everything else _MOST])


def _by_model(spending: Spending) -> dict[str, Cost]:
    models: dict[str, Cost] = {}
    for day in spending.values():
        for model, cost in day.items():
            models[model] = models.get(model, Cost()) + cost
    return dict(sorted(models.items(), key=lambda each: (-(each[1].usd or 0.0), each[0])))


def _sum(costs: Iterable[Cost]) -> Cost:
    return sum(costs, Cost())


def _amount(cost: Cost) -> str:
    tokens = cost.tokens_in + cost.tokens_out
    return f"${cost.usd or 0.0:.2f} ({tokens:,} tokens)"
