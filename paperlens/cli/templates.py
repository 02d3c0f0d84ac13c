"""`paperlens templates`: what summaries consist of, and what exports look like."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context

app = typer.Typer(
    help="What summaries consist of, and what exports look like.", no_args_is_help=True
)


@app.command("list")
def list_templates(
    exports: Annotated[bool, typer.Option("--exports", help="Those for exports.")] = False,
) -> None:
    """The templates there are: built in, and yours.

    \b
    Examples:
      paperlens templates list
      paperlens templates list --exports
    """
    from paperlens.reports.tables import facts
    from paperlens.reports.templates import Templates
    from paperlens.summaries.templates import load, names

    world = context()
    folders = world.places.templates
    if exports:
        ours = Templates(folders)
        told = {name: ours.about(name) for name in ours.names()}
    else:
        templates = [load(name, folders) for name in names(folders)]
        told = {
            each.name: each.about or ", ".join(field.name for field in each.fields)
            for each in templates
        }
    world.out.print(facts(told))


@app.command()
def show(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A template.", autocompletion=completion.templates),
    ],
) -> None:
    """One template as it is written: TOML for summaries, Jinja2 for exports.

    \b
    Examples:
      paperlens templates show brief
      paperlens templates show hexo
    """
    from paperlens.cli.output import print_exactly

    world = context()
    print_exactly(_source(name, world), world.stdout)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="NAME",
            help="The template to begin with.",
            autocompletion=completion.templates,
        ),
    ] = "brief",
) -> None:
    """Write a template of your own, to be changed with an editor.

    It begins as a copy of another one: of one for summaries, with a comment that says what can be
    written there, or of one for exports. One that is called like a built-in template takes its
    place.

    \b
    Examples:
      paperlens templates new mine
      paperlens templates new review --from deep
      paperlens templates new hexo --from hexo
    """
    from paperlens.errors import UserError
    from paperlens.files import make_folder, write_whole
    from paperlens.summaries.templates.starting import refuse_bad_name, started

    world = context()
    text, export = _source(source, world), _of_exports(source, world)
    if export:
        refuse_bad_name(name)
        suffix, usage = "".join(export.suffixes), f"paperlens export --to {name}"
    else:
        text = started(name, text)
        suffix, usage = ".toml", f"paperlens summarize ID --template {name}"
    file = world.places.templates[0] / f"{name}{suffix}"
    if file.exists():
        raise UserError(
            f"{file} is there already", "change it with an editor, or take another name"
        )
    make_folder(file.parent)
    write_whole(file, text.encode())
    world.tell(f"{file}: {usage}")


def _of_exports(name: str, world: "Context") -> Path | None:
    """The file of a template for exports; one for summaries of that name comes first."""
    from paperlens.reports.templates import Templates
    from paperlens.summaries.templates import names

    folders = world.places.templates
    return None if name in names(folders) else Templates(folders).file_of(name)


def _source(name: str, world: "Context") -> str:
    """A template as it is written; one for summaries is read first, so that it is a good one."""
    from paperlens.reports.templates import text_of
    from paperlens.summaries.templates import file_of, load

    if export := _of_exports(name, world):
        return text_of(export)
    load(name, world.places.templates)
    return file_of(name, world.places.templates).read_text("utf-8")
