"""The command line as a whole: its commands in panels, and what holds for all of them."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from paperlens import __version__
from paperlens.cli import (
    cache,
    config,
    daily,
    demo,
    doctor,
    export,
    intake,
    interests,
    mark,
    opening,
    queries,
    reading,
    search,
    show,
    similar,
    stats,
    summarize,
    templates,
    triage,
    why,
)

PANELS = ("Daily", "Papers", "Library", "Setup")


class InPanels(TyperGroup):
    """Lists commands and groups panel by panel, where Typer would put all groups last."""

    def list_commands(self, ctx: Any) -> list[str]:
        def panel(name: str) -> int:
            return PANELS.index(getattr(self.commands[name], "rich_help_panel", PANELS[0]))

        return sorted(super().list_commands(ctx), key=panel)


app = typer.Typer(
    cls=InPanels,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def paperlens(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version and leave.", is_eager=True)
    ] = False,
) -> None:
    """A day of new papers in a few minutes: fetched, matched, ranked, summarised, remembered.

    \b
    Start here:
      paperlens demo                         see it work: no network, no key, nothing saved
      paperlens query add NAME EXPR          say what you look for
      paperlens today                        read what is new
    """
    if version:
        typer.echo(f"paperlens {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


app.command(rich_help_panel="Daily")(daily.today)
app.command(rich_help_panel="Daily")(triage.triage)
app.command(rich_help_panel="Daily")(demo.demo)
app.command(rich_help_panel="Papers")(show.show)
app.command(rich_help_panel="Papers")(summarize.summarize)
app.command(rich_help_panel="Papers")(reading.text)
app.command(rich_help_panel="Papers")(reading.figures)
app.command(rich_help_panel="Papers")(mark.mark)
app.command("open", rich_help_panel="Papers")(opening.open_)
app.command(rich_help_panel="Papers")(why.why)
app.command(rich_help_panel="Papers")(export.export)
app.command(rich_help_panel="Library")(search.search)
app.command(rich_help_panel="Library")(similar.similar)
app.command("import", rich_help_panel="Library")(intake.import_)
app.add_typer(interests.app, name="interests", rich_help_panel="Library")
app.add_typer(queries.app, name="query", rich_help_panel="Library")
app.add_typer(templates.app, name="templates", rich_help_panel="Library")
app.add_typer(config.app, name="config", rich_help_panel="Setup")
app.command(rich_help_panel="Library")(stats.stats)
app.add_typer(cache.app, name="cache", rich_help_panel="Setup")
app.command(rich_help_panel="Setup")(doctor.doctor)
