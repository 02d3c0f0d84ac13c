"""What a reader types into a search box, as a query; and what else it may have meant.

Words must all be there. The shell eats quotes, so a word of the command line with a space in it
was quoted there: it is a phrase, unless it is written in the query language. An id or an address
of a paper means that paper; what ends the words of a pasted title, as in `Adam:`, is ignored.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId, paper_id
from paperlens.query import FIELDS, All, Any, Node, Query, Term, parse
from paperlens.search.expression import CODES

_LANGUAGE = re.compile(
    rf'["“”()*\[\]]|\b(?:{"|".join(FIELDS)}):|(?:^|\s)(?:AND|OR|NOT|ANDNOT)(?:\s|$)'
)
_NO_FIELD = rf"(?!(?i:{'|'.join(FIELDS)}):)[A-Za-z]+(?=:)"
_ENDING = re.compile(rf"(?<![^\s(])({_NO_FIELD}:|[^\s:()*]*[^\W_][?!]+)(?=[\s)]|$)")
_IN_NO_ID = re.compile(r'["“”*\s]')


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed; `confession` says how it departs from the words."""

    query: Query
    confession: str | None = None


def readings(typed: Sequence[str]) -> Iterator[Reading]:
    """The literal one first; the others are for when it finds nothing."""
    told = [one.strip() for one in typed]
    phrases = [one for one in told if _is_phrase(one)]
    text = " ".join(_spelled(one, alone=len(told) == 1) for one in told)
    query = parse(text, every_word=True)
    yield Reading(query)
    if phrases:
        query = replace(query, tree=_changed(query.tree, _taken_apart))
        named = " or ".join(f'"{phrase}"' for phrase in phrases)
        yield Reading(query, f"no paper has the phrase {named}; these have the words")
    begun = replace(query, tree=_changed(query.tree, _begun))
    if begun != query:
        yield Reading(begun, "no paper has these words; these have words that begin so")


def _is_phrase(typed: str) -> bool:
    return len(typed.split()) > 1 and not _LANGUAGE.search(typed)


def _spelled(typed: str, *, alone: bool) -> str:
    if named := _paper(typed):
        return named
    if _is_phrase(typed):
        return '"{}"'.format(typed.rstrip("\\"))
    plain = _ENDING.sub(lambda word: word[0].rstrip(":?!"), typed)
    return plain if alone or len(plain.split()) == 1 else f"({plain})"


def _paper(typed: str) -> str | None:
    """The query that only the paper of this id or address answers."""
    if _IN_NO_ID.search(typed):
        return None
    try:
        named = paper_id(typed)
    except UnknownId:
        return None
    if isinstance(named, ArxivId):
        return f"id:{named.number}"
    kind, _, name = named.number.partition(":")
    return f'doi:"{name}"' if kind == "doi" else f"id:{named.number}*"


def _changed(node: Node, change: Callable[[Term], Node]) -> Node:
    """The same question about other words; what is not wanted stays."""
    if isinstance(node, Any):
        return Any(tuple(_changed(part, change) for part in node.parts))
    if isinstance(node, All):
        return All(
            tuple(
                (part if unwanted else _changed(part, change), unwanted)
                for part, unwanted in node.parts
            )
        )
    return change(node) if isinstance(node, Term) else node


def _taken_apart(term: Term) -> Node:
    """A phrase without a field, as its words."""
    if not term.quoted or term.field != "all":
        return term
    words = tuple(Term("all", word, quoted=True) for word in term.phrase)
    return words[0] if len(words) == 1 else All(tuple((word, False) for word in words))


def _begun(term: Term) -> Node:
    """A word of which only the beginning is known."""
    if term.open_ended or term.field in CODES or len(term.phrase) > 1 or len(term.phrase[0]) < 2:
        return term
    return Term(term.field, f"{term.phrase[0]}*")
