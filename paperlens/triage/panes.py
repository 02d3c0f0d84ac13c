"""The parts of the full screen: each shows lines that were drawn elsewhere.

Text of papers never passes through markup: it comes as styled pieces and goes out as they are.
"""

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from paperlens.reports.ink import FAINT, inked


class Pane(ScrollView):
    """Lines of text that are scrolled; the column at the right is for the bar."""

    DEFAULT_CSS = """
    Pane {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: ansi_bright_black;
        scrollbar-color-hover: ansi_cyan;
        scrollbar-color-active: ansi_cyan;
        scrollbar-background: ansi_default;
        scrollbar-background-hover: ansi_default;
        scrollbar-background-active: ansi_default;
    }
    """
    can_focus = False

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Text] = ()

    @property
    def room(self) -> int:
        """Cells of a line."""
        return max(self.size.width - 1, 1)

    def show_lines(self, lines: Sequence[Text], top: int | None = None) -> None:
        """Instead of those before; `top` is the first to be seen, unless that is left as it is."""
        self._lines = lines
        self.virtual_size = Size(self.room, len(lines))
        if top is not None:
            self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else Text()
        return strip(line, self, self.size.width)


class Listing(Pane):
    """The list: a line is drawn when it comes into sight."""

    class Chosen(Message):
        """A paper was clicked; its place in the list."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, id: str, draw: Callable[[int, int], Text]) -> None:
        """`draw` gives the line of a place, in so many cells."""
        super().__init__(id)
        self._draw, self._count = draw, 0

    def show(self, count: int, place: int, top: int | None = None) -> None:
        """So many lines, of which one has to be in sight; `top` is to be the first."""
        self._count = count
        self.virtual_size = Size(self.room, count)
        first, height = self.scroll_offset.y, max(self.size.height, 1)
        if top is None:
            top = min(max(first, place - height + 1), place)
        if top != first:
            self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        line = self._draw(place, self.room) if place < self._count else Text()
        return strip(line, self, self.size.width)

    def on_click(self, event: Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < self._count:
            self.post_message(self.Chosen(place))


class Line(Widget):
    """One line across the screen."""

    DEFAULT_CSS = "Line { height: 1; }"

    class Pressed(Message):
        """A cell of the line was clicked."""

        def __init__(self, line: str | None, cell: int) -> None:
            super().__init__()
            self.line, self.cell = line, cell

    def __init__(self, id: str, draw: Callable[[int], Text]) -> None:
        super().__init__(id=id)
        self._draw = draw

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only one
        return strip(self._draw(self.size.width), self, self.size.width)

    def on_click(self, event: Click) -> None:
        self.post_message(self.Pressed(self.id, event.x))


class Border(Widget):
    """Between list and card: upright when they stand side by side."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - all are alike
        width = self.size.width
        return strip(inked("│" if width == 1 else "─" * width, FAINT), self, width)


def strip(line: Text, widget: Widget, width: int) -> Strip:
    """A line of text as Textual puts it on the screen."""
    pieces = Strip(line.render(widget.app.console, end=""))
    return pieces.adjust_cell_length(width, widget.rich_style)
