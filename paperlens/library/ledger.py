"""What was reported when: the ground for "new", and for showing a report again.

A file for each month of batches, one record for each batch, and `last.json` for the report that
the numbers in `paperlens show 3` speak of, which may be a one-off that belongs to no batch, and
for the latest batch.

Killed at any moment, a report is at worst shown again: `record` writes the ledger first, then
marks the papers as reported, then the last report. A paper is thus marked only after the ledger
can show it again; one that is in the ledger but unmarked counts as new once more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from paperlens.holdings import Mention, ReportRecord, report_from, report_json
from paperlens.library import papers
from paperlens.library.shelves import Kind, Shelves

LEDGER = Kind("ledger", report_json, report_from)
LAST = Kind("", report_json, report_from)
_LAST = "last"
_BATCH = "batch"


def record(shelves: Shelves, report: ReportRecord) -> None:
    with shelves.alone():
        whole = None
        if report.batch is not None:
            with shelves.shelf(LEDGER, _month(report.batch)).changing() as page:
                before = page.get(_day(report))
                whole = page[_day(report)] = _joined(before, report) if before else report
            papers.mark_reported(shelves, report.told, report.batch)
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
        papers=_stand(report, before),
        twins={**before.twins, **report.twins},
        changes={**before.changes, **report.changes},
    )


def _stand(report: ReportRecord, before: ReportRecord) -> tuple[str, ...]:
    """The ids of both; what the later one tells as another's twin stands no more."""
    twins = {one for ids in report.twins.values() for one in ids}
    earlier = (one for one in before.papers if one not in twins)
    return tuple(dict.fromkeys((*report.papers, *earlier)))


def _is_later(report: ReportRecord, before: ReportRecord | None) -> bool:
    """Whether a report is of a later batch; a feed that was wrong about its day does not last."""
    if before is None or before.batch is None or report.batch is None:
        return True
    was_wrong = before.batch > report.generated.date() + timedelta(days=1)
    return was_wrong or report.batch >= before.batch


def report_of(shelves: Shelves, batch: date) -> ReportRecord | None:
    return shelves.shelf(LEDGER, _month(batch)).get(batch.isoformat())


def mentions(shelves: Shelves) -> dict[str, tuple[Mention, ...]]:
    """For each paper that stands in a batch's report, where it does."""
    found: dict[str, tuple[Mention, ...]] = {}
    for month in sorted(shelves.names(LEDGER)):
        for _, report in sorted(shelves.shelf(LEDGER, month).everything().items()):
            for place, one in enumerate(report.papers, 1):
                found[one] = (*found.get(one, ()), Mention(place, report, len(report.papers)))
    return found


def enter(shelves: Shelves, reports: Iterable[ReportRecord]) -> None:
    """Reports that another library made; of one batch, the papers of both, our own first."""
    months: dict[str, list[ReportRecord]] = {}
    for report in reports:
        if report.batch is not None:
            months.setdefault(_month(report.batch), []).append(report)
    with shelves.alone():
        latest: ReportRecord | None = None
        for month, brought in months.items():
            with shelves.shelf(LEDGER, month).changing() as page:
                for report in brought:
                    held = page.get(_day(report))
                    page[_day(report)] = whole = _joined(report, held) if held else report
                    latest = whole if _is_later(whole, latest) else latest
        with shelves.shelf(LAST, _LAST).changing() as page:
            if latest and _is_later(latest, page.get(_BATCH)):
                page[_BATCH] = latest


def last(shelves: Shelves) -> ReportRecord | None:
    return shelves.shelf(LAST, _LAST).get(_LAST) or latest_batch(shelves)


def latest_batch(shelves: Shelves) -> ReportRecord | None:
    """The one of the latest day that could be true."""
    return shelves.shelf(LAST, _LAST).get(_BATCH) or next(batches(shelves), None)


def batches(shelves: Shelves) -> Iterator[ReportRecord]:
    """The reports of all batches, the latest first; a month is read when it is reached."""
    for month in sorted(shelves.names(LEDGER), reverse=True):
        reports = shelves.shelf(LEDGER, month).everything()
        yield from (reports[day] for day in sorted(reports, reverse=True))


def _day(report: ReportRecord) -> str:
    assert report.batch is not None
    return report.batch.isoformat()


def _month(batch: date) -> str:
    return batch.isoformat()[:7]
