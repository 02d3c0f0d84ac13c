"""A bar on a terminal for what takes long: the stage, and how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


@contextmanager
def bar(console: Console) -> Iterator[Callable[[str, int, int | None], None]]:
    """What it gives takes the stage, and how much of how much is done; it vanishes at the end."""
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda stage, done, total: progress.update(
            task, description=stage, completed=done, total=total
        )


@contextmanager
def spending_bar(console: Console) -> Iterator[Callable[[int, int, int, float | None], None]]:
    """For what models do: takes the papers done, how many there are, the tokens and US dollars.

    It stands there from the first call on and vanishes at the end; None is a price not known.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[spent]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Summarising", total=None, visible=False, spent="")
        yield lambda done, total, tokens, usd: progress.update(
            task, completed=done, total=total, visible=True, spent=spent(tokens, usd)
        )


def spent(tokens: int, usd: float | None) -> str:
    """Tokens and dollars in a few letters; nothing where nothing was spent."""
    if not tokens:
        return ""
    counted = f"{tokens / 1000:.1f}k tokens" if tokens >= 1000 else f"{tokens} tokens"
    if usd is None:
        return f"{counted}, cost unknown"
    return f"{counted}, ${usd:.2f}" if usd >= 1 else f"{counted}, ${usd:.4f}"
