"""What counts as new to a reader, and why there may be nothing. Pure.

Announced is not submitted: the ledger of what was reported decides. A batch stays today's until
arXiv can have announced another, so asking again shows the same report.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.models import Announcement, Known, Mark, Notice, Paper, SavedQuery

if TYPE_CHECKING:
    from paperlens.holdings import Coverage, ReportRecord
    from paperlens.rank import Question

FEED_ONLY = "feed-only"
FEED_REFUSED = "feed-refused"
OPEN_GAP = "gap"
TWIN = "told-before"
UNREACHABLE = "arxiv-unreachable"
ASK_AGAIN = frozenset({FEED_ONLY, FEED_REFUSED, OPEN_GAP})
OF_THE_BATCH = ASK_AGAIN | {"feed-full", "feed-entry-unreadable"}
BETWEEN_ASKING = timedelta(minutes=30)
CLOCKS_DIFFER = timedelta(minutes=5)
SURELY_OUT = timedelta(hours=6)
ONE_DAY = timedelta(days=1)  # clocks differ; a date beyond that is a mistake of the feed
CARED_FOR = frozenset({Mark.STAR, Mark.LATER, Mark.READ})
_NEAREST = 3
_ACCEPTED = re.compile(r"\b(?:accept|to appear|in press|publish|camera[- ]ready)", re.IGNORECASE)
Covered = Mapping[str, "Coverage"]


def asked_then(report: "ReportRecord", queries: Iterable[SavedQuery]) -> bool:
    """Whether arXiv was asked for these queries when the report was made."""
    return all(report.queries.get(query.name) == query.expr for query in queries)


def covers(day: date | None, queries: Iterable[SavedQuery], covered: Covered) -> bool:
    """Whether nothing that arXiv announced up to that day is owed to these queries."""
    return day is not None and all(
        query.name in covered
        and covered[query.name].expr == query.expr
        and covered[query.name].until >= day
        for query in queries
    )


def is_enough(
    last: "ReportRecord", queries: Sequence[SavedQuery], covered: Covered, now: datetime
) -> bool:
    """Whether the last batch answers these queries, and arXiv can have no more to say by now."""
    if last.asked is None or last.asked > now + CLOCKS_DIFFER:
        return False
    if _were_just_tried(queries, covered, now):
        return True
    if not covers(last.batch, queries, covered):
        return False
    if any(notice.code in ASK_AGAIN for notice in last.notices):
        return False
    expected = arxiv_week.expected_day(now)
    was_late = last.asked >= arxiv_week.midnight(expected) + SURELY_OUT
    if last.seen == 0:
        return was_late or arxiv_week.is_weekend(arxiv_week.feed_day(now))
    is_latest = last.batch is not None and expected <= last.batch <= expected + ONE_DAY
    return is_latest or was_late


def _were_just_tried(queries: Iterable[SavedQuery], covered: Covered, now: datetime) -> bool:
    """Not long ago, and no other feed has become due since."""
    due = arxiv_week.midnight(arxiv_week.expected_day(now))
    return all(
        query.name in covered
        and covered[query.name].expr == query.expr
        and max(due, now - BETWEEN_ASKING) < covered[query.name].tried <= now
        for query in queries
    )


def is_news(
    paper: Paper, known: Known | None, since: date | None, everything: bool, is_shown: bool
) -> bool:
    """Whether a matched paper belongs into a report of what came since that day.

    A new version is news only of papers that the reader keeps, and only once; `is_shown` says
    that the paper stands in the report of the same batch already.
    """
    reported = known.reported if known else None
    if paper.is_replacement:
        if known is None or known.decision.mark not in CARED_FOR:
            return everything and reported is not None
        is_newer = (paper.version or 0) > (known.paper.version or 0)
        return is_newer or is_shown or everything or paper.version is None
    return everything or reported is None or (since is not None and reported >= since)


def changes(before: Known, after: Paper) -> tuple[str, ...]:
    """What has become of a paper that the reader keeps, in sentences; what matters most first."""
    was = before.paper
    if before.decision.mark not in CARED_FOR:
        return ()
    told: list[str] = []
    if was.is_detailed:  # else nobody knows what is new
        told += _published(was, after)
        if after.is_withdrawn and not was.is_withdrawn:
            told.append("now withdrawn")
    if was.version is not None and (after.version or 0) > was.version:
        told.append(f"new version, v{after.version}")
    if was.is_detailed and _is_accepted(after) and not _is_accepted(was):
        told.append(f"now “{_short(after.comment or '')}”")
    return tuple(told)


def _is_accepted(paper: Paper) -> bool:
    return _ACCEPTED.search(paper.comment or "") is not None


def _published(was: Paper, now: Paper) -> Iterator[str]:
    if now.journal_ref and was.journal_ref is None:
        yield f"published in {_short(now.journal_ref)}"
    elif now.doi and was.doi is None:
        yield f"now has a DOI: {now.doi}"


def why_nothing(
    announced: Announcement,
    old: int,
    questions: Sequence["Question"],
    now: datetime,
    asked: date | None,
) -> Notice:
    """The sentence of an empty report; `old` counts papers that match and are no news."""
    seen = announced.seen or 0
    if old:
        them = "1 paper matches, but was" if old == 1 else f"{old} papers match, but were"
        reason = f"{them} reported before or replaced only (--all shows more)"
    elif announced.road == "library" and not announced.is_whole:
        reason = (
            "The library holds nothing for this: arXiv has not been asked about it "
            f"since the report of {announced.day}"
        )
    elif seen or announced.papers:
        reason = _none_matches(seen or len(announced.papers))
        if near := nearest(announced.papers, questions):
            reason += f"; nearest: {', '.join(near)}"
    elif asked is not None:
        reason = f"arXiv announced nothing that matches on {arxiv_week.spelled(asked)}"
    elif announced.road in {"feed", "library"}:
        reason = arxiv_week.why_nothing(now, announced.day)
    else:
        reason = "arXiv has nothing new that matches"
    return Notice("nothing-new", f"{reason}.")


def _none_matches(seen: int) -> str:
    return f"{seen} paper{'s were' if seen > 1 else ' was'} announced, and none matches"


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
