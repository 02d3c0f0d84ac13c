"""`paperlens export`: papers, the last report or the whole library as a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.holdings import Holding
    from paperlens.library import Library
    from paperlens.models import Report

_AT_ONCE = 500
Pieces = Callable[[], Iterable[str]]


def export(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID",
            help="Papers; the whole last report when none is named.",
            autocompletion=completion.paper_ids,
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All papers of the library, for another one.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="PRESET",
            help="The form; else by the file's suffix, else Markdown.",
            autocompletion=completion.presets,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file; standard output otherwise."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that you have changed.")
    ] = False,
) -> None:
    """Papers, the last report or the whole library as a file: Markdown, HTML, JSON, JSON Lines.

    JSON Lines carry all that is known: marks, tags, notes, summaries, reports. paperlens import
    brings them back. A file that somebody changed since paperlens wrote it is kept, and named.

    \b
    Examples:
      paperlens export --to markdown -o today.md
      paperlens export 1 3 --to jsonl
      paperlens export --all -o library.jsonl      the library, to keep or to move
    """
    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import Delivery, deliver_pieces, file_named, name_what_is_missing
    from paperlens.errors import UserError
    from paperlens.lookup import about

    if everything and ids:
        raise UserError("--all takes the place of ids: name either")
    preset = _preset(to, output)
    world = context()
    report = None
    if not everything:
        report = about(ids_of(ids, world), "export", world) if ids else _last_report(world)
    pieces = _pieces(report, preset, world)
    if file := file_named(output):
        _write(file, pieces, world.library, force)
    else:
        deliver_pieces(pieces(), Delivery(preset, quiet=True), world)
    if report and ids:
        name_what_is_missing(report, world)


def _preset(to: str | None, output: Path | None) -> str:
    from paperlens.cli.output import Delivery
    from paperlens.errors import UserError, nearest
    from paperlens.reports import FORMATS

    if to is None:
        by_suffix = Delivery.chosen(output=output).form
        return by_suffix if by_suffix in FORMATS else "markdown"
    if to not in FORMATS:
        raise UserError(
            f'there is no preset "{to}"', nearest(to, FORMATS) or f"there are {', '.join(FORMATS)}"
        )
    return to


def _last_report(world: "Context") -> "Report":
    from paperlens.errors import UserError
    from paperlens.lookup import again

    record = world.library.last_report()
    if record is None:
        raise UserError("there is no report yet", "paperlens today makes one")
    return again(record, world)


def _pieces(report: "Report | None", preset: str, world: "Context") -> Pieces:
    """The text of the report, or of the whole library, as often as it is asked for."""
    from paperlens.cli.output import text_of
    from paperlens.lookup import of_holdings
    from paperlens.reports import kept_lines

    if preset == "jsonl":
        if report is None:
            return lambda: _whole_library(world)
        holdings = world.library.holdings(entry.paper.id for entry in report.entries)
        return lambda: kept_lines(report, holdings)
    whole = report or of_holdings(list(world.library.everything()), "export", world)
    text = text_of(whole, preset, world)
    return lambda: (text,)


def _whole_library(world: "Context") -> Iterator[str]:
    from paperlens.lookup import of_holdings
    from paperlens.reports import kept_lines

    holdings = world.library.everything()
    while some := list(islice(holdings, _AT_ONCE)):
        report = of_holdings(some, "export", world)
        yield from kept_lines(report, _by_id(some))


def _by_id(holdings: "Iterable[Holding]") -> "Mapping[str, Holding]":
    return {holding.known.paper.id: holding for holding in holdings}


def _write(file: Path, pieces: Pieces, library: "Library", force: bool) -> None:
    """Write a file that paperlens may write again, unless somebody else has changed it since."""
    from paperlens.cli.output import write_pieces

    target = file.resolve()
    if target.is_file() and not force:
        _refuse_changed(file, library.exported(target), pieces)
    digest = sha256()
    write_pieces(file, _seen(_bytes(pieces), digest.update))
    if target.is_file():
        library.keep_exported(target, digest.hexdigest())


def _refuse_changed(file: Path, written: str | None, pieces: Pieces) -> None:
    """Unless the file is as it was written, or as it would be."""
    from paperlens.errors import UserError
    from paperlens.files import writing

    with writing(file), file.open("rb") as stream:
        found = file_digest(stream, "sha256").hexdigest()
    if found == written:
        return
    wanted = sha256()
    for piece in _bytes(pieces):
        wanted.update(piece)
    if found != wanted.hexdigest():
        raise UserError(
            f"{file} is not as paperlens wrote it, so it is kept", "--force overwrites it"
        )


def _bytes(pieces: Pieces) -> Iterator[bytes]:
    return (piece.encode("utf-8", "replace") for piece in pieces())


def _seen(pieces: Iterable[bytes], see: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        see(piece)
        yield piece
