"""`paperlens config`: settings seen, changed and found."""

import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.settings import Value

app = typer.Typer(help="Settings: see, change and find them.", no_args_is_help=True)

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY", help="A setting, such as llm.model.", autocompletion=completion.settings
    ),
]


@app.command("list")
def list_settings() -> None:
    """Every setting, its value, and where the value comes from; the output is valid TOML.

    \b
    Example:
      paperlens config list
    """
    from paperlens.reports.tables import setting_line
    from paperlens.settings import TABLE

    world = context()
    resolved = world.configured
    written = {key: f"{key} = {_toml(resolved.settings[key])}" for key in TABLE}
    width = min(60, max(map(len, written.values())))
    for key, line in written.items():
        world.out.print(setting_line(line, resolved.origins.get(key), width), soft_wrap=True)


@app.command()
def get(key: Key) -> None:
    """One setting's value.

    \b
    Example:
      paperlens config get llm.model
    """
    from paperlens.settings import row_named

    world = context()
    row_named(key)
    value = world.configured.settings[key]
    typer.echo(value if isinstance(value, str) else _toml(value), file=world.stdout)


@app.command("set")
def set_value(
    key: Key,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help='Its new value; lists as a,b or ["a", "b"].')
    ],
) -> None:
    """Change one setting in config.toml; your comments and your order stay.

    \b
    Examples:
      paperlens config set llm.model openai/gpt-4o-mini
      paperlens config set arxiv.categories cs.CV,cs.LG
    """
    from paperlens.configuration import write
    from paperlens.settings import parse

    world = context()
    write(world.places.config, key, parse(key, value))
    world.tell(f"{key} is now {_toml(parse(key, value))}")


@app.command("set-key", context_settings={"allow_extra_args": True})
def set_key(
    ctx: typer.Context,
    provider: Annotated[
        str, typer.Argument(metavar="PROVIDER", help="Who serves the model: openai, anthropic, …")
    ],
    delete: Annotated[bool, typer.Option("--delete", help="Forget the key.")] = False,
) -> None:
    """Keep a provider's key in the system keyring; it is read from a prompt or standard input.

    \b
    Where the provider's own environment variable is set, that one is used.

    \b
    Examples:
      paperlens config set-key openai
      pass show openai | paperlens config set-key openai
      paperlens config set-key openai --delete
    """
    from paperlens.errors import UserError
    from paperlens.summaries.asking import keys

    if ctx.args:
        raise UserError(
            "a key among the words of a command stays in the shell's history",
            "give it on standard input, or to the prompt",
        )
    world = context()
    name, instead = _provider(provider)
    if delete:
        there = keys.forget(name, instead)
        world.tell(f"the key of {name} is forgotten" if there else f"no key of {name} is kept")
        return
    keys.keep(name, _secret(name, world), instead)
    world.tell(f"the key of {name} is in the system keyring")


def _provider(word: str) -> tuple[str, str]:
    """Its name as models have it, and where else its key can be put."""
    from paperlens.errors import UserError, nearest
    from paperlens.summaries.asking.providers import (
        SEVERAL_CREDENTIALS,
        key_variables,
        known_providers,
    )

    name = word.strip().lower()
    variables = key_variables(name)
    if name in SEVERAL_CREDENTIALS:
        raise UserError(f"{name} needs more than one key", "set its own environment variables")
    if not re.fullmatch(r"[a-z][a-z0-9_-]{1,29}", name) or sum(map(str.isdigit, name)) > 2:
        raise UserError("that names no provider", "in openai/gpt-5-mini it is openai")
    if name not in known_providers() and (near := nearest(name, known_providers())):
        raise UserError(f'there is no provider "{name}"', near)
    return name, f"set {variables[0]} instead" if variables else "set its environment variable"


def _secret(provider: str, world: "Context") -> str:
    """From the first line of standard input; on a terminal nothing of it is shown."""
    from paperlens.errors import UserError
    from paperlens.summaries.asking.providers import is_usable

    if world.stdin.isatty():
        told: str = typer.prompt(f"Key of {provider}", hide_input=True, err=True)
    else:
        told = world.stdin.readline()
    key = told.strip()
    if not key:
        raise UserError("there is no key on standard input")
    if not is_usable(key):
        raise UserError("that is no key: it holds a space or a letter that no key has")
    return key


@app.command()
def edit() -> None:
    """Open config.toml in $EDITOR, and check it when you are done.

    \b
    Example:
      paperlens config edit
    """
    import shlex
    import subprocess

    from paperlens.configuration import resolve
    from paperlens.errors import UserError
    from paperlens.files import make_folder

    world = context()
    file = world.places.config
    chosen = (world.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    editor = next(filter(None, chosen), "vi")
    make_folder(file.parent)
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False)
    except (OSError, ValueError) as error:
        raise UserError(f"the editor {editor} cannot be run: {error}", "set $EDITOR") from None
    if done.returncode:
        raise UserError(f"{editor} ended with {done.returncode}; see what is in {file}")
    resolve(file, {})


@app.command()
def path() -> None:
    """Where config.toml is.

    \b
    Example:
      cat "$(paperlens config path)"
    """
    world = context()
    typer.echo(str(world.places.config), file=world.stdout)


def _toml(value: "Value") -> str:
    """A value as TOML spells it; for these types that is how JSON does."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
