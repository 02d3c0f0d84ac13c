"""Untrusted text made safe and readable: what papers, models and users wrote, for any view.

`readable` is one line without what no reader can see, TeX told in Unicode; `escaped` keeps
Markdown in its place; `address` lets nothing through that only looks like a link; `KEY_PHRASE` is
what models write between two stars. Sizes, too, are made readable here.
"""

import re
from urllib.parse import quote, urlsplit

from paperlens import tex
from paperlens.unseen import one_line

KEY_PHRASE = re.compile(r"(?<![A-Za-z0-9*])\*\*([^*\s](?:[^*]{0,398}[^*\s])?)\*\*")


def readable(text: str) -> str:
    """One line, and TeX told in Unicode where that is possible."""
    return one_line(tex.readable(one_line(text)))


def address(url: str) -> str | None:
    """A web address that is safe inside a link of any view, or None where it is not one."""
    url = url.strip()
    if one_line(url) != url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return quote(url, safe="%/:?#@!$&*+,;=~-._'")


def capital(label: str) -> str:
    """A label of ours as it begins a line."""
    return f"{label[:1].upper()}{label[1:]}"


def shortened(url: str) -> str:
    """An address as people write it: without scheme, `www.` and the last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", one_line(url)).removesuffix("/")


def in_units(size: int) -> str:
    """Bytes as people read them."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    amount = size / 1000
    for unit in ("kB", "MB", "GB"):
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


_SPECIAL = re.compile(r"[\\`*\[\]<>#~$]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)])(?= |$))")


def escaped(text: str) -> str:
    """The same words in Markdown, at any place in a line, meaning nothing but themselves."""
    plain = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    return _START.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", plain)


_SPECIAL_IN_PROSE = re.compile(
    r"[\\`*$]|<(?=[a-zA-Z/!?])|\](?=[(\[:])|~(?=~)|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])"
)
_START_OF_PROSE = re.compile(r"^(?:([-+=>#|])|(\d{1,9})([.)])(?= |$))")


def in_prose(text: str, is_heading: bool = False) -> str:
    """The same words in Markdown, escaped no more than they must be, for those who read it bare.

    For a paragraph or a heading of its own; inside other text, or a link, `escaped` is safe.
    """
    plain = _SPECIAL_IN_PROSE.sub(lambda found: "\\" + found[0], one_line(text))
    if is_heading:
        return re.sub(r"(#+)$", r"\\\1", plain)
    return _START_OF_PROSE.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", plain)
