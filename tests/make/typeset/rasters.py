"""Small pictures of nothing: what a photograph, a map and a pale drawing are to a reader of PDFs.

PNGs, written with the standard library only; the same seed gives the same bytes.
"""

import math
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

Pixel = tuple[float, float, float]
Shade = Callable[[float, float], Pixel]


def photo(seed: str, width: int = 120, height: int = 80) -> bytes:
    """A landscape of sorts: a sky, hills, a sun, grain."""
    dice = random.Random(seed)
    sun = (dice.uniform(0.15, 0.85), dice.uniform(0.1, 0.35))
    hills = [(dice.uniform(2, 9), dice.uniform(0, 6), dice.uniform(0.45, 0.75)) for _ in range(3)]
    tint = [dice.uniform(0.3, 1) for _ in range(3)]

    def shade(x: float, y: float) -> Pixel:
        grain = dice.uniform(-0.02, 0.02)
        for depth, (waves, shift, level) in enumerate(hills, 1):
            if y > level + 0.07 * math.sin(waves * x + shift) + 0.06 * depth:
                dark = 0.75 - 0.18 * depth + 0.2 * (y - level) + grain
                return (dark * tint[0], dark * tint[1], dark * tint[2])
        glow = math.exp(-40 * ((x - sun[0]) ** 2 + (y - sun[1]) ** 2))
        return (0.55 + 0.4 * y + glow + grain, 0.65 + 0.2 * y + 0.8 * glow + grain, 0.9 - 0.2 * y)

    return png(shade, width, height)


def thumb(seed: str) -> bytes:
    return photo(seed, 72, 48)


def heat(seed: str, width: int = 100, height: int = 75) -> bytes:
    """A field of bumps in false colours, smooth."""
    dice = random.Random(seed)
    bumps = [(dice.random(), dice.random(), dice.uniform(8, 60)) for _ in range(7)]

    def shade(x: float, y: float) -> Pixel:
        level = sum(math.exp(-sharp * ((x - a) ** 2 + (y - b) ** 2)) for a, b, sharp in bumps)
        level = round(min(level, 1.2) / 1.2 * 40) / 40
        return (level, 0.2 + 0.6 * math.sin(level * math.pi), 1 - level)

    return png(shade, width, height)


def pale(seed: str, width: int = 200, height: int = 130) -> bytes:
    """Thin rings on white paper: nothing shows where the picture ends."""
    dice = random.Random(seed)
    rings = [
        (dice.uniform(0.2, 0.8), dice.uniform(0.25, 0.75), dice.uniform(0.08, 0.22))
        for _ in range(5)
    ]

    def shade(x: float, y: float) -> Pixel:
        near = min(abs(math.hypot((x - a) * 1.5, y - b) - r) for a, b, r in rings)
        ink = 0.45 if near < 0.012 else 1
        return (ink, ink, 1)

    return png(shade, width, height)


def png(shade: Shade, width: int, height: int) -> bytes:
    rows = []
    for y in range(height):
        row = bytearray([1])
        before = (0, 0, 0)
        for x in range(width):
            red, green, blue = shade(x / width, y / height)
            now = (_byte(red), _byte(green), _byte(blue))
            row += bytes((new - old) % 256 for new, old in zip(now, before, strict=True))
            before = now
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


PICTURES: dict[str, Callable[[str], bytes]] = {
    "thumb": thumb,
    "photo": photo,
    "heat": heat,
    "pale": pale,
}


def write(folder: Path, kind: str, seed: str) -> str:
    """The name of the file, for includegraphics."""
    name = f"{kind}-{seed}.png"
    (folder / name).write_bytes(PICTURES[kind](seed))
    return name


def _byte(level: float) -> int:
    return int(max(0.0, min(1.0, level)) * 31) * 8


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
