"""What a query consists of: terms and ranges, joined by AND, OR and ANDNOT.

A tree prints itself in two ways: for people (parsing that again gives the same tree) and for
arXiv, with every parenthesis, so that the service cannot read it otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from paperlens.ids import ArxivId
from paperlens.query.folding import words
from paperlens.taxonomy import ARCHIVES, CATEGORIES
from paperlens.tex import accents

SUBMITTED = "submittedDate"
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "ti": "title",
        "au": "authors",
        "abs": "abstract",
        "co": "comment",
        "jr": "journal",
        "cat": "categories",
        "id": "id",
        "doi": "doi",
        "all": "anywhere",
        SUBMITTED: "submitted",
    }
)
_NOT_IN_THE_FEED = frozenset({"co", "jr", "doi"})
_PLAIN = re.compile(r"[^\W_][\w.\-/']*\*?")
_OPERATORS = frozenset({"and", "or", "not", "andnot", "to"})
_OWN_SPELLING = {code.lower(): code for code in (*ARCHIVES, *CATEGORIES)}


@dataclass(frozen=True)
class Term:
    """A word or a phrase to be found in a field."""

    field: str
    text: str
    quoted: bool = False

    @cached_property
    def open_ended(self) -> bool:
        return not self.quoted and self.text.endswith("*")

    @cached_property
    def phrase(self) -> tuple[str, ...]:
        """The folded words that must follow one another."""
        return tuple(words(self.text))

    @cached_property
    def code(self) -> str:
        """The text as an identifier: a category, an id, a DOI."""
        code = self.text.strip().removesuffix("*" if self.open_ended else "").lower()
        if self.field == "id" and not self.open_ended:
            return ArxivId.parse(self.text).number.lower()
        return code

    @property
    def shown(self) -> str:
        """The text as a reader would write it."""
        return accents(self.text).replace("_", " ")

    @property
    def needs_details(self) -> bool:
        return self.field in _NOT_IN_THE_FEED

    def __str__(self) -> str:
        return f'{self.field}:"{self.text}"' if self.quoted else f"{self.field}:{self.text}"

    @property
    def arxiv(self) -> str:
        if self.field == "cat":
            return self._arxiv_category()
        if self.field == "id" and not self.open_ended:
            return f"id:{ArxivId.parse(self.text).number}"
        text = accents(self.text) if self.field == "au" or self.open_ended else self.shown
        if self.open_ended and not _PLAIN.fullmatch(text) and self.phrase:
            return f"{self.field}:{'_'.join(self.phrase)}*"
        if self.quoted or not _PLAIN.fullmatch(text) or text.lower() in _OPERATORS:
            cleaned = re.sub(r'["\\]+', " ", text).strip()
            return f'{self.field}:"{cleaned}"'
        return f"{self.field}:{text}"

    def _arxiv_category(self) -> str:
        code = _OWN_SPELLING.get(self.code, self.text.strip().removesuffix("*"))
        if self.open_ended:
            return f"cat:{code}*"
        if any(known.startswith(f"{code}.") for known in CATEGORIES):
            return f"(cat:{code} OR cat:{code}.*)"  # arXiv itself finds nothing for `cat:cs`
        return f"cat:{code}"

    @property
    def categories(self) -> frozenset[str] | None:
        """Which feeds bring everything that this can match; None means no choice of feeds does."""
        if self.field != "cat":
            return None
        if not self.open_ended:
            return frozenset({_OWN_SPELLING.get(self.code, self.text.strip())})
        archives = {a for a in ARCHIVES if f"{a.lower()}.".startswith(self.code)}
        single = {
            code
            for code in CATEGORIES
            if code.lower().startswith(self.code) and code.partition(".")[0] not in archives
        }
        return frozenset(archives | single) or frozenset({self.code.rstrip(".")})


@dataclass(frozen=True)
class Range:
    """First submitted between two minutes, both included, written YYYYMMDDHHMM in UTC."""

    start: str
    end: str

    needs_details = True
    categories = None

    def __str__(self) -> str:
        return f"{SUBMITTED}:[{self.start} TO {self.end}]"

    @property
    def arxiv(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Any:
    """At least one of these."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(_held(part) for part in self.parts)

    @property
    def arxiv(self) -> str:
        return f"({' OR '.join(part.arxiv for part in self.parts)})"

    @property
    def needs_details(self) -> bool:
        return any(part.needs_details for part in self.parts)

    @property
    def categories(self) -> frozenset[str] | None:
        """All branches' together; a single unbounded branch leaves the whole unbounded."""
        covered: set[str] = set()
        for part in self.parts:
            categories = part.categories
            if categories is None:
                return None
            covered |= categories
        return frozenset(covered)


@dataclass(frozen=True)
class All:
    """Every one of these, and none of those that are forbidden (True). The first is wanted."""

    parts: tuple[tuple["Node", bool], ...]

    @property
    def wanted(self) -> Iterator["Node"]:
        return (part for part, forbidden in self.parts if not forbidden)

    def __str__(self) -> str:
        return "".join(
            f"{'' if place == 0 else ' ANDNOT ' if forbidden else ' AND '}{_held(part)}"
            for place, (part, forbidden) in enumerate(self.parts)
        )

    @property
    def arxiv(self) -> str:
        wanted = [part.arxiv for part in self.wanted]
        forbidden = [part.arxiv for part, forbidden in self.parts if forbidden]
        positive = wanted[0] if len(wanted) == 1 else f"({' AND '.join(wanted)})"
        if not forbidden:
            return positive
        negative = forbidden[0] if len(forbidden) == 1 else f"({' OR '.join(forbidden)})"
        return f"({positive} ANDNOT {negative})"

    @property
    def needs_details(self) -> bool:
        return any(part.needs_details for part, _ in self.parts)

    @property
    def categories(self) -> frozenset[str] | None:
        """Of all that are wanted: a cross-list of another day comes by its new category's feed."""
        bounded = [found for part in self.wanted if (found := part.categories) is not None]
        return frozenset().union(*bounded) if bounded else None


Leaf = Term | Range
Node = Term | Range | Any | All


def _held(part: Node) -> str:
    return f"({part})" if isinstance(part, (Any, All)) else str(part)


def any_of(parts: list[Node]) -> Node:
    """OR, without an OR directly inside."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Any) else (part,)
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def all_of(parts: list[tuple[Node, bool]]) -> Node:
    """AND and ANDNOT, without an AND directly inside."""
    flat: list[tuple[Node, bool]] = []
    for part, forbidden in parts:
        flat += part.parts if isinstance(part, All) and not forbidden else ((part, forbidden),)
    return flat[0][0] if len(flat) == 1 else All(tuple(flat))


def wanted_terms(node: Node) -> Iterator[Term]:
    """The words that speak for a paper, in the order in which they were written."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, (Any, All)):
        for part in node.wanted if isinstance(node, All) else node.parts:
            yield from wanted_terms(part)
