"""An end to waiting, whatever a server does: timeouts of sockets start anew with every byte."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class Overdue(TimeoutError):
    """A server that sent something now and then, and never came to an end."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` gives or raises, or else `Overdue`; then it is left to a thread that nobody
    waits for."""
    come: queue.SimpleQueue[tuple[Result] | BaseException] = queue.SimpleQueue()

    def carry_out() -> None:
        try:
            come.put((work(),))
        except BaseException as error:  # noqa: BLE001 -- raised again where the result is awaited
            come.put(error)

    threading.Thread(target=carry_out, daemon=True).start()
    try:
        result = come.get(timeout=seconds)
    except queue.Empty:
        raise Overdue("timed out") from None
    if isinstance(result, BaseException):
        raise result
    return result[0]
