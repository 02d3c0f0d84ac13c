"""`paperlens cache`: what could be had again and is kept to save time; seen and deleted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context
from paperlens.errors import DONE_IN_PART

if TYPE_CHECKING:
    from paperlens.context import Context

app = typer.Typer(
    help="What could be had again: PDFs, feeds, the search index.", no_args_is_help=True
)

Kinds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KIND]...",
        help="pdfs, feeds, figures, text, index or tracebacks; none for all.",
        autocompletion=completion.cache_kinds,
        show_default=False,
    ),
]


@app.command()
def info(json: options.Json = False) -> None:
    """Where the cache is, what is in it, how much room it takes.

    \b
    Example:
      paperlens cache info
    """
    from paperlens.cache import contents
    from paperlens.cli.output import print_document
    from paperlens.reports import cache as told

    world = context()
    folder, limit = world.places.cache, world.settings.cache.max_gb
    items = contents(folder)
    strange = [item for item in items if item.kind is None]
    if json:
        print_document(told.contents_document(folder, items, limit), world)
        return
    if len(strange) < len(items):
        world.out.print(str(folder), soft_wrap=True)
        world.out.print(told.contents_table(items, world.out.width))
        world.out.print(_limit(limit), soft_wrap=True)
    else:
        typer.echo(f"nothing is in the cache: {folder}", file=world.stdout)
    _tell(told.notes_on_strange(strange), world)


@app.command()
def clear(kinds: Kinds = None, json: options.Json = False) -> None:
    """Delete what is in the cache; paperlens fetches or makes it again when it is needed.

    Nothing is asked. The library, your settings and the time of the last request to arXiv stay,
    and so does every file that paperlens did not put there.

    \b
    Examples:
      paperlens cache clear
      paperlens cache clear pdfs index
    """
    from paperlens.cache import clear as clear_cache
    from paperlens.cli.output import print_document
    from paperlens.reports import cache as told

    world = context()
    folder = world.places.cache
    cleared = clear_cache(folder, kinds or ())
    if json:
        print_document(told.cleared_document(folder, cleared), world)
    else:
        typer.echo(told.cleared_sentence(folder, cleared.gone), file=world.stdout)
        _tell(told.notes_on_busy(cleared.busy), world)
        _tell(told.notes_on_strange(cleared.strange), world)
    _tell(told.errors(cleared), world)
    if cleared.refused:
        raise typer.Exit(DONE_IN_PART)


def _limit(gigabytes: float) -> str:
    return f"cache.max_gb is {gigabytes:g}{'' if gigabytes else ' (no limit)'}"


def _tell(lines: Iterable[str], world: "Context") -> None:
    for line in lines:
        world.tell(line)
