"""How far a command is: a bar on a terminal, and nothing elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.summaries import Progress

Step = Callable[[str, int, int | None], None]
T = TypeVar("T")


@contextmanager
def progress(world: "Context", quiet: bool) -> Iterator[Step]:
    """A function to tell the stage, and how much of how much is done."""
    if quiet or not world.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from paperlens.reports.progress import bar

    with bar(world.err) as step:
        yield step


def watched(
    things: Iterable[T], total: int, stage: str, world: "Context", quiet: bool
) -> Iterator[T]:
    """The same things, while a bar counts them."""
    with progress(world, quiet) as step:
        step(stage, 0, total)
        for number, thing in enumerate(things, 1):
            step(stage, number, total)
            yield thing


@contextmanager
def telling(reading: str, world: "Context", quiet: bool) -> "Iterator[Callable[[Progress], None]]":
    """A word while papers are fetched and read; then, where a model tells them, how far it is."""
    if quiet or not world.stderr.isatty():
        yield lambda _: None
        return
    from paperlens.reports.progress import spending_bar

    with ExitStack() as shown:
        status = shown.enter_context(world.err.status(reading))
        bars: list[Callable[[int, int, int, float | None], None]] = []

        def watch(now: "Progress") -> None:
            if not world.settings.llm.model:
                return
            if not bars:
                status.stop()
                bars.append(shown.enter_context(spending_bar(world.err)))
            bars[0](now.done, now.total, now.tokens, now.usd)

        yield watch
