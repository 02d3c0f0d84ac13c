"""`paperlens today`: from the user's words down the corridor to the report."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from datetime import date

    from paperlens.ask import Ask
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.models import SavedQuery


def today(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help="Saved queries; all of them when none is named.",
            autocompletion=completion.query_names,
            show_default=False,
        ),
    ] = None,
    expr: Annotated[
        str | None,
        typer.Option(metavar="EXPR", help="This expression instead of saved queries."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="What was announced since then (YYYY-MM-DD, 3d, 2w), instead of since last time.",
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="What was announced on that day."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=0, metavar="N", help="How many to summarise and show in full."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Papers that were reported before as well.")
    ] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask arXiv now.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask arXiv.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be fetched, sent and spent; do nothing."),
    ] = False,
    no_summary: Annotated[bool, typer.Option("--no-summary", help="Just the list.")] = False,
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
    """New papers for all saved queries: fetched, matched, ranked, summarised, reported.

    A second time on the same day it shows the same report at once, from the library.

    \b
    Examples:
      paperlens today                             every saved query
      paperlens today diffusion -n 5              one of them, five papers in full
      paperlens today --expr 'cat:cs.CV AND ti:splatting'
      paperlens today --since 1w                  after a week away, though that is noticed anyway
      paperlens today --markdown -o today.md      for a blog or a vault
      paperlens today --jsonl | jq -r .title      for scripts
    """
    from paperlens.ask import Ask
    from paperlens.cli.dates import day_of
    from paperlens.cli.output import Delivery
    from paperlens.errors import UserError

    if refresh and offline:
        raise UserError("--refresh and --offline exclude each other")
    if since is not None and day is not None:
        raise UserError("--since and --date exclude each other")
    if expr is not None and names:
        raise UserError("--expr takes the place of saved queries: name either")
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
    if names is None and expr is None:
        _welcome()
    world = context().having(
        {
            "today.limit": limit,
            "today.template": template,
            "today.full_text": full_text,
            "llm.model": model,
            "llm.language": lang,
        }
    )
    queries = _one_off(expr) if expr is not None else _saved(world, names or ())
    settings = world.settings
    ask = Ask(
        queries,
        categories=settings.arxiv.categories,
        limit=settings.today.limit,
        explore=settings.today.explore,
        judge=settings.today.judge,
        interests=settings.today.interests,
        language=settings.llm.language,
        full_text=settings.today.full_text and bool(settings.llm.model),
        figures=figures,
        summaries=not no_summary,
        everything=everything,
        refresh=refresh,
        offline=offline,
        one_off=expr is not None,
        since=_past(day_of(since, "--since", world), "--since", world),
        day=_past(day_of(day, "--date", world), "--date", world),
    )
    if dry_run:
        _foretell(ask, how, world)
    else:
        raise typer.Exit(run(world, ask, how))


def _past(day: "date | None", option: str, world: "Context") -> "date | None":
    """A day that arXiv can have announced something on."""
    from paperlens.arxiv_week import FIRST_DAY, feed_day, spelled
    from paperlens.errors import UserError

    if day and day > feed_day(world.now()):
        raise UserError(f"{option}: {day} is still to come")
    if day and day < FIRST_DAY:
        raise UserError(f"{option}: arXiv began on {spelled(FIRST_DAY)}")
    return day


def _foretell(ask: "Ask", how: "Delivery", world: "Context") -> None:
    """What the command would do, without doing it."""
    from paperlens.cli.output import print_document
    from paperlens.errors import UserError
    from paperlens.forecast import forecast
    from paperlens.reports.tables import facts

    if how.form not in {"terminal", "json"} or how.file:
        raise UserError("--dry-run prints a few lines, or with --json a document")
    foretold = forecast(ask, world)
    if how.form == "json":
        print_document(foretold.facts, world)
    else:
        world.out.print(facts(foretold.sentences))


def _welcome() -> None:
    """On a terminal, a reader without a query is helped to one before anything else is read."""
    world = context()
    if world.is_dialogue and not world.library.queries():
        from paperlens.cli.welcome import first_query

        first_query(world)


def _one_off(expr: str) -> "tuple[SavedQuery, ...]":
    from paperlens.models import SavedQuery

    return (SavedQuery(expr, expr),)


def _saved(world: "Context", names: "list[str] | tuple[str, ...]") -> "tuple[SavedQuery, ...]":
    from paperlens.errors import UserError

    if names:
        return tuple(dict.fromkeys(world.library.query(name) for name in names))
    queries = world.library.queries()
    if queries:
        return queries
    raise UserError(
        "there is no saved query yet, so paperlens does not know what to look for",
        "paperlens query add diffusion 'cat:cs.CV AND diffusion'",
    )


def run(world: "Context", ask: "Ask", how: "Delivery") -> int:
    """Down the corridor, out to the reader, into the ledger; gives the exit code."""
    from paperlens.cli.output import deliver
    from paperlens.cli.progress import telling
    from paperlens.today import keep, outcome, today

    with telling("Reading today’s announcements…", world, how.quiet) as watch:
        report = today(ask, world, watch)
    deliver(report, how, world)
    keep(report, ask, world)
    if how.form != "terminal" or how.file:
        for entry in report.entries:
            if entry.error:
                world.tell(f"{entry.paper.id}: {entry.error}")
    return outcome(report)
