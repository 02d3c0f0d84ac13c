"""`paperlens query add`: the reader's own words, or a query that follows somebody or a paper."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.cli.queries.wording import Tags, Weight, each_once, warn_of_categories
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context


def add(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A short name.", show_default=False)
    ] = None,
    expr: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXPR]", help="The query, as arXiv's search takes it.", show_default=False
        ),
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Follow what somebody writes.")
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Look for more like a paper.", autocompletion=completion.paper_ids
        ),
    ] = None,
    weight: Weight = None,
    tag: Tags = None,
) -> None:
    """Save a query.

    Fields: ti au abs co jr cat id all; AND OR ANDNOT (or NOT), parentheses, "phrases", word*.
    A bare word means all:. --author and --like write the query for you, and name it if you do not.

    \b
    Examples:
      paperlens query add diffusion 'cat:cs.CV AND (ti:diffusion OR abs:"score matching")'
      paperlens query add hinton 'au:hinton_g AND cat:cs.*' --weight 2 --tag people
      paperlens query add --author "Kaiming He" --tag people
      paperlens query add --like 2404.05674
    """
    from paperlens.models import SavedQuery
    from paperlens.query import parse

    world = context()
    given, wanted = _made(author, like, world) if author or like else (None, None)
    saved, text = _chosen(name, expr, given, wanted)
    warn_of_categories(parse(text, saved), world)
    world.library.add_query(
        SavedQuery(saved, text, 1.0 if weight is None else weight, each_once(tag))
    )
    told = f": {text}" if wanted else ""
    world.tell(f"saved {saved}{told}: paperlens today {saved}")


def _made(author: str | None, like: str | None, world: "Context") -> tuple[str, str]:
    from paperlens.cli.ids import ids_of
    from paperlens.errors import UserError
    from paperlens.follow import author_query, query_like
    from paperlens.lookup import about

    if author and like:
        raise UserError("--author and --like exclude each other", "save two queries")
    if author:
        return author_query(author)
    (entry,) = about(ids_of([like or ""], world), "query", world).entries
    return query_like(entry.paper)


def _chosen(
    name: str | None, expr: str | None, given: str | None, wanted: str | None
) -> tuple[str, str]:
    """The name and the expression: both the reader's, or made."""
    from paperlens.errors import UserError

    if wanted is None:
        if name is None or expr is None:
            raise UserError(
                "a name and an expression are needed",
                "paperlens query add NAME EXPR, or --author PERSON, or --like ID",
            )
        return name, expr
    if expr is not None:
        raise UserError("--author and --like write the expression themselves", f"leave out {expr}")
    return name or given or "", wanted
