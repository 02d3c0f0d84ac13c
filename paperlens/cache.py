"""What lies in the cache folder, by kind; clearing it, and keeping it within `cache.max_gb`.

A file belongs to a kind by its place and the form of its name. Whatever else is there, a link
included, is somebody else's and stays. So does `gate`, which remembers when arXiv was last asked.
"""

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from paperlens.errors import PlaceRefused, UserError, nearest
from paperlens.files import ELSEWHERE, is_abandoned, target_of_draft

_PAPER = r"(?:(?:\d{4}\.\d{4,5}|[a-z-]+_\d{7})(?:v\d+)?|[0-9a-f]{32,64})"  # else by content
_POLITENESS = "gate"


@dataclass(frozen=True, slots=True)
class Kind:
    """`folder` is where its files are, "" for the cache folder itself; `form` is of their paths."""

    folder: str
    form: re.Pattern[str]


def _kind(folder: str, name: str) -> Kind:
    return Kind(folder, re.compile(f"{folder}/{name}" if folder else name, re.ASCII))


KINDS = {
    "pdfs": _kind("pdf", rf"{_PAPER}\.pdf"),
    "feeds": _kind("feeds", r"[0-9a-f]{32}\.reply"),
    "figures": _kind("figures", rf"{_PAPER}/[A-Za-z0-9][A-Za-z0-9.-]*\.png"),
    "text": _kind("text", rf"{_PAPER}\.json"),
    "index": _kind("", r"(?:search\.sqlite(?:-wal|-shm|-journal)?|taste(?:-now|-then)?\.json)"),
    "triage": _kind("", r"triage\.json"),
    "tracebacks": _kind("tracebacks", r"paperlens-\d{8}T\d{12}\.txt"),
}
_FOLDERS = {kind.folder for kind in KINDS.values()}
_TRIMMED = {"pdfs": 1, "figures": 1, "text": 2}  # what goes first: texts are small and slow to make


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or a folder that is not ours; `kind` is None where paperlens did not put it there."""

    path: Path
    folder: str
    kind: str | None
    size: int
    written: float
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """Of some files; the times are when they were written."""

    files: int
    size: int
    oldest: float | None
    newest: float | None

    @classmethod
    def of(cls, items: Collection[Item]) -> "Sum":
        times = [item.written for item in items]
        return cls(
            len(items),
            sum(item.size for item in items),
            min(times, default=None),
            max(times, default=None),
        )


@dataclass(frozen=True, slots=True)
class Cleared:
    """`busy` is being written by another process, `refused` comes with the system's reason."""

    gone: tuple[Item, ...]
    busy: tuple[Item, ...]
    strange: tuple[Item, ...]
    refused: tuple[tuple[Item, str], ...]


def contents(folder: Path) -> tuple[Item, ...]:
    """Everything in the cache but what keeps paperlens polite, sorted by path."""
    return tuple(_items(folder, ""))


def by_kind(items: Iterable[Item]) -> dict[str, Sum]:
    """A sum for every kind, in the order of the table; what is of no kind is not counted."""
    held: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for item in items:
        if item.kind:
            held[item.kind].append(item)
    return {kind: Sum.of(each) for kind, each in held.items()}


def clear(folder: Path, words: Collection[str] = ()) -> Cleared:
    """Delete the kinds that the words name; without words, all."""
    for word in words:
        if word not in KINDS:
            hint = nearest(word, KINDS) or f"one of {', '.join(KINDS)}; none for all"
            raise UserError(f'"{word}" is no kind of file in the cache', hint)
    return _cleared(folder, words or KINDS, time.time())


def used(file: Path) -> None:
    """Note that a file was of use just now, so that it is not the next to go.

    Its time of writing is moved on: few file systems keep a time of reading.
    """
    with suppress(OSError):  # gone, or somebody else's
        os.utime(file)


def trim(folder: Path, most: int, keeping: Collection[Path] = ()) -> tuple[Item, ...]:
    """Delete what was of no use the longest, until `most` bytes are left; 0 is no limit.

    PDFs and figures go before texts; the other kinds count, and stay. `keeping` are files that are
    about to be used, or folders of such. What cannot be deleted, or is being written, stays.
    """
    if not most:
        return ()
    held = [item for item in contents(folder) if item.kind]
    over = sum(item.size for item in held) - most
    if over <= 0:
        return ()
    gone = []
    for item in _least_used_first(held, frozenset(keeping), time.time()):
        if over <= 0:
            break
        try:
            item.path.unlink()
            gone.append(item)
        except FileNotFoundError:  # another process was quicker
            pass
        except OSError:
            continue
        over -= item.size
    _leave_no_empty_folders(gone)
    return tuple(gone)


def _least_used_first(held: Iterable[Item], keeping: Collection[Path], now: float) -> list[Item]:
    may_go = [
        item
        for item in held
        if item.kind in _TRIMMED
        and not (item.is_draft and not is_abandoned(item.written, now))
        and item.path not in keeping
        and item.path.parent not in keeping
    ]
    return sorted(may_go, key=lambda item: (_TRIMMED[item.kind or ""], item.written))


def _leave_no_empty_folders(gone: Iterable[Item]) -> None:
    for folder in {item.path.parent for item in gone if item.kind == "figures"}:
        with suppress(OSError):  # other figures are still in it
            folder.rmdir()


def _items(folder: Path, inside: str) -> Iterator[Item]:
    for entry in _listed(folder):
        path = f"{inside}{entry.name}"
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and (path in _FOLDERS or path.startswith("figures/")):
            yield from _items(folder / entry.name, f"{path}/")
        elif not (is_folder and path == _POLITENESS):
            try:
                yield _item(folder / entry.name, path, entry.stat(follow_symlinks=False))
            except FileNotFoundError:  # another process was quicker
                continue


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PlaceRefused(f"{folder} cannot be read: {error.strerror}", ELSEWHERE) from None


def _item(place: Path, path: str, status: os.stat_result) -> Item:
    within, _, name = path.rpartition("/")
    target = target_of_draft(name)
    whole = f"{within}/{target or name}".removeprefix("/")
    top = path.partition("/")[0]
    folder = top if top in _FOLDERS else ""
    kind = None
    if S_ISREG(status.st_mode):
        here = (name for name in KINDS if KINDS[name].folder == folder)
        kind = next((name for name in here if KINDS[name].form.fullmatch(whole)), None)
    return Item(place, folder, kind, status.st_size, status.st_mtime, target is not None)


def _cleared(folder: Path, kinds: Iterable[str], now: float) -> Cleared:
    wanted = set(kinds)
    folders = {KINDS[kind].folder for kind in wanted}
    gone, busy, strange = [], [], []
    refused: list[tuple[Item, str]] = []
    for item in contents(folder):
        if item.kind is None and item.folder in folders:
            strange.append(item)
        elif item.kind not in wanted:
            continue
        elif item.is_draft and not is_abandoned(item.written, now):
            busy.append(item)
        else:
            try:
                item.path.unlink()
                gone.append(item)
            except FileNotFoundError:
                continue
            except OSError as error:
                refused.append((item, error.strerror or str(error)))
    _leave_no_empty_folders(gone)
    if refused and not gone:
        reasons = " and ".join(sorted({why for _, why in refused}))
        raise PlaceRefused(f"nothing could be deleted in {folder}: {reasons}")
    return Cleared(tuple(gone), tuple(busy), tuple(strange), tuple(refused))
