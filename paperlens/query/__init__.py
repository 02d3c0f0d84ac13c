r"""arXiv's query language, so that a question means here what it means there.

`parse` turns text into a Query; a Query matches papers at hand, says which words it found, prints
itself for arXiv's API, and knows which categories' feeds bring everything it can match. Pure.

Where arXiv's manual is silent, its service was taken as the example:

* Words without an operator between them are alternatives: `ti:a b` is `ti:a OR all:b`.
* `ti:(a AND b)` holds the field for all words inside that name none themselves.
* `au:del_maestro` and `text-to-image` are phrases; `au:vaswani_a` and `au:"A Vaswani"` are the
  author by initial. `NOT` and `AND NOT` are `ANDNOT`.
* `id:` knows papers, not versions.

An expression copied out of an address of the API (`ti:a+AND+%22b+c%22`) is decoded first.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs, unquote_plus, urlsplit

from paperlens.models import Paper
from paperlens.query.folding import singular, words
from paperlens.query.grammar import tree_of
from paperlens.query.matching import Prepared, found_in, holds, prepared, submission
from paperlens.query.tree import FIELDS, All, Any, Node, Range, Term, wanted_terms

__all__ = [
    "FIELDS",
    "All",
    "Any",
    "Hit",
    "Node",
    "Prepared",
    "Query",
    "Range",
    "Term",
    "parse",
    "singular",
    "submission",
    "wanted_terms",
    "words",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase of a query, and the first field of a paper that has it."""

    word: str
    field: str


@dataclass(frozen=True)
class Query:
    """A question to papers. Two are equal when they ask the same, however they were written."""

    text: str = field(compare=False)
    tree: Node

    def matches(self, paper: Paper, beyond: tuple[str, ...] = ()) -> bool:
        """Whether the paper answers the query, as far as the paper is known.

        In the texts `beyond` it, a summary or a note, words without a field are looked for too.
        """
        return holds(self.tree, prepared(paper, beyond))

    def may_match(self, paper: Paper) -> bool:
        """Whether it could still match once comment, journal, DOI and dates are known."""
        return holds(self.tree, prepared(paper), unknown=True)

    def evidence(self, paper: Paper) -> tuple[Hit, ...]:
        """Which of the wanted words were found, also when others were not."""
        known = prepared(paper)
        places = ((term, found_in(term, known)) for term in wanted_terms(self.tree))
        return tuple(dict.fromkeys(Hit(term.shown, place) for term, place in places if place))

    @cached_property
    def arxiv(self) -> str:
        """For the API's search_query: fields everywhere, parentheses everywhere, no NOT."""
        return self.tree.arxiv

    @cached_property
    def categories(self) -> frozenset[str]:
        """The feeds that bring everything this can match, as the feed's address names them."""
        return self.tree.categories or frozenset()

    @property
    def names_categories(self) -> bool:
        """Whether feeds of some categories suffice."""
        return self.tree.categories is not None

    @cached_property
    def needs_details(self) -> bool:
        """Whether it asks for what the daily feed leaves out: comment, journal, DOI, dates."""
        return self.tree.needs_details

    def __str__(self) -> str:
        return str(self.tree)


def parse(text: str, name: str | None = None, *, every_word: bool = False) -> Query:
    """The query of a text, or a QueryError that shows the place where reading stopped.

    With `every_word`, words without an operator between them are all wanted, as in search boxes.
    """
    return Query(text, tree_of(_from_address(text), name, every_word))


_ENCODED = re.compile(r"\+(?:AND|OR|ANDNOT|NOT|TO)\+|%(?:20|22|28|29|3A|5B|5D)", re.IGNORECASE)


def _from_address(text: str) -> str:
    """The expression inside an address; any other text as it is.

    A text with a space in it was typed, so its `+` and `%` are meant.
    """
    bare = text.strip()
    if not bare or len(bare.split(maxsplit=1)) > 1:
        return text
    if re.match(r"https?://", bare, re.IGNORECASE):
        asked = parse_qs(urlsplit(bare).query).get("search_query")
        return asked[0] if asked else text
    bare = bare.removeprefix("search_query=")
    return unquote_plus(bare) if _ENCODED.search(bare) else text
