"""What papers of one export have to do with each other: their topics, and shared authors.

A topic is a tag: the reader's own, else those of the summary, else the queries that found the
paper. Names that very many papers share tell nothing, and are left to the report that lists them.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperlens.models import Entry, Paper
from paperlens.reports.naming import tag
from paperlens.unseen import one_line

_MOST_LINKS = 8
_MOST_TOPICS = 8
_TELLS_NOTHING = 40
_OF_A_SUMMARY = ("tags", "keywords")


@dataclass(frozen=True, slots=True)
class Tie:
    """Another paper, and what both have: names of authors, or topics."""

    paper: Paper
    shared: tuple[str, ...]


def topics(entry: Entry) -> tuple[str, ...]:
    """The tags of a paper, the reader's own first, each once however it is spelled."""
    fields = entry.summary.fields if entry.summary else {}
    said = [word for name in _OF_A_SUMMARY for word in _several(fields.get(name))]
    words = [*entry.decision.tags, *(said or entry.queries)]
    tags = {each.casefold(): each for each in map(tag, reversed(words)) if each}
    return tuple(reversed(tags.values()))[:_MOST_TOPICS]


def ties(entries: Sequence[Entry]) -> Mapping[str, tuple[Tie, ...]]:
    """By paper, those that share authors or topics, the closest first."""
    bearers: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in _marks(entry):
            bearers[key].append(place)
    return {
        entry.paper.id: tuple(_of_one(place, entries, bearers))
        for place, entry in enumerate(entries)
    }


def _of_one(
    place: int, entries: Sequence[Entry], bearers: Mapping[tuple[int, str], list[int]]
) -> Iterator[Tie]:
    mine = _marks(entries[place])
    shared: dict[int, list[str]] = defaultdict(list)
    weight = Counter[int]()
    for key, spelled in mine.items():
        if len(bearers[key]) <= _TELLS_NOTHING:
            for other in bearers[key]:
                shared[other].append(spelled)
                weight[other] += 10 if key[0] == 0 else 1
    shared.pop(place, None)
    for other in sorted(shared, key=lambda one: (-weight[one], one))[:_MOST_LINKS]:
        yield Tie(entries[other].paper, tuple(shared[other]))


def _marks(entry: Entry) -> dict[tuple[int, str], str]:
    """What ties it to others, and how that is spelled: authors, then topics."""
    authors = {(0, _folded(name)): one_line(name) for name in entry.paper.authors}
    tags = {(1, each.casefold().replace("-", "_")): each for each in topics(entry)}
    return {key: told for key, told in (authors | tags).items() if key[1]}


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", one_line(name))
    return "".join(each for each in bare if not unicodedata.combining(each)).casefold()


def _several(told: str | tuple[str, ...] | None) -> Iterable[str]:
    return (told,) if isinstance(told, str) else told or ()
