"""What was decided about papers, a line each: the mark, the id, the title, the tags, a note's sign.

Without Rich where nothing is drawn: `plain` is for pipes, and cuts nothing off.
"""

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from paperlens.models import Known, Mark
from paperlens.reports.labels import Labels
from paperlens.reports.marks import SIGNS, with_sign
from paperlens.reports.text import address, readable
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from rich.text import Text

_NOTE = "✎"
_GAP = "  "
_ARXIV_ID = 16
_ROOMY = 60


def plain(known: Known, words: Labels) -> str:
    """The whole line."""
    title = readable(known.paper.title)
    parts = (_mark(known, words), one_line(known.paper.id), title, _beside(known))
    return _GAP.join(parts).rstrip()


def drawn(known: Known, width: int, words: Labels) -> "Text":
    """The same in so many cells: the title gives way first, then long ids, then tags."""
    from rich.cells import cell_len
    from rich.style import Style
    from rich.text import Text

    from paperlens.reports.layout import fit

    sign, style = SIGNS[known.decision.mark]
    mark = _mark(known, words) if width >= _ROOMY else sign
    id = fit(one_line(known.paper.id), max(width // 3, _ARXIV_ID))
    room = width - cell_len(mark) - cell_len(id) - 2 * len(_GAP)
    beside = fit(_beside(known), room // 2)
    title = fit(readable(known.paper.title), room - cell_len(beside) - len(_GAP))
    return Text.assemble(
        (mark, style),
        (_GAP + id + _GAP, "cyan"),
        (title, Style(link=address(known.paper.url or ""))),
        (_GAP + beside, "dim"),
    )


def _mark(known: Known, words: Labels) -> str:
    mark = with_sign(known.decision.mark, words)
    return mark + " " * (max(_cells(with_sign(one, words)) for one in Mark) - _cells(mark))


def _cells(word: str) -> int:
    """Of our own words: nothing joins in them, so that Rich need not count."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)


def _beside(known: Known) -> str:
    tags = [f"#{one_line(tag)}" for tag in known.decision.tags]
    return " ".join([*tags, *([_NOTE] if known.decision.note else [])])
