"""One writer at a time, over all threads and processes that share a library.

Readers need no lock: every file is replaced whole.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from threading import RLock

from paperlens import locks
from paperlens.errors import PlaceRefused
from paperlens.files import ELSEWHERE, make_folder, sweep, writing

_PRIVATE = 0o700


class WriterLock:
    """May be taken again by the thread that holds it."""

    def __init__(self, file: Path, patience: float) -> None:
        """`patience` is how many seconds to wait for another process."""
        self._file, self._patience = file, patience
        self._thread = RLock()
        self._depth = 0
        self._is_swept = False

    def refuse_obstacle(self) -> None:
        """Raise what would keep everybody from writing, for good."""
        if self._file.is_dir():
            raise PlaceRefused(
                f"{self._file} is a folder, so nothing can be written", f"remove {self._file}"
            )

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._thread, nullcontext() if self._depth else self._alone():
            self._depth += 1
            try:
                self._sweep_once()
                yield
            finally:
                self._depth -= 1

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The only process that writes."""
        self.refuse_obstacle()
        make_folder(self._file.parent, _PRIVATE)
        with ExitStack() as holding:
            with writing(self._file.parent, ELSEWHERE):
                try:
                    holding.enter_context(locks.held(self._file, self._patience))
                except locks.HeldTooLong:
                    raise PlaceRefused(
                        f"another paperlens is running: it has held {self._file} "
                        f"for more than {self._patience:g} s",
                        "wait until it is done, or end it, and run this again",
                    ) from None
            yield

    def _sweep_once(self) -> None:
        """Whoever holds the lock is the only one with drafts, and has none yet."""
        if not self._is_swept:
            self._is_swept = True
            sweep(self._file.parent)
