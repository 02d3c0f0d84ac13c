"""Files that are either the old one or the new one, whenever the power fails, whoever else writes.

Nothing here knows what the bytes mean. What the operating system refuses is `PlaceRefused`.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EINVAL
from pathlib import Path
from stat import S_IMODE
from threading import get_ident

from paperlens.errors import PlaceRefused

ELSEWHERE = "PAPERLENS_HOME=DIR puts everything elsewhere"


def write_whole(file: Path, pieces: bytes | Iterable[bytes]) -> None:
    """Put the bytes where `file` is, or where it links to; any failure leaves what was there."""
    target = Path(os.path.realpath(file))
    draft = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.draft")
    with writing(file):
        try:
            with draft.open("wb") as stream:
                with suppress(FileNotFoundError):  # a new file gets what the umask gives
                    draft.chmod(S_IMODE(target.stat().st_mode))
                stream.writelines([pieces] if isinstance(pieces, bytes) else pieces)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
        finally:
            with suppress(OSError):
                draft.unlink()
        _keep_names(target.parent)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """A folder of ours and those above it; only the folder itself gets `mode`."""
    if folder.is_dir():
        return
    with writing(folder, ELSEWHERE):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode, exist_ok=True)
        _keep_names(folder.parent)


@contextmanager
def writing(place: Path, hint: str | None = None) -> Iterator[None]:
    """What the operating system refuses inside, told of the place."""
    try:
        yield
    except OSError as error:
        raise PlaceRefused(f"{place} cannot be written: {error.strerror or error}", hint) from None


def _keep_names(folder: Path) -> None:
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
