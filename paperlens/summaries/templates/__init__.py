"""What a summary consists of, as data: fields with a kind, bounds and a meaning, and instructions.

A template is a TOML file. The built-in ones lie in `built_in/`; a file of the same name in a folder
of the user's comes before them.
"""

from collections.abc import Iterable
from pathlib import Path

from paperlens.errors import UserError, nearest
from paperlens.summaries.templates.shape import Field, Fields, Kind, Template
from paperlens.summaries.templates.source import read

__all__ = ["Field", "Fields", "Kind", "Template", "file_of", "is_built_in", "load", "names"]

_BUILT_IN = Path(__file__).parent / "built_in"


def names(folders: Iterable[Path]) -> tuple[str, ...]:
    """Every template there is, sorted."""
    return tuple(sorted(_found(folders)))


def load(name: str, folders: Iterable[Path]) -> Template:
    """A template by its name; one in `folders` comes before a built-in one."""
    return read(file_of(name, folders))


def file_of(name: str, folders: Iterable[Path]) -> Path:
    """Where a template is written down."""
    found = _found(folders)
    if name not in found:
        raise UserError(
            f'unknown template "{name}"',
            nearest(name, found) or f"there are: {', '.join(sorted(found))}",
        )
    return found[name]


def is_built_in(file: Path) -> bool:
    return file.parent == _BUILT_IN


def _found(folders: Iterable[Path]) -> dict[str, Path]:
    places = [_BUILT_IN, *reversed(list(folders))]
    return {file.stem: file for place in places for file in place.glob("*.toml")}
