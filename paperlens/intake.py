"""The other way in: papers that the reader brings, from another library or a bibliography.

What a file leaves out is asked of arXiv, a hundred papers to a request. Where arXiv cannot be
asked, what the file tells is taken, and what told too little is named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

from paperlens.ask import Rooms
from paperlens.bibliography import Fault, Reference
from paperlens.errors import SourceUnreachable, UnknownId
from paperlens.holdings import Coverage, Holding, ReportRecord
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.news import ASK_AGAIN
from paperlens.sources import IDS_AT_ONCE

RECORDS_AT_ONCE = 10_000
Asking = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the records of a file; `unreachable` is why arXiv was not asked further."""

    papers: int
    known: int
    faults: int
    unreachable: str | None = None


def take_in(
    records: Iterable[Reference | Fault],
    rooms: Rooms,
    name: Callable[[Fault], None],
    asking: Asking,
) -> Iterator[Intake]:
    """Every good record into the library; each bad one is named, with its line.

    Tells what became of the records so far, again and again, and at last of all. `asking` hears
    how many papers arXiv was asked for, of how many.
    """
    papers = known = faults = 0
    reports = _Reports()
    lookups = _Lookups(rooms, asking)
    for portion in _portions(records):
        holdings, unusable = _sorted_out(portion, lookups, name)
        taken = rooms.library.take(holdings)
        reports.add(holdings)
        papers, known = papers + taken.papers, known + taken.known
        faults += unusable
        yield Intake(papers, known, faults, lookups.unreachable)
    rooms.library.enter(reports.joined())
    held = rooms.library.coverage()
    rooms.library.keep_coverage(
        {name: told for name, told in reports.covered().items() if name not in held}
    )
    yield Intake(papers, known, faults, lookups.unreachable)


def learn_from(
    records: Iterable[Reference | Fault],
    rooms: Rooms,
    name: Callable[[Fault], None],
    asking: Asking,
) -> Iterator[Intake]:
    """The papers of every good record as interests, which stay out of the library."""
    papers = known = faults = 0
    lookups = _Lookups(rooms, asking)
    for portion in _portions(records):
        holdings, unusable = _sorted_out(portion, lookups, name)
        new = rooms.library.add_interests(holding.known.paper for holding in holdings)
        papers, known = papers + len(holdings), known + len(holdings) - new
        faults += unusable
        yield Intake(papers, known, faults, lookups.unreachable)


def _sorted_out(
    portion: Sequence[Reference | Fault], lookups: "_Lookups", name: Callable[[Fault], None]
) -> tuple[list[Holding], int]:
    """What can be taken; the others are named in the order of their lines, and counted."""
    holdings, missing = lookups.completed([one for one in portion if isinstance(one, Reference)])
    unusable = [*(one for one in portion if isinstance(one, Fault)), *missing]
    for fault in sorted(unusable, key=lambda one: one.line):
        name(fault)
    return holdings, len(unusable)


def _portions(
    records: Iterable[Reference | Fault],
) -> Iterator[tuple[Reference | Fault, ...]]:
    """So many at a time that each month's file is written seldom, and memory stays small."""
    rest = iter(records)
    while portion := tuple(islice(rest, RECORDS_AT_ONCE)):
        yield portion


class _Lookups:
    """What arXiv knows of papers that a file tells too little of."""

    def __init__(self, rooms: Rooms, asking: Asking) -> None:
        self._rooms, self._asking = rooms, asking
        self.unreachable: str | None = None

    def completed(self, references: Sequence[Reference]) -> tuple[list[Holding], list[Fault]]:
        """The records with all that can be had of their papers, and those that stay empty."""
        lacking = [one for one in references if one.lacks_details]
        told = self._looked_up({one.paper.id: one for one in lacking})
        holdings: list[Holding] = []
        missing: list[Fault] = []
        for one in references:
            paper = told.get(one.paper.id) if one.lacks_details else None
            if one.is_bare and paper is None:
                missing.append(Fault(one.line, self._why_missing(one.paper.id)))
                continue
            known = replace(one.holding.known, paper=_joined(one.paper, paper))
            holdings.append(replace(one.holding, known=known))
        return holdings, missing

    def _looked_up(self, lacking: Mapping[str, Reference]) -> dict[str, Paper]:
        """By the id under which the file speaks of them."""
        held = self._rooms.library.known(lacking)
        told = {id: known.paper for id, known in held.items() if known.paper.is_detailed}
        unknown = [one.paper for id, one in lacking.items() if id not in told]
        source = self._rooms.source
        numbers = [ArxivId(paper.id, paper.version) for paper in unknown if paper.is_arxivs]
        for paper in self._ask(source.details, numbers):
            told[paper.id] = paper
        names = {
            paper.doi.lower(): paper.id for paper in unknown if paper.doi and not paper.is_arxivs
        }
        for paper in self._ask(source.with_dois, list(names)):
            told[names[(paper.doi or "").lower()]] = paper
        return {id: known.paper for id, known in held.items()} | told

    def _ask(
        self, question: Callable[[Sequence[T]], tuple[Paper, ...]], asked: Sequence[T]
    ) -> Iterator[Paper]:
        for start in range(0, len(asked), IDS_AT_ONCE):
            if self.unreachable:
                return
            self._asking(start, len(asked))
            try:
                yield from question(asked[start : start + IDS_AT_ONCE])
            except SourceUnreachable as failure:
                self.unreachable = failure.sentence

    def _why_missing(self, id: str) -> str:
        if self.unreachable:
            return f"{id} could not be looked up"
        return UnknownId(id, self._rooms.library.ids_starting(id[:4])).told


def _joined(told: Paper, found: Paper | None) -> Paper:
    return replace(told, id=found.id, address=None).merged(found) if found else told


class _Reports:
    """The ledger of the library from which the papers come, put together from its pages."""

    def __init__(self) -> None:
        self._reports: dict[date, ReportRecord] = {}
        self._places: dict[date, dict[int, str]] = {}
        self._totals: dict[date, int] = {}

    def add(self, holdings: Iterable[Holding]) -> None:
        for holding in holdings:
            for place, report, total in holding.mentions:
                if report.batch is not None:
                    self._reports[report.batch] = report
                    self._totals[report.batch] = total
                    self._places.setdefault(report.batch, {})[place] = holding.known.paper.id

    def joined(self) -> Iterator[ReportRecord]:
        for batch, report in self._reports.items():
            papers = dict(sorted(self._places[batch].items())).values()
            yield replace(report, papers=tuple(papers))

    def covered(self) -> dict[str, Coverage]:
        """What arXiv has answered there, as far as whole reports show it."""
        found = {}
        for batch, report in sorted(self._reports.items()):
            is_whole = len(self._places[batch]) == self._totals[batch]
            if is_whole and not any(notice.code in ASK_AGAIN for notice in report.notices):
                for name, expr in report.queries.items():
                    found[name] = Coverage(expr, batch, report.asked or report.generated)
        return found
