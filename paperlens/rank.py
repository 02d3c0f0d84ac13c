"""What matters first, and why: known papers in, ranked papers out. Pure.

The order is the weight of the heaviest query that asked for a paper, then newest first. A score
is given only once there is a taste to learn it from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Known, Paper, SavedQuery
from paperlens.query import Hit, Query


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query, understood."""

    saved: SavedQuery
    query: Query


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paper in its place, with the reasons a reader would accept."""

    known: Known
    score: float | None
    why: tuple[str, ...]


def rank(news: Sequence[Known], questions: Sequence[Question]) -> tuple[Ranked, ...]:
    """The papers in the order in which they should be read."""
    asked = {question.saved.name: question for question in questions}

    def place(known: Known) -> tuple[float, tuple[int, str], str]:
        weight = max(
            (asked[name].saved.weight for name in known.queries if name in asked), default=0
        )
        return weight, _age(known.paper), known.paper.id

    ordered = sorted(news, key=place, reverse=True)
    return tuple(Ranked(known, None, reasons(known, asked)) for known in ordered)


def reasons(known: Known, asked: Mapping[str, Question]) -> tuple[str, ...]:
    """Why a paper is here: the words that were found, then the queries that asked for them."""
    names = [name for name in known.queries if name in asked]
    hits = [hit for name in names for hit in asked[name].query.evidence(known.paper)]
    telling = [hit for hit in hits if hit.field != "categories"]
    words = dict.fromkeys(_sentence(hit) for hit in sorted(telling or hits, key=_plainness))
    return (*list(words)[:3], *(f"query {name}" for name in names))


def _age(paper: Paper) -> tuple[int, str]:
    try:
        return ArxivId.parse(paper.id).age
    except UnknownId:
        return (0, paper.id)


def _plainness(hit: Hit) -> int:
    order = ("title", "authors", "abstract")
    return order.index(hit.field) if hit.field in order else len(order)


def _sentence(hit: Hit) -> str:
    if hit.field == "authors":
        return f"by {hit.word}"
    if hit.field == "categories":
        return f"category {hit.word}"
    return f"“{hit.word}” in the {hit.field}"
