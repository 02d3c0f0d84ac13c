"""arXiv's week: batches are announced Sunday to Thursday at 20:00 in New York, and the feed of a
batch appears at the midnight that follows. So feed days are Monday to Friday, dated in New York.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_NEW_YORK = ZoneInfo("America/New_York")
_MAY_BE_LATE = timedelta(hours=4)
_SATURDAY = 5
FIRST_DAY = date(1991, 8, 14)
_DEADLINE = 14


def feed_day(moment: datetime) -> date:
    """The day in New York, which is how a feed is dated."""
    return moment.astimezone(_NEW_YORK).date()


def midnight(day: date) -> datetime:
    """When the feed of a day appears: the day's first moment in New York."""
    return datetime.combine(day, time(), _NEW_YORK)


def expected_day(now: datetime) -> date:
    """The latest day whose feed can exist."""
    day = feed_day(now)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def announced_on(submitted: datetime) -> date:
    """The day of the feed that brings a paper, unless a moderator holds it up.

    What arrives by 14:00 in New York on a weekday is announced that night, on Friday for Monday.
    """
    local = submitted.astimezone(_NEW_YORK)
    closes = local.date() + timedelta(days=local.hour >= _DEADLINE)
    return _next_feed_day(closes if not is_weekend(closes) else _next_feed_day(closes))


def days_between(earlier: date, later: date) -> list[date]:
    """The days between two feeds on which arXiv can have announced something."""
    span = (earlier + timedelta(days=number) for number in range(1, (later - earlier).days))
    return [day for day in span if not is_weekend(day)]


def late(now: datetime, day: date, zone: tzinfo | None = None) -> str | None:
    """That a later feed than that of this day is due and has not come, if that is so."""
    return why_nothing(now, day, zone) if day < expected_day(now) == feed_day(now) else None


def why_nothing(now: datetime, day: date | None, zone: tzinfo | None = None) -> str:
    """Why a feed had no papers; `day` is the feed's own.

    Times are told in `zone`: the user's own, when it is not given.
    """
    today = feed_day(now)
    coming = _when(_next_feed(now), zone)
    if is_weekend(today):
        return f"arXiv announces nothing on weekends: the next feed is expected {coming}"
    if day is not None and day >= today:
        return (
            f"arXiv announced nothing in these categories on {_named(day)}, likely a holiday: "
            f"the next feed is expected {coming}"
        )
    due = midnight(today)
    if now - due < _MAY_BE_LATE:
        return f"The feed of {_named(today)} is not out yet: expected {_when(due, zone)}"
    return f"arXiv has no feed for {_named(today)}, likely a holiday: the next is expected {coming}"


def spelled(day: date) -> str:
    """Friday 20 November 2026, in English whatever the machine's locale."""
    return f"{_named(day)} {day.year}"


def _next_feed(now: datetime) -> datetime:
    return midnight(_next_feed_day(feed_day(now)))


def _next_feed_day(day: date) -> date:
    day += timedelta(days=1)
    while is_weekend(day):
        day += timedelta(days=1)
    return day


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _when(moment: datetime, zone: tzinfo | None) -> str:
    local = moment.astimezone(zone)
    return f"at {local:%H:%M} on {_named(local.date())}"


def _named(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
