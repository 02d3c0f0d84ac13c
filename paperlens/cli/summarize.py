"""`paperlens summarize`: any paper or PDF that the user names, told by a template."""

import json as json_format
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from pathlib import Path

    from paperlens.ask import Ask
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.ids import PaperId
    from paperlens.models import Paper


def summarize(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|FILE.pdf",
            help="arXiv ids or addresses, PDF files, numbers of the last report, or - for these or"
            " JSON Lines of papers on standard input.",
            autocompletion=completion.paper_ids,
            show_default=False,
        ),
    ],
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Summarise anew what was summarised before.")
    ] = False,
    model: options.Model = None,
    template: options.Template = None,
    lang: options.Language = None,
    full_text: options.FullText = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    output: options.Output = None,
    figures: options.Figures = False,
    checks: options.Checks = False,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """Summarise any paper: of arXiv, in a PDF file, or as JSON from another program.

    Without a model, summaries are the paper's own sentences. With one, what was summarised before
    is not asked and paid for again. Papers given as JSON with title and abstract are not fetched.

    \b
    Examples:
      paperlens summarize 2404.05674
      paperlens summarize paper.pdf --template deep --json
      paperlens summarize 1 2 --model openai/gpt-5-mini --lang de
      paperlens search --mark star --jsonl | paperlens summarize --template notes -
    """
    from paperlens.ask import Ask
    from paperlens.cli.output import Delivery

    how = Delivery.chosen(
        json=json,
        jsonl=jsonl,
        markdown=markdown,
        output=output,
        pager=pager,
        quiet=quiet,
        figures=figures,
        checks=checks,
    )
    world = context().having(
        {
            "today.template": template,
            "today.full_text": full_text,
            "llm.model": model,
            "llm.language": lang,
        }
    )
    settings = world.settings
    needs_it = bool(settings.llm.model) or full_text or not world.template.is_told_by_abstracts
    ask = Ask(
        (),
        language=settings.llm.language,
        full_text=settings.today.full_text and needs_it,
        figures=figures,
        refresh=refresh,
        command="summarize",
    )
    named = tuple(dict.fromkeys(_named(sources, world)))
    raise typer.Exit(_run(named, ask, how, world))


def _run(
    named: "tuple[PaperId | Path | Paper, ...]", ask: "Ask", how: "Delivery", world: "Context"
) -> int:
    """Told, delivered, and the numbers on the page kept; what failed is named."""
    from dataclasses import replace

    from paperlens.cli.output import deliver
    from paperlens.cli.progress import telling
    from paperlens.telling import keep, tell_of

    with telling("Reading…", world, how.quiet) as watch:
        account = tell_of(named, ask, world, watch)
    report = account.report
    if report.entries or how.form == "json":
        said = [notice for notice in report.notices if notice not in account.absences]
        shown = report if how.form == "json" else replace(report, notices=tuple(said))
        deliver(shown, how, world)
        keep(report, world)
    for absence in account.absences:
        world.tell(f"error: {absence.text}")
    if how.form != "terminal" or how.file:
        for entry in report.entries:
            if entry.error:
                world.tell(f"{entry.paper.id}: {entry.error}")
    return account.exit_code


def _named(words: Iterable[str], world: "Context") -> "Iterator[PaperId | Path | Paper]":
    """What the user named; `-` is a line each of standard input."""
    from paperlens.cli.ids import lines_of, source_of

    for word in words:
        if word != "-":
            yield source_of(word, world)
            continue
        for number, line in lines_of(world):
            yield _in_json(line, number) if line.startswith("{") else source_of(line, world)


def _in_json(line: str, number: int) -> "PaperId | Paper":
    """One that tells title and abstract is taken as it is."""
    from paperlens.bibliography.papers import misread, reference_in
    from paperlens.errors import UserError
    from paperlens.ids import paper_id

    try:
        paper = reference_in(number, json_format.loads(line)).paper
    except (ValueError, RecursionError) as error:
        raise UserError(f"standard input, line {number}: {misread(error)}") from None
    return paper if paper.title and paper.abstract else paper_id(paper.id)
