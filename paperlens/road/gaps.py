"""What the feed of today cannot bring: days that were skipped, questions that are new. Pure.

Submission is not announcement: a gap is asked about from well before its first day, and the ledger
decides what of it is new.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.news import OPEN_GAP

if TYPE_CHECKING:
    from paperlens.library import ReportRecord
    from paperlens.rank import Question

OVERLAP = timedelta(days=10)  # held up by moderators, or cross-listed days later
LOOK_BACK = timedelta(days=4)  # from anywhere in a week to the last batch
_LATEST = 90


@dataclass(frozen=True, slots=True)
class Gap:
    """What was submitted since then and answers these questions; `missed` are the days skipped."""

    questions: tuple["Question", ...]
    since: datetime
    missed: tuple[date, ...] = ()


def covered(
    questions: Iterable["Question"], batches: Iterable["ReportRecord"]
) -> Mapping[str, date]:
    """For each expression, the latest day for which arXiv answered it and nothing was missing."""
    wanted = {question.saved.expr for question in questions}
    found: dict[str, date] = {}
    for report in islice(batches, _LATEST):
        if report.batch is None or any(notice.code == OPEN_GAP for notice in report.notices):
            continue
        for expr in wanted & set(report.queries.values()):
            found.setdefault(expr, report.batch)
        if len(found) == len(wanted):
            break
    return found


def gap(
    questions: Sequence["Question"],
    by_feed: Sequence["Question"],
    since: Mapping[str, date],
    day: date,
    is_first: bool,
) -> Gap | None:
    """What to ask beyond the feed of `day`, which answers the questions `by_feed`.

    `since` has the days that `covered` found; `is_first` says that nothing was ever reported.
    """
    start = arxiv_week.midnight(day)
    parts: list[Gap] = []
    for question in questions:
        last = since.get(question.saved.expr)
        if last is None:
            if not (is_first and question in by_feed):
                parts.append(Gap((question,), start - LOOK_BACK))
            continue
        missed = tuple(arxiv_week.days_between(last, day))
        if missed or question not in by_feed:
            begin = min(arxiv_week.midnight(last), start)
            parts.append(Gap((question,), begin - OVERLAP, missed))
    return _joined(parts)


def of_span(questions: Sequence["Question"], since: date) -> Gap:
    """What was announced from a day on, which the reader names."""
    return Gap(tuple(questions), arxiv_week.midnight(since) - OVERLAP)


def _joined(parts: Sequence[Gap]) -> Gap | None:
    """One search for all: asking once is cheaper than asking exactly."""
    if not parts:
        return None
    return Gap(
        tuple(question for part in parts for question in part.questions),
        min(part.since for part in parts),
        tuple(sorted({day for part in parts for day in part.missed})),
    )
