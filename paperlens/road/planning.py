"""By which ways papers would come in, found without asking anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paperlens.arxiv_week import expected_day
from paperlens.ask import Ask, Rooms
from paperlens.models import Announcement
from paperlens.rank import Question
from paperlens.road import gaps
from paperlens.road.categories import categories_to_ask
from paperlens.road.gaps import Gap
from paperlens.road.held import held, suffices


@dataclass(frozen=True, slots=True)
class Ways:
    """What is `held` is enough, or else the feed of `categories` and what it cannot bring."""

    held: Announcement | None
    is_enough: bool
    categories: frozenset[str] = frozenset()
    gap: Gap | None = None


def ways(ask: Ask, questions: Sequence[Question], rooms: Rooms) -> Ways:
    """`gap` is what would be searched for, if the feed of the expected day comes."""
    shown = held(ask, rooms.library)
    if suffices(shown, ask, rooms):
        return Ways(shown, is_enough=True)
    if ask.day is not None:
        return Ways(shown, is_enough=False, gap=gaps.of_span(questions, ask.day))
    categories = categories_to_ask([question.query for question in questions], ask.categories)
    by_feed = brought_by_feed(ask, questions) if categories else []
    gap = gap_beside(by_feed, expected_day(rooms.now()), ask, questions, rooms)
    return Ways(shown, is_enough=False, categories=categories, gap=gap)


def brought_by_feed(ask: Ask, questions: Sequence[Question]) -> list[Question]:
    """The questions that the feed answers."""
    return [one for one in questions if one.query.names_categories or ask.categories]


def gap_beside(
    by_feed: Sequence[Question], day: date, ask: Ask, questions: Sequence[Question], rooms: Rooms
) -> Gap | None:
    """What to search for, where the feed of that day answers those questions."""
    if ask.since is not None:
        return gaps.of_span(questions, ask.since)
    covered = {} if ask.one_off else rooms.library.coverage()
    is_first = not covered and (ask.one_off or rooms.library.latest_batch() is None)
    return gaps.gap(questions, by_feed, covered, day, is_first)
