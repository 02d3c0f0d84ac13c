"""The lines between a paper's title and its text, in pieces: who wrote it, and where. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from paperlens.layout.flow import Placed
from paperlens.layout.lines import joined
from paperlens.layout.page import Box, Span, around

_APART = 0.75  # of the letters' size: what stands side by side but not together
_MARK = re.compile(r"[\s\d,;*∗⋆†‡§¶‖♯#a-zA-Z()]{1,12}")
_ONE_MARK = re.compile(r"\d+|[^\W\d_]|[*∗⋆†‡§¶‖♯#]")
_PLAIN_MARK = re.compile(r"\(?(\d{1,2}|[*∗†‡§¶])\)?\s?(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on a line. `marks` begin it, or follow the first name in it."""

    text: str
    marks: tuple[str, ...]
    begins_with_mark: bool
    box: Box
    font: str
    size: float
    row: int


def pieces_of(lines: Sequence[Placed]) -> Iterator[Piece]:
    """In the order of the lines, from left to right; a raised mark begins a piece of its own."""
    for row, placed in enumerate(lines):
        for cell in _cells(placed.line.spans):
            yield from _pieces(cell, row)


def _cells(spans: Sequence[Span]) -> Iterator[list[Span]]:
    cell: list[Span] = []
    for span in spans:
        if cell and (_is_apart(cell[-1], span) or _is_place_after_name(cell[-1], span)):
            yield cell
            cell = []
        cell.append(span)
    if cell:
        yield cell


def _is_apart(last: Span, span: Span) -> bool:
    return span.box.left - last.box.right > _APART * max(last.size, span.size)


def _is_place_after_name(last: Span, span: Span) -> bool:
    """`NAME, Place` on one line, the place in smaller letters."""
    return (
        span.size < 0.95 * last.size
        and last.text.rstrip().endswith(",")
        and len(span.text.strip()) > 3
    )


def _pieces(cell: Sequence[Span], row: int) -> Iterator[Piece]:
    main = max(cell, key=_length)
    raised = [_is_mark(span, main) for span in cell]
    if not raised[0]:
        yield _piece(cell, raised, row)
        return
    begins = [n for n, is_mark in enumerate(raised) if is_mark and not (n and raised[n - 1])]
    for begin, end in zip(begins, [*begins[1:], len(cell)], strict=True):
        yield _piece(cell[begin:end], raised[begin:end], row)


def _is_mark(span: Span, main: Span) -> bool:
    if span is main or span.size >= 0.92 * main.size:
        return False
    if span.baseline > main.baseline - 0.1 * main.size:
        return span.text.strip().isdigit() and len(span.text.strip()) <= 2
    return _MARK.fullmatch(span.text) is not None


def _piece(spans: Sequence[Span], raised: Sequence[bool], row: int) -> Piece:
    first = list(dropwhile(lambda each: not each[1], zip(spans, raised, strict=True)))
    marks = [
        mark
        for span, _ in takewhile(lambda each: each[1], first)
        for mark in _ONE_MARK.findall(span.text)
    ]
    words = [span for span, is_mark in zip(spans, raised, strict=True) if not is_mark]
    text = " ".join(joined(words).split()) if words else ""
    begins = raised[0]
    plain = _PLAIN_MARK.match(text)
    if plain and not marks:
        marks, begins, text = [plain[1]], True, text[plain.end() :]
    main = max(words or spans, key=_length)
    box = around(span.box for span in spans)
    return Piece(text, tuple(marks), begins, box, main.font, main.size, row)


def _length(span: Span) -> int:
    return len(span.text)
