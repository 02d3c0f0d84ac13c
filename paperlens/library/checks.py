"""What `doctor` asks of the library: can every file be read, and is there damage to look at?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from paperlens.errors import PaperlensError
from paperlens.library import disk
from paperlens.library.coverage import COVERAGE
from paperlens.library.exports import EXPORTS
from paperlens.library.interests import INTERESTS
from paperlens.library.ledger import LAST, LEDGER
from paperlens.library.papers import DECISIONS, PAPERS
from paperlens.library.queries import QUERIES
from paperlens.library.shelves import Kind, Shelves
from paperlens.library.summaries import SPENDING, SUMMARIES
from paperlens.library.undo import UNDO
from paperlens.library.verdicts import VERDICTS

_SINGLE: tuple[tuple[Kind[Any], str], ...] = (
    (QUERIES, "queries"),
    (LAST, "last"),
    (EXPORTS, "exports"),
    (COVERAGE, "coverage"),
    (INTERESTS, "interests"),
    (UNDO, "undo"),
)
_SHARDED: tuple[Kind[Any], ...] = (PAPERS, DECISIONS, SUMMARIES, VERDICTS, LEDGER, SPENDING)


def troubles(shelves: Shelves) -> Iterator[PaperlensError]:
    """One for each file or folder that cannot be used."""
    try:
        disk.files_in(shelves.folder)
    except PaperlensError as error:
        yield error
        return
    yield from _met_by(shelves.lock.refuse_obstacle)
    for kind, name in _SINGLE:
        yield from _met_by(shelves.shelf(kind, name).everything)
    for kind in _SHARDED:
        yield from _of_shards(kind, shelves)


def set_aside(shelves: Shelves) -> list[Path]:
    return sorted(shelves.folder.rglob("*.damaged-*"))


def _of_shards(kind: Kind[Any], shelves: Shelves) -> Iterator[PaperlensError]:
    try:
        names = sorted(shelves.names(kind))
    except PaperlensError as error:
        yield error
        return
    for name in names:
        yield from _met_by(shelves.shelf(kind, name).everything)


def _met_by(step: Callable[[], object]) -> Iterator[PaperlensError]:
    try:
        step()
    except PaperlensError as error:
        yield error
