"""PNG files as small as the standard library makes them, for figures cut from pages.

Most figures are black on white, and most others drawings, where zlib alone finds what repeats;
photographs become smaller where only differences between neighbours are written. Which of these
a picture is, is tried on a part of it.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

_METRE_IN_INCHES = 39.37007874
_GRAY, _RGB = 0, 2
_STRIP, _TRIED = 16, 400_000  # rows; bytes
_EVERY_REPETITION, _MOST_REPETITIONS = 8, 5  # zlib's levels: all that is found, in bearable time

Lines = Callable[[bytes, int, int], bytes]


def encoded(width: int, height: int, samples: bytes, dpi: int = 150) -> bytes:
    """The picture as a PNG file; `samples` are 8-bit gray or RGB, row by row, as MuPDF has them."""
    channels = len(samples) // max(width * height, 1)
    if channels not in {1, 3} or len(samples) != width * height * channels:
        raise ValueError(f"{len(samples)} bytes are no gray or RGB picture of {width} × {height}")
    if channels == 3 and samples[0::3] == samples[1::3] == samples[2::3]:
        channels, samples = 1, samples[0::3]
    kind = _GRAY if channels == 1 else _RGB
    density = round(dpi * _METRE_IN_INCHES)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", density, density, 1)),
            _chunk(b"IDAT", _packed(samples, width * channels, channels)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def _packed(samples: bytes, stride: int, channels: int) -> bytes:
    part = _part(samples, stride)
    tried = {way: _zipped(way, part, stride, channels) for way in _LEVELS}
    best = min(tried, key=lambda way: len(tried[way]))
    return tried[best] if part == samples else _zipped(best, samples, stride, channels)


def _part(samples: bytes, stride: int) -> bytes:
    """Strips from all over the picture, or all of a small one."""
    strip = _STRIP * stride
    apart = strip * max(1, -(-len(samples) // _TRIED))
    return b"".join(samples[start : start + strip] for start in range(0, len(samples), apart))


def _zipped(way: Lines, samples: bytes, stride: int, channels: int) -> bytes:
    return zlib.compress(way(samples, stride, channels), _LEVELS[way])


def _as_they_are(samples: bytes, stride: int, _: int) -> bytes:
    return b"".join(_filtered(0, samples, stride))


def _less_the_left(samples: bytes, stride: int, channels: int) -> bytes:
    left = bytearray(channels) + samples[:-channels]
    for channel in range(channels):
        left[channel::stride] = bytes(len(samples) // stride)
    return b"".join(_filtered(1, _difference(samples, left), stride))


def _less_the_above(samples: bytes, stride: int, _: int) -> bytes:
    above = bytes(stride) + samples[:-stride]
    return b"".join(_filtered(2, _difference(samples, above), stride))


_LEVELS: Mapping[Lines, int] = {
    _as_they_are: _EVERY_REPETITION,
    _less_the_left: _MOST_REPETITIONS,
    _less_the_above: _MOST_REPETITIONS,
}


def _filtered(number: int, samples: bytes, stride: int) -> Iterator[bytes]:
    mark = bytes([number])
    for start in range(0, len(samples), stride):
        yield mark
        yield samples[start : start + stride]


def _difference(minuend: bytes, subtrahend: bytes | bytearray) -> bytes:
    """Byte by byte, modulo 256; all at once, as two huge numbers that lend nothing."""
    size = len(minuend)
    high = int.from_bytes(b"\x80" * size, "little")
    left, right = int.from_bytes(minuend, "little"), int.from_bytes(subtrahend, "little")
    lent = (left | high) - (right & ~high)
    return (lent ^ ((left ^ right ^ high) & high)).to_bytes(size, "little")
