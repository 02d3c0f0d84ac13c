"""Authors' names in the parts that reference managers sort by: what arXiv tells as it is spoken.

A name that cannot be cut without guessing stays whole: collaborations, single names, names in
scripts where the family comes first. What is cut is cut as BibTeX itself would cut it.
"""

import re
import unicodedata
from dataclasses import dataclass

from paperlens.tex import accents
from paperlens.unseen import one_line

_SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
_OF_NO_NAME = {"and", "others"}
_GROUP = re.compile(
    r"\b(?:collaborations?|consortium|teams?|group|network|project|committee|association)\b",
    re.IGNORECASE,
)
_EAST_ASIAN = "\u2e80"  # where the scripts of Chinese, Japanese and Korean begin


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; one that `is_whole` has nothing but its family."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.given

    @property
    def family_first(self) -> str:
        """The family with its particle, as it stands before the comma."""
        return f"{self.particle} {self.family}".strip()


def name_of(told: str) -> Name:
    """The parts of a name that is told given names first."""
    whole = accents(one_line(told))
    words = whole.split()
    if len(words) < 2 or _GROUP.search(whole) or _OF_NO_NAME & {word.lower() for word in words}:
        return Name(whole)
    if not all(map(_is_of_names, whole)):
        return Name(whole)
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    start, end = _particle(words)
    return Name(
        family=" ".join(words[end:]),
        given=" ".join(words[:start]),
        particle=" ".join(words[start:end]),
        suffix=suffix,
    )


def _is_of_names(sign: str) -> bool:
    if sign in " .'’-‐":
        return True
    return unicodedata.category(sign)[0] in "LM" and sign < _EAST_ASIAN


def _particle(words: list[str]) -> tuple[int, int]:
    """Where "de la" stands: from the first small word behind a given name to the last before the
    family; or the place of the family."""
    small = [at for at in range(1, len(words) - 1) if words[at][0].islower()]
    return (small[0], small[-1] + 1) if small else (len(words) - 1, len(words) - 1)
