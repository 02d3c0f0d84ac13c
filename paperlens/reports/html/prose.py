"""Foreign text for the page: what is said of its language, and the bold of notes."""

import re

from markupsafe import Markup, escape

from paperlens.reports.text import KEY_PHRASE, readable

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE | re.ASCII)


def with_bold(text: str) -> Markup:
    """Readable text in which `**key phrases**` are strong, and nothing else is markup."""
    pieces = KEY_PHRASE.split(readable(text))
    return Markup("").join(
        Markup("<strong>{}</strong>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def language_tag(told: str) -> str | None:
    """A language as the page may name it; a language told in words has no tag."""
    return told.lower() if _LANGUAGE.fullmatch(told) else None
