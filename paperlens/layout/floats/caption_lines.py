"""All lines of a caption, from the one that its label opens, and their text. Pure.

A caption ends where white, a rule or other letters part it from what stands below. Where it is
set like the body and squeezed against it, the end of its paragraph is all there is to see.
"""

from collections.abc import Sequence
from itertools import pairwise

from paperlens.layout.columns import Column, gutters_of
from paperlens.layout.floats.labels import Label
from paperlens.layout.page import Box, Line, Page, around
from paperlens.layout.prose import flowing
from paperlens.layout.typography import Typography

# all but the last of the letters' size
_AFTER_LABEL = 2.4
_BETWEEN_WORDS = 1.15
_BETWEEN_BLOCKS = 0.5
_WIDEST_WHITE = 2.4
_LOOSE = 1.75
_LONGEST = 40
_LEADINGS = (0.75, 1.22)  # of the distance of the first two lines


def whole_caption(
    first: Line,
    label: Label,
    page: Page,
    typography: Typography,
    columns: Sequence[Column],
    first_lines: set[int],
) -> tuple[Line, ...]:
    """The first line and those that go on; `first_lines` are the orders of all captions'."""
    rest, rules = _below(first, page), _rules(first, page)
    gutters = _gutters(first, columns)
    is_label_alone = not first.text[label.end :].strip()
    row, rest = _row(first, rest, gutters, _AFTER_LABEL if is_label_alone else _BETWEEN_WORDS)
    taken, box, leading = list(row), around(line.box for line in row), 0.0
    is_title_below = is_label_alone and len(row) == 1
    while True:
        lower = _next(taken, box, rest, typography.leading if is_title_below else 0.0)
        if lower is None or lower.order in first_lines or _is_ruled_off(row[0], lower, rules):
            break
        step = lower.baseline - row[0].baseline
        if leading and not _LEADINGS[0] * leading < step < _LEADINGS[1] * leading:
            break
        following, others = _row(lower, rest, gutters, _BETWEEN_WORDS, box.right)
        if _is_of_cells(following):
            break
        if not is_title_below and _has_ended(box, row[-1], lower, typography, page, first):
            break
        leading = 0.0 if is_title_below else leading or step
        is_title_below = False
        row, rest = following, others
        taken += row
        box = box | around(line.box for line in row)
    return tuple(taken)


def text_after(label: Label, lines: Sequence[Line]) -> str:
    """What a caption says, as running text."""
    rows = [lines[0].text]
    for last, line in pairwise(lines):
        height = min(line.box.height, last.box.height)
        if line.box.beside(last.box) > 0.35 * height:
            rows[-1] += ("" if rows[-1].endswith(" ") else " ") + line.text
        else:
            rows.append(line.text)
    rows[0] = rows[0][label.end :]
    return flowing(["\n".join(rows)])


def _below(first: Line, page: Page) -> list[Line]:
    """The lines beside and below, as far as captions reach, from top to bottom."""
    return sorted(
        (
            line
            for line in page.lines
            if line is not first
            and not line.is_upright
            and -0.6 * first.size < line.baseline - first.baseline < _LONGEST * first.size
        ),
        key=_place,
    )


def _place(line: Line) -> tuple[float, float]:
    return line.baseline, line.box.left


def _gutters(first: Line, columns: Sequence[Column]) -> list[float]:
    """The gutters that the first line of a caption does not cross."""
    return [x for x in gutters_of(columns) if not first.box.left < x < first.box.right]


def _row(
    first: Line,
    others: Sequence[Line],
    gutters: Sequence[float],
    reach: float,
    right: float = 0.0,
) -> tuple[list[Line], list[Line]]:
    """A line with what stands beside it, and the others; white may be wide where a row ends at
    a known right edge, as in narrow justified captions."""
    size = first.size or 1.0
    row, rest = [first], list[Line]()
    for line in sorted(others, key=lambda each: each.box.left):
        last = row[-1]
        gap = (line.box.left - last.box.right) / size
        widest = _WIDEST_WHITE if line.box.right < right + 2 else reach
        if line.block != last.block and reach <= _BETWEEN_WORDS:
            widest = _BETWEEN_BLOCKS
        if (
            -reach < gap < widest
            and _is_beside(first, line)
            and line.box.right > last.box.left
            and not any(last.box.right - 1 < x < line.box.left + 1 for x in gutters)
        ):
            row.append(line)
            reach = _BETWEEN_WORDS
        else:
            rest.append(line)
    return row, sorted(rest, key=_place)


def _is_beside(first: Line, line: Line) -> bool:
    """Whether a line stands on the same baseline, or a bit off it in other letters."""
    if abs(line.size - first.size) < 0.06 * first.size:
        return abs(line.baseline - first.baseline) < 0.15 * first.size
    return line.box.beside(first.box) > 0.35 * min(line.box.height, first.box.height)


def _is_of_cells(row: Sequence[Line]) -> bool:
    gaps = (after.box.left - before.box.right for before, after in pairwise(row))
    return sum(gap > 1.5 * row[0].size for gap in gaps) > 1


def _next(taken: Sequence[Line], box: Box, rest: Sequence[Line], distance: float) -> Line | None:
    """The line under what was taken, if it could be of the same paragraph; a title that stands
    apart from its label, at a known distance, may have other letters."""
    size = max(line.size for line in taken)
    bottom = max(line.baseline for line in taken[-3:])
    for line in rest:
        step = line.baseline - bottom
        if step > max(_LOOSE * size, 1.15 * distance):
            return None
        is_under = line.box.above_or_below(box) >= 0.5 * min(line.box.width, box.width)
        if step > 0.5 * size and is_under:
            is_alike = any(abs(each.size - line.size) <= 0.05 * each.size + 0.1 for each in taken)
            return line if distance or is_alike else None
    return None


def _rules(first: Line, page: Page) -> list[Box]:
    """Level rules below the first line."""
    return [
        shape.box
        for shape in page.shapes
        if shape.box.top > first.box.top
        and shape.box.height <= 2
        and shape.box.width > 3 * first.size
    ]


def _is_ruled_off(upper: Line, lower: Line, rules: Sequence[Box]) -> bool:
    """Whether a rule stands between two lines, as a table's first under its caption."""
    top, bottom = upper.baseline - 1, lower.baseline - 0.4 * lower.size
    return any(
        top < rule.middle[1] < bottom
        and rule.above_or_below(upper.box) > 0.6 * min(rule.width, upper.box.width)
        for rule in rules
    )


def _has_ended(
    box: Box, last: Line, lower: Line, typography: Typography, page: Page, first: Line
) -> bool:
    """Whether the next line's first word would have found room, so that a paragraph has ended.

    Asked only of captions that are set like the body; a bold line ends any other as well.
    """
    if lower.is_bold and not last.is_bold and not first.is_bold:
        return True
    words = lower.text.split()
    if not words or not typography.is_of_body_size(first.size):
        return False
    right = max(box.right, lower.box.right, _right_of_neighbours(first, page))
    indent, room = last.box.left - box.left, right - last.box.right
    is_centred = abs(indent - room) < first.size
    word = (len(words[0]) + 2) * lower.box.width / len(lower.text)
    return room > word + (indent if is_centred else 0.0) and room > 2 * first.size


def _right_of_neighbours(first: Line, page: Page) -> float:
    """Where lines end that begin as far left as this one, at most a paragraph away."""
    return max(
        line.box.right
        for line in page.lines
        if abs(line.box.left - first.box.left) < 2
        and abs(line.box.top - first.box.top) < 16 * first.size
    )
