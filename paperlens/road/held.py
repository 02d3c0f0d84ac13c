"""What the library can show of the time asked for, and whether that is enough."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperlens.ask import Ask, Rooms
from paperlens.errors import SourceUnreachable
from paperlens.models import Announcement
from paperlens.news import asked_then, covers, is_enough

if TYPE_CHECKING:
    from paperlens.library import Library, ReportRecord


def held(ask: Ask, library: "Library") -> Announcement | None:
    """The papers that were reported then, under the latest day of it."""
    reports = list(_reports(ask, library))
    if not reports:
        return None
    ids = dict.fromkeys(id for report in reports for id in report.told)
    known = library.known(ids)
    papers = tuple(known[id].paper for id in ids if id in known)
    latest = reports[0]
    seen = latest.seen if len(reports) == 1 else None
    return Announcement(
        latest.batch, papers, "library", latest.notices, seen, _is_whole(latest, ask, library)
    )


def _is_whole(latest: "ReportRecord", ask: Ask, library: "Library") -> bool:
    if ask.day is not None:
        return asked_then(latest, ask.queries)
    return covers(latest.batch, ask.queries, library.coverage())


def _reports(ask: Ask, library: "Library") -> Sequence["ReportRecord"]:
    if ask.day is not None:
        report = library.report(ask.day)
        return [report] if report else []
    if ask.since is not None:
        since = ask.since
        return [one for one in library.batches() if one.batch and one.batch >= since]
    latest = library.latest_batch()
    return [latest] if latest else []


def suffices(shown: Announcement | None, ask: Ask, rooms: Rooms) -> bool:
    """Whether arXiv need not be asked; where it must not be, there has to be something."""
    if ask.offline:
        if shown is None:
            asked = ask.day or ask.since
            what = f"no report of {asked}" if asked else "no report yet"
            raise SourceUnreachable(f"the library holds {what}, and --offline forbids to ask arXiv")
        return True
    if shown is None or ask.refresh or ask.since is not None:
        return False
    if ask.day is not None:
        return shown.is_whole
    last = rooms.library.latest_batch()
    return (
        last is not None
        and len(shown.papers) >= len(set(last.told))
        and is_enough(last, ask.queries, rooms.library.coverage(), rooms.now())
    )
