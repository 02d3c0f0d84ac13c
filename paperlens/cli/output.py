"""Where a result goes: the terminal, a pager, a file or the next program, in the form asked for."""

import shlex
import signal
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from paperlens import files
from paperlens.errors import DONE_IN_PART, UserError
from paperlens.models import Report

if TYPE_CHECKING:
    from rich.console import Console

    from paperlens.context import Context

_BY_SUFFIX = {".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".markdown": "markdown"}
_PLAIN = {"", ".txt"}
_STANDARD_OUTPUT = {Path("-"), Path("/dev/stdout")}
_PLAIN_WIDTH = 100
_END = "\n"


@dataclass(frozen=True)
class Delivery:
    """How the user wants the report; `form` is "terminal" or a name in reports.FORMATS."""

    form: str = "terminal"
    file: Path | None = None
    pager: bool = False
    quiet: bool = False

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
    ) -> "Delivery":
        flags = {"json": json, "jsonl": jsonl, "markdown": markdown}
        wanted = [form for form, chosen in flags.items() if chosen]
        if len(wanted) > 1:
            raise UserError(f"--{wanted[0]} and --{wanted[1]} exclude each other")
        if pager and output:
            raise UserError("--pager and --output exclude each other")
        file = file_named(output)
        form = wanted[0] if wanted else _form_named_by(file) if file else "terminal"
        return cls(form, file, pager, quiet)


def file_named(output: Path | None) -> Path | None:
    """The file to write; None for the names of standard output."""
    return None if output in _STANDARD_OUTPUT else output


def _form_named_by(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix in _PLAIN:
        return "terminal"
    if suffix not in _BY_SUFFIX:
        raise UserError(
            f"{file}: paperlens writes no {suffix}",
            f"{', '.join(_BY_SUFFIX)} choose a form; .txt is plain text",
        )
    return _BY_SUFFIX[suffix]


def deliver(report: Report, how: Delivery, world: "Context") -> None:
    """Render the report and bring it where it should go; nothing else is printed there."""
    if how.form == "terminal":
        from paperlens.reports.terminal import print_report

        draw(lambda page: print_report(report, page), how, world)
        return
    from paperlens.reports import render

    text = render(report, how.form)
    if how.file:
        write_whole(how.file, text)
    elif how.pager and world.stdout.isatty():
        _page(text, world)
    else:
        print_exactly(text, world.stdout)
    if how.form == "jsonl" and not how.quiet:
        for notice in report.notices:
            world.tell(notice.text)


def name_what_is_missing(report: Report, world: "Context") -> None:
    """Papers that could not be had are named; the report is then one in part."""
    for absence in report.notices:
        world.tell(f"error: {absence.text}")
    if report.notices:
        raise typer.Exit(DONE_IN_PART)


def deliver_pieces(pieces: Iterable[str], how: Delivery, world: "Context") -> None:
    """A text that may be too long to be held, where it should go."""
    if how.file:
        write_pieces(how.file, (piece.encode("utf-8", "replace") for piece in pieces))
    elif how.pager and world.stdout.isatty():
        _page("".join(pieces), world)
    else:
        for piece in pieces:
            print_exactly(piece, world.stdout)


def draw(drawing: "Callable[[Console], None]", how: Delivery, world: "Context") -> None:
    """What is drawn rather than written, where it should go."""
    if how.file:
        from io import StringIO

        from rich.console import Console

        page = Console(file=StringIO(), width=_PLAIN_WIDTH, highlight=False, markup=False)
        drawing(page)
        assert isinstance(page.file, StringIO)
        write_whole(how.file, page.file.getvalue())
    elif how.pager and world.stdout.isatty():
        with world.out.capture() as page_text:
            drawing(world.out)
        _page(page_text.get(), world)
    else:
        drawing(world.out)


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


def print_exactly(text: str, stream: TextIO) -> None:
    """The text and nothing around it, in UTF-8 whatever the terminal's encoding."""
    if not text:
        return
    if isinstance(stream, TextIOWrapper):
        stream.flush()
        stream.buffer.write(_bytes(text))
    else:
        stream.write(f"{text.removesuffix(_END)}{_END}")
    stream.flush()


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all; a device such as /dev/stdout is written to as it is."""
    write_pieces(file, [_bytes(text)])


def write_pieces(file: Path, pieces: Iterable[bytes]) -> None:
    """The same of a text that is too long to be held."""
    with files.writing(file):
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                stream.writelines(pieces)
        else:
            files.write_whole(file, pieces)


def _bytes(text: str) -> bytes:
    """A text file ends in a newline."""
    return f"{text.removesuffix(_END)}{_END}".encode("utf-8", "replace")
