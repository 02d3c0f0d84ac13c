"""Small pictures on a terminal, by whatever way it knows; where it knows none, none are shown.

`screen_of` finds out which, `drawn` makes of a PNG what Rich prints. Terminals that take a PNG get
it as it is; for the others it is decoded here, in plain Python: no library for pictures is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import ControlType, Segment

from paperlens.reports.pictures.asking import attributes, cell_size
from paperlens.reports.pictures.blocks import blocks
from paperlens.reports.pictures.choice import Way, choose, patience
from paperlens.reports.pictures.fitting import CELL, Size, cells, pixels
from paperlens.reports.pictures.raster import raster, size_of
from paperlens.reports.pictures.sixel import sixel
from paperlens.reports.pictures.whole import iterm2, kitty

__all__ = ["Screen", "Way", "drawn", "screen_of"]


@dataclass(frozen=True, slots=True)
class Screen:
    """How pictures are shown on a terminal, its columns and rows, and the pixels of a cell."""

    way: Way
    room: Size
    cell: Size = CELL


@dataclass(frozen=True, slots=True)
class _Sequence:
    """What a terminal draws by itself, at the cursor.

    Where the cursor stands afterwards, each terminal decides otherwise; so there is made room
    first, and the cursor comes back to where it was and goes below by our own count.
    """

    told: str
    rows: int
    indent: int

    def __rich_console__(self, _: Console, __: ConsoleOptions) -> RenderResult:
        room = "\n" * self.rows + f"\x1b[{self.rows}A" + " " * self.indent
        told = f"{room}\x1b7{self.told}\x1b8\r\x1b[{self.rows}B"
        yield Segment(told, None, [(ControlType.CURSOR_DOWN, self.rows)])


def screen_of(
    environ: Mapping[str, str],
    stdin: TextIO,
    stdout: TextIO,
    console: Console,
    wanted: Way | None = None,
) -> Screen:
    """What is known of the terminal behind `stdout`; it may be asked, where somebody can answer.

    `wanted` is the way that the user prefers to the one that would be found.
    """
    room = (console.width, console.height)
    if not stdout.isatty():
        return Screen(Way.NONE, room)

    def ask() -> frozenset[int]:
        if not stdin.isatty():
            return frozenset()
        return attributes(stdin.fileno(), stdout.fileno(), patience(environ))

    colours = None if console.no_color else console.color_system
    way = choose(environ, ask, is_terminal=console.is_terminal, colours=colours, wanted=wanted)
    return Screen(way, room, cell_size(stdout.fileno()) or CELL)


def drawn(
    png: bytes, screen: Screen, columns: int, rows: int, indent: int = 0
) -> RenderableType | None:
    """The picture in at most so many cells, to be printed by itself; None where none is shown.

    A file that is no picture, or none that can be shown, is a ValueError with a sentence.
    """
    if screen.way is Way.NONE:
        return None
    size = size_of(png)
    room = (min(columns, screen.room[0] - indent), min(rows, screen.room[1] - 1))
    box = cells(size, room, screen.cell)
    if screen.way is Way.BLOCKS:
        return blocks(raster(png, box[0], 2 * box[1]), indent)
    if screen.way is Way.SIXEL:
        told = sixel(raster(png, *pixels(size, box, screen.cell)))
    else:
        told = (kitty if screen.way is Way.KITTY else iterm2)(png, *box)
    return _Sequence(told, box[1], indent)
