"""For terminals that take a whole PNG and scale it themselves: kitty's protocol, and iTerm2's."""

from base64 import b64encode
from collections.abc import Iterator

_MOST = 4096


def kitty(png: bytes, columns: int, rows: int) -> str:
    """kitty's graphics protocol, which takes a picture in pieces; the terminal answers nothing."""
    told = b64encode(png).decode("ascii")
    pieces = [told[start : start + _MOST] for start in range(0, len(told), _MOST)]
    return "".join(_commands(pieces, f"a=T,f=100,q=2,c={columns},r={rows},"))


def _commands(pieces: list[str], placed: str) -> Iterator[str]:
    for number, piece in enumerate(pieces, start=1):
        more = int(number < len(pieces))
        yield f"\x1b_G{placed if number == 1 else 'q=2,'}m={more};{piece}\x1b\\"


def iterm2(png: bytes, columns: int, rows: int) -> str:
    """iTerm2's inline pictures."""
    shape = f"size={len(png)};width={columns};height={rows};preserveAspectRatio=1;inline=1"
    return f"\x1b]1337;File={shape}:{b64encode(png).decode('ascii')}\x07"
