"""Which pieces of a page belong to which caption. Pure.

All captions of a page choose together where they look, so that none takes another's figure and
as much as may be finds its caption.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod, sqrt

from paperlens.document import FIGURE, TABLE
from paperlens.layout.floats.captions import Caption
from paperlens.layout.floats.pieces import BOXED, DRAWN, RULED, WRITTEN, Piece
from paperlens.layout.floats.views import DOWN, LEFT, RIGHT, UP, Look, View, distance_to, view_of
from paperlens.layout.page import Box, Page, around

_COMBINATIONS = 2000
_ROUNDS = 3
_WORTH = {
    (FIGURE, DRAWN): 1.0,
    (FIGURE, BOXED): 0.5,
    (FIGURE, RULED): 0.35,
    (FIGURE, WRITTEN): 0.2,
    (TABLE, RULED): 1.0,
    (TABLE, DRAWN): 0.7,
    (TABLE, WRITTEN): 0.5,
    (TABLE, BOXED): 0.4,
}
_OF_OTHERS = 0.4
_LIKING = {
    (FIGURE, UP): 0.15,
    (FIGURE, LEFT): -0.25,
    (FIGURE, RIGHT): -0.25,
    (TABLE, DOWN): 0.1,
    (TABLE, LEFT): -0.3,
    (TABLE, RIGHT): -0.3,
}
_AS_USUAL = 0.4
_ANYTHING = 0.3
_MOST = 1.3
_LARGE = 0.05  # of the page
_FAR = 90.0
_ASKEW = 150.0


@dataclass(frozen=True, slots=True)
class Region:
    """A caption, where it looked, and the pieces that are its own."""

    caption: Caption
    direction: str
    pieces: tuple[Piece, ...]

    @property
    def box(self) -> Box:
        return around(piece.box for piece in self.pieces)


def regions_of(
    page: Page,
    captions: Sequence[Caption],
    pieces: Sequence[Piece],
    blocks: Sequence[Box],
    usual: Mapping[str, str],
) -> tuple[Region, ...]:
    """One for each caption that has anything; `usual` tells where captions of a kind look."""
    views = [view_of(each, captions, pieces, blocks) for each in captions]

    def worth(looks: Sequence[Look]) -> float:
        owned = _owned(captions, views, looks)
        return sum(
            _worth(captions[place], looks[place][0], taken, page, usual)
            for place, taken in owned.items()
        )

    looks = _best([list(view) or [(UP, DRAWN)] for view in views], worth)
    return tuple(
        Region(captions[place], looks[place][0], tuple(taken))
        for place, taken in sorted(_owned(captions, views, looks).items())
    )


def _best(
    choices: Sequence[Sequence[Look]], worth: Callable[[Sequence[Look]], float]
) -> Sequence[Look]:
    """The best of all combinations; where they are too many, one that no single change betters."""
    if prod(map(len, choices)) * len(choices) <= _COMBINATIONS:
        return max(product(*choices), key=worth)
    chosen = [each[0] for each in choices]
    for _ in range(_ROUNDS):
        before = list(chosen)
        for place, each in enumerate(choices):
            if len(each) > 1:
                first, last = chosen[:place], chosen[place + 1 :]
                worths = [worth([*first, look, *last]) for look in each]
                chosen[place] = each[worths.index(max(worths))]
        if chosen == before:
            break
    return chosen


def _owned(
    captions: Sequence[Caption], views: Sequence[View], looks: Sequence[Look]
) -> dict[int, list[Piece]]:
    """The pieces of each caption that has any; where two see the same, the nearer has it."""
    owners = dict[Piece, tuple[float, int]]()
    for place, look in enumerate(looks):
        for piece in views[place].get(look, ()):
            cost = _cost(captions[place].box, piece.box, look[0])
            if piece not in owners or cost < owners[piece][0]:
                owners[piece] = cost, place
    owned = dict[int, list[Piece]]()
    for piece, (_, place) in owners.items():
        owned.setdefault(place, []).append(piece)
    return owned


def _cost(caption: Box, piece: Box, direction: str) -> float:
    """How far apart both are; what stands above or below should not stand aside as well."""
    apart = distance_to(caption, piece, direction)
    if direction not in (UP, DOWN):
        return apart
    shared = max(caption.above_or_below(piece), 0.0)
    askew = 1.0 - shared / (min(caption.width, piece.width) or 1.0)
    return apart * (1 + 2 * askew) + _ASKEW * askew


def _worth(
    caption: Caption,
    direction: str,
    taken: Sequence[Piece],
    page: Page,
    usual: Mapping[str, str],
) -> float:
    large = _LARGE * page.box.area or 1.0
    worth = sum(
        _WORTH.get((caption.kind, piece.kind), _OF_OTHERS) * sqrt(min(1.0, piece.box.area / large))
        for piece in taken
    )
    nearest = min(distance_to(caption.box, piece.box, direction) for piece in taken)
    liking = _LIKING.get((caption.kind, direction), 0.0)
    if usual.get(caption.kind) == direction:
        liking += _AS_USUAL
    return _ANYTHING + min(worth, _MOST) + liking - max(nearest, 0.0) / _FAR
