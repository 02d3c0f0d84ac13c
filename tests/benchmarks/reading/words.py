"""Texts made comparable: as words, or as letters alone; and how alike two of them are. Pure.

Formulas print as they like, so only what reads as a word counts: two letters or digits and more,
and every character of a script that writes without spaces.
"""

import re
import unicodedata
from collections.abc import Hashable, Sequence

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]{{2,}}")
_SIGNS = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(_folded(text))


def letters(text: str) -> str:
    """The text without case, spaces, punctuation and accents."""
    return _SIGNS.sub("", _folded(text))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """1 for equal, 0 for nothing in common: edit distance over the longer one's length."""
    longer = max(len(one), len(other))
    return 1 - distance(one, other) / longer if longer else 1.0


def distance(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Levenshtein's, by Myers' bit vectors: a column of the table is one whole number."""
    if not one:
        return len(other)
    where: dict[Hashable, int] = {}
    for place, item in enumerate(one):
        where[item] = where.get(item, 0) | 1 << place
    full, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    more, less, score = full, 0, len(one)
    for item in other:
        equal = where.get(item, 0)
        diagonal = ((((equal & more) + more) ^ more) | equal | less) & full
        above = (less | ~(diagonal | more)) & full
        below = more & diagonal
        score += bool(above & last) - bool(below & last)
        above, below = (above << 1 | 1) & full, (below << 1) & full
        more, less = (below | ~(diagonal | above)) & full, above & diagonal
    return score
