"""A file that one process at a time can hold, by the operating system's own lock.

The lock ends with its holder, however that ends. (`filelock` does the same, and imports asyncio:
40 ms of every command that writes.)
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOK_AGAIN = 0.01


class HeldTooLong(Exception):
    """Somebody else has been holding the file all the while."""


@contextmanager
def held(file: Path, patience: float) -> Iterator[None]:
    """Hold the file, which is made if need be; wait for it up to `patience` seconds."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)  # which lets go of it


def _take(handle: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise HeldTooLong from None
            time.sleep(_LOOK_AGAIN)
        else:
            return
