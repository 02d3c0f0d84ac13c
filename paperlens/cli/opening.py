"""`paperlens open`: papers in the browser, or their PDFs in the viewer."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.models import Paper


def open_(
    ids: options.Ids,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="The PDF, fetched once, in the viewer for such files.")
    ] = False,
) -> None:
    """Papers in the browser, or their PDFs in the viewer.

    The browser is the system's own, or the one that BROWSER names. Where the output goes to a file
    or another program, nothing is opened: the address is printed.

    \b
    Examples:
      paperlens open 1                   the first paper of the last report
      paperlens open 2404.05674 --pdf
      paperlens open 1 | xclip           the address alone
    """
    from paperlens.cli.ids import ids_of

    world = context()
    numbers = ids_of(ids, world)
    known = world.library.known(id.number for id in numbers)
    for id in numbers:
        held = known.get(id.number)
        paper = _bare(id.number) if held is None else held.paper
        _open(_of_version(paper, id.version), pdf, world)


def _bare(number: str) -> "Paper":
    """What need not be known to be opened."""
    from paperlens.models import Paper

    return Paper(number, "", (), "", ())


def _of_version(paper: "Paper", version: int | None) -> "Paper":
    from dataclasses import replace

    return replace(paper, version=version) if version else paper


def _open(paper: "Paper", pdf: bool, world: "Context") -> None:
    from paperlens.errors import UserError
    from paperlens.opening import open_file, open_page
    from paperlens.reports.text import address

    url = address((paper.pdf_url if pdf else paper.url) or "")
    if url is None:
        kind = "PDF" if pdf else "address"
        raise UserError(f"{paper.id}: paperlens knows no {kind} of this paper")
    if not world.stdout.isatty():
        world.stdout.write(f"{url}\n")
    elif pdf:
        open_file(world.reader.pdf(paper))
    else:
        open_page(url)
