"""Many things at once, handed back as they are done.

Not a `ThreadPoolExecutor`: the interpreter joins its threads at exit, so that Ctrl-C would wait for
every request in flight. These threads are daemons, and stop taking work when nobody listens.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def as_done(
    work: Callable[[Item], Result], items: Sequence[Item], at_once: int
) -> Iterator[Result]:
    """The results in the order they arrive; an exception of `work` comes out here."""
    waiting: queue.SimpleQueue[Item] = queue.SimpleQueue()
    done: queue.SimpleQueue[Result | _Broken] = queue.SimpleQueue()
    stopped = threading.Event()
    for item in items:
        waiting.put(item)

    def labour() -> None:
        while not stopped.is_set():
            try:
                item = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                done.put(work(item))
            except BaseException as error:  # noqa: BLE001 -- raised again where results are taken
                done.put(_Broken(error))

    for _ in range(min(at_once, len(items))):
        threading.Thread(target=labour, daemon=True).start()
    try:
        for _ in items:
            result = done.get()
            if isinstance(result, _Broken):
                raise result.error
            yield result
    finally:
        stopped.set()


class _Broken:
    def __init__(self, error: BaseException) -> None:
        self.error = error
