"""What counts as new to a reader, and why there may be nothing. Pure.

Announced is not submitted: the ledger of what was reported decides. A batch stays today's until
arXiv can have announced another, so asking again shows the same report.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.models import Announcement, Known, Mark, Notice, Paper, SavedQuery

if TYPE_CHECKING:
    from paperlens.library import ReportRecord
    from paperlens.rank import Question

FEED_ONLY = "feed-only"
FEED_REFUSED = "feed-refused"
OPEN_GAP = "gap"
ASK_AGAIN = frozenset({FEED_ONLY, FEED_REFUSED, OPEN_GAP})
OF_THE_BATCH = ASK_AGAIN | {"feed-full", "feed-entry-unreadable"}
BETWEEN_ASKING = timedelta(minutes=30)
SURELY_OUT = timedelta(hours=6)
_NEAREST = 3
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
    if any(notice.code in ASK_AGAIN for notice in last.notices):
        return False
    if not last.seen:
        return arxiv_week.is_weekend(arxiv_week.feed_day(now))
    expected = arxiv_week.expected_day(now)
    is_latest = last.batch is not None and expected <= last.batch <= expected + ONE_DAY
    return is_latest or last.asked >= arxiv_week.midnight(expected) + SURELY_OUT


def is_news(paper: Paper, known: Known | None, since: date | None, everything: bool) -> bool:
    """Whether a matched paper belongs into a report of what came since that day.

    A new version is news only of papers that the reader keeps.
    """
    reported = known.reported if known else None
    if paper.is_replacement:
        kept = known is not None and known.decision.mark in CARED_FOR
        return kept or (everything and reported is not None)
    return everything or reported is None or (since is not None and reported >= since)


def why_nothing(
    announced: Announcement, matched: int, questions: Sequence["Question"], now: datetime
) -> Notice:
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
        if near := nearest(announced.papers, questions):
            reason += f"; nearest: {', '.join(near)}"
    else:
        reason = arxiv_week.why_nothing(now, announced.day)
    return Notice("nothing-new", f"{reason}.")


def nearest(papers: Iterable[Paper], questions: Sequence["Question"]) -> list[str]:
    """The papers that have most of the words that any query asks for, and which they have."""
    found: list[tuple[int, str]] = []
    for paper in papers:
        for question in questions:
            words = [h.word for h in question.query.evidence(paper) if h.field != "categories"]
            if words:
                told = " and ".join(f"“{word}”" for word in words[:3])
                found.append((len(words), f"{paper.id} {_short(paper.title)} (has {told})"))
    return [told for _, told in sorted(found, key=lambda one: -one[0])[:_NEAREST]]


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"
