"""What counts as new to a reader, and why there may be nothing. Pure.

Announced is not submitted: the ledger of what was reported decides. A batch stays today's until
arXiv can have announced another, so asking again shows the same report.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.models import Announcement, Known, Mark, Notice, Paper, SavedQuery

if TYPE_CHECKING:
    from paperlens.library import ReportRecord

FEED_ONLY = "feed-only"
OF_THE_BATCH = frozenset({FEED_ONLY, "feed-full", "feed-entry-unreadable"})
BETWEEN_ASKING = timedelta(minutes=30)
SURELY_OUT = timedelta(hours=6)
ONE_DAY = timedelta(days=1)  # clocks differ; a date beyond that is a mistake of the feed
CARED_FOR = frozenset({Mark.STAR, Mark.LATER, Mark.READ})


def covers(last: "ReportRecord", queries: Iterable[SavedQuery]) -> bool:
    """Whether these queries were already asked when the batch was reported."""
    return all(last.queries.get(query.name) == query.expr for query in queries)


def is_enough(last: "ReportRecord", queries: Iterable[SavedQuery], now: datetime) -> bool:
    """Whether the last batch answers these queries, and arXiv can have no more to say by now."""
    if last.asked is None or not covers(last, queries):
        return False
    if timedelta(0) <= now - last.asked < BETWEEN_ASKING:
        return True
    if any(notice.code == FEED_ONLY for notice in last.notices):
        return False
    if not last.seen:
        return arxiv_week.is_weekend(arxiv_week.feed_day(now))
    expected = arxiv_week.expected_day(now)
    is_latest = last.batch is not None and expected <= last.batch <= expected + ONE_DAY
    return is_latest or last.asked >= arxiv_week.midnight(expected) + SURELY_OUT


def is_news(paper: Paper, known: Known | None, day: date | None, everything: bool) -> bool:
    """Whether a matched paper belongs into the report of a day.

    A new version is news only of papers that the reader keeps.
    """
    reported = known.reported if known else None
    if paper.is_replacement:
        kept = known is not None and known.decision.mark in CARED_FOR
        return kept or (everything and reported is not None)
    return everything or reported in {None, day}


def why_nothing(announced: Announcement, matched: int, now: datetime) -> Notice:
    """The sentence of an empty report."""
    if matched:
        reason = (
            f"{matched} of {announced.count} announced papers match, "
            "and each was reported before or is a new version (--all shows them)"
        )
    elif not announced.is_whole:
        reason = (
            "The library holds nothing for this: arXiv has not been asked about it "
            f"since the report of {announced.day}"
        )
    elif announced.count:
        reason = f"{announced.count} papers were announced, and none matches"
    else:
        reason = arxiv_week.why_nothing(now, announced.day)
    return Notice("nothing-new", f"{reason}.")
