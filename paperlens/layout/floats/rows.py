"""Lines side by side as rows, and rows under one another as groups. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperlens.layout.page import Box, Line, around

_SIDE_BY_SIDE = 2.2  # all of the letters' size
_STEPS = (0.7, 1.75)
_OTHER_STEP = 0.3


@dataclass(frozen=True, slots=True)
class Row:
    """Lines side by side, as MuPDF parts them at wide spaces."""

    lines: tuple[Line, ...]
    box: Box
    size: float
    baseline: float

    @property
    def is_upright(self) -> bool:
        return self.lines[0].is_upright

    @property
    def letters(self) -> int:
        """How many, where a letter as wide as it is high counts twice."""
        return sum(
            len(line.text) if line.text.isascii() else len(line.text) + _full_width(line.text)
            for line in self.lines
        )


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """In the order of the page."""
    rows = list[list[Line]]()
    for line in lines:
        if rows and _is_beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row) for row in rows]


def groups_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one size under one another at one distance."""
    groups = list[list[Row]]()
    for row in rows:
        if groups and _goes_on(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def family(font: str) -> str:
    """A font's name without its size: CMR8 and CMR10 are one."""
    return "".join(filter(str.isalpha, font)).lower()


def _full_width(text: str) -> int:
    return sum("\u2e80" <= letter <= "\uffef" for letter in text)


def _row(lines: Sequence[Line]) -> Row:
    longest = max(lines, key=lambda line: len(line.text)) if len(lines) > 1 else lines[0]
    return Row(tuple(lines), around(map(_body_of, lines)), longest.size, longest.baseline)


def _body_of(line: Line) -> Box:
    """A line's box without the empty height that fonts of large signs claim."""
    if line.is_upright:
        return line.box
    left, top, right, bottom = line.box
    baseline, size = line.baseline, line.size
    return Box(
        left, max(top, baseline - 1.2 * size), right, min(bottom, max(baseline + 0.5 * size, top))
    )


def _is_beside(last: Line, line: Line) -> bool:
    if last.is_upright or line.is_upright:
        return False
    size = max(last.size, line.size)
    return (
        line.box.beside(last.box) > 0.4 * min(line.box.height, last.box.height)
        and -size < line.box.left - last.box.right < _SIDE_BY_SIDE * size
    )


def _goes_on(group: Sequence[Row], row: Row) -> bool:
    last = group[-1]
    step = row.baseline - last.baseline
    if not _STEPS[0] * row.size < step < _STEPS[1] * row.size:
        return False
    if row.is_upright or abs(row.size - last.size) > 0.08 * row.size:
        return False
    if len(group) > 1:
        usual = last.baseline - group[-2].baseline
        if abs(step - usual) > _OTHER_STEP * row.size:
            return False
    return row.box.above_or_below(last.box) > 0.5 * min(row.box.width, last.box.width)


def blocks_of(rows: Sequence[Row], size: float) -> list[Box]:
    """Rows of one paragraph as one box, where they end at one edge; a short last row is as wide
    as the one above it, unless the row below is short as well, as text beside a figure is."""
    ordered = sorted(rows, key=lambda each: (round(each.box.left / 30), each.box.top))
    blocks = list[Box]()
    for place, row in enumerate(ordered):
        if blocks and _continues(blocks[-1], row.box, size):
            last = blocks[-1]
            lower = ordered[place + 1].box if place + 1 < len(ordered) else None
            is_full = row.box.right > last.right - 3
            is_last = lower is None or not (
                _continues(row.box, lower, size) and lower.right > row.box.right - 3
            )
            if is_full or (is_last and last.height > 1.8 * row.size):
                blocks[-1] = last | row.box
                continue
        blocks.append(row.box)
    return blocks


def _continues(last: Box, box: Box, size: float) -> bool:
    return (
        -2 < box.top - last.bottom < 0.9 * size
        and abs(box.left - last.left) < 3 * size
        and box.right < last.right + 2
    )
