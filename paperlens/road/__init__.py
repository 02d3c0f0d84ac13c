"""The road to arXiv: by which ways the papers of a report come in, and what is left unseen.

The feed brings the latest batch; what it cannot bring (see `gaps`) is searched for. A way that is
closed is made up for by the other; with none open, the library says what it has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from paperlens import arxiv_week
from paperlens.ask import Ask, Rooms
from paperlens.errors import SourceUnreachable, UserError
from paperlens.models import Announcement, Notice, Paper
from paperlens.news import FEED_REFUSED, OPEN_GAP, covers, is_enough
from paperlens.query import Query
from paperlens.rank import Question
from paperlens.road import catching_up, gaps
from paperlens.road.gaps import Gap
from paperlens.taxonomy import unknown

if TYPE_CHECKING:
    from paperlens.library import Library, ReportRecord


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways papers would come in: what is `held` is enough, or else is what is left.

    `gap` is what would be searched for, if the feed of the expected day comes.
    """

    held: Announcement | None
    is_enough: bool
    categories: frozenset[str] = frozenset()
    gap: Gap | None = None


def ways(ask: Ask, questions: Sequence[Question], rooms: Rooms) -> Ways:
    """Found without asking anybody."""
    last = rooms.library.latest_batch()
    held = _held(last, ask, rooms.library) if last else None
    if ask.offline and held is None:
        raise SourceUnreachable(
            "the library holds no report yet, and --offline forbids to ask arXiv"
        )
    if last and held and (ask.offline or not _must_ask(last, held, ask, rooms.now())):
        return Ways(held, is_enough=True)
    if ask.day is not None:
        return Ways(held, is_enough=False, gap=gaps.of_span(questions, ask.day))
    categories = categories_to_ask([question.query for question in questions], ask.categories)
    day = arxiv_week.expected_day(rooms.now())
    by_feed = _by_feed(ask, questions) if categories else []
    gap = _gap(ask, questions, by_feed, day, last is None or ask.one_off, rooms.library)
    return Ways(held, False, categories, gap)


def fetch(ask: Ask, questions: Sequence[Question], rooms: Rooms) -> Announcement:
    """What may be news: from the library while arXiv can say no more, else from arXiv."""
    found = ways(ask, questions, rooms)
    held = found.held
    if held and found.is_enough:
        return held
    try:
        return _from_arxiv(ask, questions, found, rooms)
    except SourceUnreachable as failure:
        if held is None:
            raise
        text = f"{failure.sentence}. This is what the library holds of {held.day}."
        return replace(held, notices=(Notice("arxiv-unreachable", text), *held.notices))


def _held(last: "ReportRecord", ask: Ask, library: "Library") -> Announcement | None:
    """What the library can show of the time asked for: the papers that were reported then."""
    if ask.day is not None:
        day = library.report(ask.day)
        return _remembered((day,), ask, library) if day else None
    if ask.since is None:
        return _remembered((last,), ask, library)
    since = ask.since
    recent = [one for one in library.batches() if one.batch and one.batch >= since]
    return _remembered(recent, ask, library) if recent else None


def _remembered(reports: Sequence["ReportRecord"], ask: Ask, library: "Library") -> Announcement:
    ids = dict.fromkeys(id for report in reports for id in report.papers)
    known = library.known(ids)
    papers = tuple(known[id].paper for id in ids if id in known)
    latest = reports[0]
    seen = latest.seen if len(reports) == 1 else None
    return Announcement(
        latest.batch, papers, "library", latest.notices, seen, covers(latest, ask.queries)
    )


def _must_ask(last: "ReportRecord", held: Announcement, ask: Ask, now: datetime) -> bool:
    if ask.day is not None:
        return ask.refresh or not held.is_whole
    lost = ask.since is None and len(held.papers) < len(last.papers)
    return ask.refresh or lost or ask.since is not None or not is_enough(last, ask.queries, now)


