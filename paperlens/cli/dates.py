"""Days as people give them on the command line: 2026-11-21, or 3d and 2w before today."""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from paperlens.errors import UserError

if TYPE_CHECKING:
    from paperlens.context import Context

_SPAN = re.compile(r"([0-9]{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}


def day_of(text: str | None, option: str, world: "Context") -> date | None:
    """The day that the text names, counted back from today in New York, where arXiv's days begin.

    `option` is for the error; what was not given is no day.
    """
    if text is None:
        return None
    from paperlens.arxiv_week import feed_day

    today = feed_day(world.now())
    told = text.strip().lower()
    if span := _SPAN.fullmatch(told):
        return today - timedelta(days=int(span[1]) * _DAYS[span[2]])
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", told):
            return date.fromisoformat(told)
    except ValueError:
        pass
    raise UserError(
        f'{option}: "{text}" is no day', "write YYYY-MM-DD, or 3d or 2w for days or weeks ago"
    )
