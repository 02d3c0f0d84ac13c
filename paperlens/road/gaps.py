"""What the feed of today cannot bring: days that were skipped, questions that are new. Pure.

Submission is not announcement: a gap is asked about from well before its first day, and the ledger
decides what of it is new.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.holdings import Coverage
from paperlens.news import ONE_DAY

if TYPE_CHECKING:
    from paperlens.news import Covered
    from paperlens.rank import Question

OVERLAP = timedelta(days=10)  # held up by moderators, or cross-listed days later
LOOK_BACK = timedelta(days=4)  # from anywhere in a week to the last batch


@dataclass(frozen=True, slots=True)
class Gap:
    """What was submitted since then and answers these questions; `missed` are the days skipped."""

    questions: tuple["Question", ...]
    since: datetime
    missed: tuple[date, ...] = ()


def answered_until(question: "Question", covered: "Covered", day: date) -> date | None:
    """The day up to which nothing is owed; None for a query that was never asked.

    A query under a new name is the same; one that was changed is owed a look back as well. What a
    clock that ran ahead has noted does not count.
    """
    told = covered.get(question.saved.name)
    for one in (told, *covered.values()):
        if one is not None and one.expr == question.saved.expr and one.until <= day + ONE_DAY:
            return one.until
    return None if told is None else min(told.until, day - LOOK_BACK)


def settled(
    questions: Iterable["Question"],
    answered: Collection[str],
    covered: "Covered",
    day: date,
    now: datetime,
) -> dict[str, Coverage]:
    """What is covered after an answer up to that day; of the others it stays what it was."""
    news = {}
    for question in questions:
        until = answered_until(question, covered, day)
        if question.saved.name in answered:
            until = max(until or day, day)
        news[question.saved.name] = Coverage(question.saved.expr, until or day - LOOK_BACK, now)
    return news


def gap(
    questions: Sequence["Question"],
    by_feed: Sequence["Question"],
    covered: "Covered",
    day: date,
    is_first: bool,
) -> Gap | None:
    """What to ask beyond the feed of `day`, which answers the questions `by_feed`.

    `is_first` says that nothing was ever reported.
    """
    start = arxiv_week.midnight(day)
    parts: list[Gap] = []
    for question in questions:
        last = answered_until(question, covered, day)
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
