"""`paperlens demo`: the corridor on an invented day, against a small arXiv inside this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import options
from paperlens.context import Context, context

if TYPE_CHECKING:
    from paperlens.settings import Value

_MORNING = time(8, 0, tzinfo=UTC)
_OF_THE_TERMINAL = ("TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PAGER")


def demo(
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="How many in full.")
    ] = None,
    output: options.Output = None,
    figures: options.Figures = False,
    checks: options.Checks = False,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """The same pipeline on a built-in sample day: no network, no key, nothing saved.

    The papers are invented; the way they travel is the real one, from a small arXiv that runs
    inside this command.

    \b
    Examples:
      paperlens demo
      paperlens demo --json | jq '.papers[0].title'
    """
    from paperlens.ask import Ask
    from paperlens.cli.daily import run
    from paperlens.cli.output import Delivery

    how = Delivery.chosen(
        json=json,
        jsonl=jsonl,
        markdown=markdown,
        output=output,
        pager=pager,
        quiet=quiet,
        figures=figures,
        checks=checks,
    )
    with sample_world(context(), limit) as world:
        ask = Ask(
            world.library.queries(),
            limit=world.settings.today.limit,
            figures=figures or how.form == "html",
            command="demo",
        )
        code = run(world, ask, how)
    raise typer.Exit(code)


@contextmanager
def sample_world(here: Context, limit: "Value | None" = None) -> Iterator[Context]:
    """The same streams in another world: a morning, a home and an arXiv of their own."""
    from paperlens.demo import sample_day
    from paperlens.demo.server import TinyArxiv

    sample = sample_day()
    start = datetime.now(UTC)
    morning = datetime.combine(sample.day, _MORNING)

    def now() -> datetime:
        return morning + (datetime.now(UTC) - start)

    environ = {name: here.environ[name] for name in _OF_THE_TERMINAL if name in here.environ}
    with (
        TemporaryDirectory(prefix="paperlens-demo-") as home,
        TinyArxiv(sample.papers, sample.day, sample.pdfs) as arxiv,
    ):
        options = {**arxiv.urls, "arxiv.delay": 0.0, "today.limit": limit}
        world = Context(
            {**environ, "PAPERLENS_HOME": home}, here.stdin, here.stdout, here.stderr, now
        ).having(options)
        for query in sample.queries:
            world.library.add_query(query)
        yield world
