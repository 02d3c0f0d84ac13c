"""One writer at a time, over all threads and processes that share a library.

Readers need no lock: every file is replaced whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from paperlens.errors import PlaceRefused
from paperlens.files import ELSEWHERE, make_folder, sweep, writing

if TYPE_CHECKING:
    from filelock import FileLock

_LOOK_AGAIN = 0.01
_PRIVATE = 0o700


class WriterLock:
    """May be taken again by the thread that holds it."""

    def __init__(self, file: Path, patience: float) -> None:
        """`patience` is how many seconds to wait for another process."""
        self._file, self._patience = file, patience
        self._thread = RLock()
        self._process: FileLock | None = None
        self._is_swept = False

    def refuse_obstacle(self) -> None:
        """Raise what would keep everybody from writing, for good."""
        if self._file.is_dir():
            raise PlaceRefused(
                f"{self._file} is a folder, so nothing can be written", f"remove {self._file}"
            )

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._thread:
            process = self._between_processes()
            self._acquire(process)
            try:
                self._sweep_once()
                yield
            finally:
                process.release()

    def _between_processes(self) -> "FileLock":
        if self._process is None:
            from filelock import FileLock

            self._process = FileLock(self._file, self._patience, thread_local=False)
        return self._process

    def _sweep_once(self) -> None:
        """Whoever holds the lock is the only one with drafts, and has none yet."""
        if not self._is_swept:
            self._is_swept = True
            sweep(self._file.parent)

    def _acquire(self, process: "FileLock") -> None:
        from filelock import Timeout

        self.refuse_obstacle()
        make_folder(self._file.parent, _PRIVATE)
        with writing(self._file.parent, ELSEWHERE):
            try:
                process.acquire(poll_interval=_LOOK_AGAIN)
            except Timeout:
                raise PlaceRefused(
                    f"another paperlens is running: it has held {self._file} "
                    f"for more than {self._patience:g} s",
                    "wait until it is done, or end it, and run this again",
                ) from None
