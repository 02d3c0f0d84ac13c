"""Files that are either the old one or the new one, whenever the power fails.

Nothing here knows what the bytes mean. What the operating system refuses is `UnwritablePlace`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from paperlens.errors import UnwritablePlace

PRIVATE = 0o700


def content(file: Path) -> bytes | None:
    """What is in a file; None where there is none."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnwritablePlace(f"{file} cannot be read: {error.strerror}") from None


def replace(file: Path, data: bytes) -> None:
    """Write the whole file anew. Only one writer at a time: the temporary name is fixed, so that
    what a killed process left behind is overwritten by the next."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    with _refusal_named(file.parent):
        try:
            with unfinished.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(file)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
        _keep_names(file.parent)


def set_aside(file: Path) -> Path:
    """A second name for a damaged file, so that it outlives its replacement."""
    for number in count(1):
        aside = file.with_name(f"{file.name}.damaged-{number}")
        with _refusal_named(file.parent):
            try:
                aside.hardlink_to(file)
            except FileExistsError:
                continue
            except (PermissionError, NotImplementedError):
                if aside.exists():
                    continue
                aside.write_bytes(file.read_bytes())
            return aside
    raise AssertionError("numbers have run out")


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """The folder and those above it; only the folder itself gets `mode`."""
    if folder.is_dir():
        return
    with _refusal_named(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode, exist_ok=True)
        _keep_names(folder.parent)


def _keep_names(folder: Path) -> None:
    """What a folder lists is data of its own, which has to reach the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _refusal_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritablePlace(
            f"{folder} cannot be written: {error.strerror or error}",
            "PAPERLENS_HOME=DIR puts everything elsewhere",
        ) from None
