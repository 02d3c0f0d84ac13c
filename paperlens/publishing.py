"""Exports become files in the user's own folders; nobody's work is ever overwritten.

Each file is written whole or not at all, and its digest told to the library before. The next export
replaces what is still as paperlens wrote it, leaves alone what would not change, and keeps what
somebody has changed since, or put in the way; `Outcome` names it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from itertools import islice
from os import R_OK, access
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from paperlens.errors import PlaceRefused, UserError
from paperlens.files import keep_names, write_whole, writing

if TYPE_CHECKING:
    from paperlens.reports import Leaf

_AT_ONCE = 200
_WRITERS = 8
FORCE = "--force overwrites what was changed"


@dataclass(frozen=True, slots=True)
class Written:
    """SHA-256 of what is written, or about to be, and of what of ours it takes the place of.

    It is kept before the file is written: killed between the two, either is known as ours.
    """

    digest: str
    before: str | None = None

    def is_ours(self, digest: str) -> bool:
        return digest in {self.digest, self.before}


class Account(Protocol):
    """Remembers what was written; the library does."""

    def exported(self, files: Iterable[Path]) -> Mapping[Path, Written]: ...
    def keep_exported(self, files: Mapping[Path, Written]) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many files were written and how many were so already; then what was kept: files that
    somebody has changed, and sentences about what stands in the way."""

    written: int = 0
    same: int = 0
    changed: tuple[Path, ...] = ()
    obstacles: tuple[str, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.written + other.written,
            self.same + other.same,
            self.changed + other.changed,
            self.obstacles + other.obstacles,
        )


def publish(
    leaves: Iterable["Leaf"], folder: Path, account: Account, force: bool = False
) -> Outcome:
    """Write files below a folder, which is made where there is none."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        home = folder.resolve()
    outcome, rest = Outcome(), iter(leaves)
    while some := list(islice(rest, _AT_ONCE)):
        outcome += _publish({home / leaf.path: leaf.content for leaf in some}, home, account, force)
    return outcome


def publish_text(
    file: Path, pieces: Iterable[bytes], account: Account, force: bool = False
) -> None:
    """Write one file, or what it links to, from pieces that may be more than memory holds.

    A device such as /dev/null is written to as it is, and nobody keeps account of it.
    """
    with writing(file):
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                stream.writelines(pieces)
            return
        target = file.resolve()
    found = _digest(target)
    held = account.exported([target]).get(target)
    seen = sha256()

    def is_wanted() -> bool:
        digest = seen.hexdigest()
        is_ours = found is None or (held is not None and held.is_ours(found))
        if not (is_ours or force or digest == found):
            raise UserError(kept(file), FORCE)
        if not (is_ours and digest == found):
            account.keep_exported({target: Written(digest, found)})
        return digest != found

    write_whole(file, _told(pieces, seen.update), is_wanted)


def _publish(wanted: Mapping[Path, bytes], home: Path, account: Account, force: bool) -> Outcome:
    """Look at all, tell the account of what will be written, and write it."""
    held = account.exported(wanted)
    due: dict[Path, Written] = {}
    adopted: dict[Path, Written] = {}
    changed, obstacles = [], []
    for target, content in wanted.items():
        if obstacle := _obstacle(target, home):
            obstacles.append(obstacle)
            continue
        found, digest = _digest(target), sha256(content).hexdigest()
        is_ours = found is None or (target in held and held[target].is_ours(found))
        if found == digest:
            if not is_ours:
                adopted[target] = Written(digest)
        elif is_ours or force:
            due[target] = Written(digest, found)
        else:
            changed.append(target)
    if due or adopted:
        account.keep_exported(due | adopted)
    for folder in {target.parent for target in due}:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
    from concurrent.futures import ThreadPoolExecutor

    def write(target: Path) -> None:
        write_whole(target, wanted[target], is_one_of_many=True)

    with ThreadPoolExecutor(_WRITERS) as pool:  # most of writing is waiting for the disk
        deque(pool.map(write, due), maxlen=0)
    for folder in {target.parent for target in due}:
        with writing(folder):
            keep_names(folder)
    same = len(wanted) - len(due) - len(changed) - len(obstacles)
    return Outcome(len(due), same, tuple(changed), tuple(obstacles))


def _obstacle(target: Path, home: Path) -> str | None:
    """What stands where a file or its folder belongs: a link may lead anywhere."""
    folders = [folder for folder in target.parents if home in folder.parents]
    for place in (*reversed(folders), target):
        if trouble := _trouble(place, is_folder=place != target):
            return f"{place} {trouble}, so nothing is written there"
    return None


def _trouble(place: Path, is_folder: bool) -> str | None:
    """What is wrong with what stands there; a pipe would be waited for, a link followed."""
    if place.is_symlink():
        return "is a link"
    if not place.exists():
        return None
    if is_folder:
        return None if place.is_dir() else "is no folder"
    if not place.is_file():
        return "is a folder" if place.is_dir() else "is no file"
    return None if access(place, R_OK) else "cannot be read"


def _digest(file: Path) -> str | None:
    """Of what stands there; None where nothing does."""
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlaceRefused(f"{file} cannot be read: {error.strerror}") from None


def kept(file: Path) -> str:
    """What is said of a file that somebody has changed."""
    return f"{file} is not as paperlens wrote it, so it is kept"


def _told(pieces: Iterable[bytes], tell: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        tell(piece)
        yield piece
