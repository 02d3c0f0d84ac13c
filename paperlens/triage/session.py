"""A full screen from its first page until the terminal is given back.

A closed terminal, a polite kill, a bug: decisions are written, the place is kept, and the terminal
is as it was found.
"""

import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import Console

from paperlens.triage.beginning import Beginning
from paperlens.triage.curtain import curtain
from paperlens.triage.drawn import first_page
from paperlens.triage.keyboard import Keyboard

if TYPE_CHECKING:
    from paperlens.triage.app import Triage

INTERRUPTED = 130
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def run(begins: Beginning, console: Console) -> int:
    """Shows the first page, loads the application behind it, and gives the exit code."""
    keyboard = Keyboard()
    page = first_page(begins.deck, begins.asked, begins.words, *console.size)
    with curtain(page, console, keyboard):
        from paperlens.triage.app import Triage

        app = Triage(begins, lambda: _leave(app) if _is_gone() else None)
        keyboard.lift()
        with _ended_politely(app):
            try:
                app.run()
            finally:
                begins.asides.heard_by(None)
                app.finish()
        if app.bug:
            raise app.bug
        if app.hands.untold:  # decisions that were still waiting to be written when it ended
            raise app.hands.untold[0]
    return INTERRUPTED if app.is_interrupted else 0


@contextmanager
def _ended_politely(app: "Triage") -> Iterator[None]:
    """Signals that mean the end, while the application runs."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        if _is_gone():  # whoever writes to it may wait for ever: another thread does what is left
            Thread(target=_leave, args=(app,)).start()
        else:
            app.interrupt()

    before = {ending: signal.getsignal(ending) for ending in _ENDINGS}
    heard = [ending for ending, handler in before.items() if handler is not signal.SIG_IGN]
    for ending in heard:
        signal.signal(ending, end)
    try:
        yield
    finally:
        for ending in heard:
            signal.signal(ending, before[ending])


def _leave(app: "Triage") -> None:
    app.finish()
    os._exit(INTERRUPTED)


def _is_gone() -> bool:
    """Whether the terminal was closed."""
    try:
        termios.tcgetattr(sys.__stdin__ or 0)
    except (termios.error, ValueError):
        return True
    return False
