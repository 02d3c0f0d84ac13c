"""Sixel: strips of six rows, drawn one colour after the other, each character six pixels high."""

import re
from collections.abc import Iterator

from paperlens.reports.pictures.palette import Colour, Indexed, indexed
from paperlens.reports.pictures.raster import Raster

_HIGH = 6
_NOTHING = 63  # the character for no pixel; each of the six adds its bit
_CHARACTERS = bytes((_NOTHING + bits) % 256 for bits in range(256))
_REPEATED = re.compile(r"(.)\1{3,}")


def sixel(picture: Raster, colours: int = 128) -> str:
    few = indexed(picture, colours)
    palette = "".join(f"#{number};2;{_percent(one)}" for number, one in enumerate(few.colours))
    strips = "-".join("$".join(_strip(few, picture.width, top)) for top in _tops(picture))
    return f'\x1bP0;1;0q"1;1;{picture.width};{picture.height}{palette}{strips}\x1b\\'


def _percent(colour: Colour) -> str:
    return ";".join(str(round(shade * 100 / 255)) for shade in colour)


def _tops(picture: Raster) -> range:
    return range(0, picture.height, _HIGH)


def _strip(few: Indexed, width: int, top: int) -> Iterator[str]:
    """The strip from that row on, once for each colour in it."""
    strip = few.pixels[top * width : (top + _HIGH) * width]
    rows = [strip[start : start + width] for start in range(0, len(strip), width)]
    for colour in sorted(set(strip)):
        bits = 0
        for number, row in enumerate(rows):
            bits |= int.from_bytes(row.translate(_only(colour, 1 << number)), "big")
        drawn = bits.to_bytes(width, "big").translate(_CHARACTERS).decode("ascii").rstrip("?")
        yield f"#{colour}{_REPEATED.sub(_counted, drawn)}"


def _only(colour: int, bit: int) -> bytes:
    return bytes(colour) + bytes((bit,)) + bytes(255 - colour)


def _counted(run: re.Match[str]) -> str:
    return f"!{len(run[0])}{run[1]}"
