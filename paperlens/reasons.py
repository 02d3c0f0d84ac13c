"""Why a paper stands where it stands, in words that a reader accepts. Pure.

Nothing is told that did not count: words are those that queries found, phrases those that the
taste added up, and the marked paper is one that shares them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperlens.models import Known, Mark
from paperlens.query import Hit, Query, wanted_terms

if TYPE_CHECKING:
    from paperlens.models import Paper, Verdict
    from paperlens.rank import Question
    from paperlens.taste import Near, Part

ALIKE = 0.15  # from there on, papers are told to be alike: three in four then share a topic
NOTHING_ALIKE = 0.05  # below that, two papers share no more than any two of a field do
SAME_WORK = "the same work under another id"
FRESH_AIR = "fresh air: unlike what you star"
_PHRASES, _WORDS = 3, 3
_SLIGHT = 0.05
_FITTING = 0.5
_SIGNS = {Mark.STAR: "★", Mark.READ: "(read)", Mark.LATER: "(later)", Mark.SKIP: "(skipped)"}
_SHORT = 48


def of_queries(known: Known, asked: Sequence["Question"]) -> tuple[str, ...]:
    """The words that were found, then the queries that asked for them."""
    found = [(question.query, question.query.evidence(known.paper)) for question in asked]
    hits = [hit for _, evidence in found for hit in evidence]
    telling = [hit for hit in hits if hit.field != "categories"]
    followed = {hit.word for query, evidence in found if follows(query) for hit in evidence}
    words = dict.fromkeys(
        _sentence(hit, hit.word in followed)
        for hit in sorted(telling or hits, key=lambda hit: (hit.word not in followed, _place(hit)))
    )
    return (*list(words)[:_WORDS], *(f"query {question.saved.name}" for question in asked))


def follows(query: Query) -> bool:
    """Whether the query is about people only: then they are followed."""
    fields = {term.field for term in wanted_terms(query.tree)}
    return fields == {"au"}


def of_taste(parts: Sequence["Part"], near: "Near | None") -> tuple[str, ...]:
    """What pulled most, and the marked paper that is nearest."""
    pulled = [part for part in parts if part.weight > 0]
    most = pulled[0].weight if pulled else 0.0
    phrases = [
        f"by {part.text}" if part.is_author else f"“{part.text}”"
        for part in pulled
        if part.weight > max(_SLIGHT, most / 4)
    ][:_PHRASES]
    told = [f"your taste: {', '.join(phrases)}"] if phrases else []
    if near is not None and near.likeness >= ALIKE and near.mark is not Mark.SKIP:
        told.append(f"like {named(near.paper)} {sign(near.mark)}")
    return tuple(told)


def of_verdict(verdict: "Verdict") -> tuple[str, ...]:
    """What a model says first of all, in its own words where it has any."""
    if verdict.score is None:
        return ()
    fits = "fits" if verdict.score >= _FITTING else "hardly fits"
    return (f"{fits}: {verdict.why}" if verdict.why else f"{fits} what you look for",)


def shared_by(parts: Sequence["Part"], is_same_work: bool) -> tuple[str, ...]:
    """What two papers have in common, what tells most first."""
    people = [part.text for part in parts if part.is_author][:_PHRASES]
    phrases = [f"“{part.text}”" for part in parts if not part.is_author][: _PHRASES + 1]
    told = [SAME_WORK] if is_same_work else []
    if phrases:
        told.append(f"both have {', '.join(phrases)}")
    return (*told, f"both by {', '.join(people)}") if people else tuple(told)


def sign(mark: Mark | None) -> str:
    """Of a marked paper; one without a mark is an interest."""
    return "(interest)" if mark is None else _SIGNS.get(mark, "")


def named(paper: "Paper") -> str:
    """What people call a paper: the name before the colon, else the beginning of its title."""
    name, colon, _ = paper.title.partition(":")
    if colon and 0 < len(name) <= _SHORT // 2:
        return name
    title = paper.title
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1].rstrip()}…"


def _place(hit: Hit) -> int:
    order = ("title", "authors", "abstract")
    return order.index(hit.field) if hit.field in order else len(order)


def _sentence(hit: Hit, is_followed: bool) -> str:
    if hit.field == "authors":
        return f"by {hit.word}, whom you follow" if is_followed else f"by {hit.word}"
    if hit.field == "categories":
        return f"category {hit.word}"
    return f"“{hit.word}” in the {hit.field}"
