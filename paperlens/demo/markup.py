"""The XML that arXiv's services write: elements, escaping, and accents spelled in TeX.

Text is built by hand because order, prefixes and blanks must be arXiv's own.
"""

import re
import unicodedata
from collections.abc import Mapping
from textwrap import indent
from xml.sax.saxutils import escape, quoteattr

DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """One element that holds text, or nothing."""
    body = escape(_NOT_XML.sub("", text))
    return f"<{_opening(name, attributes)}>{body}</{name}>" if body else empty(name, attributes)


def empty(name: str, attributes: Mapping[str, str] | None = None) -> str:
    return f"<{_opening(name, attributes)}/>"


def nest(name: str, *children: str, attributes: Mapping[str, str] | None = None) -> str:
    """One element that holds others, each on lines of its own.

    Only the first line of a child is indented: texts may hold line breaks that are theirs.
    """
    inner = "".join(f"  {_deeper(child)}\n" for child in children)
    return f"<{_opening(name, attributes)}>\n{inner}</{name}>"


def _opening(name: str, attributes: Mapping[str, str] | None) -> str:
    return "".join([name, *(f" {key}={quoteattr(v)}" for key, v in (attributes or {}).items())])


def _deeper(child: str) -> str:
    return indent(child, "  ", lambda line: line.lstrip().startswith("<"))[2:]


_MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=",
    "\u0307": ".", "\u030c": "v", "\u0306": "u", "\u030b": "H", "\u030a": "r", "\u0327": "c",
    "\u0328": "k",
}  # fmt: skip
_LETTERS = {
    "ø": r"{\o}", "Ø": r"{\O}", "ł": r"{\l}", "Ł": r"{\L}", "ß": r"{\ss}", "æ": r"{\ae}",
    "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "å": r"{\aa}", "Å": r"{\AA}", "ı": r"{\i}",
}  # fmt: skip


def accents_in_tex(text: str) -> str:
    r"""`Jiménez` as the feeds spell it: `Jim\'enez`."""
    return "".join(map(_letter_in_tex, text))


def _letter_in_tex(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if marks not in _MARKS or not base.isascii():
        return letter
    mark = _MARKS[marks]
    return rf"\{mark}{{{base}}}" if mark.isalpha() else rf"\{mark}{base}"
