"""Exports as Jinja2 templates: `hexo.md.j2` and the like in `built_in/`, and the user's own.

A user's template lies in one of `folders` (beside the templates for summaries, which end in .toml)
or anywhere; one that is called like a preset takes its place. Jinja2 is loaded when one is used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from paperlens.errors import UserError, nearest
from paperlens.unseen import one_line

SUFFIX = ".j2"
_BUILT_IN = Path(__file__).parent / "built_in"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?", re.ASCII)


class Templates:
    """The templates that there are, told in one language."""

    def __init__(self, folders: Sequence[Path] = (), language: str = "en") -> None:
        """Of several folders, an earlier one comes first."""
        self._folders, self._language = folders, language
        self._files: dict[str, Path] = {}

    def own(self) -> tuple[str, ...]:
        """The names of the user's templates, sorted."""
        return tuple(sorted({name for folder in self._folders for name in _names(folder)}))

    def names(self) -> tuple[str, ...]:
        """Those and the built-in ones."""
        return tuple(sorted({*self.own(), *_names(_BUILT_IN)}))

    def file_of(self, name: str) -> Path | None:
        """Where a template of that name is written down, if it is anywhere."""
        for folder in (*self._folders, _BUILT_IN):
            if _NAME.fullmatch(name) and (found := sorted(folder.glob(f"{name}.*{SUFFIX}"))):
                return found[0]
        return None

    def about(self, name: str) -> str:
        """What its first comment says: one line."""
        file = self.file_of(name)
        found = re.match(r"\{#-?(.{0,400}?)-?#\}", text_of(file), re.DOTALL) if file else None
        return one_line(found[1]) if found else ""

    def render(self, name: str, what: Mapping[str, Any]) -> str:
        """A template by its name; `what` are the names that it sees."""
        file = self._files.get(name) or self.file_of(name)
        if file is None:
            raise UserError(f'there is no template "{name}"', nearest(name, self.names()))
        self._files[name] = file
        return self.render_file(file, what)

    def render_file(self, file: Path, what: Mapping[str, Any]) -> str:
        """Any file; it can include and extend what lies beside it, and the templates above."""
        from paperlens.reports.templates.jinja import rendered

        return rendered(file, (file.parent, *self._folders), _BUILT_IN, what, self._language)


def text_of(file: Path) -> str:
    """A template as it is written."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: cannot be read ({type(error).__name__})") from None


def _names(folder: Path) -> Iterator[str]:
    for file in folder.glob(f"*.*{SUFFIX}"):
        name = file.name.split(".")[0]
        if _NAME.fullmatch(name):
            yield name
