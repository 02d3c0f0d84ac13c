"""How things look on a terminal: a few styles, and lines made of styled pieces.

Bold, dim and the terminal's own colours only, so that light, dark and colourless terminals all
serve. No word is told by a colour alone: what must be read is bold or plain, colours are for signs
and for what can be followed. Paper text enters as plain `Text`, never as Rich markup.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from paperlens.models import Figure
from paperlens.reports.labels import Labels
from paperlens.reports.layout import evened, wrapped
from paperlens.reports.text import KEY_PHRASE, address

PLAIN = Style()
STRONG = Style(bold=True)
FAINT = Style(dim=True)
OURS = Style(color="cyan")
GOOD = Style(color="green")
CARE = Style(color="yellow")
BAD = Style(color="red", bold=True)

DOT = " · "
WIDEST = 104  # prose in longer lines is hard to read
NARROWEST = 24

Picture = Callable[[Figure, int], RenderableType | None]  # of a figure, so many cells indented


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on: how wide, whether links can be followed, in which language.

    `room` is how wide it could be: prose is not read there, but a list may need it. `checks` says
    that doubts of summaries are told in full, `picture` draws figures where they are asked for.
    """

    width: int
    room: int
    links: bool
    words: Labels
    checks: bool = False
    picture: Picture | None = None

    def linked(self, style: Style, url: str | None) -> Style:
        target = address(url) if url and self.links else None
        return style + Style(link=target) if target else style


def inked(text: str, style: Style = PLAIN) -> Text:
    """Styled text to which text of another style can be joined: the style is not its base."""
    return Text().append(text, style)


def block(
    text: str, width: int, lead: Text, style: Style = PLAIN, most: int | None = None
) -> Iterator[Text]:
    """A paragraph beside its lead: every further line starts where the first one did."""
    hang = lead.cell_len
    for number, line in enumerate(evened(text, width - hang, most)):
        told = lead.copy() if number == 0 else margin(hang)
        yield told.append(line, style)


def prose(text: str, width: int, lead: Text, most: int | None = None) -> Iterator[Text]:
    """The same of what a model wrote, whose **key phrases** are bold."""
    whole = Text()
    for number, part in enumerate(KEY_PHRASE.split(text)):
        whole.append(part, STRONG if number % 2 else PLAIN)
    if not whole.spans:
        yield from block(text, width, lead, PLAIN, most)
        return
    hang, place = lead.cell_len, 0
    for number, line in enumerate(evened(whole.plain, width - hang, most)):
        told = lead.copy() if number == 0 else margin(hang)
        kept = line.removesuffix("…")
        place = max(whole.plain.find(kept, place), place)
        yield told.append_text(whole[place : place + len(kept)]).append(line[len(kept) :])
        place += len(kept)


def flow(items: Iterable[Text], width: int, lead: Text) -> Iterator[Text]:
    """Items beside their lead, broken between them; one that no line holds is broken inside."""
    hang = inked(" " * lead.cell_len)
    line, empty = lead.copy(), True
    for item in items:
        between = 0 if empty else len(DOT)
        if line.cell_len + between + item.cell_len <= width:
            line.append(DOT[:between], FAINT).append_text(item)
            empty = False
            continue
        if not empty:
            yield line
            line = hang.copy()
        *full, last = _inside(item, width - hang.cell_len)
        for part in full:
            yield line.append_text(part)
            line = hang.copy()
        line, empty = line.append_text(last), False
    if not empty:
        yield line


def _inside(item: Text, width: int) -> Iterator[Text]:
    rest = item
    for told in wrapped(item.plain, width):
        start = rest.plain.find(told)
        yield rest[start : start + len(told)]
        rest = rest[start + len(told) :]


def margin(width: int) -> Text:
    return inked(" " * width)


def labelled(label: str, text: str, style: Style = PLAIN) -> Text:
    return inked(f"{label} ", FAINT).append(text, style)


def signed(sign: str, text: str, colour: Style, style: Style = PLAIN) -> Text:
    """A sign in its colour, and what it means, which is read without it."""
    return inked(sign, colour).append(f" {text}", style)


def label_cells(page: Page) -> int:
    """Room for the words that stand before notices and commands at the foot of a page."""
    return max(cell_len(page.words[label]) for label in ("note", "next")) + 2


def apart(left: Text, right: Text, width: int) -> Text | None:
    """Two texts at the two ends of a line, if they fit there."""
    gap = width - left.cell_len - right.cell_len
    return None if gap < 2 else left.copy().append(" " * gap).append_text(right)


def joined(items: Sequence[Text]) -> Text:
    return inked(DOT, FAINT).join(items)


def rule(width: int) -> Text:
    return inked(" " + "─" * (width - 1), FAINT)


def dots(score: float) -> Text:
    """A score as five dots: ●●●●○."""
    full = round(min(max(score, 0.0), 1.0) * 5)
    return inked("●" * full, GOOD).append("○" * (5 - full), FAINT)
