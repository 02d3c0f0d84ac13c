"""`paperlens triage`: one key for each paper, full screen or a line each."""

from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.triage.beginning import Beginning

_INCAPABLE = {"", "dumb", "unknown"}
_COLOURFUL = {"256", "truecolor"}


def triage(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help="Only papers that these saved queries found.",
            autocompletion=completion.query_names,
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="All undecided papers of the library, the newest first."),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="One paper after the other, for screen readers."),
    ] = False,
) -> None:
    """Decide about new papers, one key for each.

    Shows the undecided papers of the last two weeks' reports, the latest report first. s stars,
    l keeps for later, x skips, r marks as read, u takes back, ? shows all keys. Each decision is
    kept as it is made; the next time goes on where this one ended.

    \b
    Examples:
      paperlens triage                   after paperlens today
      paperlens triage diffusion         what this query found
      paperlens triage --all             whatever is undecided in the library
    """
    world = context()
    if not (world.stdin.isatty() and world.stdout.isatty()):
        from paperlens.errors import UserError

        raise UserError(
            "triage asks for keys, and there is no terminal to type them on",
            "paperlens mark ID --star decides without one",
        )
    begins = beginning(names or [], everything, world)
    if begins is None:
        world.tell(_nothing(everything, bool(names)))
        return
    try:
        if plain or not world.is_dialogue or world.environ.get("TERM", "") in _INCAPABLE:
            _run_plainly(begins, world)
        else:
            from paperlens.triage.session import run

            raise typer.Exit(run(begins, world.err))
    finally:
        begins.asides.heard_by(world.tell)


def _run_plainly(begins: "Beginning", world: "Context") -> None:
    from paperlens.triage.keyboard import Keyboard
    from paperlens.triage.plain import Plain

    begins.asides.heard_by(world.tell)
    keyboard = Keyboard()
    with keyboard.quiet():
        Plain(begins, world.stdout, keyboard.key, keyboard.line).run()


def beginning(names: list[str], everything: bool, outside: "Context") -> "Beginning | None":
    """The first papers on the table; None where there are none."""
    from paperlens.context import Context
    from paperlens.reports.labels import labels
    from paperlens.triage.asides import Asides
    from paperlens.triage.beginning import Beginning
    from paperlens.triage.bookmark import Bookmark
    from paperlens.triage.choice import latest_day, undecided
    from paperlens.triage.deck import Deck
    from paperlens.triage.desk import Desk

    asides = Asides()
    world = Context(outside.environ, outside.stdin, outside.stdout, asides, outside.now)
    library, settings = world.library, world.settings
    queries = [library.query(name) for name in dict.fromkeys(names)]
    asked = [query.name for query in queries]
    papers = undecided(library, asked, everything)
    first = next(papers, None)
    if first is None:
        return None
    deck = " ".join(["all" if everything else str(latest_day(library)), *sorted(asked)])
    bookmark = Bookmark(world.places.cache / "triage.json", deck)
    return Beginning(
        Deck.of(first, bookmark.paper()), papers, asked,
        Desk(world, world.having({"today.template": "deep"}), settings.today.full_text),
        bookmark, asides, labels(settings.llm.language),
        settings.terminal.pictures != "none" and outside.err.color_system in _COLOURFUL,
    )  # fmt: skip


def _nothing(everything: bool, is_asked: bool) -> str:
    if everything:
        return "No paper of the library waits for a decision."
    where = "of these queries" if is_asked else "of the last reports"
    return f"No paper {where} waits for a decision; paperlens triage --all looks further."
