"""Which way of showing pictures a terminal knows: from its names first, asked only in doubt.

Pure, but for the question that is handed in. A terminal is believed to be what `TERM` says; the
other names are inherited by what is started from it, so they count for less.
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

SIXEL_ATTRIBUTE = 4
_MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
_MULTIPLEXED = ("tmux", "screen")
_ENOUGH_COLOURS = {"256", "truecolor"}
_NO_TERMINAL = {"", "dumb", "unknown"}


class Way(StrEnum):
    """How a picture is shown."""

    KITTY = "kitty"
    ITERM2 = "iterm2"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    NONE = "none"


_BY_TERM = (
    ("xterm-kitty", Way.KITTY),
    ("xterm-ghostty", Way.KITTY),
    ("foot", Way.SIXEL),
    ("mlterm", Way.SIXEL),
    ("contour", Way.SIXEL),
)
_BY_PROGRAM = {"ghostty": Way.KITTY, "iTerm.app": Way.ITERM2, "WezTerm": Way.ITERM2}


def choose(
    environ: Mapping[str, str],
    ask: Callable[[], Collection[int]],
    *,
    is_terminal: bool,
    colours: str | None,
    wanted: Way | None = None,
) -> Way:
    """The way that is wanted, or the best that this terminal knows.

    `ask` tells the attributes that it claims to have.
    `colours` is what Rich calls the system of colours; in the sixteen that are left to a terminal's
    theme, half blocks show nothing that anybody would recognise.
    """
    term = environ.get("TERM", "")
    if not (is_terminal and colours) or term in _NO_TERMINAL:
        return Way.NONE
    if wanted:
        return wanted
    if not _is_multiplexed(environ, term) and (known := _named(environ, term)):
        return known
    if SIXEL_ATTRIBUTE in ask():
        return Way.SIXEL
    return Way.BLOCKS if colours in _ENOUGH_COLOURS else Way.NONE


def patience(environ: Mapping[str, str]) -> float:
    """Seconds to wait for a terminal's answer: over a network longer, or it would come too late."""
    return 1.0 if "SSH_CONNECTION" in environ or "SSH_TTY" in environ else 0.15


def _is_multiplexed(environ: Mapping[str, str], term: str) -> bool:
    """Whether a program between us and the terminal keeps what it does not know from it."""
    return term.startswith(_MULTIPLEXED) or any(environ.get(name) for name in _MULTIPLEXERS)


def _named(environ: Mapping[str, str], term: str) -> Way | None:
    for start, way in _BY_TERM:
        if term.startswith(start):
            return way
    if program := _BY_PROGRAM.get(environ.get("TERM_PROGRAM", "")):
        return program
    if environ.get("LC_TERMINAL") == "iTerm2":
        return Way.ITERM2
    return Way.KITTY if environ.get("KITTY_WINDOW_ID") else None
