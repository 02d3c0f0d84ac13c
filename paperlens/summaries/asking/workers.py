"""Many things at once, handed on as they come.

Not a `ThreadPoolExecutor`: the interpreter joins its threads at exit, so that Ctrl-C would wait for
every request in flight. These threads are daemons, and stop taking work when nobody listens.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_APART = 0.01  # seconds; else they would all come back at once, time after time

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _News(Generic[Result]):
    result: Result


@dataclass(frozen=True, slots=True)
class _Done:
    error: BaseException | None = None


def as_done(
    work: Callable[[Item, Callable[[Result], None]], None], items: Sequence[Item], at_once: int
) -> Iterator[Result]:
    """All that `work` hands on, in the order it comes; an exception of `work` comes out here.
    They begin one shortly after the other.

    Interrupted while waiting, it gives what has come by then before the interrupt goes on.
    """
    waiting: queue.SimpleQueue[Item] = queue.SimpleQueue()
    come: queue.SimpleQueue[_News[Result] | _Done] = queue.SimpleQueue()
    stopped = threading.Event()
    for item in items:
        waiting.put(item)

    def labour(place: int) -> None:
        stopped.wait(place * _APART)
        while not stopped.is_set():
            try:
                item = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                work(item, lambda result: come.put(_News(result)))
            except BaseException as error:  # noqa: BLE001 -- raised again where results are taken
                come.put(_Done(error))
            else:
                come.put(_Done())

    for place in range(min(at_once, len(items))):
        threading.Thread(target=labour, args=(place,), daemon=True).start()
    try:
        yield from _until_done(come, len(items))
    except KeyboardInterrupt:
        yield from _come_by_now(come)
        raise
    finally:
        stopped.set()


def _until_done(come: "queue.SimpleQueue[_News[Result] | _Done]", left: int) -> Iterator[Result]:
    while left:
        news = come.get()
        if isinstance(news, _News):
            yield news.result
        elif news.error:
            raise news.error
        else:
            left -= 1


def _come_by_now(come: "queue.SimpleQueue[_News[Result] | _Done]") -> Iterator[Result]:
    while not come.empty():
        news = come.get()
        if isinstance(news, _News):
            yield news.result
