"""Figures of papers as what a terminal shows of them, a few rows high.

A file that is gone or is no picture costs its picture only: what is told beside it stays.
"""

from pathlib import Path

from rich.console import Group, RenderableType

from paperlens.models import Figure
from paperlens.reports.ink import Picture
from paperlens.reports.pictures import Screen, drawn

_COLUMNS, _ROWS, _NARROWEST = 48, 12, 8


def on(screen: Screen) -> Picture:
    """How figures are drawn there."""

    def picture(figure: Figure, indent: int) -> RenderableType | None:
        columns = min(_COLUMNS, screen.room[0] - indent - 1)
        if figure.file is None or columns < _NARROWEST:
            return None
        try:
            shown = drawn(Path(figure.file).read_bytes(), screen, columns, _ROWS, indent)
        except (OSError, ValueError):
            return None
        return None if shown is None else Group(shown)

    return picture
