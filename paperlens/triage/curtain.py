"""The first page, drawn before there is an application to draw it, and the terminal afterwards.

Loading what a full screen needs takes longer than reading the first paper begins. Whatever ends
triage, the terminal is left as it was found.
"""

import sys
import termios
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.text import Text

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H"
_LEAVE = (
    "\x1b[?2026l\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # synchrony, pasting, focus, size
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    "\x1b[<u\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"  # keys, wrapping, colours, screen, cursor
)


class Curtain:
    """A terminal in which something full of screen is about to begin; input is its `stdin`."""

    def __init__(self, console: Console) -> None:
        self._console, self._input = console, sys.__stdin__
        self._before = termios.tcgetattr(self._input) if self._input else None

    @contextmanager
    def drawn(self, lines: Iterable[Text]) -> Iterator[None]:
        """The lines on a screen of their own; typing shows nothing and waits."""
        self._quiet()
        self._write(_ENTER)
        try:
            with self._console.capture() as page:
                self._console.print(Text("\n").join(lines), end="", soft_wrap=True)
            self._write(page.get().replace("\n", "\r\n"))
            yield
        except BaseException:
            self._write(_LEAVE)
            raise
        finally:
            self.lift()

    def lift(self) -> None:
        """Typing is as it was before; what is drawn stays."""
        if self._input and self._before:
            with suppress(termios.error):  # the terminal is gone, and with it what was to mend
                termios.tcsetattr(self._input, termios.TCSANOW, self._before)

    def _quiet(self) -> None:
        if self._input and self._before:
            quiet = [*self._before[:3], self._before[3] & ~(termios.ECHO | termios.ICANON)]
            termios.tcsetattr(self._input, termios.TCSANOW, [*quiet, *self._before[4:]])

    def _write(self, text: str) -> None:
        with suppress(OSError):
            self._console.file.write(text)
            self._console.file.flush()
