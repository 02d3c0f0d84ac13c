"""`paperlens cache`: what could be had again and is kept to save time; seen and deleted."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperlens.cli import completion, options
from paperlens.context import context
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.cache import Cleared, Item, Sum
    from paperlens.context import Context

app = typer.Typer(
    help="What could be had again: PDFs, feeds, the search index.", no_args_is_help=True
)

_IN_PART = 3
_NAMED = 20
_HEADINGS = ("kind", "files", "size", "oldest", "newest")
_WIDE = 60

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
    from paperlens.cache import by_kind, contents

    world = context()
    folder, limit = world.places.cache, world.settings.cache.max_gb
    items = contents(folder)
    strange = [item for item in items if item.kind is None]
    if json:
        sums = {kind: _sum_json(each) for kind, each in by_kind(items).items()}
        total = _sum_json(_total(items))
        names = [str(item.path) for item in strange]
        told = {"max_gb": limit, "total": total, "kinds": sums, "strange": names}
        _print_json({"schema": "paperlens.cache/1", "folder": str(folder), **told}, world)
        return
    _draw(folder, items, limit, world)
    _name_strange(strange, world)


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

    world = context()
    folder = world.places.cache
    cleared = clear_cache(folder, kinds or ())
    if json:
        _print_json(_cleared_json(folder, cleared), world)
    else:
        told = f"{_amount(cleared.gone)} deleted from" if cleared.gone else "nothing to delete in"
        typer.echo(f"{told} {folder}", file=world.stdout)
        _name("may still be written by another paperlens and stays", cleared.busy, world)
        _name_strange(cleared.strange, world)
    for item, why in cleared.refused:
        world.tell(f"error: {one_line(str(item.path))} could not be deleted: {why}")
    if cleared.refused:
        raise typer.Exit(_IN_PART)


def _draw(folder: Path, items: "Sequence[Item]", limit: float, world: "Context") -> None:
    from paperlens.cache import by_kind, in_units
    from paperlens.reports.tables import table
    from paperlens.settings import TABLE

    total = _total(items)
    if not total.files:
        typer.echo(f"nothing is in the cache: {folder}", file=world.stdout)
        return
    sums = {kind: each for kind, each in by_kind(items).items() if each.files}
    rows = [
        (kind, f"{each.files:,}", in_units(each.size), _day(each.oldest), _day(each.newest))
        for kind, each in {**sums, "all": total}.items()
    ]
    world.out.print(str(folder), soft_wrap=True)
    columns = len(_HEADINGS) if world.out.width >= _WIDE else _HEADINGS.index("oldest")
    narrowed = [row[:columns] for row in rows]
    world.out.print(table(_HEADINGS[:columns], narrowed, numbers=("files", "size")))
    later = "; nothing keeps to it yet" if TABLE["cache.max_gb"].later else ""
    world.out.print(f"cache.max_gb is {limit:g}{later}", soft_wrap=True)


def _name_strange(items: "Sequence[Item]", world: "Context") -> None:
    _name("is not of the cache and stays", items, world)


def _name(what: str, items: "Sequence[Item]", world: "Context") -> None:
    for item in items[:_NAMED]:
        world.tell(f"note: {one_line(str(item.path))} {what}")
    if len(items) > _NAMED:
        world.tell(f"note: and {len(items) - _NAMED:,} more")


def _total(items: "Collection[Item]") -> "Sum":
    from paperlens.cache import Sum

    return Sum.of([item for item in items if item.kind])


def _amount(items: "Sequence[Item]") -> str:
    from paperlens.cache import in_units

    total = _total(items)
    return f"{total.files:,} file{'' if total.files == 1 else 's'} ({in_units(total.size)})"


def _day(moment: float | None) -> str:
    return "" if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


def _sum_json(told: "Sum") -> dict[str, Any]:
    times = {"oldest": _moment(told.oldest), "newest": _moment(told.newest)}
    return {"files": told.files, "bytes": told.size, **times}


def _moment(moment: float | None) -> str | None:
    return None if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _cleared_json(folder: Path, cleared: "Cleared") -> dict[str, Any]:
    from paperlens.cache import by_kind

    total = _total(cleared.gone)
    kinds = {
        kind: {"files": each.files, "bytes": each.size}
        for kind, each in by_kind(cleared.gone).items()
    }
    return {
        "schema": "paperlens.cache-cleared/1",
        "folder": str(folder),
        "deleted": {"files": total.files, "bytes": total.size, "kinds": kinds},
        "busy": [str(item.path) for item in cleared.busy],
        "strange": [str(item.path) for item in cleared.strange],
        "errors": [{"path": str(item.path), "error": why} for item, why in cleared.refused],
    }


def _print_json(told: dict[str, Any], world: "Context") -> None:
    from json import dumps

    from paperlens.cli.output import print_exactly

    print_exactly(dumps(told, ensure_ascii=False, indent=2), world.stdout)
