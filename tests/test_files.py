"""Files written whole or not at all."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from paperlens.errors import PlaceRefused
from paperlens.files import make_folder, write_whole


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As on a disk that is nearly full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"old")
    return file


def test_a_file_is_replaced_by_all_its_pieces(file: Path) -> None:
    """What stands there afterwards is the new file, and nothing beside it."""
    write_whole(file, (b"new ", b"notes"))
    assert file.read_bytes() == b"new notes"
    write_whole(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert list(file.parent.iterdir()) == [file]


def test_a_source_that_fails_leaves_the_old_file(file: Path) -> None:
    """When the pieces end in an error, the error goes on and the old file stays, alone."""

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise EOFError

    with pytest.raises(EOFError):
        write_whole(file, broken())
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_leaves_the_old_file_and_is_named(file: Path) -> None:
    """No room: the file that could not be written is named, and is as it was."""
    with no_file_larger_than(5), pytest.raises(PlaceRefused, match=f"{file} cannot be written: "):
        write_whole(file, b"longer than five")
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_a_link_stays_a_link(file: Path) -> None:
    """Who keeps files elsewhere and links to them finds them changed there."""
    link = file.with_name("link.txt")
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_writers_at_once_do_not_mix(file: Path) -> None:
    """However many write the same file, it is one of theirs, whole."""
    wholes = [bytes([letter]) * 100_000 for letter in b"abcd"]
    writers = [Thread(target=write_whole, args=(file, whole)) for whole in wholes]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert file.read_bytes() in wholes
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_is_named(file: Path) -> None:
    """A file in the way of a folder is said, with what would help."""
    with pytest.raises(PlaceRefused, match=f"{file / 'deep'} cannot be written") as refusal:
        make_folder(file / "deep")
    assert "PAPERLENS_HOME" in (refusal.value.hint or "")
    make_folder(file.parent / "a" / "b", 0o700)
    assert (file.parent / "a" / "b").stat().st_mode & 0o777 == 0o700
