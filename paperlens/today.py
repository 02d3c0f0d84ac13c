"""The corridor: read this first. A paper enters at the source and leaves in a Report.

`today` is one line a stage, its collaborators handed in. Whoever shows the Report calls `keep`
afterwards: only what reached its reader counts as reported.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from paperlens.ask import Ask, Rooms
from paperlens.errors import DONE_IN_PART, ModelRefused, SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import (
    Announcement,
    Cost,
    Entry,
    Known,
    Notice,
    Paper,
    Reading,
    Report,
    SavedQuery,
)
from paperlens.news import FEED_ONLY, OF_THE_BATCH, is_news, why_nothing
from paperlens.query import Query, parse
from paperlens.rank import Question, Ranked, rank
from paperlens.road import fetch, strange_categories
from paperlens.summaries import Told, notices, refused_everything, summarise

if TYPE_CHECKING:
    from paperlens.library import Library
    from paperlens.reading import Reader

Matched = Mapping[str, tuple[Paper, tuple[str, ...]]]


def today(ask: Ask, rooms: Rooms) -> Report:
    """What is new for the reader: fetched, matched, ranked, read, summarised."""
    questions = understand(ask.queries)
    announced = fetch(ask, questions, rooms)
    likely = match(announced.papers, questions, Query.may_match)
    news = unreported(likely, ask.since or announced.day, ask, rooms.library)
    described, doubts = describe(news, announced, rooms)
    matched = match(described, questions, Query.matches)
    known = remember(matched, ask, rooms.library)
    ranked = rank(known, questions)
    readings = read(ranked, ask, rooms.reader)
    told = tell(readings, ask, rooms)
    return Report(
        command=ask.command,
        generated=rooms.now(),
        batch=announced.day,
        entries=tuple(
            _entry(place, reading, told.get(reading.paper.id), questions)
            for place, reading in zip(ranked, readings, strict=True)
        ),
        notices=(
            *announced.notices,
            *doubts,
            *notices(told.values()),
            *_refusal(tuple(told.values())),
            *strange_categories(questions),
            *([] if ranked else [why_nothing(announced, len(likely), questions, rooms.now())]),
        ),
        seen=announced.count if announced.road.startswith("feed") else announced.seen,
        shown=ask.limit if ask.summaries else 0,
        matched=_counts(ranked, questions),
        road=announced.road,
        model_refused=refused_everything(told.values()),
        cost=sum((each.paid for each in told.values()), Cost()),
    )


def keep(report: Report, ask: Ask, rooms: Rooms) -> None:
    """Write the report into the ledger, now that it has reached its reader."""
    from paperlens.library import ReportRecord

    heard = report.road != "library"
    papers = tuple(entry.paper.id for entry in report.entries)
    last = rooms.library.last_report()
    if not heard and last is not None and last.papers == papers:
        return
    rooms.library.record(
        ReportRecord(
            command=report.command,
            generated=report.generated,
            batch=None if ask.one_off else report.batch,
            asked=report.generated if heard else None,
            seen=report.seen,
            road=report.road,
            queries={query.name: query.expr for query in ask.queries},
            papers=papers,
            notices=tuple(n for n in report.notices if heard and n.code in OF_THE_BATCH),
        )
    )


def outcome(report: Report) -> int:
    """The exit code that tells a script how complete the report is."""
    if report.model_refused:
        return ModelRefused.exit_code
    return DONE_IN_PART if any(entry.error for entry in report.entries) else 0


def understand(queries: Iterable[SavedQuery]) -> tuple[Question, ...]:
    return tuple(Question(saved, parse(saved.expr, saved.name)) for saved in queries)


def match(
    papers: Iterable[Paper],
    questions: Sequence[Question],
    fits: Callable[[Query, Paper], bool],
) -> Matched:
    """The papers that any query asks for, with the names of those that do."""
    found = {}
    for paper in papers:
        names = tuple(q.saved.name for q in questions if fits(q.query, paper))
        if names:
            found[paper.id] = (paper, names)
    return found


def unreported(
    likely: Matched, since: date | None, ask: Ask, library: "Library"
) -> tuple[Paper, ...]:
    """What is news to this reader, with all that the library knows of it."""
    known = library.known(likely)
    return tuple(
        known[id].paper.merged(paper) if id in known else paper
        for id, (paper, _) in likely.items()
        if is_news(paper, known.get(id), since, ask.everything)
    )


def describe(
    news: Sequence[Paper], announced: Announcement, rooms: Rooms
) -> tuple[tuple[Paper, ...], tuple[Notice, ...]]:
    """Add what the feed leaves out. Where arXiv's API refuses, the report goes on without."""
    bare = [ArxivId(paper.id, paper.version) for paper in news if not paper.is_detailed]
    if announced.road == "library" or not bare:
        return tuple(news), ()
    try:
        details = {paper.id: paper for paper in rooms.source.details(bare)}
    except SourceUnreachable as failure:
        doubt = f"From the feed only, comments and dates come later: {failure.sentence}."
        return tuple(news), (Notice(FEED_ONLY, doubt),)
    return tuple(paper.merged(details.get(paper.id, paper)) for paper in news), ()


def remember(matched: Matched, ask: Ask, library: "Library") -> tuple[Known, ...]:
    """The papers in the library, each with the queries that brought it here now."""
    found = {id: (paper, () if ask.one_off else names) for id, (paper, names) in matched.items()}
    known = library.remember(found)
    return tuple(replace(known[id], queries=names) for id, (_, names) in matched.items())


def read(ranked: Sequence[Ranked], ask: Ask, reader: "Reader") -> tuple[Reading, ...]:
    """The first papers in full where a model will read them, the rest by their abstracts."""
    papers = [place.known.paper for place in ranked]
    first, rest = papers[: ask.limit], papers[ask.limit :]
    return (*reader.read(first, ask.full_text and ask.summaries), *reader.read(rest, False))


def tell(readings: Sequence[Reading], ask: Ask, rooms: Rooms) -> Mapping[str, Told]:
    if not ask.summaries:
        return {}
    return summarise(
        readings[: ask.limit],
        rooms.summariser,
        rooms.template,
        ask.language,
        rooms.library,
        ask.refresh,
    )


def _refusal(told: Sequence[Told]) -> tuple[Notice, ...]:
    """One sentence for a model that would have nothing to do with any paper."""
    if not refused_everything(told):
        return ()
    reason = next(each.error for each in told if each.error)
    return (Notice("model-refused", f"Summaries are extractive: {reason}."),)


def _entry(
    place: Ranked, reading: Reading, told: Told | None, questions: Sequence[Question]
) -> Entry:
    asked = [q.saved for q in questions if q.saved.name in place.known.queries]
    tags = (*place.known.decision.tags, *(tag for saved in asked for tag in saved.tags))
    return Entry(
        paper=place.known.paper,
        queries=place.known.queries,
        score=place.score,
        why=place.why,
        decision=replace(place.known.decision, tags=tuple(dict.fromkeys(tags))),
        links=reading.links,
        summary=told.summary if told else None,
        affiliation=reading.affiliation,
        figures=reading.figures,
        error=reading.error or (told.error if told else None),
    )


def _counts(ranked: Sequence[Ranked], questions: Sequence[Question]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (q.saved.name, sum(q.saved.name in place.known.queries for place in ranked))
        for q in questions
    )
