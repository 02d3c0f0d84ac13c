"""Files that are either the old one or the new one, whenever the power fails, whoever else writes.

Nothing here knows what the bytes mean. What the operating system refuses is `PlaceRefused`.
A process that is killed while it writes leaves a draft behind; `sweep` removes it later.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EINVAL
from pathlib import Path
from stat import S_IMODE
from threading import get_ident

from paperlens.errors import PlaceRefused

ELSEWHERE = "PAPERLENS_HOME=DIR puts everything elsewhere"
_DRAFT = re.compile(r"\.(.+)\.\d+-\d+\.draft", re.ASCII | re.DOTALL)
_NOBODY_PAUSES_SO_LONG = 3600


def write_whole(
    file: Path,
    pieces: bytes | Iterable[bytes],
    wanted: Callable[[], bool] = lambda: True,
    *,
    is_one_of_many: bool = False,
) -> None:
    """Put the bytes where `file` is, or where it links to; any failure leaves what was there.

    `wanted` is asked once all bytes are safe beside it: if they are not, that also stays. Whoever
    writes many into a folder calls `keep_names` for it at the end.
    """
    target = Path(os.path.realpath(file))
    draft = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.draft")  # see _DRAFT
    with writing(file):
        try:
            with draft.open("wb") as stream:
                with suppress(FileNotFoundError):  # a new file gets what the umask gives
                    draft.chmod(S_IMODE(target.stat().st_mode))
                stream.writelines([pieces] if isinstance(pieces, bytes) else pieces)
                stream.flush()
                os.fsync(stream.fileno())
            if wanted():
                draft.replace(target)
        finally:
            with suppress(OSError):
                draft.unlink()
        if not is_one_of_many:
            keep_names(target.parent)


def target_of_draft(name: str) -> str | None:
    """The name of the file that a draft was to become; None where the name is no draft's."""
    found = _DRAFT.fullmatch(name)
    return found[1] if found else None


def is_abandoned(written: float, now: float) -> bool:
    """Whether a draft that was last written then is nobody's any more.

    The process in its name does not tell: on a folder that hosts or containers share, the same
    number lives elsewhere, or again.
    """
    return now - written > _NOBODY_PAUSES_SO_LONG


def sweep(folder: Path) -> None:
    """Remove abandoned drafts from a folder and those right below; one that stays does no harm."""
    now = time.time()
    for pattern in (".*.draft", "*/.*.draft"):
        with suppress(OSError):
            for file in folder.glob(pattern):
                _drop_if_abandoned(file, now)


def _drop_if_abandoned(file: Path, now: float) -> None:
    with suppress(OSError):
        if target_of_draft(file.name) and is_abandoned(file.lstat().st_mtime, now):
            file.unlink()


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """A folder of ours and those above it; only the folder itself gets `mode`."""
    if folder.is_dir():
        return
    with writing(folder, ELSEWHERE):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode, exist_ok=True)
        keep_names(folder.parent)


@contextmanager
def writing(place: Path, hint: str | None = None) -> Iterator[None]:
    """What the operating system refuses inside, told of the place."""
    try:
        yield
    except OSError as error:
        raise PlaceRefused(f"{place} cannot be written: {error.strerror or error}", hint) from None


def keep_names(folder: Path) -> None:
    """What a folder lists is data of its own, which has to reach the disk as well.

    It does in its own time where one may not list it, or the file system cannot be told to hurry.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in {EACCES, EINVAL}:
            raise
