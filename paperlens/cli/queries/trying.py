"""`paperlens query test`: what a query finds today, before it is saved."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.cli.queries.wording import Json, query_facts, understood, warn_of_categories
from paperlens.context import context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperlens.context import Context

SHOWN_BY_TEST = 10


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
            understood(parsed)
            | {
                "batch": announced.day.isoformat() if announced.day else None,
                "announced": len(announced.papers),
                "papers": [{"id": paper.id, "title": paper.title} for paper in found],
            },
            world,
        )
        return
    world.out.print(facts({"query": query, **query_facts(parsed)}))
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
