"""A small decoded picture, made from a PNG of any size: each of its pixels is the mean of many.

Rows are added up as they come, all columns at once, each in sixteen bits of one huge number; a
large picture thus costs little time and no memory.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from paperlens.reports.pictures.scanlines import Header, header_of, scanlines

_MOST_ADDED = 256  # times 255 is what sixteen bits hold


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels row by row, three bytes each."""

    width: int
    height: int
    rgb: bytes


def size_of(png: bytes) -> tuple[int, int]:
    header = header_of(png)
    return header.width, header.height


def raster(png: bytes, width: int, height: int) -> Raster:
    """The picture in that size, but never enlarged; ValueError says why it cannot be shown."""
    header = header_of(png)
    width, height = min(width, header.width), min(height, header.height)
    rows = scanlines(png, header)
    columns = _borders(header.width, width)
    shrunk = (
        _means(islice(rows, end - start), end - start, header, columns)
        for start, end in pairwise(_borders(header.height, height))
    )
    return Raster(width, height, b"".join(shrunk))


def _borders(size: int, parts: int) -> list[int]:
    return [part * size // parts for part in range(parts + 1)]


def _means(rows: Iterator[bytes], count: int, header: Header, columns: Sequence[int]) -> bytes:
    """One row of the small picture from `count` rows of the large one."""
    step = -(-count // _MOST_ADDED)
    added = _added([row for number, row in enumerate(rows) if number % step == 0], header)
    rows_added = -(-count // step)
    means = bytearray(3 * (len(columns) - 1))
    for channel in range(3):
        if channel >= header.shades:
            means[channel::3] = means[0::3]
            continue
        sums = list(accumulate(added[channel :: header.shades], initial=0))
        means[channel::3] = bytes(
            (sums[end] - sums[start]) // ((end - start) * rows_added)
            for start, end in pairwise(columns)
        )
    return bytes(means)


def _added(rows: Sequence[bytes], header: Header) -> list[int]:
    size = header.width * header.shades
    padded = size + size % 2
    mask = int.from_bytes(b"\xff\x00" * (padded // 2), "little")
    even = odd = 0
    for row in rows:
        number = int.from_bytes(row, "little")
        even += number & mask
        odd += (number >> 8) & mask
    added = [0] * padded
    added[0::2] = struct.unpack(f"<{padded // 2}H", even.to_bytes(padded, "little"))
    added[1::2] = struct.unpack(f"<{padded // 2}H", odd.to_bytes(padded, "little"))
    return added[:size]
