"""How large a picture is drawn: in whole cells, as nearly in its own shape as cells allow (pure).

Nothing is drawn larger than it is; a picture's own pixels are taken for those of a small cell.
"""

from math import ceil

Size = tuple[int, int]

CELL: Size = (8, 16)  # in pixels, where a terminal does not tell
_STRIP = 6  # a sixel picture that ended within a strip would take the row below as well


def cells(size: Size, room: Size, cell: Size) -> Size:
    """Columns and rows for a picture of that size in pixels, within that room in cells."""
    (width, height), (columns, rows) = size, room
    columns, rows = min(columns, ceil(width / CELL[0])), min(rows, ceil(height / CELL[1]))
    rows_for_a_column = height * cell[0] / (width * cell[1])
    rows = max(1, min(rows, int(columns * rows_for_a_column)))
    return max(1, min(columns, round(rows / rows_for_a_column))), rows


def pixels(size: Size, box: Size, cell: Size) -> Size:
    """Width and height within a box of cells, in the picture's shape and in whole strips."""
    scale = min(1, *(box[side] * cell[side] / size[side] for side in (0, 1)))
    width, height = (max(1, round(extent * scale)) for extent in size)
    return width, height - height % _STRIP if height > _STRIP else height
