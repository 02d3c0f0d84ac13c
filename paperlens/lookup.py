"""Reports about papers that the reader names, and the last report once more."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from paperlens.ask import Rooms
from paperlens.document import Reading, missing_figures
from paperlens.errors import SourceUnreachable, UnknownId, UserError
from paperlens.holdings import Holding, newest
from paperlens.ids import ArxivId, PaperId
from paperlens.models import Entry, Known, Notice, Report, Summary

if TYPE_CHECKING:
    from paperlens.library import Library, ReportRecord

NOT_FETCHED = "not-fetched"
UNKNOWN_ID = "unknown-id"
ABSENCES = frozenset({NOT_FETCHED, UNKNOWN_ID})  # notices of papers that could not be had


def about(
    ids: Sequence[PaperId], command: str, rooms: Rooms, pictures: Collection[str] = ()
) -> Report:
    """Everything known about papers; those that the library does not hold are fetched and kept.

    A paper that cannot be had is named in a notice; when none can be had, that is the error.
    `pictures` says of what pictures are cut from the papers' PDFs: FIGURE.
    """
    library = rooms.library
    known = library.known(id.number for id in ids)
    missing = [id for id in ids if id.number not in known]
    absences: tuple[Notice, ...] = ()
    if missing:
        try:
            arxivs = [id for id in missing if isinstance(id, ArxivId)]
            found = {paper.id: (paper, ()) for paper in rooms.source.details(arxivs)}
        except SourceUnreachable as failure:
            if not known:
                raise
            absences = tuple(Notice(NOT_FETCHED, f"{id}: {failure.sentence}") for id in missing)
        else:
            known |= library.remember(found)
            unknown = [
                UnknownId(str(id), _near(id, library)) for id in missing if id.number not in found
            ]
            if unknown and not known:
                raise UserError("\n".join(each.told for each in unknown))
            absences = tuple(Notice(UNKNOWN_ID, each.told) for each in unknown)
    numbers = [number for number in dict.fromkeys(id.number for id in ids) if number in known]
    wanted = {number: known[number] for number in numbers}
    return of_known(wanted, command, rooms, absences, pictures)


def of_known(
    known: Mapping[str, Known],
    command: str,
    rooms: Rooms,
    notices: tuple[Notice, ...] = (),
    pictures: Collection[str] = (),
) -> Report:
    """Papers as a command found or left them, with their newest summaries."""
    papers = [each.paper for each in known.values()]
    readings: Sequence[Reading] = ()
    if known:
        read = rooms.reader.read(papers, False, pictures) if pictures else None
        readings = read or rooms.reader.recall(papers)
    return Report(
        command=command,
        generated=rooms.now(),
        entries=_entries(readings, known, rooms.library.latest_summaries(known)),
        notices=(*notices, *missing_figures(readings)),
        shown=len(known),
        language=rooms.language,
    )


def of_holdings(holdings: Sequence[Holding], command: str, rooms: Rooms) -> Report:
    """Papers as the library holds them, without asking anybody."""
    known = {holding.known.paper.id: holding.known for holding in holdings}
    told = {one.known.paper.id: newest(one.summaries) for one in holdings if one.summaries}
    return Report(
        command=command,
        generated=rooms.now(),
        entries=_entries(_recalled(known, rooms), known, told),
        shown=len(holdings),
        language=rooms.language,
    )


def _near(id: PaperId, library: "Library") -> list[str]:
    return library.ids_starting(id.number[:4])


def again(record: "ReportRecord", rooms: Rooms) -> Report:
    """A report of the ledger, with its papers as they are known by now."""
    known = rooms.library.known(record.papers)
    told = rooms.library.latest_summaries(known)
    known = {id: known[id] for id in record.papers if id in known}
    entries = tuple(
        replace(
            entry,
            also=record.twins.get(entry.paper.id, ()),
            why=record.changes.get(entry.paper.id, ()),
        )
        for entry in _entries(_recalled(known, rooms), known, told)
    )
    return Report(
        command=record.command,
        generated=record.generated,
        batch=record.batch,
        entries=entries,
        notices=record.notices,
        seen=record.seen,
        shown=len(entries),
        road="library",
        matched=_matched(entries, record, rooms.library),
        language=rooms.language,
    )


def illustrated(report: Report, rooms: Rooms) -> Report:
    """With the figures of papers that were read at another time."""
    bare = [entry.paper for entry in report.entries if not entry.figures]
    if not bare:
        return report
    kept = dict(zip((paper.id for paper in bare), rooms.reader.figures(bare), strict=True))
    entries = (
        replace(entry, figures=entry.figures or kept[entry.paper.id]) for entry in report.entries
    )
    return replace(report, entries=tuple(entries))


def _matched(
    entries: Sequence[Entry], record: "ReportRecord", library: "Library"
) -> tuple[tuple[str, int], ...]:
    """By query; a report of a batch that was made without asking arXiv names none of its own."""
    names = tuple(record.queries)
    if not names and record.batch is not None:
        names = tuple(query.name for query in library.queries())
    counts = ((name, sum(name in entry.queries for entry in entries)) for name in names)
    return tuple((name, count) for name, count in counts if count or name in record.queries)


def dated_by_its_content(report: Report) -> Report:
    """The same report as of the newest time that stands in it, not of the moment it was made.

    An export of what did not change is the same file then.
    """
    times = [moment for entry in report.entries for moment in _times(entry)]
    return replace(report, generated=max(times, default=report.generated))


def _times(entry: Entry) -> Iterator[datetime]:
    paper = entry.paper
    told = entry.summary.created if entry.summary else None
    if paper.announced:
        yield datetime.combine(paper.announced, time(), UTC)
    yield from (moment for moment in (paper.published, paper.updated, told) if moment)


def _recalled(known: Mapping[str, Known], rooms: Rooms) -> Sequence[Reading]:
    if not known:  # then the reader need not come
        return ()
    return rooms.reader.recall([each.paper for each in known.values()])


def _entries(
    readings: Sequence[Reading], known: Mapping[str, Known], told: Mapping[str, Summary]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            paper=known[reading.paper.id].paper,
            queries=known[reading.paper.id].queries,
            decision=known[reading.paper.id].decision,
            links=reading.links,
            summary=told.get(reading.paper.id),
            affiliation=reading.affiliation,
            figures=reading.figures,
        )
        for reading in readings
    )
