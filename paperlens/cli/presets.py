"""What `--to` names: a format, a preset of several files, or a template of the user's own."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.errors import UserError, nearest

if TYPE_CHECKING:
    from paperlens.context import Context


@dataclass(frozen=True, slots=True)
class Preset:
    """`template` is a file that makes one text; `is_folder` says that there are several files."""

    name: str
    template: Path | None = None
    is_folder: bool = False


def names(world: "Context") -> tuple[str, ...]:
    """All that can be named, without the templates that lie elsewhere."""
    from paperlens.reports import FOLDERS, FORMATS
    from paperlens.reports.templates import Templates

    own = Templates(world.places.templates).own()
    return tuple(dict.fromkeys((*FORMATS, *FOLDERS, *own)))


def chosen(to: str | None, output: Path | None, world: "Context") -> Preset:
    """By its name, else by the suffix of the file, else Markdown.

    A template of the user's own takes the place of the preset that is called like it.
    """
    from paperlens.reports import FOLDERS, FORMATS
    from paperlens.reports.templates import SUFFIX, Templates

    if to is not None and to.endswith(SUFFIX):
        return Preset(to, _existing(Path(to)))
    name = to if to is not None else _named_by(output)
    if name in FOLDERS:
        return Preset(name, is_folder=True)
    templates = Templates(world.places.templates)
    if name in templates.own():
        return Preset(name, templates.file_of(name))
    if name not in FORMATS:
        known = names(world)
        raise UserError(
            f'there is no preset "{name}"', nearest(name, known) or f"there are {', '.join(known)}"
        )
    return Preset(name)


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise UserError(f"{file} is no template: there is no such file")
    return file.absolute()


def _named_by(output: Path | None) -> str:
    from paperlens.cli.output import Delivery
    from paperlens.reports import FORMATS

    by_suffix = Delivery.chosen(output=None if output and output.is_dir() else output).form
    return by_suffix if by_suffix in FORMATS else "markdown"
