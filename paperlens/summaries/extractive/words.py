"""Words as the extractive summariser compares them: small letters, hyphens parted, endings cut."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = (
    "ations", "ation", "ings", "ing", "ies", "ied", "ers", "ors", "er", "or", "ed", "es", "s", "ly",
    "al",
)  # fmt: skip
_SHORTEST_STEM = 4
_PLAIN_WORDS = """
the a an of and to in for with on is are that this we our us i it its by as from be can which at or
these those their they has have was were not but also such than into between more
"""


def words_of(text: str) -> tuple[str, ...]:
    """In small letters."""
    return tuple(_WORD.findall(text.lower()))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Near enough: "modelling", "models" and "model" alike."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word


def listed(words: str) -> frozenset[str]:
    """A list of words that is written as one text."""
    return frozenset(words.split())


def stems(words: str) -> frozenset[str]:
    """Those of such a list."""
    return frozenset(map(stem, listed(words)))


PLAIN = stems(_PLAIN_WORDS)
