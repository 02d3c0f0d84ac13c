"""Lines in reading order become paragraphs. Pure.

A paragraph ends where white, an indented first line, a list's mark or a line that ended early
says so; it goes on over columns and pages where nothing does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from paperlens.layout.flow import Placed
from paperlens.layout.prose import joined_lines, words_of

_ITEM = re.compile(
    r"(?:[•◦▪‣∙●○■□–—*·⋄▶►✓]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,4}\]|\[[A-Z][^\]]{0,30}\])\s"
)
_NEAR = 4  # lines to either side that tell how far a paragraph's lines reach
_TAIL = 40  # letters
_ENDS = re.compile(r"[.!?:;。！？：”\"')\]]\s*(?:\[[\d, –-]{1,20}\])?$")


def paragraphs(lines: Sequence[Placed]) -> tuple[str, ...]:
    """Running text, one string a paragraph."""
    if not lines:
        return ()
    words = words_of(each.line.text for each in lines)
    manner = _manner(lines)
    parts: list[list[str]] = [[]]
    for place, placed in enumerate(lines):
        if parts[-1] and _begins(place, lines, manner, is_second=len(parts[-1]) == 1):
            parts.append([])
        parts[-1].append(placed.line.text)
    whole = (joined_lines(part, words) for part in parts)
    return tuple(text for text in whole if text)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How paragraphs are set here: the usual white between lines, and whether all lines but the
    first hang further right."""

    gap: float
    hangs: bool


def _manner(lines: Sequence[Placed]) -> _Manner:
    gaps = [each.gap for each in lines if -each.line.size < each.gap < 2 * each.line.size]
    hanging = flush = 0
    for last, this in pairwise(lines):
        step = _inset(this) - _inset(last)
        if not _is_apart(this) and 0.4 * this.line.size < abs(step) < 5 * this.line.size:
            hanging += step > 0 and not _has_ended(last)
            flush += step < 0 and not _has_ended(last)
    return _Manner(median(gaps) if gaps else 2.0, hanging > 2 * flush)


def _begins(place: int, lines: Sequence[Placed], manner: _Manner, is_second: bool) -> bool:
    """Whether a new paragraph begins with this line."""
    last, this = lines[place - 1], lines[place]
    size = this.line.size
    if abs(last.line.size - size) > 0.12 * size and _is_text(last) and _is_text(this):
        return True
    steps_back = _inset(last) - _inset(this) > 0.4 * size
    is_flush_after_hung = manner.hangs and not is_second and steps_back
    if _is_apart(this):
        if _ITEM.match(this.line.text) or is_flush_after_hung:
            return _has_ended(last)
        return not manner.hangs and (
            _is_indented(place, lines, is_second)
            or (_ended_early(place, lines) and _has_ended(last))
        )
    if this.gap > max(manner.gap + 0.35 * size, 0.3 * size):
        return True
    if _ITEM.match(this.line.text) and _inset(this) <= _inset(last) + 3 * size:
        return _hangs(place, lines) or _ended_early(place, lines) or _has_ended(last)
    return (
        (not (manner.hangs and is_second) and _is_indented(place, lines, is_second))
        or is_flush_after_hung
        or (not is_second and _is_outdented(place, lines))
        or _ended_early(place, lines)
    )


def _is_text(placed: Placed) -> bool:
    return len(placed.line.text) > 12


def _is_apart(placed: Placed) -> bool:
    return placed.gap == inf


def _inset(placed: Placed) -> float:
    return placed.line.box.left - placed.left


def _hangs(place: int, lines: Sequence[Placed]) -> bool:
    """Whether the following line stands further right, as under a list's mark."""
    if place + 1 >= len(lines):
        return True
    this, following = lines[place], lines[place + 1]
    return _inset(following) > _inset(this) + 0.4 * this.line.size


def _is_indented(place: int, lines: Sequence[Placed], is_second: bool) -> bool:
    """Further right than the lines before and after it, but no further than an indent. After a
    paragraph's first line that may also be a list's hanging second one."""
    last, this = lines[place - 1], lines[place]
    size = this.line.size
    step = _inset(this) - _inset(last)
    if not 0.5 * size < _inset(this) < 6 * size or not -0.4 * size < step < 5 * size:
        return False
    if place + 1 < len(lines):
        back = _inset(this) - _inset(lines[place + 1])
        if not 0.4 * size < back < 5 * size:
            return False
    elif step < 0.4 * size:
        return False
    if is_second or step < 0.4 * size:
        return is_second and _has_ended(last) and not _ITEM.match(last.line.text)
    return True


def _has_ended(placed: Placed) -> bool:
    return _ENDS.search(placed.line.text[-_TAIL:]) is not None


def _is_outdented(place: int, lines: Sequence[Placed]) -> bool:
    """Back at the left after lines that hung under their first one."""
    if place < 2:
        return False
    first, last, this = lines[place - 2 : place + 1]
    size = this.line.size
    if _inset(last) - _inset(this) < 0.4 * size:
        return False
    return _inset(last) - _inset(first) > 0.4 * size or (
        _inset(last) - _inset(first) > -0.2 * size and _hangs(place, lines)
    )


def _ended_early(place: int, lines: Sequence[Placed]) -> bool:
    """Whether this line's first word would have found room on the line before."""
    last, this = lines[place - 1], lines[place]
    nearby = [this, *lines[max(place - 1 - _NEAR, 0) : place - 1]]
    is_cut = last.line.text.endswith(("-", "/")) and not this.line.text[:1].isupper()
    if is_cut or any(_shares_edge(last, each) for each in nearby):
        return False
    reach = max((each.line.box.right - each.left for each in _beside(place, lines)), default=0.0)
    text = this.line.text.strip()
    word = text.split(" ", 1)[0]
    if not word:
        return False
    needed = this.line.box.width * len(word) / len(text) + 0.8 * this.line.size
    return last.line.box.right - last.left + needed < reach


def _shares_edge(one: Placed, other: Placed) -> bool:
    """Justified lines beside a float end short of their column, but together."""
    return abs(one.line.box.right - other.line.box.right) < 0.1 * one.line.size


def _beside(place: int, lines: Sequence[Placed]) -> Iterator[Placed]:
    """Neighbours that are set as wide: in the same column, or one of its width."""
    this = lines[place]
    for each in lines[max(place - _NEAR, 0) : place + _NEAR]:
        if abs((each.right - each.left) - (this.right - this.left)) < this.line.size:
            yield each
