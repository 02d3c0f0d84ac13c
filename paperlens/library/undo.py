"""The way back: what each of the last commands changed, in `undo.json`.

A command stands here before the decisions themselves are written, and leaves after they are
restored. The file stays small, for it is read and written at every mark.
"""

from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.library.shelves import Kind, Shelf, Shelves
from paperlens.models import Decision
from paperlens.records import Json, Record, decision_from, decision_json, each, texts

if TYPE_CHECKING:
    from paperlens.library.lines import Documents

Changes = Mapping[str, tuple[Decision, Decision]]

_COMMANDS = 100
_BYTES = 2_000_000


def _changes_json(changes: Changes) -> Json:
    """Papers that went the same way stand together, for most commands make one change."""
    ways: dict[tuple[object, ...], tuple[Decision, Decision, list[str]]] = {}
    for one, (before, after) in changes.items():
        way = (before, before.marked, after, after.marked)
        ways.setdefault(way, (before, after, []))[2].append(one)
    return {
        "changes": [
            {"before": decision_json(before), "after": decision_json(after), "papers": ids}
            for before, after, ids in ways.values()
        ]
    }


def _changes_from(document: Json) -> Changes:
    changes = Record(document, "undo").get("changes", each(_way_from))
    return {one: (before, after) for before, after, ids in changes for one in ids}


def _way_from(value: object) -> tuple[Decision, Decision, tuple[str, ...]]:
    record = Record(value, "change")
    return (
        record.get("before", decision_from),
        record.get("after", decision_from),
        record.get("papers", texts),
    )


UNDO = Kind("", _changes_json, _changes_from)


def undo_file(shelves: Shelves) -> Path:
    return _stack(shelves).file


def remember(shelves: Shelves, changes: Changes) -> None:
    """Of the commands before, as many as there is room for stay."""
    shelf = _stack(shelves)
    kept = _recent(shelf.rows())
    with shelf.changing() as stack:
        for old in set(stack) - set(kept):
            del stack[old]
        stack[str(max(map(_number, kept), default=0) + 1)] = changes


def last_command(shelves: Shelves) -> tuple[str, Changes] | None:
    """Its name here, and how each of its papers was before and after."""
    stack = _stack(shelves)
    last = max(stack.keys(), key=_number, default="")
    changes = stack.get(last) if last else None
    return None if changes is None else (last, changes)


def forget(shelves: Shelves, command: str) -> None:
    with _stack(shelves).changing() as stack:
        del stack[command]


def _stack(shelves: Shelves) -> Shelf[Changes]:
    return shelves.shelf(UNDO, "undo")


def _recent(rows: "Documents") -> list[str]:
    """The commands that stay when one more comes: the newest, as far as the file stays small."""
    newest = sorted(rows, key=_number, reverse=True)[: _COMMANDS - 1]
    sizes = accumulate(len(rows.written(one)) for one in newest)
    return newest[: sum(size <= _BYTES for size in sizes)]


def _number(key: str) -> int:
    return int(key) if key.isdecimal() else 0
