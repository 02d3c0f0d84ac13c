"""`paperlens stats`: what the library holds, and what models took."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperlens.cli import options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.models import Cost
    from paperlens.search import Counts

_RECENT = 12
_MOST = 15
Spending = Mapping[str, Mapping[str, "Cost"]]


def stats(
    everything: Annotated[
        bool, typer.Option("--all", help="Every month, query, tag and day.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Papers by month, mark, query and tag, and money spent by day and model.

    Months before the last twelve are summed up by year. Days are in UTC.

    \b
    Examples:
      paperlens stats
      paperlens stats --json | jq .spending
    """
    world = context()
    counts, spending = world.search.counts(), world.library.spending()
    if json:
        _print_json(_document(counts, spending), world)
        return
    _draw(counts, spending, everything, world)


def _draw(counts: "Counts", spending: Spending, everything: bool, world: "Context") -> None:
    from paperlens.models import Mark
    from paperlens.reports.tables import bars, facts

    told = {"papers": f"{counts.papers:,}", "with a summary": f"{counts.summarised:,}"}
    if not counts.papers:
        told["papers"] = "none yet: paperlens today and paperlens import bring some"
    total = _sum(each for models in spending.values() for each in models.values())
    if spending:
        told["spent"] = _amount(total)
    world.out.print(facts(told))
    marks = {mark.value: counts.marks.get(mark, 0) for mark in Mark}
    months = counts.months if everything else _by_year(counts.months)
    for heading, numbers in (
        ("by month", {month or "unknown": number for month, number in months.items()}),
        ("by mark", {mark: number for mark, number in marks.items() if number}),
        ("by query", _largest(counts.queries, everything)),
        ("by tag", _largest(counts.tags, everything)),
    ):
        if numbers:
            told_numbers = {name: f"{number:,}" for name, number in numbers.items()}
            world.out.print(bars(heading, numbers, told_numbers))
    days = {day: _sum(models.values()) for day, models in spending.items()}
    recent = dict(list(days.items())[0 if everything else -_RECENT :])
    for heading, costs in (("spent by day", recent), ("spent by model", _by_model(spending))):
        if costs:
            dollars = {name: cost.usd or 0.0 for name, cost in costs.items()}
            amounts = {name: _amount(cost) for name, cost in costs.items()}
            world.out.print(bars(heading, dollars, amounts))


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


def _by_model(spending: Spending) -> "dict[str, Cost]":
    from paperlens.models import Cost

    models: dict[str, Cost] = {}
    for day in spending.values():
        for model, cost in day.items():
            models[model] = models.get(model, Cost()) + cost
    return dict(sorted(models.items(), key=lambda each: (-(each[1].usd or 0.0), each[0])))


def _sum(costs: "Iterable[Cost]") -> "Cost":
    from paperlens.models import Cost

    return sum(costs, Cost())


def _amount(cost: "Cost") -> str:
    tokens = cost.tokens_in + cost.tokens_out
    return f"${cost.usd or 0.0:.2f} ({tokens:,} tokens)"


def _document(counts: "Counts", spending: Spending) -> dict[str, Any]:
    from paperlens.models import Mark
    from paperlens.records import cost_json

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


def _print_json(told: dict[str, Any], world: "Context") -> None:
    from json import dumps

    from paperlens.cli.output import print_exactly

    print_exactly(dumps(told, ensure_ascii=False, indent=2), world.stdout)
