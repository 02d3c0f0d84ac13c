"""Untrusted text made safe and readable: what papers, models and users wrote, for any view.

`clean` takes everything out that could move a cursor, turn the reading direction or hide;
`readable` also turns TeX into Unicode; `escaped` keeps Markdown in its place.
"""

import re
from urllib.parse import quote, urlsplit

from paperlens import tex

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space: C0, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reading direction
    "\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible
    "\ufffe\uffff\U000e0000-\U000e007f"  # not characters; tags, which can hide whole sentences
    "]"
)


def clean(text: str) -> str:
    """One line of printable text: no control or direction characters, single spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    whole = _SURROGATE.sub("\ufffd", text)
    return " ".join(_UNSAFE.sub("", whole).split())


def readable(text: str) -> str:
    """Clean, and TeX told in Unicode where that is possible."""
    return clean(tex.readable(clean(text)))


def address(url: str) -> str | None:
    """A web address that is safe inside a link of any view, or None where it is not one."""
    if _UNSAFE.search(url) or _SURROGATE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return quote(url.strip(), safe="%/:?#@!$&*+,;=~-._'")


def shortened(url: str) -> str:
    """An address as people write it: without scheme, `www.` and the last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", clean(url)).removesuffix("/")


_SPECIAL = re.compile(r"[\\`*\[\]<>#~$]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)])(?= |$))")


def escaped(text: str) -> str:
    """The same words in Markdown, at any place in a line, meaning nothing but themselves."""
    plain = _SPECIAL.sub(lambda found: "\\" + found[0], clean(text))
    return _START.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", plain)
