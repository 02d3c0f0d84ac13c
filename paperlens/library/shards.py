"""Which file a paper is in: one for each month that arXiv gave numbers out, and `local`."""

from collections.abc import Iterable

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId

LOCAL = "local"
_FIRST_WITHOUT = "0704"


def shard_of(paper_id: str) -> str:
    """YYMM, or `local` for a paper that is not arXiv's."""
    try:
        return ArxivId.parse(paper_id).month
    except UnknownId:
        return LOCAL


def by_shard(ids: Iterable[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for one in ids:
        grouped.setdefault(shard_of(one), []).append(one)
    return grouped


def newest_first(shards: Iterable[str]) -> list[str]:
    """By the calendar: 2404 before 0704 before 9912; `local` at the end."""
    return sorted(shards, key=_age, reverse=True)


def had_archives(shard: str) -> bool:
    """Whether ids of the old style, `hep-th/9901001`, or of no style of arXiv's are in it."""
    return _age(shard) < _age(_FIRST_WITHOUT)


def _age(shard: str) -> tuple[int, str]:
    is_month = len(shard) == len(_FIRST_WITHOUT) and shard.isdecimal()
    return ArxivId(shard).age if is_month else (0, shard)
