"""Addresses and files, shown by the programs that the reader uses for them.

A web page goes to the browser: `BROWSER` names it, else the system's own. What these programs have
to say goes nowhere, so that it disturbs no screen.
"""

import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from paperlens.errors import UserError

_VIEWERS = {"darwin": "open", "linux": "xdg-open"}
_OPEN = """
import sys, webbrowser
from shutil import which
is_open = webbrowser.open(sys.argv[1])
sys.exit(not is_open and not which(webbrowser.get().name))
"""  # a browser that hands the address on and ends at once is told as one that failed
_FAILS_WITHIN = 3.0


def needs_the_terminal() -> bool:
    """Whether the browser is one that runs in the terminal, so that nothing else can meanwhile."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    is_behind = isinstance(browser, webbrowser.BackgroundBrowser)
    return isinstance(browser, webbrowser.GenericBrowser) and not is_behind


def open_here(address: str) -> None:
    """In a browser that takes the terminal until its reader leaves it."""
    if not webbrowser.open(address):
        raise _no_browser(address)


def open_apart(address: str) -> None:
    """In a browser with a window of its own; what it prints is not seen."""
    if not _is_started([sys.executable, "-c", _OPEN, address]):
        raise _no_browser(address)


def open_page(address: str) -> None:
    """In the browser, whichever it is."""
    (open_here if needs_the_terminal() else open_apart)(address)


def viewer() -> str | None:
    """What the system opens files with, where it has such a thing."""
    return which(_VIEWERS.get(sys.platform, "")) or None


def open_file(file: Path) -> None:
    """In the viewer for such files, else in the browser."""
    program = viewer()
    if program is None:
        open_page(file.as_uri())
    elif not _is_started([program, str(file)]):
        raise UserError(f"no program opened {file}", "open it by hand")


def _is_started(words: Sequence[str]) -> bool:
    """Whether a program began to show something: one that still runs after a while did."""
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        return process.wait(_FAILS_WITHIN) == 0
    except subprocess.TimeoutExpired:
        return True


def _no_browser(address: str) -> UserError:
    return UserError(f"no browser could be started for {address}", "BROWSER names the one to use")
