"""Words and sentences that the commands about queries share."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.query import Query

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


def warn_of_categories(query: "Query", world: "Context") -> None:
    """arXiv answers a category that it does not have with nothing at all; say so beforehand."""
    from paperlens.taxonomy import unknown

    for code, meant in unknown(query.categories).items():
        world.tell(f"note: arXiv has no category {code}" + (f"; {meant}" if meant else ""))


def each_once(words: "list[str] | None") -> tuple[str, ...]:
    return tuple(dict.fromkeys(words or ()))


def understood(query: "Query") -> dict[str, object]:
    return {
        "read_as": str(query),
        "arxiv": query.arxiv,
        "categories": sorted(query.categories),
    }


def query_facts(query: "Query") -> dict[str, str]:
    return {
        "read as": str(query),
        "sent to arXiv": query.arxiv,
        "categories": ", ".join(sorted(query.categories)) or "none: arxiv.categories is searched",
    }
