"""`paperlens import`: papers that the reader brings, and what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from paperlens.cli import options
from paperlens.cli.progress import Step, progress
from paperlens.context import context
from paperlens.errors import DONE_IN_PART

if TYPE_CHECKING:
    from paperlens.bibliography import Fault, Reference
    from paperlens.context import Context
    from paperlens.intake import Intake

_NAMED = 50


class As(StrEnum):
    """What papers come in as."""

    PAPERS = "papers"
    INTEREST = "interest"


_STEP = 200


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="JSON Lines, BibTeX, RIS, CSL-JSON or a list of ids; - for standard input.",
            allow_dash=True,
            show_default=False,
        ),
    ],
    as_: Annotated[
        As,
        typer.Option(
            "--as",
            help="interest: they teach the ranking, and stay out of the library.",
            show_default=False,
        ),
    ] = As.PAPERS,
    quiet: options.Quiet = False,
) -> None:
    """Papers into the library: of another library, of a bibliography, or by their ids.

    Marks, tags, notes, summaries and reports come along from paperlens export --all; what is here
    already stays. Papers of bibliographies are looked up at arXiv, by arXiv id or DOI. Records
    that cannot be taken are named with their line, and the others are taken.

    \b
    Examples:
      paperlens import library.jsonl               from another paperlens
      paperlens import references.bib              as Zotero or Google Scholar write it
      cut -f1 reading-list.tsv | paperlens import -
      paperlens import zotero.bib --as interest    teaches the ranking; see paperlens interests
    """
    world = context()
    with _opened(file, world) as (stream, name), progress(world, quiet) as step:
        intake = _take_in(stream, name, step, world, as_)
    code = _conclude(intake, world)
    if as_ is As.INTEREST:
        raise typer.Exit(code)
    with progress(world, quiet) as step:
        world.search.follow(lambda done, months: step("indexing", done, months))
    raise typer.Exit(code)


@contextmanager
def _opened(file: Path, world: "Context") -> Iterator[tuple[BinaryIO, str]]:
    from paperlens.errors import UserError

    if file == Path("-"):
        assert isinstance(world.stdin, TextIOWrapper)
        yield world.stdin.buffer, "standard input"
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from None
    with stream:
        yield stream, str(file)


def _take_in(stream: BinaryIO, name: str, step: Step, world: "Context", as_: As) -> "Intake":
    from paperlens.bibliography import references
    from paperlens.errors import PaperlensError
    from paperlens.intake import Intake, learn_from, take_in

    named = 0

    def tell(fault: "Fault") -> None:
        nonlocal named
        named += 1
        if named <= _NAMED:
            world.tell(f"error: {name}, line {fault.line}: {fault.problem}")

    def asking(done: int, total: int) -> None:
        step("asking arXiv", done, total)

    records = _watched(references(stream, name), stream, step)
    intake = Intake(0, 0, 0)
    try:
        take = learn_from if as_ is As.INTEREST else take_in
        for so_far in take(records, world, tell, asking):
            intake = so_far
    except (KeyboardInterrupt, PaperlensError):
        world.tell(f"{_counted(intake.papers)} came in; the same command goes on from there")
        raise
    if named > _NAMED:
        world.tell(f"error: {name}: {named - _NAMED:,} more cannot be taken")
    return intake


def _watched(
    records: "Iterator[Reference | Fault]", stream: BinaryIO, step: Step
) -> "Iterator[Reference | Fault]":
    """The records, while the bar tells how far into the file they are."""
    size = _size(stream)
    for number, record in enumerate(records):
        if number % _STEP == 0:
            step("reading", stream.tell() if size else number, size)
        yield record


def _size(stream: BinaryIO) -> int | None:
    from os import fstat
    from stat import S_ISREG

    status = fstat(stream.fileno())
    return status.st_size if S_ISREG(status.st_mode) else None


def _conclude(intake: "Intake", world: "Context") -> int:
    """Say what became of the records; gives the exit code."""
    from paperlens.errors import SourceUnreachable

    new = intake.papers - intake.known
    counted = _counted(intake.papers)
    world.stdout.write(f"{counted}: {new:,} new, {intake.known:,} known already\n")
    world.stdout.flush()
    if intake.unreachable:
        world.tell(f"error: arXiv could not be asked for more: {intake.unreachable}")
        if not intake.papers:
            return SourceUnreachable.exit_code
    return DONE_IN_PART if intake.faults or intake.unreachable else 0


def _counted(papers: int) -> str:
    return "1 paper" if papers == 1 else f"{papers:,} papers"
