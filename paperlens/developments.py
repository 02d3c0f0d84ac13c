"""What has become of papers that the reader keeps: new versions, journals, DOIs.

It is news once: the report of its day has it, and shows it again however often it is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from paperlens.ask import Ask
from paperlens.models import Known, Paper
from paperlens.news import changes
from paperlens.rank import Question
from paperlens.twins import Works

if TYPE_CHECKING:
    from paperlens.library import Library

Changes = Mapping[str, tuple[str, ...]]
Matched = Mapping[str, tuple[Paper, tuple[str, ...]]]


def developments(
    matched: Matched, changed: Iterable[Paper], day: date | None, ask: Ask, library: "Library"
) -> Changes:
    """What is new of papers that the reader keeps, now or as the report of that day has it."""
    if ask.one_off:
        return {}
    report = library.report(day) if day else None
    told = dict(report.changes) if report else {}
    now = [*(paper for paper, _ in matched.values()), *changed]
    before = library.known(paper.id for paper in now)
    for paper in now:
        if paper.id in before and (news := changes(before[paper.id], paper)):
            told[paper.id] = tuple(dict.fromkeys((*news, *told.get(paper.id, ()))))
    return told


def unasked(
    developed: Changes,
    changed: Iterable[Paper],
    each: Works,
    questions: Sequence[Question],
    library: "Library",
) -> Iterator[Known]:
    """Papers that are here for what has become of them, though no query asks for them now."""
    there = {known.paper.id for known in each.known}.union(*each.twins.values())
    names = {question.saved.name for question in questions}
    newer = {paper.id: paper for paper in changed}
    for id, known in library.known(id for id in developed if id not in there).items():
        asked = tuple(name for name in known.queries if name in names)
        yield replace(known, paper=newer.get(id, known.paper), queries=asked)
