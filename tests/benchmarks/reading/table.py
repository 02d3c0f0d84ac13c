"""Counts of many documents as a table for people: a line each, the totals, the limits."""

from collections.abc import Mapping

from tests.benchmarks.reading.counts import Counts, Score, below, total

WIDTH = 10


def table(scores: Mapping[str, Score], limits: Mapping[str, float]) -> str:
    """Every share in percent; `-` where there was nothing to count."""
    added = total(score.counts for score in scores.values())
    columns = list(added)
    first = max(map(len, (*scores, "documents")))
    lines = [
        _line("", [column.split(" ")[0] for column in columns], first),
        _line("", [" ".join(column.split(" ")[1:]) for column in columns], first),
        *(_line(name, _cells(scores[name].counts, columns), first) for name in scores),
        _line("all", _cells(added, columns), first),
        _line("of", [f"{added[column].of:.0f}" for column in columns], first),
        _line("limit", [_percent(limits.get(column)) for column in columns], first),
    ]
    failed = below(added, limits)
    verdict = f"below the limit: {', '.join(failed)}" if failed else "every limit is kept"
    return "\n".join((*lines, verdict))


def _cells(counts: Counts, columns: list[str]) -> list[str]:
    return [_percent(counts[column].share if column in counts else None) for column in columns]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{int(share * 1000) / 10:g}"


def _line(name: str, cells: list[str], first: int) -> str:
    return f"{name:{first}}" + "".join(f"{cell:>{WIDTH + 3}}" for cell in cells)
