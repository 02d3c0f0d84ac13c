"""A table's rows as text, its cells parted by bars. Pure."""

from collections.abc import Iterable, Sequence

from paperlens.layout.page import Box, Line
from paperlens.layout.typography import Typography

_SAME_ROW = 0.5
_NOTE = 1.3


def text_of(lines: Iterable[Line]) -> str:
    """From top to bottom and from left to right."""
    rows = list[list[Line]]()
    for line in sorted(lines, key=lambda each: (each.box.middle[1], each.box.left)):
        if rows and _is_in(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join(
        " | ".join(cell.text.strip() for cell in sorted(row, key=lambda each: each.box.left))
        for row in rows
    )


def _is_in(row: list[Line], line: Line) -> bool:
    first = row[0].box
    return first.beside(line.box) > _SAME_ROW * min(first.height, line.box.height)


def with_notes(table: Box, lines: Sequence[Line], typography: Typography) -> Box:
    """A ruled table with the small lines that stand right under it."""
    below = (
        line
        for line in lines
        if line.box.top > table.bottom - 2
        and typography.is_smaller(line.size)
        and table.left - 2 < line.box.left
        and line.box.right < table.right + 2
    )
    for line in sorted(below, key=lambda each: each.box.top):
        if line.box.top - table.bottom > _NOTE * line.size:
            break
        table = table | line.box
    return table
