"""A query's error, with the caret under the right character whatever the text is made of."""

import re
import unicodedata

from paperlens.errors import QueryError
from paperlens.unseen import one_line

_BEFORE, _AFTER = 80, 60
_LONG_QUOTE = re.compile(r'"([^"]{40})[^"]+"')


def error_at(problem: str, text: str, at: int, name: str | None) -> QueryError:
    """The error of a place in the text; a long text is shown around that place only."""
    line = "".join(_shown(character) for character in text)
    start = at - _BEFORE if at > _BEFORE + 20 else 0
    end = at + _AFTER if len(line) > at + _AFTER + 20 else len(line)
    before = ("…" if start else "") + line[start:at]
    after = line[at:end] + ("…" if end < len(line) else "")
    label = None if name == text else name  # an expression on the command line is its own name
    told = _LONG_QUOTE.sub(r'"\1…"', one_line(problem))
    return QueryError(told, before + after, _cells(before), label)


def _shown(character: str) -> str:
    """On one line, and nothing that moves the cursor or hides text."""
    return one_line(character) or " "


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
