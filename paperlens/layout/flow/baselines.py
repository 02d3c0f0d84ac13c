"""Lines that share a baseline become one; drop caps go to the line that they begin. Pure.

MuPDF ends a line at wide gaps and at raised or lowered pieces; what a reader sees as one line is
put together again within a column.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from paperlens.layout.lines import joined
from paperlens.layout.page import Line, Span, around

_ACTIVE = 8  # lines that a further piece may belong to
_SHARED = 0.5  # of the lower piece's height
_OVER = 0.25  # of the letters' size, by which pieces may lie over one another
_DROP = 1.7  # times the size of the letters beside it
_RIGHT_TO_LEFT = range(0x0590, 0x0900)


def whole_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines of a column, from top to bottom."""
    rows: list[list[Line]] = []
    caps: list[Line] = []
    for line in sorted(lines, key=_middle):
        top = line.box.top
        fits = [row for row in rows[-_ACTIVE:] if top < row[0].box.bottom and _belongs(line, row)]
        if fits:
            _nearest(line, fits).append(line)
        elif _may_be_drop_cap(line):
            caps.append(line)
        else:
            rows.append([line])
    drop_caps = [cap for cap in caps if not _is_taken(cap, rows)]
    whole = sorted(map(_whole, rows), key=_baseline)
    for cap in drop_caps:
        whole = _begun(whole, cap)
    return whole


def _is_taken(cap: Line, rows: Sequence[list[Line]]) -> bool:
    """Whether a capital stands on a line of letters as large, as the number of an appendix does."""
    fits = [row for row in rows if cap.size < _DROP * row[0].size and _belongs(cap, row)]
    if fits:
        _nearest(cap, fits).append(cap)
    return bool(fits)


def _baseline(line: Line) -> float:
    return line.baseline


def _middle(line: Line) -> float:
    return line.box[1] + line.box[3]


def _nearest(line: Line, rows: Sequence[list[Line]]) -> list[Line]:
    return max(rows, key=lambda row: line.box.beside(row[0].box))


def _belongs(line: Line, row: Sequence[Line]) -> bool:
    """A piece belongs to a row beside which it stands, of letters about as large."""
    left, top, right, bottom = line.box
    is_beside = False
    for piece in row:
        start, upper, end, lower = piece.box
        if min(right, end) - max(left, start) > _OVER * min(line.size, piece.size):
            return False
        height = min(bottom - top, lower - upper)
        if min(bottom, lower) - max(top, upper) > _SHARED * height and _is_alike(line, piece):
            is_beside = True
    return is_beside


def _is_alike(line: Line, piece: Line) -> bool:
    tall, low = (line, piece) if line.size > piece.size else (piece, line)
    return tall.size < _DROP * low.size or abs(tall.baseline - low.baseline) < 0.5 * low.size


def _whole(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    pieces = sorted(row, key=lambda line: line.box.left, reverse=_is_right_to_left(row))
    main = max(row, key=lambda line: len(line.text))
    return replace(
        main,
        spans=tuple(span for piece in pieces for span in piece.spans),
        box=around(piece.box for piece in pieces),
        text=joined([_as_span(piece) for piece in pieces]),
        order=min(piece.order for piece in pieces),
    )


def _as_span(piece: Line) -> Span:
    return piece.spans[0]._replace(text=piece.text, box=piece.box)


def _is_right_to_left(row: Iterable[Line]) -> bool:
    letters = [letter for line in row for letter in line.text if letter.isalpha()]
    return 2 * sum(ord(letter) in _RIGHT_TO_LEFT for letter in letters) > len(letters)


def _may_be_drop_cap(line: Line) -> bool:
    return len(line.text) <= 3 and line.text.strip().isalpha() and line.text.isupper()


def _begun(rows: list[Line], cap: Line) -> list[Line]:
    """The lines with this large letter before the first of those that stand at its right."""
    beside = [
        number
        for number, line in enumerate(rows)
        if line.box.beside(cap.box) > 0.4 * line.box.height
        and 0 <= line.box.left - cap.box.right + 2 < 2 * line.size + 2
        and cap.size > _DROP * line.size
    ]
    if not beside:
        place = sum(line.baseline <= cap.baseline for line in rows)
        return [*rows[:place], cap, *rows[place:]]
    for number in beside:
        edge = rows[number].box._replace(left=cap.box.left)
        rows[number] = replace(rows[number], box=edge)
    first = rows[beside[0]]
    rows[beside[0]] = replace(
        first, spans=(*cap.spans, *first.spans), text=cap.text.strip() + first.text.lstrip()
    )
    return rows
