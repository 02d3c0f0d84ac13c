"""The people of a BibTeX entry, as they are spoken of."""

import re
from collections.abc import Iterator

from paperlens.tex import accents, readable

_OTHERS = {"others", "et al", "et al."}
_JOINT = re.compile(r"\\.|[{}]|(?<=\s)and(?=\s)", re.IGNORECASE | re.DOTALL)
_BRACE = re.compile(r"(\$[^$]+\$)|\\([{}])|[{}]")
_MENDELEYS = re.compile(r"\{\\([$_^])(?:\{\})?\}")
_SIGN = re.compile(r"\\(?:\$|text(backslash|braceleft|braceright)(?![A-Za-z])(?:\{\})?)")
_SIGNS = {"backslash": "\x01", "braceleft": "\x02", "braceright": "\x03", None: "\x04"}
_MEANT = str.maketrans(dict(zip("\x01\x02\x03\x04", "\\{}$", strict=True)))


def plain(text: str) -> str:
    """As a person reads it; braces are for TeX, unless a formula needs them."""
    if not any(sign in text for sign in "\\{}$~`-"):
        return text
    text = _MENDELEYS.sub(r"\1", text)  # it escapes what a formula is made of
    text = readable(_SIGN.sub(lambda found: _SIGNS[found[1]], text))
    return _BRACE.sub(lambda found: found[1] or found[2] or "", text).translate(_MEANT)


def names(people: str, collaborations: str) -> tuple[str, ...]:
    """Each person, first names first; the collaborations stand for those who are not named."""
    told = [_spoken(person) for person in _people(people)]
    named = [name for name in told if name and name.lower() not in _OTHERS]
    if len(named) < len(told):
        named += (one for one in _collaborations(collaborations) if one not in named)
    return tuple(named)


def _people(people: str) -> Iterator[str]:
    """The text between each `and` that stands in no braces."""
    start = depth = 0
    for mark in _JOINT.finditer(people):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and mark[0][0] != "\\":
            yield people[start : mark.start()]
            start = mark.end()
    yield people[start:]


def _spoken(person: str) -> str:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(accents(person.strip()), strict=False)
    return plain(parts.merge_first_name_first).strip()


def _collaborations(told: str) -> Iterator[str]:
    for one in filter(None, map(str.strip, plain(told).split(","))):
        yield one if "collaboration" in one.lower() else f"{one} Collaboration"
