"""What a reader types into a search box, as a query; and what else it may have meant.

Words must all be there. The shell eats quotes, so a word of the command line with a space in it
was quoted there: it is a phrase, unless it is written in the query language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paperlens.query import FIELDS, All, Any, Node, Query, Term, parse

_LANGUAGE = re.compile(
    rf'["“”()*\[\]]|\b(?:{"|".join(FIELDS)}):|(?:^|\s)(?:AND|OR|NOT|ANDNOT)(?:\s|$)'
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed; `confession` says how it departs from the words."""

    query: Query
    confession: str | None = None


def readings(typed: Sequence[str]) -> Iterator[Reading]:
    """The literal one first; the others are for when it finds nothing."""
    told = [one.strip() for one in typed if one.strip()]
    literal = parse(" ".join(_spelled(one, alone=len(told) == 1) for one in told), every_word=True)
    yield Reading(literal)
    words = literal
    if phrases := [one for one in told if _is_phrase(one)]:
        words = parse(" ".join(one for one in told), every_word=True)
        named = " or ".join(f'"{phrase}"' for phrase in phrases)
        yield Reading(words, f"no paper has the phrase {named}; these have the words")
    begun = _begun(words.tree)
    if begun != words.tree:
        yield Reading(
            replace(words, tree=begun), "no paper has these words; these have words that begin so"
        )


def _is_phrase(typed: str) -> bool:
    return len(typed.split()) > 1 and not _LANGUAGE.search(typed)


def _spelled(typed: str, *, alone: bool) -> str:
    if _is_phrase(typed):
        return '"{}"'.format(typed.rstrip("\\"))
    return typed if alone or len(typed.split()) == 1 else f"({typed})"


def _begun(node: Node) -> Node:
    """The same question about words of which only the beginning is known."""
    if isinstance(node, Any):
        return replace(node, parts=tuple(map(_begun, node.parts)))
    if isinstance(node, All):
        parts = ((part if unwanted else _begun(part), unwanted) for part, unwanted in node.parts)
        return replace(node, parts=tuple(parts))
    if isinstance(node, Term) and not node.quoted and not node.open_ended and _can_go_on(node):
        return replace(node, text=f"{node.text}*")
    return node


def _can_go_on(term: Term) -> bool:
    return term.field not in {"cat", "id", "doi"} and len(term.phrase[-1]) > 1
