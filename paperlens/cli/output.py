"""Where a result goes: the terminal, a pager, a file or the next program, in the form asked for."""

import shlex
import signal
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from paperlens import files
from paperlens.errors import DONE_IN_PART, UserError
from paperlens.models import Notice, Report

if TYPE_CHECKING:
    from rich.console import Console

    from paperlens.context import Context
    from paperlens.reports.ink import Picture

_PLAIN = {"", ".txt"}
_STANDARD_OUTPUT = {Path("-"), Path("/dev/stdout")}
_PLAIN_WIDTH = 100


@dataclass(frozen=True)
class Delivery:
    """How the user wants the report; `form` is "terminal" or a name in reports.FORMATS.

    `figures` are shown on a terminal alone: neither a file nor a pager takes pictures.
    """

    form: str = "terminal"
    file: Path | None = None
    pager: bool = False
    quiet: bool = False
    figures: bool = False
    checks: bool = False

    @classmethod
    def chosen(
        cls,
        *,
        json: bool = False,
        jsonl: bool = False,
        markdown: bool = False,
        output: Path | None = None,
        pager: bool = False,
        quiet: bool = False,
        figures: bool = False,
        checks: bool = False,
    ) -> "Delivery":
        flags = {"json": json, "jsonl": jsonl, "markdown": markdown}
        wanted = [form for form, chosen in flags.items() if chosen]
        if len(wanted) > 1:
            raise UserError(f"--{wanted[0]} and --{wanted[1]} exclude each other")
        if pager and output:
            raise UserError("--pager and --output exclude each other")
        file = file_named(output)
        form = wanted[0] if wanted else _form_named_by(file) if file else "terminal"
        return cls(form, file, pager, quiet, figures, checks)


def file_named(output: Path | None) -> Path | None:
    """The file to write; None for the names of standard output."""
    return None if output in _STANDARD_OUTPUT else output


def _form_named_by(file: Path) -> str:
    from paperlens.reports import SUFFIXES

    suffix = file.suffix.lower()
    if suffix in _PLAIN:
        return "terminal"
    if suffix not in SUFFIXES:
        raise UserError(
            f"{file}: paperlens writes no {suffix}",
            f"{', '.join(SUFFIXES)} choose a form; .txt is plain text",
        )
    return SUFFIXES[suffix]


def deliver(report: Report, how: Delivery, world: "Context") -> None:
    """Render the report and bring it where it should go; nothing else is printed there."""
    report = replace(report, checks=how.checks)
    if how.form == "terminal":
        from paperlens.reports.terminal import print_report

        picture = picture_on(how, world) if how.figures else None
        draw(lambda page: print_report(report, page, picture), how, world)
    else:
        from paperlens.lookup import illustrated
        from paperlens.reports import ILLUSTRATED

        whole = illustrated(report, world) if how.form in ILLUSTRATED else report
        deliver_pieces([text_of(whole, how.form, world)], how, world, report.notices)


def text_of(report: Report, form: str, world: "Context") -> str:
    """The report in one of `reports.FORMATS`, with its pictures where the form can show them."""
    from paperlens.reports import ILLUSTRATED, render

    if form not in ILLUSTRATED:
        return render(report, form)
    return render(report, form, world.reader.picture)


def deliver_pieces(
    pieces: Iterable[str], how: Delivery, world: "Context", notices: Iterable[Notice] = ()
) -> None:
    """A text that may be too long to be held; lines of papers have no room for the notices."""
    if how.file:
        write_pieces(how.file, map(as_bytes, pieces))
    elif how.pager and world.stdout.isatty():
        _page("".join(pieces), world)
    else:
        for piece in pieces:
            print_exactly(piece, world.stdout)
    if how.form == "jsonl" and not how.quiet:
        for notice in notices:
            world.tell(notice.text)


def draw(drawing: "Callable[[Console], None]", how: Delivery, world: "Context") -> None:
    """What is drawn rather than written, where it should go."""
    if how.file:
        page = _blank_page()
    elif how.pager:
        page = world.out
    else:
        drawing(world.out)
        return
    with page.capture() as drawn:
        drawing(page)
    deliver_pieces([drawn.get()], how, world)


def picture_on(how: Delivery, world: "Context") -> "Picture":
    """How figures are drawn there, if the place takes pictures at all."""
    from paperlens.reports.pictures import Screen, Way, screen_of
    from paperlens.reports.pictures.showing import on

    if how.file or how.pager:
        return on(Screen(Way.NONE, (0, 0)))
    wanted = world.settings.terminal.pictures
    way = None if wanted == "auto" else Way(wanted)
    return on(screen_of(world.environ, world.stdin, world.stdout, world.out, way))


def _blank_page() -> "Console":
    from io import StringIO

    from rich.console import Console

    return Console(file=StringIO(), width=_PLAIN_WIDTH, highlight=False, markup=False)


def name_what_is_missing(report: Report, world: "Context") -> None:
    """Papers that could not be had are named; the report is then one in part."""
    from paperlens.lookup import ABSENCES

    absences = [notice for notice in report.notices if notice.code in ABSENCES]
    for absence in absences:
        world.tell(f"error: {absence.text}")
    if absences:
        raise typer.Exit(DONE_IN_PART)


def _page(text: str, world: "Context") -> None:
    environ = {"LESS": "FRX", **world.environ}
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the pager's while it runs
    try:
        program = shlex.split(world.environ.get("PAGER", "")) or ["less"]
        subprocess.run(program, input=text.encode("utf-8", "replace"), env=environ, check=False)
    except (OSError, ValueError) as error:
        raise UserError(f"the pager cannot be run: {error}", "look at $PAGER") from None
    finally:
        signal.signal(signal.SIGINT, before)


def print_document(told: object, world: "Context") -> None:
    """One JSON document on standard output."""
    from json import dumps

    print_exactly(dumps(told, ensure_ascii=False, indent=2), world.stdout)


def print_exactly(text: str, stream: TextIO) -> None:
    """The text and nothing around it, in UTF-8 whatever the terminal's encoding."""
    if isinstance(stream, TextIOWrapper):
        stream.flush()
        stream.buffer.write(as_bytes(text))
    else:
        stream.write(_ended(text))
    stream.flush()


def write_pieces(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all; a device such as /dev/stdout is written to as it is."""
    with files.writing(file):
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                stream.writelines(pieces)
        else:
            files.write_whole(file, pieces)


def as_bytes(text: str) -> bytes:
    return _ended(text).encode("utf-8", "replace")


def _ended(text: str) -> str:
    """A text ends in a newline, unless nothing is in it."""
    return text if not text or text.endswith("\n") else f"{text}\n"
