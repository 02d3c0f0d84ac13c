"""Who is who: first names and surnames as a source joins them, so that none is given another's.

A pair of capitalised words that are none of the language's passes for a person; whether it is one
does not matter. Pure; linear in the text, which is untrusted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperlens.summaries.checking.plain import folded
from paperlens.summaries.checking.wording import is_ordinary

_CAPITAL, _SMALL = "A-Z\u00c0-\u00d6\u00d8-\u00de", "a-z\u00df-\u00f6\u00f8-\u024f"
_FIRST = rf"(?P<first>[{_CAPITAL}](?:[{_SMALL}]{{1,24}}|\.))"
_LAST = (
    rf"(?P<last>[{_CAPITAL}](?:[{_SMALL}]{{1,24}}|[{_SMALL}]{{0,3}}[{_CAPITAL}][{_SMALL}]{{2,24}}))"
)
_PERSON = re.compile(
    rf"(?<![\w.'-])(?=(?P<whole>{_FIRST}(?: [{_CAPITAL}]\.){{0,2}} {_LAST})(?![\w-]))"
)


@dataclass(frozen=True, slots=True)
class Persons:
    """Of each surname the first names that stand before it."""

    firsts: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, text: str) -> "Persons":
        found: dict[str, set[str]] = {}
        for _, first, last in _persons(text):
            found.setdefault(last, set()).add(first)
        return cls({last: frozenset(firsts) for last, firsts in found.items()})

    def misnamed(self, sentence: str) -> Iterator[str]:
        """Those of a sentence whose surname only others bear here."""
        for whole, first, last in _persons(sentence):
            known = self.firsts.get(last)
            if known and not (_is_one_of(first, known) or last in self.firsts.get(first, ())):
                yield whole


def _persons(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _PERSON.finditer(text):
        first, last = folded(found["first"]), folded(found["last"])
        if not is_ordinary(last) and (first.endswith(".") or not is_ordinary(first)):
            yield found["whole"], first, last


def _is_one_of(first: str, known: frozenset[str]) -> bool:
    """An initial stands for every name that begins with it."""
    return first in known or any(
        first[0] == each[0] and "." in {first[-1], each[-1]} for each in known
    )
