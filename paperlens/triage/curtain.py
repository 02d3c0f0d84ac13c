"""The first page, drawn before there is an application to draw it, and the terminal afterwards.

Loading what a full screen needs takes longer than reading the first paper begins. Whatever ends
triage, the terminal is left as it was found.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.text import Text

from paperlens.triage.keyboard import Keyboard

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H"
_LEAVE = (
    "\x1b[?2026l\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # synchrony, pasting, focus, size
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    "\x1b[<u\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"  # keys, wrapping, colours, screen, cursor
)


@contextmanager
def curtain(lines: Iterable[Text], console: Console, keyboard: Keyboard) -> Iterator[None]:
    """The lines on a screen of their own; typing shows nothing and waits."""
    with keyboard.quiet():
        try:
            _write(_ENTER, console)
            with console.capture() as page:
                console.print(Text("\n").join(lines), end="", soft_wrap=True)
            _write(page.get().replace("\n", "\r\n"), console)
            yield
        except BaseException:
            _write(_LEAVE, console)
            raise


def _write(text: str, console: Console) -> None:
    with suppress(OSError):
        console.file.write(text)
        console.file.flush()
