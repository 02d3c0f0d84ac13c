"""`paperlens interests`: the bibliographies that teach the ranking."""

from typing import Annotated

import typer

from paperlens.cli import options
from paperlens.context import context

app = typer.Typer(
    help="Papers that teach the ranking and are not in the library: import FILE --as interest.",
    no_args_is_help=True,
)


@app.command("list")
def list_interests(json: options.Json = False) -> None:
    """All of them, the newest first.

    \b
    Examples:
      paperlens interests list
      paperlens interests list --json | jq -r '.[].id'
    """
    from paperlens.cli.output import print_document
    from paperlens.records import paper_json
    from paperlens.reports.tables import paper_line

    world = context()
    papers = world.library.interests()
    if json:
        print_document([paper_json(paper) for paper in papers], world)
        return
    for paper in papers:
        world.out.print(paper_line(paper), soft_wrap=True)
    if not papers:
        world.tell("none yet: paperlens import FILE --as interest")


@app.command()
def rm(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID", help="Ids as interests list shows them.")
    ],
) -> None:
    """Forget some of them.

    \b
    Example:
      paperlens interests rm 2404.05674
    """
    from paperlens.errors import UserError, nearest
    from paperlens.unseen import one_line

    world = context()
    known = [paper.id for paper in world.library.interests()]
    for one in ids:
        if one not in known:
            raise UserError(f'"{one_line(one)}" is none of the interests', nearest(one, known))
    gone = world.library.drop_interests(frozenset(ids))
    world.tell(f"forgotten: {', '.join(gone)}")


@app.command()
def clear() -> None:
    """Forget all of them; marks and the library stay.

    \b
    Example:
      paperlens interests clear
    """
    world = context()
    gone = len(world.library.drop_interests())
    world.tell(f"forgotten: {gone:,} paper{'' if gone == 1 else 's'}")
