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
    from paperlens.summaries.templates import load, names

    world = context()
    folder = world.places.templates
    for name in names(folder):
        fields = ", ".join(field.name for field in load(name, folder).fields)
        world.out.print(f"{name}  {fields}", no_wrap=True, overflow="ellipsis")


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
      paperlens templates show brief > my.toml
    """
    from paperlens.cli.output import print_exactly
    from paperlens.summaries.templates import file_of, load

    world = context()
    load(name, world.places.templates)
    file = file_of(name, world.places.templates)
    print_exactly(file.read_text("utf-8"), world.stdout)
