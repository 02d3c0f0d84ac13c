r"""From text to tree: a query is read from left to right, and an error points at its place.

    query  := all (OR all | all)*           a missing operator is OR, as at arXiv: `ti:a b` is
    all    := one ((AND | ANDNOT) one)*     `ti:a OR all:b`; AND binds tighter than OR
    one    := [FIELD:] (word | "phrase" | ( query )) | submittedDate:[… TO …]

A field before a parenthesis holds for every word inside that has none of its own. Where a missing
operator is to mean AND, it binds as tightly as one.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import Enum, auto

from paperlens.errors import QueryError, UnknownId
from paperlens.ids import ArxivId
from paperlens.query.caret import error_at
from paperlens.query.tree import FIELDS, SUBMITTED, Node, Range, Term, all_of, any_of

_DEEPEST = 50
_QUOTES = '"“”'
_WORD = re.compile(rf'(?:\\"|[^\s(){_QUOTES}])+')
_PHRASE = re.compile(rf'[{_QUOTES}]((?:\\"|[^{_QUOTES}])*)[{_QUOTES}]')
_SPACE = re.compile(r"\s*")
_FIELD = re.compile(r"([A-Za-z]*):")
_RANGE = re.compile(r"\s*\[([^\[\]]*)\]")
_NAMES = {name.lower(): name for name in FIELDS}
_OTHER_NAMES = {
    "title": "ti", "author": "au", "authors": "au", "abstract": "abs", "comment": "co",
    "comments": "co", "journal": "jr", "category": "cat", "categories": "cat", "subject": "cat",
    "date": SUBMITTED, "submitted": SUBMITTED, "lastupdateddate": SUBMITTED, "text": "all",
}  # fmt: skip


class Kind(Enum):
    OPEN = auto()
    CLOSE = auto()
    FIELD = auto()
    WORD = auto()
    PHRASE = auto()
    RANGE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    END = auto()


_OPERATORS = {"and": Kind.AND, "or": Kind.OR, "andnot": Kind.NOT, "not": Kind.NOT}
_BEGINS = frozenset({Kind.OPEN, Kind.FIELD, Kind.WORD, Kind.PHRASE})


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int


def tree_of(text: str, name: str | None, every_word: bool = False) -> Node:
    """The tree of a query, or a QueryError with a caret under the place."""
    return _Parser(text, name, every_word).tree()


class _Scanner:
    """Cuts the text into tokens, one at a time: what a word may be depends on what is before."""

    def __init__(self, text: str, name: str | None) -> None:
        self.text, self.name, self.at = text, name, 0
        self.previous: Token | None = None

    def fault(self, problem: str, at: int) -> QueryError:
        return error_at(problem, self.text, at, self.name)

    def next(self) -> Token:
        glued = self.previous is not None and self.previous.kind is Kind.FIELD
        if self.previous is not None and glued and self.previous.text == SUBMITTED:
            self.previous = self._range(self.previous)
            return self.previous
        start = self._past_space()
        token = self._token(start, after_field=glued and start == self.at)
        self.at, self.previous = token.end, token
        return token

    def _past_space(self) -> int:
        skipped = _SPACE.match(self.text, self.at)
        assert skipped is not None
        return skipped.end()

    def _token(self, start: int, after_field: bool) -> Token:
        if start == len(self.text):
            end = self.previous.end if self.previous else 0
            return Token(Kind.END, "", end, end)
        first = self.text[start]
        if first in "()":
            return Token(Kind.OPEN if first == "(" else Kind.CLOSE, first, start, start + 1)
        if first in _QUOTES:
            phrase = _PHRASE.match(self.text, start)
            if phrase is None:
                raise self.fault("this quote is never closed", start)
            return Token(Kind.PHRASE, " ".join(phrase[1].split()), start, phrase.end())
        found = _WORD.match(self.text, start)
        assert found is not None
        return self._word(found[0], start, found.end(), after_field)

    def _word(self, word: str, start: int, end: int, after_field: bool) -> Token:
        prefix = _FIELD.match(word)
        if prefix and prefix[1].lower() in _NAMES:
            if after_field and self.previous:
                raise self.fault(f"expected a word after {self.previous.text}:", start)
            name = _NAMES[prefix[1].lower()]
            return Token(Kind.FIELD, name, start, start + prefix.end())
        if after_field:
            return Token(Kind.WORD, word, start, end)
        if prefix:
            raise self.fault(_unknown(prefix[1]), start)
        return Token(_OPERATORS.get(word.lower(), Kind.WORD), word, start, end)

    def _range(self, field: Token) -> Token:
        found = _RANGE.match(self.text, self.at)
        if found is None:
            start = self._past_space()
            if self.text.startswith("[", start):
                raise self.fault("this bracket is never closed", start)
            raise self.fault(
                f"expected [YYYYMMDDHHMM TO YYYYMMDDHHMM] after {SUBMITTED}:", field.end
            )
        self.at = found.end()
        return Token(Kind.RANGE, found[1], found.start(1), found.end())


def _unknown(name: str) -> str:
    if not name:
        return "expected a field before the colon"
    if name.lower() == "rn":
        return "report numbers (rn:) are not among what paperlens knows of a paper"
    near = get_close_matches(name.lower(), _NAMES, n=1, cutoff=0.6)
    meant = _OTHER_NAMES.get(name.lower()) or (_NAMES[near[0]] if near else None)
    advice = f"did you mean {meant}:?" if meant else f"the fields are {' '.join(FIELDS)}"
    return f'unknown field "{name}"; {advice}'


class _Parser:
    def __init__(self, text: str, name: str | None, every_word: bool) -> None:
        self.scanner = _Scanner(text, name)
        self.token = self.scanner.next()
        self.joins = {Kind.AND, Kind.NOT, *(_BEGINS if every_word else ())}

    def tree(self) -> Node:
        tree = self.any("all", after=None, depth=0)
        if self.token.kind is Kind.CLOSE:
            raise self.fault("no parenthesis is open here")
        return tree

    def fault(self, problem: str, at: int | None = None) -> QueryError:
        return self.scanner.fault(problem, self.token.start if at is None else at)

    def take(self) -> Token:
        taken, self.token = self.token, self.scanner.next()
        return taken

    def any(self, field: str, after: str | None, depth: int) -> Node:
        parts = [self.all(field, after, depth)]
        while self.token.kind is Kind.OR or self.token.kind in _BEGINS:
            word = self.take().text.upper() if self.token.kind is Kind.OR else None
            parts.append(self.all(field, word, depth))
        return any_of(parts)

    def all(self, field: str, after: str | None, depth: int) -> Node:
        parts = [(self.one(field, after, depth), False)]
        while self.token.kind in self.joins:
            if self.token.kind in _BEGINS:
                parts.append((self.one(field, None, depth), False))
                continue
            operator = self.take()
            forbidden = operator.kind is Kind.NOT
            if not forbidden and self.token.kind is Kind.NOT:  # AND NOT is ANDNOT
                operator, forbidden = self.take(), True
            parts.append((self.one(field, operator.text.upper(), depth), forbidden))
        return all_of(parts)

    def one(self, field: str, after: str | None, depth: int) -> Node:
        if self.token.kind is Kind.FIELD:
            named = self.take()
            if named.text == SUBMITTED:
                return self.range(self.take())
            field, after = named.text, f"{named.text}:"
        if self.token.kind is Kind.OPEN:
            return self.group(field, depth)
        if self.token.kind in {Kind.WORD, Kind.PHRASE}:
            return self.term(field, self.take())
        if self.token.kind is Kind.NOT and (after is None or after in {"OR", "("}):
            raise self.fault(f"nothing stands before {self.token.text.upper()} to take from")
        raise self.fault(f"expected a word after {after}" if after else "expected a word")

    def group(self, field: str, depth: int) -> Node:
        opening = self.take()
        if depth == _DEEPEST:
            raise self.fault(f"more than {_DEEPEST} parentheses inside one another", opening.start)
        inside = self.any(field, "(", depth + 1)
        if self.token.kind is not Kind.CLOSE:
            raise self.fault("this parenthesis is never closed", opening.start)
        self.take()
        return inside

    def term(self, field: str, token: Token) -> Term:
        term = Term(field, token.text, token.kind is Kind.PHRASE)
        if problem := _problem(term):
            raise self.fault(problem[0], token.start + problem[1])
        return term

    def range(self, token: Token) -> Range:
        found = re.fullmatch(r"\s*(\S+)\s+TO\s+(\S+)\s*", token.text, re.IGNORECASE)
        if found is None:
            raise self.fault("expected [YYYYMMDDHHMM TO YYYYMMDDHHMM]", token.start - 1)
        for group in (1, 2):
            if problem := _not_a_minute(found[group]):
                raise self.fault(problem, token.start + found.start(group))
        if found[1] > found[2]:
            raise self.fault("the range ends before it begins", token.start + found.start(2))
        return Range(found[1], found[2])


def _problem(term: Term) -> tuple[str, int] | None:
    """What is wrong with a word or a phrase, and how far from its beginning."""
    if not term.text:
        return "nothing stands between these quotes", 0
    return _wrong_wildcard(term) or _wrong_code(term)


def _wrong_wildcard(term: Term) -> tuple[str, int] | None:
    if term.quoted:  # "A* search" and "C*-algebra" are names, "diffus*" is a hope
        star = re.search(r"\w{3}(?=\*)", term.text)
        return ("inside quotes a * stands for nothing", star.end() + 1) if star else None
    if "?" in term.text:
        return 'a "?" is not understood; end the word with * or quote it', term.text.index("?")
    star = re.search(r"^(?=\*)|(?=\*.)", term.text)
    return ("a * may stand only at the end of a word", star.end()) if star else None


def _wrong_code(term: Term) -> tuple[str, int] | None:
    if term.field == "cat" and len(term.text.split()) > 1:
        return "expected one category after cat:", 0
    if term.field == "id" and not term.open_ended:
        try:
            ArxivId.parse(term.text)
        except UnknownId:
            return f'"{term.text}" is not an arXiv id', 0
    if term.field not in {"cat", "id", "doi"} and not term.phrase:
        return "there is no letter or digit to look for here", 0
    return None


def _not_a_minute(digits: str) -> str | None:
    if not re.fullmatch(r"[0-9]{12}", digits):
        return f'expected twelve digits, YYYYMMDDHHMM, not "{digits}"'
    try:
        datetime.strptime(digits, "%Y%m%d%H%M")
    except ValueError:
        return f"{digits} is no date and time"
    return None
