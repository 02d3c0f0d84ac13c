"""What `summarize` is about: papers and files that the reader names, each told by a template.

What the library does not hold is looked up once; full texts are opened; what cannot be had is named
and costs nothing but itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from paperlens.ask import Ask, Rooms
from paperlens.document import Document, Opened, Reading, missing_figures
from paperlens.errors import DONE_IN_PART, PaperlensError, UnknownId
from paperlens.holdings import ReportRecord
from paperlens.ids import ArxivId, LocalId, PaperId, paper_id
from paperlens.lookup import about
from paperlens.models import Cost, Entry, Notice, Paper, Report
from paperlens.study import outcome as outcome_of_reading
from paperlens.summaries import Progress, Told, expect, notices, refused_everything, summarise
from paperlens.today import outcome as outcome_of_report

NOT_READ = "not-read"
_NOTHING_TO_READ = "there is no text to summarise"

Named = PaperId | Path | Paper
Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Account:
    """The report, what could not be had, and the exit code that tells how complete it is."""

    report: Report
    absences: tuple[Notice, ...]
    exit_code: int


def tell_of(
    named: Sequence[Named], ask: Ask, rooms: Rooms, watch: Watch = lambda _: None
) -> Account:
    """Each of the papers once, in the order of their naming; those given whole are not fetched."""
    found = _looked_up(named, ask, rooms)
    if ask.full_text:
        ids = (entry.paper.id for entry in found.entries)
        expect(ids, rooms.summariser, rooms.library, ask.refresh)
    opened = _opened(named, ask, rooms)
    absences = (*found.notices, *(_absence(each) for each in opened.values() if each.error))
    read = _read_files(opened, ask, rooms) | _read_papers(named, found, ask, rooms)
    readings = tuple({reading.paper.id: reading for reading in _in_order(named, read)}.values())
    told = summarise(
        [reading for reading in readings if reading.text.strip()],
        rooms.summariser,
        rooms.template,
        ask.language,
        rooms.library,
        ask.refresh,
        watch,
    )
    held = {entry.paper.id: entry for entry in found.entries}
    report = Report(
        command=ask.command,
        generated=rooms.now(),
        entries=tuple(_entry(each, told.get(each.paper.id), held) for each in readings),
        notices=(
            *absences,
            *missing_figures(readings),
            *notices(told.values()),
        ),
        shown=len(readings),
        model_refused=refused_everything(told.values()),
        cost=sum((each.paid for each in told.values()), Cost()),
        language=ask.language,
    )
    return Account(report, absences, _exit_code(report, absences, tuple(opened.values())))


def keep(report: Report, rooms: Rooms) -> None:
    """The numbers on the page are those that other commands take."""
    papers = tuple(entry.paper.id for entry in report.entries)
    if papers:
        rooms.library.record(ReportRecord(report.command, report.generated, papers=papers))


def _looked_up(named: Sequence[Named], ask: Ask, rooms: Rooms) -> Report:
    """What is known of the papers; when none can be had and nothing else was named, why."""
    given = {each.id: each for each in named if isinstance(each, Paper)}
    unknown = given.keys() - rooms.library.known(given).keys()
    if unknown:
        rooms.library.remember({id: (paper, ()) for id, paper in given.items() if id in unknown})
    ids = [id for each in named if (id := _id_of(each)) is not None]
    if not ids:
        return Report(ask.command, rooms.now())
    try:
        return about(ids, ask.command, rooms)
    except PaperlensError as failure:
        if len(ids) == len(named):
            raise
        return Report(ask.command, rooms.now(), notices=(Notice(NOT_READ, failure.told),))


def _id_of(named: Named) -> PaperId | None:
    if isinstance(named, Path):
        return None
    return paper_id(named.id) if isinstance(named, Paper) else named


def _opened(named: Sequence[Named], ask: Ask, rooms: Rooms) -> Mapping[Path, Opened]:
    files = tuple(dict.fromkeys(each for each in named if isinstance(each, Path)))
    return dict(zip(files, rooms.reader.open(files, ask.pictures), strict=True)) if files else {}


def _absence(opened: Opened) -> Notice:
    return Notice(NOT_READ, f"{opened.name}: {opened.error}")


def _read_papers(
    named: Sequence[Named], found: Report, ask: Ask, rooms: Rooms
) -> dict[Named, Reading]:
    """Only arXiv has PDFs for us: of other papers there is what was given."""
    papers = {entry.paper.id: entry.paper for entry in found.entries}
    wanted: dict[Named, Paper] = {}
    for each in named:
        id = _id_of(each)
        if id is not None and id.number in papers:
            paper = papers[id.number]
            wanted[each] = replace(paper, version=id.version) if id.version else paper
    read: dict[Named, Reading] = {}
    for are_arxivs in (True, False):
        some = {each: paper for each, paper in wanted.items() if paper.is_arxivs is are_arxivs}
        in_full, pictures = (ask.full_text, ask.pictures) if are_arxivs else (False, ())
        readings = rooms.reader.read(tuple(some.values()), in_full, pictures)
        read |= dict(zip(some, readings, strict=True))
    return read


def _read_files(opened: Mapping[Path, Opened], ask: Ask, rooms: Rooms) -> dict[Named, Reading]:
    return {
        file: _reading(each, each.document, ask, rooms)
        for file, each in opened.items()
        if each.document
    }


def _reading(opened: Opened, document: Document, ask: Ask, rooms: Rooms) -> Reading:
    paper = _paper_of(opened, document, rooms)
    in_full = ask.full_text or not paper.abstract.strip()
    affiliations = document.affiliations
    return Reading(
        paper,
        document.text if in_full else paper.abstract,
        "pdf" if in_full else "abstract",
        links=opened.links,
        affiliation=affiliations[0] if affiliations else None,
        figures=opened.figures,
        document=document,
    )


def _paper_of(opened: Opened, document: Document, rooms: Rooms) -> Paper:
    """As the library knows it by the id in its margin, else as the file itself says."""
    abstract = "\n\n".join(s.text for s in document.sections if s.kind == "abstract")
    title = document.title or Path(opened.name).stem
    id: PaperId = LocalId.of(title, ())
    if document.stamp:
        with suppress(UnknownId):
            id = ArxivId.parse(document.stamp)
    paper = Paper(id.number, title, (), abstract, (), version=id.version)
    known = rooms.library.known([id.number]).get(id.number)
    if known:
        return replace(known.paper, version=id.version or known.paper.version)
    if not paper.is_arxivs:  # what arXiv knows better is left to arXiv
        rooms.library.remember({paper.id: (paper, ())})
    return paper


def _in_order(named: Sequence[Named], read: Mapping[Named, Reading]) -> Iterator[Reading]:
    return (read[each] for each in named if each in read)


def _entry(reading: Reading, told: Told | None, held: Mapping[str, Entry]) -> Entry:
    known = held.get(reading.paper.id) or Entry(reading.paper)
    nothing = None if reading.text.strip() else _NOTHING_TO_READ
    return replace(
        known,
        paper=reading.paper,
        links=reading.links,
        summary=told.summary if told else None,
        affiliation=reading.affiliation,
        figures=reading.figures,
        error=reading.error or nothing or (told.error if told else None),
    )


def _exit_code(report: Report, absences: Sequence[Notice], opened: Sequence[Opened]) -> int:
    if not report.entries:
        return outcome_of_reading(opened) or DONE_IN_PART
    return outcome_of_report(report) or (DONE_IN_PART if absences else 0)