def _from_arxiv(ask: Ask, questions: Sequence[Question], found: Ways, rooms: Rooms) -> Announcement:
    if ask.day is not None:
        return _of_day(ask.day, questions, rooms)
    feed, refusal = _feed(found.categories, rooms)
    day = (feed.day if feed else None) or arxiv_week.expected_day(rooms.now())
    is_first = rooms.library.latest_batch() is None or ask.one_off
    by_feed = _by_feed(ask, questions) if feed else []
    if is_first and feed and not feed.count:  # a first report on a weekend would be an empty one
        by_feed = []
    gap = _gap(ask, questions, by_feed, day, is_first, rooms.library)
    if gap is None:
        return feed or Announcement(day, (), "feed")
    try:
        past = rooms.source.submitted(
            [question.query for question in gap.questions], gap.since, rooms.now()
        )
    except SourceUnreachable as failure:
        if feed is None:
            raise refusal or failure from None
        return replace(feed, notices=(*feed.notices, _open(gap, day, failure.sentence)))
    latest = feed or (found.held if found.held and found.held.day == day else None)
    joined = catching_up.joined(past, gap, latest, ask.since, rooms)
    return _told(feed, past, joined, gap, day, refusal)


def _feed(
    categories: frozenset[str], rooms: Rooms
) -> tuple[Announcement | None, SourceUnreachable | None]:
    if not categories:
        return None, None
    try:
        return rooms.source.announcements(categories), None
    except SourceUnreachable as refusal:
        return None, refusal


def _by_feed(ask: Ask, questions: Sequence[Question]) -> list[Question]:
    """The questions that the feed answers."""
    return [one for one in questions if one.query.names_categories or ask.categories]


def _gap(
    ask: Ask,
    questions: Sequence[Question],
    by_feed: Sequence[Question],
    day: date,
    is_first: bool,
    library: "Library",
) -> Gap | None:
    if ask.since is not None:
        return gaps.of_span(questions, ask.since)
    since = {} if is_first else gaps.covered(questions, library.batches())
    return gaps.gap(questions, by_feed, since, day, is_first)


def _of_day(day: date, questions: Sequence[Question], rooms: Rooms) -> Announcement:
    gap = gaps.of_span(questions, day)
    asked = [question.query for question in questions]
    found = rooms.source.submitted(asked, gap.since, arxiv_week.midnight(day))
    papers = catching_up.of_day(found.papers, day, rooms.library)
    return replace(found, day=day, papers=papers, seen=None)


def _told(
    feed: Announcement | None,
    past: Announcement,
    papers: tuple[Paper, ...],
    gap: Gap,
    day: date,
    refusal: SourceUnreachable | None,
) -> Announcement:
    """By which roads the papers came, and what is to be known of them."""
    notices = [*(feed.notices if feed else ()), *past.notices]
    if refusal:
        notices.insert(0, Notice(FEED_REFUSED, f"Without arXiv's feed: {refusal.sentence}."))
    if gap.missed and past.is_whole:
        notices.append(_made_up(gap))
    if not past.is_whole:
        notices.append(_open(gap, day, None))
    road = f"{feed.road}+{past.road}" if feed else past.road
    return Announcement(day, papers, road, tuple(notices), feed.count if feed else past.seen)


def _made_up(gap: Gap) -> Notice:
    text = f"Not looked at before, and made up for: {_days(gap.missed)}."
    return Notice("caught-up", text)


def _open(gap: Gap, day: date, why: str | None) -> Notice:
    """Says that something is still to come, and keeps the library asking for it."""
    missing = _days(gap.missed) if gap.missed else f"what was submitted before {day}"
    reason = f": {why}" if why else ""
    return Notice(OPEN_GAP, f"Of {missing} papers may be missing{reason}. The next run asks again.")


def _days(days: Sequence[date]) -> str:
    if len(days) == 1:
        return arxiv_week.spelled(days[0])
    return f"{len(days)} days from {arxiv_week.spelled(days[0])} on"


def categories_to_ask(queries: Iterable[Query], otherwise: Sequence[str]) -> frozenset[str]:
    """The categories whose announcements bring what these queries ask for, as far as any do.

    Those that arXiv does not have are left out; a query that names no others is a mistake.
    """
    asked: set[str] = set()
    for query in queries:
        asked |= query.categories if query.names_categories else set(otherwise)
    strange = unknown(asked)
    if strange and len(strange) == len(asked):
        code, meant = next(iter(strange.items()))
        raise UserError(f"arXiv has no category {code}", meant)
    return frozenset(asked - strange.keys())


def strange_categories(questions: Iterable[Question]) -> tuple[Notice, ...]:
    """Categories that queries name and arXiv does not have: they can bring nothing."""
    return tuple(
        Notice(
            "unknown-category",
            f"Query {question.saved.name}: arXiv has no category {code}"
            + (f"; {meant}" if meant else "."),
        )
        for question in questions
        for code, meant in unknown(question.query.categories).items()
    )
