"""Commands about single papers: `show` and `export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.ids import PaperId
    from paperlens.models import Report


def show(
    ids: options.Ids,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    output: options.Output = None,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """Everything known about papers.

    What the library does not hold is asked of arXiv, once.

    \b
    Examples:
      paperlens show 1                   the first paper of the last report
      paperlens show 2404.05674 hep-th/9901001
      paperlens show https://arxiv.org/abs/2404.05674v2 --json
      cut -f1 reading-list.tsv | paperlens show -
    """
    from dataclasses import replace

    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import Delivery, deliver

    world = context()
    how = Delivery.chosen(
        json=json, jsonl=jsonl, markdown=markdown, output=output, pager=pager, quiet=quiet
    )
    report = _report_of(ids_of(ids, world), "show", world)
    # Only a JSON document has a place for absences; everyone else reads them on standard error.
    deliver(report if how.form == "json" else replace(report, notices=()), how, world)
    _name_what_is_missing(report, world)


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
    """Papers or the last report as a file: Markdown, JSON, JSON Lines.

    A file that somebody changed since paperlens wrote it is kept, and named.

    \b
    Examples:
      paperlens export --to markdown -o today.md
      paperlens export 1 3 --to jsonl
    """
    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import Delivery, file_named, print_exactly, write_export
    from paperlens.errors import UserError, nearest
    from paperlens.reports import FORMATS, render

    if to is None:
        by_suffix = Delivery.chosen(output=output).form
        to = by_suffix if by_suffix in FORMATS else "markdown"
    if to not in FORMATS:
        raise UserError(
            f'there is no preset "{to}"', nearest(to, FORMATS) or f"there are {', '.join(FORMATS)}"
        )
    world = context()
    chosen = ids_of(ids, world) if ids else None
    report = _report_of(chosen, "export", world) if chosen is not None else _last_report(world)
    text = render(report, to)
    if file := file_named(output):
        write_export(file, text, world.library, force)
    else:
        print_exactly(text, world.stdout)
    if chosen is not None:
        _name_what_is_missing(report, world)


def _name_what_is_missing(report: "Report", world: "Context") -> None:
    """Papers that could not be had are named; the report is then one in part."""
    for absence in report.notices:
        world.tell(f"error: {absence.text}")
    if report.notices:
        from paperlens.today import DONE_IN_PART

        raise typer.Exit(DONE_IN_PART)


def _last_report(world: "Context") -> "Report":
    from paperlens.errors import UserError
    from paperlens.lookup import again

    record = world.library.last_report()
    if record is None:
        raise UserError("there is no report yet", "paperlens today makes one")
    return again(record, world)


def _report_of(ids: "tuple[PaperId, ...]", command: str, world: "Context") -> "Report":
    from paperlens.lookup import about

    return about(ids, command, world)
