"""What lies over the screen for a while: a sheet of lines, and a line to type on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input

from paperlens.reports.ink import FAINT, OURS, STRONG, inked, margin
from paperlens.reports.layout import padded
from paperlens.triage.keys import KEYS
from paperlens.triage.panes import Line, Pane


class Sheet(ModalScreen[None]):
    """Lines to be read; escape or q puts it away. `files` are what `o` opens, by their lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
        Binding("o,enter", "open", show=False),
    ]
    DEFAULT_CSS = """
    Sheet { align: center middle; }
    Sheet > Vertical { background: ansi_default; border: round ansi_cyan; height: auto; }
    Sheet Pane { margin: 0 0 0 1; }
    """

    def __init__(
        self,
        title: str,
        draw: Callable[[int], Sequence[Text]],
        width: int,
        files: Callable[[int], Path | None] = lambda _: None,
        opened: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """`draw` gives the lines for so many cells, of which there are `width` at most."""
        super().__init__()
        self._title, self._draw, self._width = title, draw, width
        self._files, self._opened = files, opened

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line("sheet-head", lambda _: margin(1).append(self._title, STRONG))
            yield Pane("sheet")

    def on_resize(self) -> None:
        width = min(self._width, self.app.size.width)
        lines = self._draw(max(width - 5, 1))
        box = self.query_one(Vertical)
        box.styles.width = width
        pane = self.query_one("#sheet", Pane)
        pane.styles.height = max(min(len(lines), self.app.size.height - 3), 1)
        pane.show_lines(lines, top=0)

    def action_scroll(self, by: int) -> None:
        self.query_one("#sheet", Pane).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        pane = self.query_one("#sheet", Pane)
        pane.scroll_relative(y=by * max(pane.size.height - 1, 1), animate=False)

    def action_open(self) -> None:
        if file := self._files(self.query_one("#sheet", Pane).scroll_offset.y):
            self._opened(file)


def help_sheet() -> Sheet:
    """All keys."""
    column = max(len(key.shown) for key in KEYS) + 2

    def lines(width: int) -> list[Text]:
        told = [
            inked(padded(key.shown, column), OURS).append(padded(key.meaning, width - column))
            for key in KEYS
            if key.meaning
        ]
        mouse = "the mouse selects, scrolls, and presses the keys below"
        return [*told, Text(), inked(padded(mouse, width), FAINT)]

    return Sheet("Keys", lines, 72)


class Prompt(Input):
    """A line at the foot to type on, after its label, which the foot shows; enter takes it, escape
    leaves all as it was."""

    DEFAULT_CSS = """
    Prompt, Prompt:focus {
        layer: above; dock: bottom; height: 1; border: none; padding: 0;
        background: ansi_default; background-tint: transparent;
    }
    """

    class PutAway(Message):
        """The keys at the foot are to be seen again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False, priority=True)]

    def __init__(
        self,
        label: str,
        value: str,
        taken: Callable[[str], None],
        words: Sequence[str] = (),
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`words` are offered as they are typed; `changed` hears each letter."""
        suggester = SuggestFromList(words, case_sensitive=False) if words else None
        super().__init__(value, suggester=suggester, compact=True, id="prompt")
        self.label = label
        self.styles.margin = (0, 0, 0, cell_len(label) + 2)
        self._taken, self._changed, self._first = taken, changed, value

    def on_input_changed(self) -> None:
        self._changed(self.value)

    async def on_input_submitted(self) -> None:
        self._taken(self.value)
        await self._put_away()

    async def action_cancel(self) -> None:
        self._changed(self._first)
        await self._put_away()

    async def _put_away(self) -> None:
        await self.remove()
        self.app.post_message(self.PutAway())
