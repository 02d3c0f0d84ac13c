"""`paperlens stats`: what the library holds, and what models took."""

from typing import Annotated

import typer

from paperlens.cli import options
from paperlens.context import context


def stats(
    everything: Annotated[
        bool, typer.Option("--all", help="Every month, query, tag and day.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Papers by month, mark, query and tag, and money spent by day and model.

    Months before the last twelve are summed up by year. Days are in UTC.

    \b
    Examples:
      paperlens stats
      paperlens stats --json | jq .spending
    """
    from paperlens.cli.output import print_document
    from paperlens.reports.stats import document, page

    world = context()
    counts, spending = world.search.counts(), world.library.spending()
    if json:
        print_document(document(counts, spending), world)
        return
    for part in page(counts, spending, everything):
        world.out.print(part)
