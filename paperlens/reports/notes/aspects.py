"""A summary's fields in the order of a reader's notes, whatever template they were told by.

The five aspects of a note come first (background, motivation, method, contributions, related work),
each from the fields that tell it; fields that belong to none keep their own names after them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperlens.reports.outline import points

_OPENING = ("tldr", "takeaways")
_SHORT = ("keywords", "tags")
_ASPECTS: Mapping[str, tuple[str, ...]] = {
    "background": ("background",),
    "motivation": ("motivation", "prior_work"),
    "method": ("method", "method_steps"),
    "contributions": ("contributions", "innovation", "results", "significance"),
    "related_work": ("related_work",),
}

Fields = Mapping[str, str | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Aspect:
    """What a field says, in its points; never without any."""

    name: str
    points: tuple[str, ...]


def opening(fields: Fields, name: str) -> list[str]:
    """The sentences of `tldr` or the points of `takeaways`, where the template has them."""
    return points(fields.get(name))


def in_order(fields: Fields) -> Iterator[Aspect]:
    """All that is told beyond the opening, field by field as the template has them."""
    for name, told in fields.items():
        if name not in (*_OPENING, *_SHORT) and (said := points(told)):
            yield Aspect(name, tuple(said))


def as_notes(fields: Fields) -> Iterator[Aspect]:
    """The five aspects, then whatever is left."""
    used = [name for names in _ASPECTS.values() for name in names]
    for aspect, names in _ASPECTS.items():
        if said := [point for name in names for point in points(fields.get(name))]:
            yield Aspect(aspect, tuple(said))
    yield from in_order({name: told for name, told in fields.items() if name not in used})
