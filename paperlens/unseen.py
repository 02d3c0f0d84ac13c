"""Characters that no reader sees, though they move cursors, turn reading around or hide text.

Texts of papers, servers, models and users are freed of them by `one_line`; `writable` mends what
no UTF-8 stream can carry. The ranges stand as in a regular expression's class.
"""

import re
from typing import TypeVar

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # those that are no white space: C0, DEL, C1
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
_TAGS = "\U000e0000-\U000e007f"  # which can hide whole sentences
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
UNSEEN = _CONTROLS + _DIRECTIONS + _INVISIBLE + _TAGS + _NO_CHARACTERS
HALVES_OF_PAIRS = "\ud800-\udfff"
SEPARATORS = "\x0b\x0c\x1c-\x1f\x85\u2028\u2029"  # of lines, pages, records: odd white space

MaybeText = TypeVar("MaybeText", str, str | None)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_HALF_A_PAIR = re.compile(f"[{HALVES_OF_PAIRS}]")


def one_line(text: str | None) -> str:
    """One line of what a reader can see, single spaces within; no text is an empty line."""
    if not text or (text.isascii() and text.isprintable() and "  " not in text):
        return (text or "").strip()
    return " ".join(_UNSEEN.sub("", writable(text)).split())


def writable(text: MaybeText) -> MaybeText:
    """The same text, with U+FFFD for half a surrogate pair; None stays None."""
    if not text or text.isascii() or not _HALF_A_PAIR.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
