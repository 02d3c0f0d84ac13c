"""Saved queries listed, shown, edited, renamed and removed."""

from typing import Annotated

import typer

from paperlens.cli import completion
from paperlens.cli.queries.wording import (
    Json,
    Name,
    Tags,
    Weight,
    each_once,
    query_facts,
    understood,
    warn_of_categories,
)
from paperlens.context import context


def list_queries(json: Json = False) -> None:
    """All saved queries.

    \b
    Examples:
      paperlens query list
      paperlens query list --json | jq -r '.[].name'
    """
    from paperlens.cli.output import print_document
    from paperlens.records import saved_query_json
    from paperlens.reports.tables import table

    world = context()
    queries = world.library.queries()
    if json:
        print_document([saved_query_json(query) for query in queries], world)
    elif not queries:
        world.tell("no saved query yet: paperlens query add NAME EXPR")
    else:
        rows = [(q.name, q.expr, f"{q.weight:g}", ", ".join(q.tags)) for q in queries]
        world.out.print(table(("name", "query", "weight", "tags"), rows))


def show(name: Name, json: Json = False) -> None:
    """One saved query: as you wrote it, as paperlens reads it, as arXiv gets it.

    \b
    Example:
      paperlens query show diffusion
    """
    from paperlens.cli.output import print_document
    from paperlens.query import parse
    from paperlens.records import saved_query_json
    from paperlens.reports.tables import facts

    world = context()
    saved = world.library.query(name)
    query = parse(saved.expr, saved.name)
    if json:
        print_document(saved_query_json(saved) | understood(query), world)
        return
    world.out.print(
        facts(
            {
                "name": saved.name,
                "query": saved.expr,
                **query_facts(query),
                "weight": f"{saved.weight:g}",
                "tags": ", ".join(saved.tags) or "none",
            }
        )
    )


def edit(
    name: Name,
    expr: Annotated[
        str | None,
        typer.Argument(metavar="[EXPR]", help="The new query.", show_default=False),
    ] = None,
    weight: Weight = None,
    tag: Tags = None,
    untag: Annotated[
        list[str] | None, typer.Option("--untag", metavar="T", help="Take a tag away.")
    ] = None,
) -> None:
    """Change a saved query: its expression, its weight, its tags.

    \b
    Examples:
      paperlens query edit diffusion 'cat:cs.CV AND ti:diffusion'
      paperlens query edit diffusion --weight 2 --tag images
    """
    from dataclasses import replace

    from paperlens.errors import UserError
    from paperlens.query import parse

    world = context()
    saved = world.library.query(name)
    if expr is None and weight is None and not tag and not untag:
        raise UserError(f"nothing to change in {name}", "give an expression, --weight or --tag")
    if expr is not None:
        warn_of_categories(parse(expr, name), world)
    changed = replace(
        saved,
        expr=saved.expr if expr is None else expr,
        weight=saved.weight if weight is None else weight,
        tags=tuple(t for t in (*saved.tags, *each_once(tag)) if t not in (untag or ())),
    )
    world.library.replace_query(name, replace(changed, tags=each_once(list(changed.tags))))
    world.tell(f"changed {name}")


def rename(
    name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Give a saved query another name.

    \b
    Example:
      paperlens query rename diffusion images
    """
    from dataclasses import replace

    world = context()
    world.library.replace_query(name, replace(world.library.query(name), name=new))
    world.tell(f"{name} is now {new}")


def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME", help="Saved queries.", autocompletion=completion.query_names
        ),
    ],
) -> None:
    """Forget saved queries; papers they found stay in the library.

    \b
    Example:
      paperlens query rm diffusion
    """
    world = context()
    for query in [world.library.query(name) for name in names]:
        world.library.remove_query(query.name)
        world.tell(f"removed {query.name}: {query.expr}")
