"""`paperlens similar`: the papers of the library that are most like one."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.ids import PaperId
    from paperlens.models import Report

NOTHING_SIMILAR = "nothing-similar"


def similar(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An arXiv id or address, or a number of the last report.",
            autocompletion=completion.paper_ids,
            show_default=False,
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=200, metavar="N", help="How many at most.")
    ] = 10,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    output: options.Output = None,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """The papers of the library that are most like one, and what they share.

    The score is how alike they are, from 0 to 1. The same work under another id comes first, and
    is told to be that. What the library does not hold is asked of arXiv, once. The numbers serve
    show and mark afterwards.

    \b
    Examples:
      paperlens similar 1                   like the first paper of the last report
      paperlens similar 2404.05674 -n 30
      paperlens similar 2404.05674 --jsonl | paperlens mark - --later
    """
    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import Delivery, deliver

    how = Delivery.chosen(
        json=json, jsonl=jsonl, markdown=markdown, output=output, pager=pager, quiet=quiet
    )
    world = context()
    report = _report(ids_of([id], world), limit, world)
    if how.form == "terminal":
        _draw(report, how, world)
    else:
        deliver(report, how, world)


def _report(ids: "Sequence[PaperId]", limit: int, world: "Context") -> "Report":
    from dataclasses import replace

    from paperlens.errors import UserError
    from paperlens.lookup import about, of_known
    from paperlens.models import Notice
    from paperlens.similar import similar as most_similar

    if len(ids) > 1:
        raise UserError(f"similar takes one paper, not {len(ids)}")
    (asked,) = about(ids, "similar", world).entries
    found = most_similar(asked.paper, limit, world.library, world.search, world.school)
    told = {one.known.paper.id: one for one in found}
    nothing = f"Nothing in the library is like {asked.paper.id}."
    notices = () if found else (Notice(NOTHING_SIMILAR, nothing),)
    known = {id: one.known for id, one in told.items()}
    report = of_known(known, "similar", world, notices)
    entries = tuple(
        replace(entry, score=told[entry.paper.id].likeness, why=told[entry.paper.id].why)
        for entry in report.entries
    )
    return replace(report, entries=entries)


def _draw(report: "Report", how: "Delivery", world: "Context") -> None:
    from paperlens.cli.numbers import keep_numbers
    from paperlens.cli.output import draw
    from paperlens.reports.listing import print_listing

    count, papers = len(report.entries), [report.entries]
    draw(lambda page: print_listing(report, count, papers, page, reasons=True), how, world)
    ids = [entry.paper.id for entry in report.entries]
    keep_numbers("similar", ids, report.notices, how, world)
