"""What the terminal at the other end says it can do: the question DA1, and its answer.

The terminal is left as it was found, whatever happens, and what a reader types is the shell's: it
is asked only where nothing has been typed, read no further than the answer, and given back what
came before it.
"""

import contextlib
import fcntl
import os
import re
import select
import struct
import termios
import time
from collections.abc import Iterator

_QUESTION = b"\x1b[c"
_ANSWER = re.compile(rb"\x1b\[\?([0-9;]{0,80})c")
_MOST = 256


def attributes(keys: int, screen: int, patience: float) -> frozenset[int]:
    """The numbers that the terminal answers within so many seconds; none if it is silent."""
    if not _is_ours(keys):
        return frozenset()
    with contextlib.suppress(termios.error, OSError), _unechoed(keys) as heard:
        if not _is_readable(keys, 0):
            os.write(screen, _QUESTION)
            _listen(keys, time.monotonic() + patience, heard)
            if answer := _ANSWER.search(heard):
                numbers = frozenset(int(number) for number in answer[1].split(b";") if number)
                del heard[answer.start() : answer.end()]
                return numbers
    return frozenset()


def cell_size(screen: int) -> tuple[int, int] | None:
    """Width and height of a cell in pixels, where the terminal tells."""
    with contextlib.suppress(OSError):
        told = fcntl.ioctl(screen, termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", told)
        if rows and columns and width >= columns and height >= rows:
            return width // columns, height // rows
    return None


def _is_ours(keys: int) -> bool:
    """Whether the shell lets us talk to the terminal; it stops what asks from the background."""
    try:
        return os.tcgetpgrp(keys) == os.getpgrp()
    except OSError:  # nobody's terminal, as under a test or an expect script
        return os.isatty(keys)


@contextlib.contextmanager
def _unechoed(keys: int) -> Iterator[bytearray]:
    """Each key is handed on at once and none is shown; what is left in the list is given back."""
    before = termios.tcgetattr(keys)
    asking = termios.tcgetattr(keys)
    asking[3] &= ~(termios.ECHO | termios.ICANON)
    asking[6][termios.VMIN], asking[6][termios.VTIME] = 1, 0
    heard = bytearray()
    try:
        termios.tcsetattr(keys, termios.TCSANOW, asking)
        yield heard
    finally:
        termios.tcsetattr(keys, termios.TCSANOW, before)
        _give_back(keys, heard)


def _give_back(keys: int, heard: bytearray) -> None:
    """As if typed again; a system that forbids it loses what came in the moment of the answer."""
    with contextlib.suppress(OSError):
        for key in heard:
            fcntl.ioctl(keys, termios.TIOCSTI, bytes((key,)))


def _listen(keys: int, until: float, heard: bytearray) -> None:
    """All that comes up to the end of the answer, or to the deadline, one byte at a time."""
    while len(heard) < _MOST and _is_readable(keys, until - time.monotonic()):
        byte = os.read(keys, 1)
        heard += byte
        if not byte or (byte == b"c" and _ANSWER.search(heard)):
            return


def _is_readable(keys: int, seconds: float) -> bool:
    return bool(select.select([keys], [], [], max(seconds, 0))[0])
