"""Captions of a page, told from sentences that begin with "Figure 3". Pure.

No sign is enough alone: the mark after the number, letters that differ, white space, a drawing
beside it and the line before are weighed together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paperlens.layout.floats.caption_lines import text_after, whole_caption
from paperlens.layout.floats.labels import Label, label_of
from paperlens.layout.page import Box, Line, Page, around
from paperlens.layout.typography import Column, Typography

_ENOUGH = 3
_MOST = 60  # more is a list of figures, or no paper's page
_LOOSE = 1.75  # of the letters' size from baseline to baseline
_CONTINUED = re.compile(r"\(?cont(?:inued|[.’']?d|\.)|[(（]?续", re.I)
_LEADERS = (". . .", ".....", "…")  # before the number of a page, in a list of figures


@dataclass(frozen=True, slots=True)
class Caption:
    """`kind` is FIGURE, TABLE or labels.OTHER; `text` is what follows the label."""

    kind: str
    number: str
    text: str
    lines: tuple[Line, ...]
    box: Box


def captions_of(
    page: Page, typography: Typography, columns: Sequence[Column]
) -> tuple[Caption, ...]:
    """In the order of the page; those of algorithms and listings too, as they bound figures."""
    labelled = [
        (line, label)
        for line in page.lines
        if not line.is_upright and (label := label_of(line.text)) is not None
    ]
    if not labelled or len(labelled) > _MOST:
        return ()
    good = [each for each in labelled if _score(*each, page, typography) >= _ENOUGH]
    first_lines = {line.order for line, _ in good}
    found = list[Caption]()
    for line, label in good:
        lines = whole_caption(line, label, page, typography, columns, first_lines)
        box = around(each.box for each in lines)
        text = text_after(label, lines)
        found.append(Caption(label.kind, label.number, text, lines, box))
    return tuple(found)


def _score(line: Line, label: Label, page: Page, typography: Typography) -> int:
    rest = line.text[label.end :].strip()
    if rest[-1:].isdigit() and rest.rstrip("0123456789 ").endswith(_LEADERS):
        return -_ENOUGH
    before = _line_before(line, page)
    score = 3 if label.is_marked else 1 if label.is_stopped else -1
    score += 2 * _is_set_apart(line, label)
    score += 2 * typography.is_smaller(line.size)
    score += 2 * _touches_drawing(line.box, page)
    if not rest or _CONTINUED.match(rest):
        score += 2 * _is_alone(line, page)
    elif rest[0].islower():
        score -= 0 if label.is_marked else 2
    elif rest[0].isupper() or not rest[0].isascii():
        score += 1
    if before is None:
        return score + 1
    return score - (5 if _goes_on(before, line) else -1)


def _is_set_apart(line: Line, label: Label) -> bool:
    """Whether the label's letters differ from those that follow."""
    first = next((span for span in line.spans if span.text.strip()), line.spans[0])
    seen = 0
    for span in line.spans:
        seen += len(span.text)
        if seen > label.end + 2 and any(map(str.isalpha, span.text)):
            return (span.font, span.is_bold) != (first.font, first.is_bold)
    return first.is_bold


def _line_before(line: Line, page: Page) -> Line | None:
    """What stands right above, within one line's distance."""
    above = [
        other
        for other in page.lines
        if other is not line
        and 0 < line.baseline - other.baseline < _LOOSE * line.size
        and other.box.above_or_below(line.box) > 0
    ]
    return max(above, key=lambda other: other.baseline, default=None)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line may be the next of the paragraph that the one before belongs to."""
    return (
        abs(before.size - line.size) < 0.06 * line.size
        and len(before.text) > 20
        and -2.6 * line.size < line.box.left - before.box.left < 0.6 * line.size
        and before.box.right > line.box.right - 2 * line.size
    )


def _touches_drawing(box: Box, page: Page) -> bool:
    """Whether an image or a drawing ends right above or begins right below."""
    near = Box(box.left, box.top - 1.8 * box.height, box.right, box.bottom + 1.8 * box.height)
    boxes = [image.box for image in page.images] + [shape.box for shape in page.shapes]
    return any(
        2 * box.height < drawn.height < 0.9 * page.height
        and near.meets(drawn)
        and not drawn.share_in(box)
        for drawn in boxes
    )


def _is_alone(line: Line, page: Page) -> bool:
    """Whether nothing stands on its line in reach."""
    around_it = Box(line.box.left - 40, line.box.top, line.box.right + 40, line.box.bottom)
    return not any(
        other is not line and other.box.beside(line.box) > 2 and around_it.meets(other.box)
        for other in page.lines
    )
