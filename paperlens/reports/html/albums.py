"""Pictures as part of the page: the first of every paper before the second of any.

What is no PNG, or would make the page too heavy to open, is left out; its caption stays.
"""

import struct
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperlens.models import Entry, Figure

if TYPE_CHECKING:
    from paperlens.reports import Pictures

APART = "\0"
MOST_BYTES = 48_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WIDEST = 20_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure and, where it can be shown, its size and what holds its place in the page."""

    figure: Figure
    place: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Albums:
    """The pictures of every entry, their addresses by number, and how many had no room."""

    of: tuple[tuple[Picture, ...], ...]
    addresses: tuple[str, ...]
    left_out: int


def albums(entries: Sequence[Entry], pictures: "Pictures", most: int = MOST_BYTES) -> Albums:
    """What `pictures` has of them, as long as it is no more than `most` bytes."""
    shown: dict[tuple[int, int], Picture] = {}
    addresses: list[str] = []
    left_out = 0
    for place, figure in _most_telling_first(entries):
        png = pictures(figure)
        size = _size(png) if png else None
        if not png or not size:
            continue
        if len(png) > most:
            left_out += 1
            continue
        most -= len(png)
        shown[place] = Picture(figure, f"{APART}{len(addresses)}{APART}", *size)
        addresses.append(f"data:image/png;base64,{b64encode(png).decode()}")
    return Albums(
        tuple(
            tuple(shown.get((row, column), Picture(figure)) for column, figure in _in_order(entry))
            for row, entry in enumerate(entries)
        ),
        tuple(addresses),
        left_out,
    )


def _most_telling_first(entries: Sequence[Entry]) -> Iterator[tuple[tuple[int, int], Figure]]:
    orders = [_in_order(entry) for entry in entries]
    for row, order in enumerate(orders):
        for column, figure in order[:1]:
            yield (row, column), figure
    for row, order in enumerate(orders):
        for column, figure in order[1:]:
            yield (row, column), figure


def _in_order(entry: Entry) -> list[tuple[int, Figure]]:
    """The one to see first, then as they stand in the paper; each with its place there."""
    return sorted(enumerate(entry.figures), key=lambda each: not each[1].is_teaser)


def _size(png: bytes) -> tuple[int, int] | None:
    """Width and height as the PNG's first chunk tells them."""
    if not png.startswith(_SIGNATURE) or png[12:16] != b"IHDR" or len(png) < 33:
        return None
    width, height = struct.unpack(">II", png[16:24])
    return (width, height) if 0 < width <= _WIDEST and 0 < height <= _WIDEST else None
