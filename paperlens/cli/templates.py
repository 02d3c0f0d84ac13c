"""`paperlens templates`: what summaries consist of."""

from typing import Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

app = typer.Typer(help="What summaries consist of.", no_args_is_help=True)


@app.command("list")
def list_templates() -> None:
    """The templates there are: built in, and yours.

    \b
    Example:
      paperlens templates list
    """
    from paperlens.reports.tables import facts
    from paperlens.summaries.templates import load, names

    world = context()
    folders = world.places.templates
    templates = [load(name, folders) for name in names(folders)]
    world.out.print(
        facts(
            {
                each.name: each.about or ", ".join(field.name for field in each.fields)
                for each in templates
            }
        )
    )


@app.command()
def show(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A template.", autocompletion=completion.templates),
    ],
) -> None:
    """One template, as the TOML it is written in.

    \b
    Example:
      paperlens templates show brief
    """
    from paperlens.cli.output import print_exactly
    from paperlens.summaries.templates import file_of, load

    world = context()
    load(name, world.places.templates)
    file = file_of(name, world.places.templates)
    print_exactly(file.read_text("utf-8"), world.stdout)


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

    It begins as a copy of another one, with a comment that says what can be written there. One
    that is called like a built-in template takes its place.

    \b
    Examples:
      paperlens templates new mine
      paperlens templates new review --from deep
    """
    from paperlens.errors import UserError
    from paperlens.files import make_folder, write_whole
    from paperlens.summaries.templates import file_of, load
    from paperlens.summaries.templates.starting import started

    world = context()
    folders = world.places.templates
    load(source, folders)
    text = started(name, file_of(source, folders).read_text("utf-8"))
    file = folders[0] / f"{name}.toml"
    if file.exists():
        raise UserError(
            f"{file} is there already", "change it with an editor, or take another name"
        )
    make_folder(folders[0])
    write_whole(file, text.encode())
    world.tell(f"{file}: paperlens summarize ID --template {name}")
