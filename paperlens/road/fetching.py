"""What comes in by which way: the feed, a search beside it, or what the library holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from paperlens import arxiv_week
from paperlens.ask import Ask, Rooms
from paperlens.errors import SourceUnreachable
from paperlens.models import Announcement, Notice, Paper
from paperlens.news import FEED_REFUSED, OPEN_GAP, UNREACHABLE
from paperlens.rank import Question
from paperlens.road import catching_up, gaps
from paperlens.road.gaps import Gap
from paperlens.road.planning import Ways, brought_by_feed, gap_beside, ways

CUT = frozenset({"feed-full", "feed-entry-unreadable"})


def fetch(ask: Ask, questions: Sequence[Question], rooms: Rooms) -> Announcement:
    """What may be news: from the library while arXiv can say no more, else from arXiv."""
    found = ways(ask, questions, rooms)
    held = found.held
    if held and found.is_enough:
        return _with_lateness(held, ask, rooms)
    try:
        return _with_lateness(_from_arxiv(ask, questions, found, rooms), ask, rooms)
    except SourceUnreachable as failure:
        if held is None:
            raise
        text = f"{failure.sentence}. This is what the library holds of {held.day}."
        return replace(held, notices=(Notice(UNREACHABLE, text), *held.notices))


def _from_arxiv(ask: Ask, questions: Sequence[Question], found: Ways, rooms: Rooms) -> Announcement:
    if ask.day is not None:
        return _of_day(ask.day, questions, rooms)
    feed, refusal = _feed(found.categories, rooms)
    day = (feed.day if feed else None) or arxiv_week.expected_day(rooms.now())
    by_feed = _answered_by(feed, ask, questions, rooms)
    gap = gap_beside(by_feed, day, ask, questions, rooms)
    names = frozenset(question.saved.name for question in by_feed)
    if gap is None:
        alone = feed or Announcement(day, (), "feed", seen=0)
        return replace(alone, papers=_with_shown(alone, found, rooms), answered=names)
    asked = frozenset(question.saved.name for question in gap.questions)
    try:
        past = rooms.source.submitted(
            [question.query for question in gap.questions], gap.since, rooms.now()
        )
    except SourceUnreachable as failure:
        if feed is None:
            raise refusal or failure from None
        notices = (*feed.notices, _open(gap, day, failure.sentence))
        papers = _with_shown(feed, found, rooms)
        return replace(feed, papers=papers, notices=notices, answered=names - asked)
    told = _report_of_roads(feed, past, gap, day, refusal)
    papers = catching_up.joined(past, gap, feed, ask.since, rooms)
    papers = _with_shown(replace(told, papers=papers), found, rooms)
    closed = frozenset(_closed(ask, gap, day, rooms)) if past.is_whole else frozenset()
    return replace(told, papers=papers, answered=(names - asked) | closed)


def _with_lateness(told: Announcement, ask: Ask, rooms: Rooms) -> Announcement:
    """A reader who expects today's papers and sees yesterday's is told why."""
    if told.day is None or ask.day is not None or ask.offline:
        return told
    sentence = arxiv_week.late(rooms.now(), told.day)
    if sentence is None:
        return told
    return replace(told, notices=(*told.notices, Notice("feed-late", f"{sentence}.")))


def _answered_by(
    feed: Announcement | None, ask: Ask, questions: Sequence[Question], rooms: Rooms
) -> list[Question]:
    """The questions that this feed leaves nothing open of."""
    if feed is None or any(notice.code in CUT for notice in feed.notices):
        return []
    if not feed.count and rooms.library.latest_batch() is None:
        return []  # a first report on a weekend would be an empty one
    return brought_by_feed(ask, questions)


def _closed(ask: Ask, gap: Gap, day: date, rooms: Rooms) -> Iterator[str]:
    """The questions that a whole answer leaves nothing open of: a span may begin too late."""
    covered = rooms.library.coverage()
    for question in gap.questions:
        last = gaps.answered_until(question, covered, day)
        if ask.since is None or (last and not arxiv_week.days_between(last, ask.since)):
            yield question.saved.name


def _with_shown(told: Announcement, found: Ways, rooms: Rooms) -> tuple[Paper, ...]:
    """With what the report of the same batch has shown before, so that it only grows."""
    held = found.held
    if held is None or held.day != told.day:
        return told.papers
    return catching_up.with_batch(held.papers, told.papers, rooms.library)


def _feed(
    categories: frozenset[str], rooms: Rooms
) -> tuple[Announcement | None, SourceUnreachable | None]:
    if not categories:
        return None, None
    try:
        return rooms.source.announcements(categories), None
    except SourceUnreachable as refusal:
        return None, refusal


def _of_day(day: date, questions: Sequence[Question], rooms: Rooms) -> Announcement:
    gap = gaps.of_span(questions, day)
    asked = [question.query for question in questions]
    found = rooms.source.submitted(asked, gap.since, arxiv_week.midnight(day))
    papers = catching_up.of_day(found.papers, day, rooms.library)
    return replace(found, day=day, papers=papers, seen=None, answered=frozenset())


def _report_of_roads(
    feed: Announcement | None,
    past: Announcement,
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
    return Announcement(day, (), road, tuple(notices), feed.seen if feed else past.seen)


def _made_up(gap: Gap) -> Notice:
    first = arxiv_week.spelled(gap.missed[0])
    since = arxiv_week.spelled(arxiv_week.feed_day(gap.since))
    return Notice(
        "caught-up",
        f"What was announced from {first} on has been made up for, but for papers of before "
        f"{since} that were cross-listed since.",
    )


def _open(gap: Gap, day: date, why: str | None) -> Notice:
    """Says that something is still to come; the library goes on asking for it."""
    first = gap.missed[0] if gap.missed else day
    reason = f": {why}" if why else ""
    return Notice(
        OPEN_GAP,
        f"Papers announced from {arxiv_week.spelled(first)} on may be missing{reason}. "
        "The next run asks again.",
    )
