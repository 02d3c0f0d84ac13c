"""The corridor: read this first. A paper enters at the source and leaves in a Report.

`today` is one line a stage, its collaborators handed in. Whoever shows the Report calls `keep`
afterwards: only what reached its reader counts as reported.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from paperlens.ask import Ask, Rooms
from paperlens.details import describe
from paperlens.developments import Changes, Matched, developments, unasked
from paperlens.document import Reading, missing_figures
from paperlens.errors import DONE_IN_PART, ModelRefused, SourceUnreachable
from paperlens.holdings import ReportRecord
from paperlens.models import (
    Announcement,
    Entry,
    Known,
    Notice,
    Paper,
    Report,
    SavedQuery,
)
from paperlens.news import OF_THE_BATCH, TWIN, UNREACHABLE, is_news, why_nothing
from paperlens.query import Query, parse
from paperlens.rank import Question, Ranked, advised, rank
from paperlens.road import fetch, settled, strange_categories
from paperlens.summaries import Progress, Told, expect, notices, refused_everything, summarise
from paperlens.summaries.verdicts import FIRST, Judgement, consult
from paperlens.twins import Works, works

if TYPE_CHECKING:
    from paperlens.library import Library

_REPORTS = 10  # about two weeks of mornings
Watch = Callable[[Progress], None]


def today(ask: Ask, rooms: Rooms, watch: Watch = lambda _: None) -> Report:
    """What is new for the reader: fetched, matched, ranked, read, summarised."""
    questions = understand(ask.queries)
    announced = fetch(ask, questions, rooms)
    likely = match(announced.papers, questions, Query.may_match)
    news = unreported(likely, ask.since or announced.day, ask, rooms.library)
    described = describe(news, announced, ask, rooms)
    matched = match(described.papers, questions, Query.matches)
    developed = developments(matched, described.changed, announced.day, ask, rooms.library)
    earlier = reported_before(ask.since or announced.day, ask, rooms.library)
    single = works(remember(matched, ask, rooms.library), earlier)
    known = (
        *single.known,
        *unasked(developed, described.changed, single, questions, rooms.library),
    )
    fresh = [paper for paper in news if paper.id not in single.before]
    taste = rooms.school.taste(learning_ends(announced.day, ask, rooms.library))
    ranked = rank(known, questions, taste, shown=ask.limit, explore=ask.explore)
    judgement = judge(ranked, ask, rooms)
    ranked = advised(ranked, judgement.verdicts)
    readings = read(ranked, ask, rooms)
    told = tell(readings, ask, rooms, watch)
    return Report(
        command=ask.command,
        generated=rooms.now(),
        batch=announced.day,
        entries=tuple(
            _entry(place, reading, told.get(reading.paper.id), questions, single, developed)
            for place, reading in zip(ranked, readings, strict=True)
        ),
        notices=(
            *announced.notices,
            *described.doubts,
            *judgement.notices,
            *missing_figures(readings),
            *notices(told.values()),
            *strange_categories(questions),
            *_told_before(single),
            *([] if ranked else [_why_nothing(announced, likely, fresh, ask, questions, rooms)]),
        ),
        seen=announced.seen,
        shown=ask.limit if ask.summaries else 0,
        matched=_counts(ranked, questions),
        road=announced.road,
        model_refused=refused_everything(told.values()),
        answered=_answered(announced, described.doubts, questions),
        cost=sum((each.paid for each in told.values()), judgement.paid),
        language=ask.language,
        twins=single.twins,
        changes=developed,
    )


def keep(report: Report, ask: Ask, rooms: Rooms) -> None:
    """Write the report into the ledger, now that it has reached its reader."""
    heard = report.answered is not None
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
            queries={query.name: query.expr for query in ask.queries if heard},
            papers=papers,
            notices=tuple(n for n in report.notices if heard and n.code in OF_THE_BATCH),
            twins=report.twins,
            changes=report.changes,
        )
    )
    changed = {entry.paper.id: (entry.paper, ()) for entry in report.entries}
    rooms.library.remember({id: changed[id] for id in report.changes if id in changed})
    if report.answered is not None and report.batch and not ask.one_off and ask.day is None:
        questions, covered = understand(ask.queries), rooms.library.coverage()
        rooms.library.keep_coverage(
            settled(questions, report.answered, covered, report.batch, report.generated)
        )


def outcome(report: Report) -> int:
    """The exit code that tells a script how complete the report is."""
    if report.model_refused:
        return ModelRefused.exit_code
    if not report.entries and any(notice.code == UNREACHABLE for notice in report.notices):
        return SourceUnreachable.exit_code
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
    report = library.report(since) if since else None
    shown = frozenset(report.told) if report else frozenset()
    return tuple(
        known[id].paper.merged(paper) if id in known else paper
        for id, (paper, _) in likely.items()
        if is_news(paper, known.get(id), since, ask.everything, id in shown)
    )


def remember(matched: Matched, ask: Ask, library: "Library") -> tuple[Known, ...]:
    """The papers in the library, each with the queries that brought it here now."""
    found = {id: (paper, () if ask.one_off else names) for id, (paper, names) in matched.items()}
    known = library.remember(found)
    return tuple(replace(known[id], queries=names) for id, (_, names) in matched.items())


def reported_before(since: date | None, ask: Ask, library: "Library") -> tuple[Paper, ...]:
    """The papers of the last reports before that day: one announced again is no news."""
    if since is None or ask.everything:
        return ()
    reports = (one for one in library.batches() if one.batch and one.batch < since)
    ids = dict.fromkeys(id for report in islice(reports, _REPORTS) for id in report.papers)
    return tuple(known.paper for known in library.known(ids).values())


def learning_ends(day: date | None, ask: Ask, library: "Library") -> datetime | None:
    """Marks made since a batch was first reported teach the next: its order stays, and numbers too.

    Who refreshes asks for a new order.
    """
    report = library.report(day) if day and not ask.refresh else None
    return report.asked if report else None


def judge(ranked: Sequence[Ranked], ask: Ask, rooms: Rooms) -> Judgement:
    """What a model thinks of the first papers, where the reader wants to know. Fresh air is not
    for it to judge."""
    if not ask.judge or not ranked:
        return Judgement()
    if rooms.judge is None or not ask.interests.strip():
        return Judgement(notices=(_unjudged(ask),))
    papers = [place.known.paper for place in ranked if not place.is_fresh][:FIRST]
    return consult(papers, rooms.judge, ask.interests, ask.language, rooms.library, ask.refresh)


def _unjudged(ask: Ask) -> Notice:
    """What is missing."""
    if not ask.interests.strip():
        return Notice("judge-idle", "today.judge needs today.interests: say what you look for")
    return Notice("judge-idle", "today.judge needs a model: name one in llm.model")


def read(ranked: Sequence[Ranked], ask: Ask, rooms: Rooms) -> tuple[Reading, ...]:
    """The first papers in full where a model will read them or figures are asked for, the rest by
    their abstracts."""
    papers = [place.known.paper for place in ranked]
    first, rest = papers[: ask.limit], papers[ask.limit :]
    in_full = ask.full_text and ask.summaries
    if in_full:
        expect((paper.id for paper in first), rooms.summariser, rooms.library, ask.refresh)
    reader = rooms.reader
    return (*reader.read(first, in_full, ask.pictures), *reader.read(rest, False))


def tell(readings: Sequence[Reading], ask: Ask, rooms: Rooms, watch: Watch) -> Mapping[str, Told]:
    if not ask.summaries:
        return {}
    return summarise(
        readings[: ask.limit],
        rooms.summariser,
        rooms.template,
        ask.language,
        rooms.library,
        ask.refresh,
        watch,
    )


def _answered(
    announced: Announcement, doubts: Sequence[Notice], questions: Sequence[Question]
) -> frozenset[str] | None:
    """Whom nothing is owed: without details, what asks for them stays open."""
    if announced.answered is None or not doubts:
        return announced.answered
    return announced.answered - {q.saved.name for q in questions if q.query.needs_details}


def _why_nothing(
    announced: Announcement,
    likely: Matched,
    news: Sequence[Paper],
    ask: Ask,
    questions: Sequence[Question],
    rooms: Rooms,
) -> Notice:
    left = {paper.id for paper in news}
    old = sum(
        id not in left and any(q.query.matches(paper) for q in questions)
        for id, (paper, _) in likely.items()
    )
    return why_nothing(announced, old, questions, rooms.now(), ask.day)


def _told_before(each: Works) -> tuple[Notice, ...]:
    """What is left out for a paper that was reported under another id."""
    same = (f"{one} is {other}, which was reported before" for one, other in each.before.items())
    told = "; ".join(same)
    return (Notice(TWIN, f"Announced again under another id: {told}."),) if told else ()


def _entry(
    place: Ranked,
    reading: Reading,
    told: Told | None,
    questions: Sequence[Question],
    each: Works,
    developed: Changes,
) -> Entry:
    asked = [q.saved for q in questions if q.saved.name in place.known.queries]
    tags = (*place.known.decision.tags, *(tag for saved in asked for tag in saved.tags))
    return Entry(
        paper=place.known.paper,
        queries=place.known.queries,
        score=place.score,
        why=(*developed.get(place.known.paper.id, ()), *place.why),
        decision=replace(place.known.decision, tags=tuple(dict.fromkeys(tags))),
        links=reading.links,
        summary=told.summary if told else None,
        affiliation=reading.affiliation,
        figures=reading.figures,
        error=reading.error or (told.error if told else None),
        also=each.twins.get(place.known.paper.id, ()),
    )


def _counts(ranked: Sequence[Ranked], questions: Sequence[Question]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (q.saved.name, sum(q.saved.name in place.known.queries for place in ranked))
        for q in questions
    )
