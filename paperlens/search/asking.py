"""A search as a reader means it: the literal question first, then freer ones, or why nothing is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperlens.errors import nearest
from paperlens.models import Notice
from paperlens.search.finding import Filters, Found
from paperlens.search.wording import readings

if TYPE_CHECKING:
    from paperlens.query import Query
    from paperlens.search import Search

NOTHING, MORE, FREER = "nothing-found", "more", "freer-reading"


@dataclass(frozen=True, slots=True)
class Answer:
    """The papers, and what must be said of them."""

    found: Found
    notices: tuple[Notice, ...] = ()


def answer(
    search: "Search",
    typed: Sequence[str],
    filters: Filters,
    by_relevance: bool,
    limit: int | None,
) -> Answer:
    """What the words find; without words, what the filters leave, the newest first."""
    if not typed:
        found = search.find(None, filters, limit=limit)
        return Answer(found, tuple(more(found) if found.ids else _why(search, None, filters)))
    literal = None
    for reading in readings(typed):
        literal = literal or reading.query
        found = search.find(reading.query, filters, by_relevance=by_relevance, limit=limit)
        if found.ids:
            told = [Notice(FREER, reading.confession)] if reading.confession else []
            return Answer(found, (*told, *more(found)))
    return Answer(Found((), 0), tuple(_why(search, literal, filters)))


def more(found: Found) -> Iterator[Notice]:
    """That there is more than is shown."""
    shown = len(found.ids)
    if found.total is None:
        yield Notice(MORE, f"the first {shown:,}, and there are more: -n 0 shows all")
    elif found.total > shown:
        yield Notice(MORE, f"{shown:,} of {found.total:,} papers: -n 0 shows all")


def _why(search: "Search", query: "Query | None", filters: Filters) -> Iterator[Notice]:
    """Why there is nothing, the likeliest reason first."""
    for reason in _reasons(search, query, filters):
        yield Notice(NOTHING, reason)


def _reasons(search: "Search", query: "Query | None", filters: Filters) -> Iterator[str]:
    counts = search.counts()
    if not counts.papers:
        yield "the library is empty; paperlens today and paperlens import fill it"
        return
    unknown = search.unknown_words(query) if query else {}
    for word, near in unknown.items():
        yield f'no paper has "{word}"' + (f"; did you mean {near}?" if near else "")
    for tag in filters.tags:
        if tag not in counts.tags:
            hint = _other_case(tag, counts.tags) or nearest(tag, counts.tags)
            yield f'no paper has the tag "{tag}"' + (f"; {hint}" if hint else "")
    if unknown:
        return
    if filters == Filters():
        yield "no paper has all of this"
        return
    found = search.find(query, limit=1)
    there_are = "some" if found.total is None else f"{found.total:,}"
    if found.ids:
        yield f"without {_as_typed(filters)} there would be {there_are}"
    else:
        yield f"no paper has all of this, also without {_as_typed(filters)}"


def _other_case(tag: str, known: Iterable[str]) -> str | None:
    same = [one for one in known if one.casefold() == tag.casefold()]
    return f"did you mean {' or '.join(same)}?" if same else None


def _as_typed(filters: Filters) -> str:
    options = [
        *(f"--mark {mark.value}" for mark in filters.marks),
        *(f"--tag {tag}" for tag in filters.tags),
        *(f"--query {name}" for name in filters.queries),
        *([f"--since {filters.since}"] if filters.since else []),
        *([f"--until {filters.until}"] if filters.until else []),
    ]
    return " ".join(options)
