"""A query as FTS5 understands it: an expression that finds all that the query means, or more.

The query language alone says what a query means; where the expression finds more than that, it is
not `exact`, and whoever asks looks at each paper. Pure.

The index holds words as singulars, authors as they are written, codes (categories, ids, DOIs) as
one token each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperlens.query import All, Any, Node, Range, Term, singular

TEXTS = {"ti": "title", "abs": "abstract", "co": "comment", "jr": "journal", "beyond": "notes"}
NAMES = "authors"
CODES = {"cat": "categories", "id": "id", "doi": "doi"}
_DEEPEST = 16  # FTS5 reads no more than about 25 parentheses inside one another
_ENDINGS = ("s", "es", "ies")  # what a plural may have more than its singular


@dataclass(frozen=True, slots=True)
class Expression:
    """`match` is for FTS5, None where it cannot narrow anything; `ranges` must hold as well."""

    match: str | None
    exact: bool
    ranges: tuple[Range, ...] = ()


def expression(tree: Node) -> Expression:
    """Of a whole query."""
    parts = tree.parts if isinstance(tree, All) else ((tree, False),)
    ranges = tuple(part for part, forbidden in parts if isinstance(part, Range) and not forbidden)
    rest = tuple(each for each in parts if each[1] or not isinstance(each[0], Range))
    if not rest:
        return Expression(None, True, ranges)
    match, exact = _all(rest, 0)
    return Expression(match, exact, ranges)


def as_token(code: str) -> str:
    """A code in letters, digits and _ only: different codes stay different, beginnings too."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in code)


def _part(node: Node, depth: int) -> tuple[str | None, bool]:
    if isinstance(node, Range) or depth > _DEEPEST:
        return None, False
    if isinstance(node, All):
        return _all(node.parts, depth)
    if isinstance(node, Any):
        parts = [_part(part, depth + 1) for part in node.parts]
        found = [match for match, _ in parts if match is not None]
        if len(found) < len(parts):
            return None, False
        return _either(found), all(exact for _, exact in parts)
    return _term(node)


def _all(parts: Iterable[tuple[Node, bool]], depth: int) -> tuple[str | None, bool]:
    wanted, unwanted, exact = [], [], True
    for node, forbidden in parts:
        match, is_exact = _part(node, depth + 1)
        exact = exact and is_exact
        if forbidden and is_exact and match is not None:
            unwanted.append(match)
        elif not forbidden and match is not None:
            wanted.append(match)
    if not wanted:
        return None, False
    both = wanted[0] if len(wanted) == 1 else f"({' AND '.join(wanted)})"
    return (f"({both} NOT {_either(unwanted)})" if unwanted else both), exact


def _either(matches: list[str]) -> str:
    return matches[0] if len(matches) == 1 else f"({' OR '.join(matches)})"


def _term(term: Term) -> tuple[str | None, bool]:
    if term.field == "au":
        return _of_an_author(term)
    if term.field in CODES:
        return _either(list(_of_a_code(term, [CODES[term.field]]))), True
    if term.field in TEXTS:
        return _either(list(_of_a_text(term, [TEXTS[term.field]]))), not term.open_ended
    return _either(list(_anywhere(term))), not term.open_ended


def _anywhere(term: Term) -> Iterator[str]:
    texts, names, codes = list(TEXTS.values()), [NAMES], list(CODES.values())
    word = term.phrase[0]
    if len(term.phrase) == 1 and not term.open_ended and term.code == word == singular(word):
        yield f'"{word}"' if word == as_token(word) else _in([*texts, *names], [word])
        return
    yield from _of_a_text(term, texts)
    yield _in(names, term.phrase, term.open_ended)
    yield from _of_a_code(term, codes)


def _of_a_text(term: Term, columns: list[str]) -> Iterator[str]:
    words = [singular(word) for word in term.phrase]
    if not term.open_ended:
        yield _in(columns, words)
        return
    begun = term.phrase[-1]
    yield _in(columns, [*words[:-1], begun], beginning=True)
    for other in _singulars_of_plurals(begun):
        yield _in(columns, [*words[:-1], other])


def _singulars_of_plurals(begun: str) -> list[str]:
    """Singulars that do not begin so, though their plurals do: `story` for `stori`."""
    plurals = (
        begun + ending[size:]
        for ending in _ENDINGS
        for size in range(1, len(ending) + 1)
        if begun.endswith(ending[:size])
    )
    found = dict.fromkeys(map(singular, plurals))
    return [word for word in found if not word.startswith(begun)]


def _of_a_code(term: Term, columns: list[str]) -> Iterator[str]:
    token = as_token(term.code)
    yield _in(columns, [token], term.open_ended)
    if term.field == "cat" and not term.open_ended:
        yield _in(columns, [as_token(f"{term.code}.")], beginning=True)


def _of_an_author(term: Term) -> tuple[str, bool]:
    """Initials stand for names, and names in any order: at the least, all whole names are there."""
    if len(term.phrase) == 1:
        return _in([NAMES], term.phrase, term.open_ended), True
    *before, last = term.phrase
    whole = [word for word in before if len(word) > 1]
    parts = [_in([NAMES], [word]) for word in whole]
    if len(last) > 1:
        parts.append(_in([NAMES], [last], term.open_ended))
    if not parts:
        return _in([NAMES], term.phrase, term.open_ended), True
    return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})", False


def _in(columns: list[str], words: Iterable[str], beginning: bool = False) -> str:
    return f'{{{" ".join(columns)}}} : "{" ".join(words)}"{" *" if beginning else ""}'
