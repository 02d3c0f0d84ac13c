"""What a library asks of a disk besides whole files: what is there, and a damaged file kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from mmap import ACCESS_READ, mmap
from os import fstat
from pathlib import Path

from paperlens.errors import PlaceRefused
from paperlens.files import ELSEWHERE, write_whole, writing


def content(file: Path) -> bytes | None:
    """What is in a file; None where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(file, error) from None


@contextmanager
def mapped(file: Path) -> Iterator[mmap | bytes]:
    """A file to look into here and there; empty where there is none."""
    try:
        with file.open("rb") as stream:
            if not fstat(stream.fileno()).st_size:
                yield b""
                return
            with mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
                yield data
    except FileNotFoundError:
        yield b""
    except OSError as error:
        raise _refused(file, error) from None


def beginning(file: Path) -> bytes:
    """Enough of a file to see what it is."""
    with mapped(file) as data:
        return data[:100]


def stamp(file: Path) -> str:
    """Changes whenever the file is replaced; of no file it is a dash."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return "-"
    except OSError as error:
        raise _refused(file, error) from None
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def files_in(folder: Path) -> list[Path]:
    """What is in a folder; nothing where there is none."""
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _refused(folder, error) from None


def _refused(place: Path, error: OSError) -> PlaceRefused:
    if isinstance(error, NotADirectoryError):
        obstacle = next(one for one in (place, *place.parents) if one.exists())
        return PlaceRefused(f"{place} cannot be read: {obstacle} is not a folder", ELSEWHERE)
    return PlaceRefused(f"{place} cannot be read: {error.strerror}")


def set_aside(file: Path, why: str) -> Path:
    """A second name for a file, so that it outlives its replacement."""
    for number in count(1):
        aside = file.with_name(f"{file.name}.{why}-{number}")
        with writing(file.parent):
            try:
                aside.hardlink_to(file)
            except FileExistsError:
                continue
            except OSError:  # not every file system has hard links
                if aside.exists():
                    continue
                write_whole(aside, file.read_bytes())
            return aside
    raise AssertionError("numbers have run out")
