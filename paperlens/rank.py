"""What matters first, and why: known papers in, ranked papers out. Pure.

A score adds up, in logits, what the queries say (words in the title before words in the abstract,
the query's weight, a followed author) and what the taste says, the more the more marks there are.
It depends on the paper, the queries and the marks alone, not on what else came that day. Between
equal scores the newer paper comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from math import exp, log2
from typing import TYPE_CHECKING

from paperlens import reasons
from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Known, Paper, SavedQuery, Verdict
from paperlens.query import Query

if TYPE_CHECKING:
    from paperlens.taste import Near, Opinion, Taste

IN_TITLE, IN_ABSTRACT, ELSEWHERE = 0.4, 0.0, -0.4
FOLLOWED = 3.0
_LIGHTEST = 1 / 64
_DIGITS = 4
_TOLD_IN_FULL = 200  # papers for which the nearest marked one is looked for
_FEW = 5  # with fewer papers shown there is no room for others


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query, understood."""

    saved: SavedQuery
    query: Query


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paper in its place, with the reasons a reader would accept; fresh air is marked."""

    known: Known
    score: float | None
    why: tuple[str, ...]
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a score consists of, in logits; `asked` are the queries that found the paper."""

    known: Known
    asked: tuple[Question, ...]
    words: float
    weight: float
    followed: float
    opinion: "Opinion | None"

    @property
    def taste(self) -> float:
        return self.opinion.pull if self.opinion else 0.0

    @property
    def score(self) -> float:
        total = self.words + self.weight + self.followed + self.taste
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), _DIGITS)


def rank(
    news: Sequence[Known],
    questions: Sequence[Question],
    taste: "Taste | None" = None,
    *,
    shown: int = 0,
    explore: float = 0.0,
) -> tuple[Ranked, ...]:
    """The papers in the order in which they should be read.

    Of the `shown` first, the share `explore` is kept for papers from outside the taste.
    """
    standings = in_order(news, questions, taste)
    fresh = _fresh(standings, shown, explore) if taste else ()
    if fresh:
        ids = {one.known.paper.id for one in fresh}
        others = [one for one in standings if one.known.paper.id not in ids]
        cut = shown - len(fresh)
        standings = [*others[:cut], *fresh, *others[cut:]]
    return tuple(
        _ranked(one, taste, is_fresh=one in fresh, in_full=place < _TOLD_IN_FULL)
        for place, one in enumerate(standings)
    )


def advised(ranked: Sequence[Ranked], verdicts: Mapping[str, Verdict]) -> tuple[Ranked, ...]:
    """The papers that a model has an opinion of, in its order, over the places that they had.

    Others keep theirs: fresh air, what comes after the papers judged, what the model left out. Of
    papers that it likes as well, the learned order holds.
    """
    scores = {id: verdict.score for id, verdict in verdicts.items() if verdict.score is not None}
    places = [
        place
        for place, one in enumerate(ranked)
        if one.known.paper.id in scores and not one.is_fresh
    ]
    liked = sorted(places, key=lambda place: -scores[ranked[place].known.paper.id])
    order = dict(zip(places, liked, strict=True))
    return tuple(
        _advised(ranked[order[place]], verdicts) if place in order else one
        for place, one in enumerate(ranked)
    )


def _advised(one: Ranked, verdicts: Mapping[str, Verdict]) -> Ranked:
    verdict = verdicts[one.known.paper.id]
    return replace(one, score=verdict.score, why=(*reasons.of_verdict(verdict), *one.why))


def in_order(
    news: Sequence[Known], questions: Sequence[Question], taste: "Taste | None"
) -> list[Standing]:
    """The best first; of equal ones the newest."""
    asked = {question.saved.name: question for question in questions}
    standings = [standing(known, asked, taste) for known in news]
    return sorted(
        standings,
        key=lambda one: (one.score, _age(one.known.paper), one.known.paper.id),
        reverse=True,
    )


def standing(known: Known, asked: Mapping[str, Question], taste: "Taste | None") -> Standing:
    """Where a paper stands, whatever other papers there are."""
    found = tuple(asked[name] for name in known.queries if name in asked)
    fields = {hit.field for question in found for hit in question.query.evidence(known.paper)}
    heaviest = max((question.saved.weight for question in found), default=1.0)
    return Standing(
        known,
        found,
        words=_words(fields) if found else 0.0,
        weight=log2(max(heaviest, _LIGHTEST)),
        followed=FOLLOWED if any(reasons.follows(one.query) for one in found) else 0.0,
        opinion=taste.opinion(known.paper) if taste else None,
    )


def near(one: Standing, taste: "Taste", limit: int = 1) -> "list[Near]":
    """The marked papers nearest to it."""
    return taste.nearest(one.opinion, one.known.paper.id, limit) if one.opinion else []


def _ranked(one: Standing, taste: "Taste | None", is_fresh: bool, in_full: bool) -> Ranked:
    why = reasons.of_queries(one.known, one.asked)
    if is_fresh:
        why = (reasons.FRESH_AIR, *why)
    elif taste and one.opinion and one.opinion.pull > 0:
        nearest = near(one, taste)[0:1] if in_full else []
        pulled = taste.parts(one.known.paper, one.opinion)
        told = reasons.of_taste(pulled, nearest[0] if nearest else None)
        why = (*why, *told) if one.followed else (*told, *why)
    return Ranked(one.known, one.score, why, is_fresh)


def _words(fields: set[str]) -> float:
    if "title" in fields:
        return IN_TITLE
    return ELSEWHERE if fields <= {"categories"} else IN_ABSTRACT


def _fresh(standings: Sequence[Standing], shown: int, explore: float) -> list[Standing]:
    """Papers from below the cut that the taste neither pulls nor pushes much.

    Which of them is decided by their ids, so that a report looks the same when made twice.
    """
    if shown < _FEW or explore <= 0 or len(standings) <= shown:
        return []
    places = min(shown, max(1, round(shown * explore)))
    below = standings[shown - places :]
    strange = sorted(below, key=_strength)
    return sorted(strange[: max(places, len(below) // 2)], key=_lot)[:places]


def _strength(one: Standing) -> float:
    return abs(one.opinion.liking) if one.opinion else 0.0


def _lot(one: Standing) -> bytes:
    return blake2b(one.known.paper.id.encode("utf-8", "replace"), digest_size=8).digest()


def _age(paper: Paper) -> tuple[int, str]:
    try:
        return ArxivId.parse(paper.id).age
    except UnknownId:
        return (0, paper.id)
