"""`paperlens query`: what the reader looks for each morning."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperlens.context import Context
    from paperlens.query import Query

app = typer.Typer(
    help="What you look for: saved queries in arXiv's own language.", no_args_is_help=True
)

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A saved query.", autocompletion=completion.query_names),
]
Weight = Annotated[
    float | None,
    typer.Option(metavar="W", help="How much its papers matter; 1 is usual.", min=0, max=100),
]
Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="T", help="A tag for the papers it finds; may be repeated."),
]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]

SHOWN_BY_TEST = 10


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A short name for it.")],
    expr: Annotated[
        str, typer.Argument(metavar="EXPR", help="The query, as arXiv's search takes it.")
    ],
    weight: Weight = None,
    tag: Tags = None,
) -> None:
    """Save a query.

    Fields: ti au abs co jr cat id all; AND OR ANDNOT (or NOT), parentheses, "phrases", word*.
    A bare word means all:.

    \b
    Examples:
      paperlens query add diffusion 'cat:cs.CV AND (ti:diffusion OR abs:"score matching")'
      paperlens query add hinton 'au:hinton_g AND cat:cs.*' --weight 2 --tag people
    """
    from paperlens.models import SavedQuery
    from paperlens.query import parse

    world = context()
    warn_of_categories(parse(expr, name), world)
    world.library.add_query(SavedQuery(name, expr, 1.0 if weight is None else weight, _each(tag)))
    world.tell(f"saved {name}: paperlens today {name}")


@app.command("list")
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


@app.command()
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
        print_document(saved_query_json(saved) | _understood(query), world)
        return
    world.out.print(
        facts(
            {
                "name": saved.name,
                "query": saved.expr,
                **_facts(query),
                "weight": f"{saved.weight:g}",
                "tags": ", ".join(saved.tags) or "none",
            }
        )
    )


@app.command()
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
        tags=tuple(t for t in (*saved.tags, *_each(tag)) if t not in (untag or ())),
    )
    world.library.replace_query(name, replace(changed, tags=_each(list(changed.tags))))
    world.tell(f"changed {name}")


@app.command()
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


@app.command("rm")
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


@app.command()
def test(
    query: Annotated[
        str,
        typer.Argument(
            metavar="NAME|EXPR",
            help="A saved query, or an expression.",
            autocompletion=completion.query_names,
        ),
    ],
    json: Json = False,
) -> None:
    """Try a query on arXiv's latest announcements; nothing is saved.

    \b
    Examples:
      paperlens query test diffusion
      paperlens query test 'cat:cs.CV AND "gaussian splatting"'
    """
    from paperlens.arxiv_week import spelled
    from paperlens.cli.output import print_document
    from paperlens.errors import UserError
    from paperlens.query import parse
    from paperlens.reports.tables import facts, paper_line
    from paperlens.road import categories_to_ask

    world = context()
    known = {one.name: one for one in world.library.queries()}
    saved = known.get(query)
    parsed = parse(saved.expr, saved.name) if saved else parse(query)
    if saved is None:
        _mention_near(query, known, world)
    warn_of_categories(parsed, world)
    asked = categories_to_ask((parsed,), world.settings.arxiv.categories)
    if not asked:
        raise UserError(
            f"{parsed.text}: this query is not limited to categories, so no feed can show it",
            "paperlens today searches arXiv for such queries",
        )
    announced = world.source.announcements(asked)
    found = [paper for paper in announced.papers if parsed.matches(paper)]
    if json:
        print_document(
            _understood(parsed)
            | {
                "batch": announced.day.isoformat() if announced.day else None,
                "announced": len(announced.papers),
                "papers": [{"id": paper.id, "title": paper.title} for paper in found],
            },
            world,
        )
        return
    world.out.print(facts({"query": query, **_facts(parsed)}))
    day = f" on {spelled(announced.day)}" if announced.day else ""
    world.out.print(f"\n{len(found)} of {len(announced.papers)} papers announced{day} match")
    for paper in found[:SHOWN_BY_TEST]:
        world.out.print(paper_line(paper), no_wrap=True, overflow="ellipsis")
    if len(found) > SHOWN_BY_TEST:
        world.out.print(f"  … and {len(found) - SHOWN_BY_TEST} more")


def _mention_near(word: str, names: "Iterable[str]", world: "Context") -> None:
    """A bare word may be a name that was not typed well; it is tried all the same."""
    import re
    from difflib import get_close_matches

    near = get_close_matches(word, list(names), n=1) if re.fullmatch(r"[\w.-]+", word) else []
    if near:
        world.tell(f'note: there is a saved query "{near[0]}"; "{word}" is tried as an expression')


def warn_of_categories(query: "Query", world: "Context") -> None:
    """arXiv answers a category that it does not have with nothing at all; say so beforehand."""
    from paperlens.taxonomy import unknown

    for code, meant in unknown(query.categories).items():
        world.tell(f"note: arXiv has no category {code}" + (f"; {meant}" if meant else ""))


def _each(words: "list[str] | None") -> tuple[str, ...]:
    return tuple(dict.fromkeys(words or ()))


def _understood(query: "Query") -> dict[str, object]:
    return {
        "read_as": str(query),
        "arxiv": query.arxiv,
        "categories": sorted(query.categories),
    }


def _facts(query: "Query") -> dict[str, str]:
    return {
        "read as": str(query),
        "sent to arXiv": query.arxiv,
        "categories": ", ".join(sorted(query.categories)) or "none: arxiv.categories is searched",
    }
