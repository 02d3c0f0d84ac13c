"""What the shell offers after a Tab: names the user gave, ids in the library, presets, settings.

A completion never fails and never writes: where something is wrong, it offers nothing, and leaves
it for a command that can say so.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from paperlens.context import context
from paperlens.errors import PaperlensError

if TYPE_CHECKING:
    from paperlens.library import Library


def _offering(candidates: Callable[[str], Iterable[str]]) -> Callable[[str], list[str]]:
    def offer(incomplete: str) -> list[str]:
        try:
            return [word for word in candidates(incomplete) if word.startswith(incomplete)]
        except PaperlensError:
            return []

    return offer


def _queries(_incomplete: str) -> Iterable[str]:
    return (query.name for query in _library().queries())


def _papers(incomplete: str) -> Iterable[str]:
    return _library().ids_starting(incomplete)


def _tags(_incomplete: str) -> Iterable[str]:
    return _library().tags()


def _marks(_incomplete: str) -> Iterable[str]:
    from paperlens.models import Mark

    return Mark


def _library() -> "Library":
    from paperlens.library import Library

    return Library(context().places.data, mends=False)


def _presets(_incomplete: str) -> Iterable[str]:
    from paperlens.cli.presets import names

    return names(context())


def _templates(_incomplete: str) -> Iterable[str]:
    from paperlens.summaries.templates import names

    return names(context().places.templates)


def _settings(_incomplete: str) -> Iterable[str]:
    from paperlens.settings import TABLE

    return TABLE


def _cache_kinds(_incomplete: str) -> Iterable[str]:
    from paperlens.cache import KINDS

    return KINDS


query_names = _offering(_queries)
paper_ids = _offering(_papers)
tags = _offering(_tags)
marks = _offering(_marks)
presets = _offering(_presets)
templates = _offering(_templates)
settings = _offering(_settings)
cache_kinds = _offering(_cache_kinds)
