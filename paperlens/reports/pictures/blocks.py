"""Half blocks: two pixels in each cell, one above the other, on any terminal that has colours.

So few pixels leave nothing of thin lines on white; in drawings the faint is told as darker.
"""

from dataclasses import replace
from itertools import groupby

from rich.color import Color
from rich.style import Style
from rich.text import Text

from paperlens.reports.pictures.raster import Raster

Pixel = bytes

_NEARLY_WHITE = 240
_DARKER = bytes(round(255 * (shade / 255) ** 3) for shade in range(256))


def blocks(picture: Raster, indent: int = 0) -> Text:
    """Lines of half blocks; Rich tells them in as many colours as the terminal has."""
    picture = _readable(picture)
    lines = [_line(picture, top, indent) for top in range(0, picture.height, 2)]
    return Text("\n", no_wrap=True, overflow="ignore", end="\n").join(lines)


def _readable(picture: Raster) -> Raster:
    """A drawing, which is white for the greater part, with its lines brought out."""
    white = sum(shade >= _NEARLY_WHITE for shade in picture.rgb)
    return (
        replace(picture, rgb=picture.rgb.translate(_DARKER))
        if white * 2 > len(picture.rgb)
        else picture
    )


def _line(picture: Raster, top: int, indent: int) -> Text:
    line = Text(" " * indent)
    above, below = _row(picture, top), _row(picture, top + 1)
    below += [None] * (len(above) - len(below))
    for (upper, lower), cells in groupby(zip(above, below, strict=True)):
        mark = " " if upper == lower else "▀"
        line.append(mark * len(list(cells)), Style(color=_colour(upper), bgcolor=_colour(lower)))
    return line


def _row(picture: Raster, number: int) -> list[Pixel | None]:
    size = 3 * picture.width
    row = picture.rgb[number * size : (number + 1) * size]
    return [row[start : start + 3] for start in range(0, len(row), 3)]


def _colour(pixel: Pixel | None) -> Color | None:
    return Color.from_rgb(*pixel) if pixel else None
