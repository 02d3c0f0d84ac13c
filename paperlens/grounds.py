"""Where papers stand by queries and marks, outside of a day's report, and all of why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperlens.ask import Rooms
from paperlens.models import Known, Mark, Paper, Report
from paperlens.query import parse
from paperlens.rank import Question, Ranked, in_order, near, rank

if TYPE_CHECKING:
    from paperlens.taste import Near, Part

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that put a paper where it stands.

    `parts` are what the score adds up, in logits, by name. `weights` are of phrases, the strongest
    first; those above zero pulled. `learned` counts the marked papers that taught the taste.
    """

    paper: Paper
    score: float | None
    why: tuple[str, ...]
    parts: Mapping[str, float]
    weights: "tuple[Part, ...]"
    nearest: "tuple[Near, ...]"
    queries: tuple[str, ...]
    learned: Mapping[str, int]


def judged(known: Sequence[Known], rooms: Rooms) -> tuple[Ranked, ...]:
    """The papers with their scores, the best first."""
    return rank(known, _questions(rooms), rooms.school.taste()) if known else ()


def with_scores(report: Report, rooms: Rooms) -> Report:
    """The same report with what puts each of its papers where it would stand today."""
    known = [Known(one.paper, one.queries, None, one.decision) for one in report.entries]
    told = {one.known.paper.id: one for one in judged(known, rooms)}
    entries = tuple(
        replace(one, score=told[one.paper.id].score, why=told[one.paper.id].why)
        for one in report.entries
    )
    return replace(report, entries=entries)


def grounds(known: Sequence[Known], rooms: Rooms) -> tuple[Grounds, ...]:
    """In the order in which the papers are given."""
    questions, taste = _questions(rooms), rooms.school.taste()
    learned: dict[str, int] = {}
    for one in taste.marked if taste else ():
        kind = "interest" if one.mark is None else Mark(one.mark).value
        learned[kind] = learned.get(kind, 0) + 1
    found = []
    for each in known:
        (standing,) = in_order([each], questions, taste)
        opinion = standing.opinion
        found.append(
            Grounds(
                paper=each.paper,
                score=standing.score,
                why=rank([each], questions, taste)[0].why,
                parts={
                    "words": standing.words,
                    "weight": standing.weight,
                    "followed": standing.followed,
                    "taste": standing.taste,
                },
                weights=tuple(taste.parts(each.paper, opinion)) if taste and opinion else (),
                nearest=tuple(near(standing, taste, NEAREST)) if taste else (),
                queries=tuple(question.saved.name for question in standing.asked),
                learned=learned,
            )
        )
    return tuple(found)


def _questions(rooms: Rooms) -> tuple[Question, ...]:
    return tuple(
        Question(saved, parse(saved.expr, saved.name)) for saved in rooms.library.queries()
    )
