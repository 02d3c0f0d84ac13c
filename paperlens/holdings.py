"""All that a library holds of a paper, and its line of JSON: what an export carries and an import
brings back, so that nothing is lost on the way between two libraries.

The line is the one of every report, with four fields more: when the paper was first `reported`,
when it was `marked`, the `reports` it stands in, and all `summaries` under their keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from paperlens.models import Known, Notice, Summary
from paperlens.records import (
    Json,
    Record,
    day,
    day_json,
    decision_from,
    each,
    notice_from,
    notice_json,
    paper_from,
    positive,
    summary_from,
    summary_json,
    text,
    texts,
    time,
    time_json,
    whole,
)
from paperlens.unseen import writable

Summaries = Mapping[str, Summary]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report as the ledger keeps it: enough to show it again from the library.

    `asked` is when arXiv was last asked, `queries` what was asked for (name to expression),
    `papers` the ids as they stood, `twins` other ids of the same works by the id that stands for
    them, `changes` what had become of papers that the reader keeps. Without a `batch` it is a
    one-off.
    """

    command: str
    generated: datetime
    batch: date | None = None
    asked: datetime | None = None
    seen: int | None = None
    road: str | None = None
    queries: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    twins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def told(self) -> tuple[str, ...]:
        """All papers that the reader need not hear of again."""
        return (*self.papers, *(one for ids in self.twins.values() for one in ids))


@dataclass(frozen=True, slots=True)
class Coverage:
    """For a query: the latest day up to which arXiv has told all, and when it was last asked."""

    expr: str
    until: date
    tried: datetime


class Mention(NamedTuple):
    """That a paper stands in a report: as which, counted from 1, and of how many."""

    place: int
    report: ReportRecord
    total: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A paper with everything that was decided, told and reported of it."""

    known: Known
    summaries: Summaries = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()


def newest(summaries: Summaries) -> Summary:
    """The newest; of those that are as new, the one kept last."""
    return max(reversed(list(summaries.values())), key=lambda summary: summary.created)


def report_json(report: ReportRecord) -> Json:
    return _about(report) | {
        "papers": [writable(one) for one in report.papers],
        "twins": _lists_json(report.twins),
        "changes": _lists_json(report.changes),
    }


def report_from(document: Json) -> ReportRecord:
    record = Record(document, "report")
    twins, changes = (record.maybe(name, _lists) or {} for name in ("twins", "changes"))
    return replace(_report(document), papers=record.texts("papers"), twins=twins, changes=changes)


def summaries_json(summaries: Summaries) -> Json:
    return {writable(key): summary_json(summary) for key, summary in summaries.items()}


def summaries_from(document: object) -> dict[str, Summary]:
    record = Record(document, "summaries")
    return {text(key): record.get(key, summary_from) for key in record.names()}


def holding_json(holding: Holding) -> Json:
    """What a report's line does not tell of a paper."""
    return {
        "reported": day_json(holding.known.reported),
        "marked": time_json(holding.known.decision.marked),
        "reports": [
            {"place": mention.place, "of": mention.total} | _about(mention.report)
            for mention in holding.mentions
        ],
        "summaries": summaries_json(holding.summaries),
    }


def holding_from(value: object) -> Holding:
    """A line of an export, or of any report: then its one summary is all there is of them."""
    record = Record(value, "paper")
    known = Known(
        paper_from(value),
        queries=record.maybe("queries", texts) or (),
        reported=record.maybe("reported", day),
        decision=decision_from({"mark": "new"} | record.given("mark", "tags", "note", "marked")),
    )
    summaries = record.maybe("summaries", summaries_from) or {}
    one = record.maybe("summary", summary_from)
    if one is not None and one not in summaries.values():
        summaries[_key(one)] = one
    return Holding(known, summaries, record.maybe("reports", each(_mention)) or ())


def _key(summary: Summary) -> str:
    """Of a summary that came without what it was made from: it can be shown, not looked up."""
    told = (summary.template, summary.language, summary.model, summary.source)
    return " ".join(["imported", *told, summary.created.isoformat()])


def _about(report: ReportRecord) -> Json:
    return {
        "command": writable(report.command),
        "generated": time_json(report.generated),
        "batch": day_json(report.batch),
        "asked": time_json(report.asked),
        "seen": report.seen,
        "road": writable(report.road),
        "queries": {writable(name): writable(expr) for name, expr in report.queries.items()},
        "notices": [notice_json(notice) for notice in report.notices],
    }


def _report(value: object) -> ReportRecord:
    record = Record(value, "report")
    return ReportRecord(
        command=record.text("command"),
        generated=record.get("generated", time),
        batch=record.maybe("batch", day),
        asked=record.maybe("asked", time),
        seen=record.maybe("seen", whole),
        road=record.maybe("road", text),
        queries=record.get("queries", _exprs),
        notices=record.get("notices", each(notice_from)),
    )


def _mention(value: object) -> Mention:
    record = Record(value, "report")
    return Mention(record.get("place", positive), _report(value), record.get("of", positive))


def _lists_json(lists: Mapping[str, Sequence[str]]) -> Json:
    return {writable(name): [writable(one) for one in told] for name, told in lists.items()}


def _lists(value: object) -> dict[str, tuple[str, ...]]:
    record = Record(value, "lists")
    return {text(name): record.texts(name) for name in record.names()}


def _exprs(value: object) -> dict[str, str]:
    record = Record(value, "queries")
    return {text(name): record.text(name) for name in record.names()}
