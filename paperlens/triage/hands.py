"""The threads in which a full screen has its work done, so that it answers keys meanwhile."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from paperlens.errors import PaperlensError

Result = TypeVar("Result")


class Hands:
    """One writes decisions, in their order; one looks things up; some do what takes long.

    `untold` is what kept decisions from being written, as far as nobody was told of it yet.
    """

    def __init__(self) -> None:
        self.untold: list[PaperlensError] = []
        self._writing = ThreadPoolExecutor(1, "writing")
        self._looking = ThreadPoolExecutor(1, "looking")
        self._working = ThreadPoolExecutor(3, "working")

    def write(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        """It is done even where whoever waits for it is gone before it has begun."""
        return asyncio.shield(asyncio.wrap_future(self._writing.submit(self._noticed, work)))

    def _noticed(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except PaperlensError as trouble:
            self.untold.append(trouble)
            raise

    def look(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        return asyncio.wrap_future(self._looking.submit(work))

    def work(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        return asyncio.wrap_future(self._working.submit(work))

    def finish(self) -> None:
        """What was decided is written; what else is still being done is not waited for."""
        self._looking.shutdown(wait=False, cancel_futures=True)
        self._working.shutdown(wait=False, cancel_futures=True)
        self._writing.shutdown(wait=True)
