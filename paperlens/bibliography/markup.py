"""The light HTML that Zotero and Crossref leave in titles, abstracts and notes."""

import re
from html import unescape

_TAG = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|italic|bold|su[bp]|sc|span|p|div|br|title|sec|[ou]l|li|h[1-6])"
    r"(?: [^<>]{0,300}=[^<>]{0,300})? ?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:jats:)?(?:p|div|br|title|sec|[ou]l|li|h[1-6])\b", re.IGNORECASE)


def without_tags(text: str) -> str:
    """The text that a browser would show; paragraphs end with a line break."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "\n" if _BREAK.match(tag[0]) else "", text)
    return unescape(text) if "&" in text else text
