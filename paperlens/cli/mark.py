"""`paperlens mark`: what the reader decides about papers, and the way back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context
from paperlens.errors import DONE_IN_PART, UserError

if TYPE_CHECKING:
    from paperlens.cli.change import Change
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.models import Known, Notice

_CHANGED_SINCE = "changed-since"


def mark(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID",
            help="arXiv ids or addresses, numbers of the last report, or - for standard input.",
            autocompletion=completion.paper_ids,
            show_default=False,
        ),
    ] = None,
    star: Annotated[bool, typer.Option("--star", help="One of the best.")] = False,
    later: Annotated[bool, typer.Option("--later", help="To be read.")] = False,
    read: Annotated[bool, typer.Option("--read", help="Has been read.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="Not of interest.")] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="No mark; tags and the note stay.")
    ] = False,
    tag: Annotated[
        list[str] | None,
        typer.Option(
            metavar="T", help="Add a tag; may be repeated.", autocompletion=completion.tags
        ),
    ] = None,
    untag: Annotated[
        list[str] | None,
        typer.Option(
            metavar="T", help="Take a tag away; may be repeated.", autocompletion=completion.tags
        ),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="A note in place of the one before; empty for none."),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last mark command back; again, the one before.")
    ] = False,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help="Print nothing when all goes well.", rich_help_panel="Output"
        ),
    ] = False,
) -> None:
    """Decide about papers of the library: a mark, tags, a note.

    What is decided belongs to the paper, across versions and queries.
    When one of the papers is not in the library, none of them changes.

    \b
    Examples:
      paperlens mark 1 3 --star                     papers of the last report
      paperlens mark 2404.05674 --read --tag to-cite --note "compare with table 2"
      paperlens search --tag to-cite --jsonl | paperlens mark - --later
      paperlens mark --undo
    """
    from paperlens.cli.change import Change, cleaned, mark_of
    from paperlens.cli.output import Delivery

    marks = {"star": star, "later": later, "read": read, "skip": skip, "clear": clear}
    change = Change(mark_of(marks), cleaned(tag), cleaned(untag), note)
    how = Delivery.chosen(json=json, jsonl=jsonl, quiet=quiet)
    world = context()
    if undo:
        if ids or not change.is_none:
            raise UserError("--undo takes no paper and no other change")
        _undo(how, world)
    elif not ids:
        raise UserError("no paper is named", "paperlens mark ID --star")
    else:
        change.refuse_nonsense()
        _decide(ids, change, how, world)


def _decide(ids: Sequence[str], change: "Change", how: "Delivery", world: "Context") -> None:
    from paperlens.cli.ids import ids_of

    numbers = [id.number for id in ids_of(ids, world)]
    known = world.library.decide(numbers, change)
    _acknowledge(known, how, world)
    if change.untags and not how.quiet:
        _name_tags_of_queries(known.values(), change.untags, world)


def _undo(how: "Delivery", world: "Context") -> None:
    from paperlens.models import Notice

    undone = world.library.undo()
    left = tuple(
        Notice(_CHANGED_SINCE, f"{one} was changed since, and is left as it is")
        for one in undone.left
    )
    _acknowledge(undone.restored, how, world, left)
    for notice in left:
        world.tell(f"error: {notice.text}")
    if left:
        raise typer.Exit(DONE_IN_PART)


def _acknowledge(
    known: Mapping[str, "Known"],
    how: "Delivery",
    world: "Context",
    notices: "tuple[Notice, ...]" = (),
) -> None:
    """Say what is stored by now."""
    if how.form != "terminal":
        from paperlens.cli.output import deliver
        from paperlens.lookup import of_known

        deliver(of_known(known, "mark", world, notices if how.form == "json" else ()), how, world)
    elif not how.quiet:
        _print_lines(known.values(), world)


def _print_lines(known: "Iterable[Known]", world: "Context") -> None:
    from paperlens.reports.decided import drawn, plain
    from paperlens.reports.labels import labels

    words = labels(world.language)
    if world.stdout.isatty() or world.environ.get("FORCE_COLOR"):
        for one in known:
            world.out.print(drawn(one, world.out.width - 1, words), soft_wrap=True)
    else:
        world.stdout.writelines(f"{plain(one, words)}\n" for one in known)


def _name_tags_of_queries(
    known: "Iterable[Known]", untags: Sequence[str], world: "Context"
) -> None:
    """A report shows the tags of saved queries as well; those are not the paper's to lose."""
    names = {name for one in known for name in one.queries}
    for query in world.library.queries():
        for tag in untags:
            if query.name in names and tag in query.tags:
                world.tell(
                    f'note: reports show the tag "{tag}" for query {query.name}: '
                    f"paperlens query edit {query.name} --untag {tag}"
                )
