"""The feed's single string of authors becomes names: "A, B, C (Lab, City)" in TeX spelling."""

import re
from collections.abc import Iterator

from paperlens.tex import accents

_GROUP = re.compile(r"\b(?:collaborations?|consorti\w+|groups?|teams?)\b", re.IGNORECASE)
_TOKEN = re.compile(r"\\.|[(){},]|\sand\s")


def names(told: str) -> tuple[str, ...]:
    """Split at commas and "and" outside parentheses and braces; affiliations are left out."""
    parts = list(_split(told)) if _is_balanced(told) else re.sub(r"[()]", " ", told).split(",")
    spelled = (accents(_without_affiliation(part.strip())) for part in parts)
    return tuple(name for each in spelled if (name := " ".join(each.split())))


def _split(told: str) -> Iterator[str]:
    start = depth = 0
    for token in _TOKEN.finditer(told):
        if token[0] in "({":
            depth += 1
        elif token[0] in ")}":
            depth -= 1
        elif depth == 0 and (token[0] == "," or _joins_people(token, told, start)):
            yield told[start : token.start()]
            start = token.end()
    yield told[start:]


def _joins_people(token: re.Match[str], told: str, start: int) -> bool:
    """Not the "and" of "The ATLAS and CMS Collaborations"."""
    if "and" not in token[0]:
        return False
    end = told.find(",", token.end())
    return _GROUP.search(told, start, len(told) if end < 0 else end) is None


def _is_balanced(told: str) -> bool:
    depth = 0
    for token in _TOKEN.finditer(told):
        depth += (token[0] in "({") - (token[0] in ")}")
        if depth < 0:
            return False
    return depth == 0


def _without_affiliation(name: str) -> str:
    while name.endswith(")"):
        depth = 0
        for at in range(len(name) - 1, -1, -1):
            depth += (name[at] == ")") - (name[at] == "(")
            if depth == 0:
                name = name[:at].rstrip()
                break
        else:
            return name
    return name
