"""What is in the cache and what was cleared of it: tables and sentences for people, and JSON."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperlens.cache import Cleared, Item, Sum, by_kind
from paperlens.reports.text import in_units
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

_NAMED = 20
_HEADINGS = ("kind", "files", "size", "oldest", "newest")
_WIDE = 60


def contents_document(folder: Path, items: Sequence[Item], max_gb: float) -> dict[str, Any]:
    return {
        "schema": "paperlens.cache/1",
        "folder": str(folder),
        "max_gb": max_gb,
        "total": _sum_json(_total(items)),
        "kinds": {kind: _sum_json(each) for kind, each in by_kind(items).items()},
        "strange": [str(item.path) for item in items if item.kind is None],
    }


def contents_table(items: Sequence[Item], width: int) -> "RenderableType":
    """A row for each kind of which there is something; the days only where there is room."""
    from paperlens.reports.tables import table

    sums = {kind: each for kind, each in by_kind(items).items() if each.files}
    rows = [
        (kind, f"{each.files:,}", in_units(each.size), _day(each.oldest), _day(each.newest))
        for kind, each in {**sums, "all": _total(items)}.items()
    ]
    columns = len(_HEADINGS) if width >= _WIDE else _HEADINGS.index("oldest")
    narrowed = [row[:columns] for row in rows]
    return table(_HEADINGS[:columns], narrowed, numbers=("files", "size"))


def cleared_document(folder: Path, cleared: Cleared) -> dict[str, Any]:
    kinds = {kind: _size_json(each) for kind, each in by_kind(cleared.gone).items()}
    return {
        "schema": "paperlens.cache-cleared/1",
        "folder": str(folder),
        "deleted": _size_json(_total(cleared.gone)) | {"kinds": kinds},
        "busy": [str(item.path) for item in cleared.busy],
        "strange": [str(item.path) for item in cleared.strange],
        "errors": [{"path": str(item.path), "error": why} for item, why in cleared.refused],
    }


def cleared_sentence(folder: Path, gone: Sequence[Item]) -> str:
    if not gone:
        return f"nothing to delete in {folder}"
    total = _total(gone)
    files = f"{total.files:,} file{'' if total.files == 1 else 's'}"
    return f"{files} ({in_units(total.size)}) deleted from {folder}"


def notes_on_busy(items: Sequence[Item]) -> Iterator[str]:
    return _notes("may still be written by another paperlens and stays", items)


def notes_on_strange(items: Sequence[Item]) -> Iterator[str]:
    return _notes("is not of the cache and stays", items)


def errors(cleared: Cleared) -> Iterator[str]:
    """A line for each file that could not be deleted."""
    for item, why in cleared.refused:
        yield f"error: {one_line(str(item.path))} could not be deleted: {why}"


def _notes(what: str, items: Sequence[Item]) -> Iterator[str]:
    for item in items[:_NAMED]:
        yield f"note: {one_line(str(item.path))} {what}"
    if len(items) > _NAMED:
        yield f"note: and {len(items) - _NAMED:,} more"


def _total(items: Sequence[Item]) -> Sum:
    return Sum.of([item for item in items if item.kind])


def _sum_json(told: Sum) -> dict[str, Any]:
    return _size_json(told) | {"oldest": _moment(told.oldest), "newest": _moment(told.newest)}


def _size_json(told: Sum) -> dict[str, Any]:
    return {"files": told.files, "bytes": told.size}


def _day(moment: float | None) -> str:
    return "" if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


def _moment(moment: float | None) -> str | None:
    return None if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}"
