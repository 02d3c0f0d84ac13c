"""arXiv's week, told in the reader's own time."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.arxiv_week import expected_day, feed_day, midnight, spelled, why_nothing

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-08-13T03:59:59", "2026-08-12"),
        ("2026-08-13T04:00:00", "2026-08-13"),
        ("2026-08-15T12:00:00", "2026-08-14"),
        ("2026-08-17T03:00:00", "2026-08-14"),
        ("2026-11-02T04:59:59", "2026-10-30"),
        ("2026-11-02T05:00:00", "2026-11-02"),
    ],
)
def test_feeds_come_at_midnight_in_new_york(now: str, day: str) -> None:
    """Monday to Friday, in summer and winter time."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert expected_day(moment) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("now", "day", "why"),
    [
        ("2026-08-15T12:00", "2026-08-15", "weekends: .* at 06:00 on Monday 17 August"),
        ("2026-08-13T05:00", "2026-08-12", "13 August is not out yet: expected at 06:00"),
        ("2026-08-13T12:00", "2026-08-12", "no feed for Thursday 13 August, likely a holiday"),
        ("2026-08-13T12:00", "2026-08-13", "nothing in these categories on Thursday 13 August"),
        ("2026-08-13T12:00", None, "at 06:00 on Friday 14 August"),
        ("2026-10-28T12:00", None, "at 05:00 on Thursday 29 October"),
    ],
)
def test_there_is_a_reason_for_nothing(now: str, day: str | None, why: str) -> None:
    """Weekend, feed not out yet, or likely a holiday: and when the next one comes."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    held = date.fromisoformat(day) if day else None
    said = why_nothing(moment, held, BERLIN)
    assert re.search(why, said), said


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))
def test_the_expected_feed_can_exist(now: datetime) -> None:
    """Whenever one looks, it is of a weekday that has begun in New York, three days ago at most."""
    day = expected_day(now)
    assert day.weekday() < 5
    assert midnight(day) <= now < midnight(day + timedelta(days=3))
    assert feed_day(midnight(day)) == day


def test_days_are_spelled_out() -> None:
    """In English, whatever the machine's locale."""
    assert spelled(date(2026, 11, 20)) == "Friday 20 November 2026"
    assert spelled(date(2024, 2, 4)) == "Sunday 4 February 2024"
