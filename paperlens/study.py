"""What `text` and `figures` are about: papers and files that the reader names, opened and read."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from paperlens.ask import Rooms
from paperlens.document import NO_PICTURE, Opened, Section
from paperlens.errors import DONE_IN_PART, SourceUnreachable, UnknownId
from paperlens.ids import ArxivId, PaperId
from paperlens.models import Paper

Named = PaperId | Path


def study(named: Sequence[Named], pictures: Collection[str], rooms: Rooms) -> Iterator[Opened]:
    """Each of them in order, as soon as it is read; one that cannot be read tells why."""
    papers = _papers([each for each in named if not isinstance(each, Path)], rooms)
    found = [each if isinstance(each, Path) else papers[each] for each in named]
    opened = rooms.reader.open([each for each in found if not isinstance(each, Opened)], pictures)
    for each in found:
        yield each if isinstance(each, Opened) else next(opened)
    yield from opened  # nothing is left, but the reader tidies up when it is told so


def outcome(studied: Sequence[Opened]) -> int:
    """The exit code that tells a script how much could be read."""
    codes = {each.exit_code for each in studied}
    if codes <= {0}:
        return DONE_IN_PART if any(map(_lacks_pictures, studied)) else 0
    return codes.pop() if len(codes) == 1 else DONE_IN_PART


def _lacks_pictures(opened: Opened) -> bool:
    notices = opened.document.notices if opened.document else ()
    return any(notice.code == NO_PICTURE for notice in notices)


def sections_named(sections: Iterable[Section], name: str) -> tuple[Section, ...]:
    """The sections whose heading is or has the name, by words or by number, with those below."""
    found: list[Section] = []
    below = None
    for section in sections:
        if below is not None and section.level > below:
            found.append(section)
            continue
        below = section.level if _is_called(section, name) else None
        if below is not None:
            found.append(section)
    return tuple(found)


def _is_called(section: Section, name: str) -> bool:
    wanted, heading = _plain(name), _plain(section.heading or "")
    number, _, title = heading.partition(" ")
    if wanted == section.kind or wanted in {heading, number, title}:
        return bool(wanted)
    return len(wanted) > 2 and f" {wanted}" in f" {heading}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w.]*\w", text.casefold()))


def _papers(ids: Sequence[PaperId], rooms: Rooms) -> dict[PaperId, Paper | Opened]:
    """As the library knows them, or else arXiv; the version is the one that was asked for."""
    papers = {id: known.paper for id, known in rooms.library.known(i.number for i in ids).items()}
    missing = [id for id in ids if id.number not in papers]
    arxivs = [id for id in missing if isinstance(id, ArxivId)]
    is_silent = False
    if arxivs:
        try:
            told = rooms.source.details(arxivs)
            papers |= {
                id: known.paper
                for id, known in rooms.library.remember({p.id: (p, ()) for p in told}).items()
            }
        except SourceUnreachable:  # then the PDF tells what it is: it may be in the cache
            is_silent = True
    return {id: _named(id, papers.get(id.number), is_silent) for id in ids}


def _named(id: PaperId, paper: Paper | None, is_silent: bool) -> Paper | Opened:
    if paper is not None:
        return replace(paper, version=id.version) if id.version else paper
    unknown = Paper(id.number, "", (), "", (), version=id.version)
    if is_silent and isinstance(id, ArxivId):
        return unknown
    why = UnknownId(str(id))
    return Opened(unknown, error=why.told, exit_code=why.exit_code)
