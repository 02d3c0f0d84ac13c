"""What was reported when: the ground for "new", and for showing a report again.

A file for each month of batches, one record for each batch, and `last.json` for the report that
the numbers in `paperlens show 3` speak of, which may be a one-off that belongs to no batch, and
for the latest batch.

Killed at any moment, a report is at worst shown again: `record` writes the ledger first, then
marks the papers as reported, then the last report. A paper is thus marked only after the ledger
can show it again; one that is in the ledger but unmarked counts as new once more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from paperlens.library import papers
from paperlens.library.shelves import Kind, Shelves
from paperlens.models import Notice
from paperlens.records import (
    Json,
    Record,
    day,
    day_json,
    each,
    notice_from,
    notice_json,
    text,
    time,
    time_json,
    whole,
)
from paperlens.unseen import writable


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report as the ledger keeps it: enough to show it again from the library.

    `asked` is when arXiv was last asked, `queries` what was asked for (name to expression),
    `papers` the ids as they stood. Without a `batch` it is a one-off.
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


def _record_json(report: ReportRecord) -> Json:
    return {
        "command": writable(report.command),
        "generated": time_json(report.generated),
        "batch": day_json(report.batch),
        "asked": time_json(report.asked),
        "seen": report.seen,
        "road": writable(report.road),
        "queries": {writable(name): writable(expr) for name, expr in report.queries.items()},
        "papers": [writable(one) for one in report.papers],
        "notices": [notice_json(notice) for notice in report.notices],
    }


def _record_from(document: Json) -> ReportRecord:
    record = Record(document, "report")
    return ReportRecord(
        command=record.text("command"),
        generated=record.get("generated", time),
        batch=record.maybe("batch", day),
        asked=record.maybe("asked", time),
        seen=record.maybe("seen", whole),
        road=record.maybe("road", text),
        queries=record.get("queries", _exprs),
        papers=record.texts("papers"),
        notices=record.get("notices", each(notice_from)),
    )


def _exprs(value: object) -> dict[str, str]:
    record = Record(value, "queries")
    assert isinstance(value, Mapping)
    return {text(name): record.text(name) for name in value}


LEDGER = Kind("ledger", _record_json, _record_from)
LAST = Kind("", _record_json, _record_from)
_LAST = "last"
_BATCH = "batch"


def record(shelves: Shelves, report: ReportRecord) -> None:
    with shelves.alone():
        whole = None
        if report.batch is not None:
            with shelves.shelf(LEDGER, _month(report.batch)).changing() as page:
                before = page.get(report.batch.isoformat())
                whole = page[report.batch.isoformat()] = (
                    _joined(before, report) if before else report
                )
            papers.mark_reported(shelves, report.papers, report.batch)
        with shelves.shelf(LAST, _LAST).changing() as page:
            page[_LAST] = report
            if whole is not None and _is_later(whole, page.get(_BATCH)):
                page[_BATCH] = whole


def _joined(before: ReportRecord, report: ReportRecord) -> ReportRecord:
    """Two reports of one batch as one: what either asked for and found, as arXiv last told it."""
    told = report if report.asked else before
    return replace(
        report,
        asked=told.asked,
        seen=told.seen,
        road=told.road,
        notices=told.notices,
        queries={**before.queries, **report.queries},
        papers=tuple(dict.fromkeys((*report.papers, *before.papers))),
    )


def _is_later(report: ReportRecord, before: ReportRecord | None) -> bool:
    """Whether a report is of a later batch; a feed that was wrong about its day does not last."""
    if before is None or before.batch is None or report.batch is None:
        return True
    was_wrong = before.batch > report.generated.date() + timedelta(days=1)
    return was_wrong or report.batch >= before.batch


def report_of(shelves: Shelves, batch: date) -> ReportRecord | None:
    return shelves.shelf(LEDGER, _month(batch)).get(batch.isoformat())


def last(shelves: Shelves) -> ReportRecord | None:
    return shelves.shelf(LAST, _LAST).get(_LAST) or latest_batch(shelves)


def latest_batch(shelves: Shelves) -> ReportRecord | None:
    """The one of the latest day that could be true."""
    return shelves.shelf(LAST, _LAST).get(_BATCH) or _newest(shelves)


def _newest(shelves: Shelves) -> ReportRecord | None:
    for month in sorted(shelves.names(LEDGER), reverse=True):
        shelf = shelves.shelf(LEDGER, month)
        if days := shelf.keys():
            return shelf.get(max(days))
    return None


def _month(batch: date) -> str:
    return batch.isoformat()[:7]
