"""Replies are untrusted: XML is read without entities, never with a document type.

Whoever reads a reply raises `Unusable` when another try may bring a better one, and `Refused` when
no try will; both carry the reason, worded to follow an address and a colon.
"""

import re
from xml.etree import ElementTree

from paperlens.unseen import one_line

_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", re.IGNORECASE)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff")


class Unusable(Exception):
    """Not what was asked for. `asked` is how many seconds the server wants to be left alone."""

    def __init__(self, why: str, asked: float | None = None) -> None:
        super().__init__(why)
        self.asked = asked


class NotThere(Unusable):
    """Nobody answered at all: worth one more look, no long patience."""


class Refused(Exception):
    """An answer that asking again would not change."""


class TooLarge(Refused):
    """More than is read of any reply."""


class _NoDoctype(ElementTree.TreeBuilder):
    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Called before the declaration's inside is read, so that no entity is ever expanded."""
        raise Unusable("the reply declares a document type, which arXiv never does")


def xml(body: bytes) -> ElementTree.Element:
    """The root of a document that is complete and declares no entities."""
    if not body.strip():
        raise Unusable("the reply is empty")
    if _WEB_PAGE.match(body):
        raise Unusable("a web page came instead of XML")
    if not _MARKUP.match(body):
        raise Unusable(f'the reply says "{one_line(body[:80].decode("utf-8", "replace"))}"')
    try:
        return ElementTree.fromstring(body, ElementTree.XMLParser(target=_NoDoctype()))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unusable(f"the reply is not complete XML ({error})") from None


def local(tag: str) -> str:
    """An element's name without its namespace, in lower case: arXiv writes both doi and DOI."""
    return tag.rpartition("}")[2].lower()
