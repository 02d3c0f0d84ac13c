"""A template's fields, filled with the sentences of a paper as far as there are any that suit.

`tldr` and `takeaways` come from the abstract alone; keywords are those that the paper prints, or
its commonest terms. Every other field takes the sentences that suit its role best, none of them
twice, in reading order.
"""

from collections.abc import Iterator, Sequence

from paperlens.document import Reading
from paperlens.summaries.extractive.keywords import as_tag, keywords
from paperlens.summaries.extractive.passages import Passage, passages
from paperlens.summaries.extractive.roles import knows, repeats, worth
from paperlens.summaries.extractive.scoring import Ranked, rank
from paperlens.summaries.templates import Field, Fields

_MOST_TAKEAWAYS = 4
_ROOM_FOR_MOST = 8
_MOST_POINTS = 4
_MOST_IN_A_TEXT = 2
_USUAL_ROOM = 60
_TOO_LIKE = 0.5

Value = str | tuple[str, ...] | None


def filled(fields: Sequence[Field], reading: Reading, told: tuple[str, ...]) -> Fields:
    """`told` are the sentences of the abstract, or of what stands for it."""
    ranked = rank(reading.paper.title, told)
    roles = [field for field in fields if knows(field.filled_by)]
    there = passages(reading, told) if roles else ()
    used: set[str] = set()
    return {field.name: _value(field, reading, told, ranked, there, used) for field in fields}


def _value(
    field: Field,
    reading: Reading,
    told: tuple[str, ...],
    ranked: Ranked,
    there: Sequence[Passage],
    used: set[str],
) -> Value:
    role = field.filled_by
    if role == "tldr":
        return ranked.contribution if field.kind == "text" else None
    if role == "takeaways":
        return _takeaways(field, ranked, told) if field.kind == "list" else None
    if role == "keywords":
        return _keywords(field, reading, told) if field.kind == "list" else None
    return _by_role(field, there, used) if knows(role) else None


def _takeaways(field: Field, ranked: Ranked, told: Sequence[str]) -> Value:
    """Too few leave it unknown."""
    if len(ranked.others) < field.least:
        return None
    wanted = _MOST_TAKEAWAYS if len(told) > _ROOM_FOR_MOST else 0
    chosen = ranked.others[: max(field.least, min(wanted, field.most))]
    return tuple(sorted(chosen, key=told.index))


def _keywords(field: Field, reading: Reading, told: Sequence[str]) -> Value:
    printed = reading.document.keywords if reading.document else None
    found = keywords(reading.paper.title, told, printed, field.least, field.most)
    if found is None or field.name != "tags":
        return found
    return tuple(dict.fromkeys(tag for tag in map(as_tag, found) if tag)) or None


def _by_role(field: Field, there: Sequence[Passage], used: set[str]) -> Value:
    scores = {
        place: score
        for place, passage in enumerate(there)
        if (passage.text not in used or repeats(field.filled_by))
        and (score := worth(passage, field.filled_by, frozenset(field.sections))) is not None
    }
    best = sorted(scores, key=lambda place: -scores[place])
    chosen = sorted(_fitting(field, there, best))
    if field.kind == "list" and len(chosen) < field.least:
        return None
    texts = [there[place].text for place in chosen]
    used.update(texts)
    return tuple(texts) if field.kind == "list" else " ".join(texts) or None


def _fitting(field: Field, there: Sequence[Passage], best: Sequence[int]) -> Iterator[int]:
    """The best that differ from each other, as many as there is room for."""
    is_list = field.kind == "list"
    most = max(field.least, min(field.most, _MOST_POINTS)) if is_list else _MOST_IN_A_TEXT
    room = field.words or _USUAL_ROOM
    taken: list[Passage] = []
    for place in best:
        passage = there[place]
        words = len(passage.text.split())
        if taken and words > room:
            continue
        if any(_likeness(passage, one) > _TOO_LIKE for one in taken):
            continue
        taken.append(passage)
        room -= 0 if is_list else words
        yield place
        if len(taken) == most:
            return


def _likeness(one: Passage, other: Passage) -> float:
    shared = len(one.seen.content & other.seen.content)
    return shared / max(1, len(one.seen.content | other.seen.content))
