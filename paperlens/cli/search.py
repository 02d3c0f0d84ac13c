"""`paperlens search`: papers of the library by words, marks, tags, queries and days."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.models import Entry, Known, Report
    from paperlens.rank import Ranked
    from paperlens.search import Answer

_BEST = 20
_AT_ONCE = 200
_A_FEW_MONTHS = 3
_SCORED = 5_000


class Sort(StrEnum):
    """What comes first."""

    RELEVANCE = "relevance"
    DATE = "date"
    SCORE = "score"


def search(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT",
            help="Words, phrases, word*, or the query language; nothing lists all.",
            show_default=False,
        ),
    ] = None,
    mark: options.Marks = None,
    tag: options.Tags = None,
    query: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Found by a saved query; several: by all of them.",
            autocompletion=completion.query_names,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="From then on: YYYY-MM-DD, or 3d, 2w.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Up to then, that day included.")
    ] = None,
    sort: Annotated[
        Sort | None,
        typer.Option(
            help="What comes first; relevance where words are given, else date. "
            "Score is your taste and your queries."
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=0, metavar="N", help="How many; 0 for all. With words, 20."
        ),
    ] = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    output: options.Output = None,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """Papers of the library: by words, by the query language, by what you decided.

    Looks at titles, authors, abstracts, comments, summaries, notes and tags. All words must be
    there; models finds model, and the other way round. What you quote in the shell is a phrase.
    Fields and AND OR ANDNOT are those of queries. The numbers serve show and mark afterwards.

    \b
    Examples:
      paperlens search diffusion avatar               both words, the best 20
      paperlens search "gaussian splatting" nerf      a phrase and a word
      paperlens search au:vaswani attent*             the query language
      paperlens search --mark star --since 2w         what you starred of the last two weeks
      paperlens search --tag thesis --jsonl | paperlens show -
    """
    from paperlens.cli.change import cleaned, mark_named
    from paperlens.cli.dates import day_of
    from paperlens.cli.output import Delivery
    from paperlens.search import Filters

    how = Delivery.chosen(
        json=json, jsonl=jsonl, markdown=markdown, output=output, pager=pager, quiet=quiet
    )
    world = context()
    filters = Filters(
        tuple(map(mark_named, mark or ())),
        cleaned(tag),
        _queries(query or (), world),
        day_of(since, "--since", world),
        day_of(until, "--until", world),
    )
    words = [one for one in text or () if one.strip()]
    most = limit if limit is not None else _BEST if words else 0
    by_relevance = sort is not Sort.DATE
    if world.stderr.isatty() and not how.quiet:
        world.search.follow(lambda done, months: _tell_of_waiting(done, months, world))
    if sort is Sort.SCORE:
        found = world.search.answer(words, filters, limit=_SCORED)
        answer, placed = _by_score(found, most or None, world)
        _deliver(answer, how, world, placed)
    else:
        found = world.search.answer(words, filters, by_relevance=by_relevance, limit=most or None)
        _deliver(found, how, world)


def _by_score(
    answer: "Answer", limit: int | None, world: "Context"
) -> "tuple[Answer, Mapping[str, Ranked]]":
    """What was found in the order of its scores, and where each paper stands."""
    from paperlens.grounds import judged
    from paperlens.models import Notice
    from paperlens.search import MORE, Answer, Found, more

    known = list(world.library.known(answer.found.ids).values())
    placed = {one.known.paper.id: one for one in judged(known, world)[:limit]}
    found = Found(tuple(placed), answer.found.total)
    notices = [notice for notice in answer.notices if notice.code != MORE]
    if len(known) == _SCORED:
        told = f"the first {_SCORED:,} were scored: --since and words ask for fewer"
        notices.append(Notice(MORE, told))
    elif placed:
        notices += more(found)
    return Answer(found, tuple(notices)), placed


def _tell_of_waiting(done: int, months: int, world: "Context") -> None:
    """The first search of a large library takes a while; a day's changes do not."""
    if done == 0 and months > _A_FEW_MONTHS:
        world.tell("reading the library for the first search…")


def _queries(names: Sequence[str], world: "Context") -> tuple[str, ...]:
    """Names of saved queries, or of ones that found papers before they were removed."""
    if not names:
        return ()
    once = world.search.counts().queries
    return tuple(name if name in once else world.library.query(name).name for name in names)


def _deliver(
    answer: "Answer",
    how: "Delivery",
    world: "Context",
    placed: "Mapping[str, Ranked] | None" = None,
) -> None:
    from paperlens.cli.numbers import keep_numbers
    from paperlens.cli.output import deliver, deliver_pieces, draw

    portions = _portions(answer.found.ids, world)
    if how.form == "terminal":
        from paperlens.reports.listing import print_listing

        about, count = _report({}, answer, world, placed), len(answer.found.ids)
        lines = (_entries(known, placed or {}) for known in portions)
        draw(lambda page: print_listing(about, count, lines, page), how, world)
        keep_numbers("search", answer.found.ids, answer.notices, how, world)
    elif how.form == "jsonl":
        from paperlens.reports import render

        parts = (render(_report(known, answer, world, placed), "jsonl") for known in portions)
        deliver_pieces(parts, how, world, answer.notices)
    else:
        deliver(_report(world.library.known(answer.found.ids), answer, world, placed), how, world)


def _portions(ids: Sequence[str], world: "Context") -> "Iterator[Mapping[str, Known]]":
    """So many papers at a time that a large answer is never held."""
    for start in range(0, len(ids), _AT_ONCE):
        yield world.library.known(ids[start : start + _AT_ONCE])


def _entries(known: "Mapping[str, Known]", placed: "Mapping[str, Ranked]") -> "Sequence[Entry]":
    """What the list shows of the papers."""
    from paperlens.models import Entry

    entries = [Entry(one.paper, decision=one.decision) for one in known.values()]
    return [_placed(entry, placed) for entry in entries]


def _placed(entry: "Entry", placed: "Mapping[str, Ranked]") -> "Entry":
    from dataclasses import replace

    ranked = placed.get(entry.paper.id)
    return replace(entry, score=ranked.score, why=ranked.why) if ranked else entry


def _report(
    known: "Mapping[str, Known]",
    answer: "Answer",
    world: "Context",
    placed: "Mapping[str, Ranked] | None",
) -> "Report":
    from dataclasses import replace

    from paperlens.lookup import of_known

    report = of_known(known, "search", world, answer.notices)
    entries = tuple(_placed(entry, placed or {}) for entry in report.entries)
    return replace(report, entries=entries, shown=0)
