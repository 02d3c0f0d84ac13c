"""A terminal's keys: one at a time and unseen, or a line as it is usually typed.

Nothing that was typed ahead is thrown away.
"""

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy

_LOCAL = 3  # where termios keeps the modes that are switched here


class Keyboard:
    """What is typed on standard input."""

    def __init__(self) -> None:
        self._stream = (sys.__stdin__ or sys.stdin).fileno()
        self._before = termios.tcgetattr(self._stream)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Keys come as they are pressed, and typing shows nothing."""
        self.hush()
        try:
            yield
        finally:
            self.lift()

    def hush(self) -> None:
        attributes = copy(self._before)
        attributes[_LOCAL] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(self._stream, termios.TCSANOW, attributes)

    def lift(self) -> None:
        """Typing is as it was before."""
        with suppress(termios.error):  # the terminal is gone, and with it what was to mend
            termios.tcsetattr(self._stream, termios.TCSANOW, self._before)

    def key(self) -> str:
        """Waits for one; where no more can come, that is an interruption."""
        typed = os.read(self._stream, 1)
        while typed and typed[0] >= 0xC0 and len(typed) < _length(typed[0]):
            typed += os.read(self._stream, 1)
        if typed in {b"", b"\x04"}:
            raise KeyboardInterrupt
        return typed.decode("utf-8", "replace")

    def line(self, prompt: str) -> str:
        """What is typed after a prompt, until enter."""
        self.lift()
        try:
            return input(prompt)
        except EOFError:
            return ""
        finally:
            self.hush()


def _length(first: int) -> int:
    """Of a letter in UTF-8, told by its first byte."""
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4
