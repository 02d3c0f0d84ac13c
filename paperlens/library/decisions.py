"""What the reader decided about papers, and the way back.

Undoing touches a paper only where it stands as the command left it. So a command that was killed
between its files can be undone, and an undoing that was killed is finished by the next. Where the
disk refuses one of the files, the others become again what they were.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from paperlens.errors import PlaceRefused, UnknownId, UserError
from paperlens.files import write_whole, writing
from paperlens.library import disk, papers
from paperlens.library.papers import DECISIONS, PAPERS
from paperlens.library.shards import by_shard, newest_first, shard_of
from paperlens.library.shelves import Shelves
from paperlens.library.undo import forget, last_command, remember, undo_file
from paperlens.models import Decision, Known, Mark

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Undone:
    """The papers as they are again, and the ids of those that were decided otherwise since."""

    restored: Mapping[str, Known]
    left: tuple[str, ...]


def decide(
    shelves: Shelves,
    ids: Iterable[str],
    change: Callable[[Decision], Decision],
    now: datetime,
) -> dict[str, Known]:
    """All of the papers or, where one is unknown, none. A new mark is noted with its moment."""
    wanted = tuple(dict.fromkeys(ids))
    with shelves.alone():
        held = papers.known(shelves, wanted)
        if len(held) < len(wanted):
            raise _unknown(shelves, [one for one in wanted if one not in held])
        decided = {
            one: _as_stored(_dated(known.decision, change(known.decision), now))
            for one, known in held.items()
        }
        changes = {
            one: (known.decision, decided[one])
            for one, known in held.items()
            if known.decision != decided[one]
        }
        if changes:
            with _all_or_none(shelves, changes):
                remember(shelves, changes)
                _write(shelves, {one: after for one, (_, after) in changes.items()})
    return {one: replace(known, decision=decided[one]) for one, known in held.items()}


def undo(shelves: Shelves, only: Collection[str] | None = None) -> Undone:
    """Take the last command's changes back, where nothing else was decided since."""
    with shelves.alone():
        last = last_command(shelves)
        if last is None:
            raise UserError("there is no mark to undo")
        command, changes = last
        if only is not None and changes.keys() != set(only):
            raise UserError("other papers were decided about since", "paperlens mark --undo")
        held = decided(shelves, changes)
        left = {one: None for one, way in changes.items() if held.get(one, Decision()) not in way}
        before = {one: way[0] for one, way in changes.items() if one not in left}
        with _all_or_none(shelves, before):
            _write(shelves, before)
            forget(shelves, command)
    return Undone(papers.known(shelves, before), tuple(left))


def all_marked(shelves: Shelves) -> dict[str, Decision]:
    """What is decided of every paper that has a mark; as large as the marks are many."""
    return {
        one: decision
        for shard in newest_first(shelves.names(DECISIONS))
        for one, decision in shelves.shelf(DECISIONS, shard).everything().items()
        if decision.mark is not Mark.NEW
    }


def marked(shelves: Shelves, marks: Collection[Mark]) -> list[str]:
    """The papers with any of these marks, the newest first."""
    return [
        one
        for shard in newest_first(shelves.names(DECISIONS))
        for one, decision in reversed(shelves.shelf(DECISIONS, shard).everything().items())
        if decision.mark in marks
    ]


def decided(shelves: Shelves, ids: Iterable[str]) -> dict[str, Decision]:
    """What is decided of those of the papers of which anything is."""
    found: dict[str, Decision] = {}
    for shard, members in by_shard(ids).items():
        found |= shelves.shelf(DECISIONS, shard).some(members)
    return found


def tags(shelves: Shelves) -> list[str]:
    """All tags in use, the most used first."""
    used: dict[str, int] = {}
    for shard in shelves.names(DECISIONS):
        for decision in shelves.shelf(DECISIONS, shard).everything().values():
            for tag in decision.tags:
                used[tag] = used.get(tag, 0) + 1
    return sorted(used, key=lambda tag: (-used[tag], tag))


def _unknown(shelves: Shelves, missing: list[str]) -> UserError:
    told = [
        UnknownId(one, shelves.shelf(PAPERS, shard_of(one)).keys()).told for one in missing[:_NAMED]
    ]
    if len(missing) > _NAMED:
        told.append(f"{len(missing) - _NAMED:,} more are not known either")
    return UserError(
        "\n".join(told), "paperlens show ID fetches a paper, paperlens import takes lists"
    )


@contextmanager
def _all_or_none(shelves: Shelves, ids: Iterable[str]) -> Iterator[None]:
    """Where one of the files cannot be written, all are as before; there is room: they were."""
    shards = [shelves.shelf(DECISIONS, shard) for shard in by_shard(ids)]
    files = [undo_file(shelves), *(shard.file for shard in shards)]
    before = [(file, disk.content(file)) for file in files]
    try:
        yield
    except (PlaceRefused, KeyboardInterrupt):
        for file, data in reversed(before):
            if data is not None and disk.content(file) != data:
                write_whole(file, data)
            elif data is None:
                with writing(file):
                    file.unlink(missing_ok=True)
        raise


def _dated(before: Decision, after: Decision, now: datetime) -> Decision:
    if after.mark is before.mark:
        return replace(after, marked=before.marked)
    return replace(after, marked=None if after.mark is Mark.NEW else now)


def _as_stored(decision: Decision) -> Decision:
    """As a file gives it back: what no file can carry must not look like a change later."""
    return DECISIONS.read(DECISIONS.write(decision))


def _write(shelves: Shelves, decisions: Mapping[str, Decision]) -> None:
    """Each file once; that nothing is decided of a paper is not written down."""
    for shard, members in by_shard(decisions).items():
        with shelves.shelf(DECISIONS, shard).changing() as page:
            for one in members:
                if decisions[one] == Decision():
                    page.pop(one, None)
                else:
                    page[one] = decisions[one]
