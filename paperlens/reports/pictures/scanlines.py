"""The rows of a PNG, one at a time, as gray or RGB.

For what paperlens writes itself: eight bits, not interlaced. Anything else, and anything damaged,
is a ValueError with a sentence; nothing is unpacked beyond what the header promises.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 1 << 25
_LONGEST_SIDE = 1 << 14
_GRAY, _RGB, _PALETTE, _RGBA = 0, 2, 3, 6
_CHANNELS = {_GRAY: 1, _RGB: 3, _PALETTE: 1, _RGBA: 4}
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Header:
    width: int
    height: int
    kind: int

    @property
    def channels(self) -> int:
        """Bytes of a pixel in the file."""
        return _CHANNELS[self.kind]

    @property
    def shades(self) -> int:
        """Bytes of a pixel in the rows that are handed on."""
        return 1 if self.kind == _GRAY else 3


def header_of(png: bytes) -> Header:
    """What the first chunk says, if it is a picture that can be shown."""
    if png[:8] != _SIGNATURE or png[12:16] != b"IHDR" or len(png) < 33:
        raise ValueError("the picture is no PNG")
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    if not width or not height:
        raise ValueError("the picture has no pixels")
    if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
        raise ValueError(f"the picture is too large to be shown: {width} × {height} pixels")
    if depth != 8 or kind not in _CHANNELS or interlaced:
        raise ValueError("the picture is a kind of PNG that is not read here")
    return Header(width, height, kind)


def scanlines(png: bytes, header: Header) -> Iterator[bytes]:
    """Each row from the top: gray or RGB, colours looked up, on white where it is transparent."""
    rows = _unfiltered(_packed_rows(png, header), header)
    if header.kind == _PALETTE:
        red, green, blue = _palette(png)
        return (
            _woven(row.translate(red), row.translate(green), row.translate(blue)) for row in rows
        )
    return map(_on_white, rows) if header.kind == _RGBA else rows


def _chunks(png: bytes, name: bytes) -> Iterator[bytes]:
    place = 8
    while place + 12 <= len(png):
        (size,) = struct.unpack_from(">I", png, place)
        if png[place + 4 : place + 8] == name:
            yield png[place + 8 : place + 8 + size]
        place += 12 + size


def _packed_rows(png: bytes, header: Header) -> Iterator[bytes]:
    """Rows with their filter's number in front, as many as the header says and no more."""
    size = 1 + header.width * header.channels
    rest, found = b"", 0
    for piece in _unpacked(png, max(size, _PIECE)):
        data = rest + piece
        whole = min(len(data) // size, header.height - found)
        for start in range(0, whole * size, size):
            yield data[start : start + size]
        rest, found = data[whole * size :], found + whole
        if found == header.height:
            return
    raise ValueError("the picture is cut short")


def _unpacked(png: bytes, most: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    try:
        for chunk in _chunks(png, b"IDAT"):
            packed = chunk
            while packed:
                yield unpacking.decompress(packed, most)
                packed = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error:
        raise ValueError("the picture is damaged") from None


def _unfiltered(rows: Iterator[bytes], header: Header) -> Iterator[bytes]:
    apart = header.channels
    add = _Adding(header.width * apart)
    above = bytes(header.width * apart)
    for row in rows:
        kind, line = row[0], row[1:]
        if kind == 1:
            line = add.to_the_left(line, apart)
        elif kind == 2:
            line = add.pairs(line, above)
        elif kind == 3:
            line = _added_to_means(line, above, apart)
        elif kind == 4:
            line = _added_to_nearest(line, above, apart)
        elif kind:
            raise ValueError("the picture is damaged")
        yield line
        above = line


class _Adding:
    """Sums of bytes modulo 256, a whole row at once: two huge numbers that carry nothing over."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._high = int.from_bytes(b"\x80" * size, "little")
        self._low = self._high - (self._high >> 7)
        self._all = self._high | self._low

    def pairs(self, line: bytes, other: bytes) -> bytes:
        total = self._sum(int.from_bytes(line, "little"), int.from_bytes(other, "little"))
        return total.to_bytes(self._size, "little")

    def to_the_left(self, line: bytes, apart: int) -> bytes:
        """Each byte and all that stand `apart` to its left, in steps that double."""
        total = int.from_bytes(line, "little")
        while apart < self._size:
            total = self._sum(total, (total << 8 * apart) & self._all)
            apart *= 2
        return total.to_bytes(self._size, "little")

    def _sum(self, left: int, right: int) -> int:
        carried = (left & self._low) + (right & self._low)
        return carried ^ ((left ^ right) & self._high)


def _added_to_means(line: bytes, above: bytes, apart: int) -> bytes:
    row = bytearray(apart) + line
    for place, over in enumerate(above):
        row[place + apart] = (row[place + apart] + ((row[place] + over) >> 1)) & 255
    return bytes(row[apart:])


def _added_to_nearest(line: bytes, above: bytes, apart: int) -> bytes:
    """Paeth's filter: the neighbour nearest to left + above - corner."""
    row = bytearray(apart) + line
    for place, (over, corner) in enumerate(zip(above, bytes(apart) + above, strict=False)):
        left = row[place]
        from_left, from_over = abs(over - corner), abs(left - corner)
        from_corner = abs(left + over - 2 * corner)
        if from_left <= from_over and from_left <= from_corner:
            nearest = left
        else:
            nearest = over if from_over <= from_corner else corner
        row[place + apart] = (row[place + apart] + nearest) & 255
    return bytes(row[apart:])


def _palette(png: bytes) -> tuple[bytes, bytes, bytes]:
    """For each of red, green and blue, what each index means; black where it means nothing."""
    colours = next(_chunks(png, b"PLTE"), b"")[: 3 * 256]
    red, green, blue = (colours[shade::3].ljust(256, b"\0") for shade in range(3))
    return red, green, blue


def _woven(red: bytes, green: bytes, blue: bytes) -> bytes:
    row = bytearray(3 * len(red))
    row[0::3], row[1::3], row[2::3] = red, green, blue
    return bytes(row)


def _on_white(row: bytes) -> bytes:
    cover = row[3::4]
    if cover.count(255) == len(cover):
        return _woven(row[0::4], row[1::4], row[2::4])
    red, green, blue = (
        bytes(
            255 - (255 - value) * part // 255
            for value, part in zip(row[shade::4], cover, strict=True)
        )
        for shade in range(3)
    )
    return _woven(red, green, blue)
