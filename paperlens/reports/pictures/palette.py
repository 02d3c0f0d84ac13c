"""A picture in few colours: median cut, on colours that are first rounded to five bits each.

White stays white and black stays black, so that a figure's ground is the page's.
"""

from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate

from paperlens.reports.pictures.raster import Raster

Colour = tuple[int, int, int]
Box = list[tuple[Colour, int]]

_ROUNDED = bytes(round(round(shade * 31 / 255) * 255 / 31) for shade in range(256))


@dataclass(frozen=True, slots=True)
class Indexed:
    """A colour for each index, and an index for each pixel."""

    colours: tuple[Colour, ...]
    pixels: bytes


def indexed(picture: Raster, most: int) -> Indexed:
    """The picture in at most so many colours, of which one byte can count."""
    rounded = picture.rgb.translate(_ROUNDED)
    seen = list(zip(rounded[0::3], rounded[1::3], rounded[2::3], strict=True))
    boxes = _boxes(list(Counter(seen).items()), most)
    index = {colour: number for number, box in enumerate(boxes) for colour, _ in box}
    return Indexed(tuple(map(_mean, boxes)), bytes(map(index.__getitem__, seen)))


def _boxes(colours: Box, most: int) -> list[Box]:
    """The colours parted into boxes; the one whose mean would err most is cut first."""
    boxes: list[tuple[int, int, Box]] = []
    _keep(boxes, colours)
    while len(boxes) < most and boxes[0][0] < 0:
        *_, box = heappop(boxes)
        for part in _cut(box):
            _keep(boxes, part)
    return [box for *_, box in boxes]


def _keep(boxes: list[tuple[int, int, Box]], box: Box) -> None:
    pixels = sum(count for _, count in box)
    first = min(box)[0]  # boxes share no colour, so this settles which of two equals is first
    red, green, blue = first
    heappush(boxes, (-pixels * max(_extents(box)), red << 16 | green << 8 | blue, box))


def _extents(box: Box) -> list[int]:
    shades = zip(*(colour for colour, _ in box), strict=True)
    return [max(shade) - min(shade) for shade in shades]


def _cut(box: Box) -> tuple[Box, Box]:
    """Across its longest side, so that either part holds about half of the pixels."""
    extents = _extents(box)
    side = extents.index(max(extents))
    box = sorted(box, key=lambda entry: entry[0][side])
    passed = list(accumulate(count for _, count in box))
    middle = sum(count * 2 <= passed[-1] for count in passed)
    place = min(max(middle, 1), len(box) - 1)
    return box[:place], box[place:]


def _mean(box: Box) -> Colour:
    pixels = sum(count for _, count in box)
    red, green, blue = (
        round(sum(colour[shade] * count for colour, count in box) / pixels) for shade in range(3)
    )
    return red, green, blue
