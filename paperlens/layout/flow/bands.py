"""A page is read band by band, and in a band column by column. Pure.

Lines that reach over a gutter part the bands: a title, an abstract, an equation as wide as the
page; so does a rule drawn over a gutter, as REVTeX draws one above the references.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from paperlens.layout.columns import Column, column_at, crosses, gutters_of
from paperlens.layout.page import Line, Shape

_NEAR = 12  # lines before and after that may stand beside a line
_REACH = 20.0


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines that are read from top to bottom, between the edges of their column."""

    column: int
    left: float
    right: float
    lines: tuple[Line, ...]


def strips_of(
    lines: Sequence[Line], columns: Sequence[Column], rules: Iterable[Shape], leading: float
) -> tuple[Strip, ...]:
    """All lines, in the order in which the strips are read."""
    if len(columns) == 1:
        (only,) = columns
        return (Strip(0, only.left, only.right, tuple(lines)),) if lines else ()
    gutters = gutters_of(columns)
    ordered = sorted(lines, key=lambda line: line.box.middle[1])
    wide = _wide(ordered, gutters, leading)
    cuts = [rule.box.top for rule in rules if _parts(rule, gutters)]
    strips: list[Strip] = []
    for first, last in pairwise([0, *_places_of(cuts, ordered), len(ordered)]):
        inside = frozenset(place - first for place in wide if first <= place < last)
        strips += _strips(ordered[first:last], inside, columns, gutters)
    return tuple(strips)


def _parts(rule: Shape, gutters: Sequence[float]) -> bool:
    return (
        any(rule.box.left < x - _REACH and x + _REACH < rule.box.right for x in gutters)
        and rule.box.height <= 2
    )


def _places_of(cuts: Sequence[float], ordered: Sequence[Line]) -> list[int]:
    """How many lines stand above each cut that no line stands across."""
    middles = [line.box.middle[1] for line in ordered]
    places: set[int] = set()
    for y in cuts:
        place = bisect_left(middles, y)
        near = ordered[max(place - _NEAR, 0) : place + _NEAR]
        if not any(line.box.top + 1 < y < line.box.bottom - 1 for line in near):
            places.add(place)
    return sorted(places)


def _strips(
    ordered: Sequence[Line],
    wide: frozenset[int],
    columns: Sequence[Column],
    gutters: Sequence[float],
) -> Iterator[Strip]:
    band: list[Line] = []
    is_wide = False
    for place, line in enumerate(ordered):
        if band and (place in wide) != is_wide:
            yield from _band(band, is_wide, columns, gutters)
            band = []
        is_wide = place in wide
        band.append(line)
    if band:
        yield from _band(band, is_wide, columns, gutters)


def _band(
    band: Sequence[Line], is_wide: bool, columns: Sequence[Column], gutters: Sequence[float]
) -> Iterator[Strip]:
    if is_wide:
        left = min(line.box.left for line in band)
        right = max(line.box.right for line in band)
        yield Strip(0, left, right, tuple(band))
        return
    held: list[list[Line]] = [[] for _ in columns]
    for line in band:
        held[_first_column(line, gutters)].append(line)
    for number, (column, inside) in enumerate(zip(columns, held, strict=True)):
        if inside:
            yield Strip(number, column.left, column.right, tuple(inside))


def _first_column(line: Line, gutters: Sequence[float]) -> int:
    """Where the line stands; a line that sticks out belongs where it begins."""
    if crosses(line, gutters):
        return sum(line.box.left > x for x in gutters)
    return column_at(line, gutters)


def _wide(ordered: Sequence[Line], gutters: Sequence[float], leading: float) -> frozenset[int]:
    """The places of lines that part the page, and of what belongs to them: pieces beside them,
    and the last short line of a wide paragraph."""
    across = [place for place, line in enumerate(ordered) if crosses(line, gutters)]
    wide = {place for place in across if not _sticks_out(place, ordered, gutters)}
    for place in sorted(wide):
        line = ordered[place]
        for near, other in _near(place, ordered):
            if near not in wide and line.box.beside(other.box) > 0.5 * other.box.height:
                wide.add(near)
    for place, line in enumerate(ordered):
        if place not in wide and place - 1 in wide and _goes_on(line, place, ordered, leading):
            wide.add(place)
    return frozenset(wide)


def _sticks_out(place: int, ordered: Sequence[Line], gutters: Sequence[float]) -> bool:
    """Whether lines of another column stand beside a line that crosses a gutter: then it is too
    long for its column."""
    line = ordered[place]
    reached = [x for x in gutters if line.box.left < x < line.box.right]
    for _, other in _near(place, ordered):
        if line.box.beside(other.box) > 0.5 * min(line.box.height, other.box.height):
            if line.box.above_or_below(other.box) > 0.5 * line.size:
                return True
            if other.box.right < min(reached) and line.box.left < min(reached) - other.size:
                continue
            if other.box.width > 6 * other.size and other.box.left > line.box.right:
                return crosses(line, reached) and len(gutters) > len(reached)
    return False


def _near(place: int, ordered: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    for near in range(max(place - _NEAR, 0), min(place + _NEAR + 1, len(ordered))):
        if near != place:
            yield near, ordered[near]


def _goes_on(line: Line, place: int, ordered: Sequence[Line], leading: float) -> bool:
    above = ordered[place - 1]
    return (
        abs(line.box.left - above.box.left) < 0.5 * line.size
        and abs(line.size - above.size) < 0.1 * line.size
        and line.baseline - above.baseline < 1.3 * max(leading, line.size)
        and not any(
            line.box.beside(other.box) > 0.5 * line.box.height for _, other in _near(place, ordered)
        )
    )
