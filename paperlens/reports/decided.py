"""What was decided about papers, a line each: the mark, the id, the title, the tags, a note's sign.

Without Rich where nothing is drawn: `plain` is for pipes, and cuts nothing off.
"""

from typing import TYPE_CHECKING

from paperlens.models import Known, Mark
from paperlens.reports.labels import labels
from paperlens.reports.text import address, readable
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from rich.text import Text

_NOTE = "✎"
_GAP = "  "
_ARXIV_ID = 16
_ROOMY = 60
_SIGNS = {Mark.NEW: "·", Mark.STAR: "★", Mark.LATER: "◷", Mark.READ: "✓", Mark.SKIP: "✗"}
_COLOURS = {
    Mark.NEW: "dim",
    Mark.STAR: "bold yellow",
    Mark.LATER: "cyan",
    Mark.READ: "green",
    Mark.SKIP: "dim",
}


def plain(known: Known) -> str:
    """The whole line."""
    told = (_mark(known), one_line(known.paper.id), readable(known.paper.title), _beside(known))
    return _GAP.join(told).rstrip()


def drawn(known: Known, width: int) -> "Text":
    """The same in so many cells: the title gives way first, then long ids, then tags."""
    from rich.cells import cell_len
    from rich.style import Style
    from rich.text import Text

    from paperlens.reports.layout import fit

    mark = _mark(known) if width >= _ROOMY else _SIGNS[known.decision.mark]
    id = fit(one_line(known.paper.id), max(width // 3, _ARXIV_ID))
    room = width - cell_len(mark) - cell_len(id) - 2 * len(_GAP)
    beside = fit(_beside(known), room // 2)
    title = fit(readable(known.paper.title), room - cell_len(beside) - len(_GAP))
    return Text.assemble(
        (mark, _COLOURS[known.decision.mark]),
        (_GAP + id + _GAP, "cyan"),
        (title, Style(link=address(known.paper.url or ""))),
        (_GAP + beside, "dim"),
    )


def _mark(known: Known) -> str:
    words = labels()
    return words[known.decision.mark.value].ljust(max(len(words[mark.value]) for mark in Mark))


def _beside(known: Known) -> str:
    tags = [f"#{one_line(tag)}" for tag in known.decision.tags]
    return " ".join([*tags, *([_NOTE] if known.decision.note else [])])
