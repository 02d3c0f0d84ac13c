"""Which papers wait for a decision, read bit by bit so that the first is there at once.

Those of the reports of the last weeks, the latest report first and each in its order; or, where
that is asked for or there is no report, those of the whole library, the newest first.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from paperlens.models import Known, Mark

if TYPE_CHECKING:
    from paperlens.library import Library

SPAN = timedelta(weeks=2)
MOST = 2_000  # nobody decides about more at a sitting, and the next begins where this one ends
_FIRST, _MORE = 40, 400


def undecided(
    library: "Library", names: Collection[str] = (), everything: bool = False
) -> Iterator[tuple[Known, ...]]:
    """Some at a time and never none; with `names` only those that one of these queries found."""
    candidates = _candidates(library, everything)
    left, size = MOST, _FIRST
    while left and (ids := list(islice(candidates, size))):
        decided = library.decisions(ids)
        waiting = [one for one in ids if one not in decided or decided[one].mark is Mark.NEW]
        found = [
            known
            for known in library.known(waiting).values()
            if not names or any(name in names for name in known.queries)
        ]
        if found:
            yield tuple(found[:left])
        left -= min(len(found), left)
        size = _MORE


def latest_day(library: "Library") -> date | None:
    """Of the report that triage begins with."""
    latest = library.latest_batch()
    return latest.batch if latest else None


def _candidates(library: "Library", everything: bool) -> Iterator[str]:
    reported = {} if everything else _reported(library)
    return iter(reported) if reported else library.ids()


def _reported(library: "Library") -> dict[str, None]:
    """Each paper where it was reported last."""
    latest = latest_day(library)
    found: dict[str, None] = {}
    for report in library.batches():
        if latest and report.batch and latest - report.batch > SPAN:
            break
        found |= dict.fromkeys(one for one in report.papers if one not in found)
    return found
