"""What stands at a column's foot in smaller letters: footnotes, thanks, permissions. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from paperlens.layout.lines import joined
from paperlens.layout.page import Line, Shape, Span
from paperlens.layout.typography import Typography

_MARK = re.compile(r"\s?[*∗†‡§¶‖♯⋆]|\d{1,3}(?=\s?[^\W\d_])|[a-z] ?(?=[A-Z])")
_SIGN = re.compile(r"[*∗†‡§¶‖♯⋆]")
_STUCK = re.compile(r"^\s?(\d{1,3}|[*∗†‡§¶‖♯⋆])(?=[^\W\d_])")
_NUMBER = re.compile(r"\s?\d{1,3}")
_ENTRY = re.compile(r"\[\d|\d{1,3}\.|\[[A-Z]|•")


def foot_begins(
    rows: Sequence[Line], rules: Iterable[Shape], typography: Typography, is_first: bool
) -> int:
    """The number of rows before the footnotes; all of them where there are none."""
    begin = len(rows)
    while begin and typography.is_smaller(rows[begin - 1].size):
        begin -= 1
    small = range(begin, len(rows))
    if not small:
        return len(rows)
    edge = min(line.box.left for line in rows)
    short = [rule for rule in rules if abs(rule.box.left - edge) < 1.5 * typography.size]
    for place in small:
        line = rows[place]
        if any(_is_over(rule, line, rows[place - 1] if place else None) for rule in short):
            return place
    for place in small:
        if place and is_marked(rows[place]) and _white(rows, place) > 0.25 * typography.size:
            return place
    first = rows[begin]
    is_apart = begin > 0 and _white(rows, begin) > 0.4 * typography.size
    if is_first and is_apart and not _ENTRY.match(first.text) and _is_prose(rows[begin - 1]):
        return begin
    return len(rows)


def is_marked(line: Line) -> bool:
    """Whether a line begins with a raised number or a footnote's sign."""
    first = line.spans[0]
    if _SIGN.match(line.text):
        return True
    if not _MARK.match(line.text):
        return False
    return first.size < 0.85 * line.size or first.baseline < line.baseline - 0.15 * line.size


def after_mark(text: str) -> str:
    """A footnote's first line with its mark apart from its first word."""
    return _STUCK.sub(r"\1 ", text, count=1)


def without_marks(row: Line, marks: Collection[str]) -> Line:
    """The line without the raised numbers of footnotes; exponents stay."""
    if len(row.spans) < 2:
        return row
    kept = [
        span
        for last, span in zip((None, *row.spans), row.spans, strict=False)
        if last is None or not _is_mark(span, last, row, marks)
    ]
    if len(kept) == len(row.spans):
        return row
    return replace(row, spans=tuple(kept), text=joined(kept))


def marks_of(notes: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The numbers by which the text refers to these footnotes."""
    found = (_NUMBER.match(note[0].text) for note in notes)
    return frozenset(number[0].strip() for number in found if number)


def _is_mark(span: Span, last: Span, row: Line, marks: Collection[str]) -> bool:
    is_raised = span.size < 0.85 * row.size and span.baseline < row.baseline - 0.15 * row.size
    is_after_word = len(last.text) > 2 and last.size > 0.9 * row.size
    return is_raised and is_after_word and span.text.strip() in marks


def _is_over(rule: Shape, line: Line, above: Line | None) -> bool:
    """Whether a short rule lies on the white between two lines."""
    is_between = (above is None or above.baseline - 1 < rule.box.top) and (
        0 <= line.baseline - rule.box.bottom < 3 * line.size
    )
    return is_between and rule.box.width > 3 * line.size and rule.box.height < 2


def _white(rows: Sequence[Line], place: int) -> float:
    return rows[place].baseline - rows[place - 1].baseline - 1.2 * rows[place].size


def _is_prose(line: Line) -> bool:
    letters = [letter for letter in line.text if letter.isalpha()]
    return sum(map(str.islower, letters)) > 0.6 * len(letters) and not line.is_bold
