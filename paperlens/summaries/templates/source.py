"""A template's TOML file, read and judged: each complaint names the file and its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from paperlens.errors import SettingError, nearest
from paperlens.summaries.templates.shape import Field, Template

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LEAST_TOKENS = 1000
_LARGEST = 100_000
_OF_A_TEMPLATE = ("about", "instructions", "tokens", "whole", "fields")
_OF_A_FIELD = (
    "name", "kind", "meaning", "min", "max", "words", "sections", "role", "optional",
)  # fmt: skip


def read(file: Path) -> Template:
    """The template in a file, by the file's name."""
    source = _Source(file, _content(file))
    table = source.table()
    source.only(table, _OF_A_TEMPLATE)
    fields = table.get("fields")
    if not isinstance(fields, list) or not fields:
        source.refuse("a template needs at least one [[fields]]")
    tokens = source.count(table, "tokens", 6000)
    if tokens < _LEAST_TOKENS:
        source.refuse(f"tokens must be at least {_LEAST_TOKENS}: a paper needs room", "tokens")
    return Template(
        name=file.stem,
        instructions=source.text(table, "instructions"),
        fields=tuple(_field(source, row, place) for place, row in enumerate(fields, start=1)),
        tokens=tokens,
        whole=source.flag(table, "whole"),
        about=source.text(table, "about") if "about" in table else "",
    )


def _content(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{file}: cannot be read ({type(error).__name__})") from error
    if len(content) > _LARGEST:
        raise SettingError(f"{file}: is too long for a template")
    return content


def _field(source: "_Source", row: object, place: int) -> Field:
    if not isinstance(row, dict):
        source.refuse("each of the fields must be a [[fields]] table")
    source.only(row, _OF_A_FIELD, place)
    name, kind = source.text(row, "name", place), source.text(row, "kind", place)
    if not _FIELD_NAME.fullmatch(name):
        source.refuse(f'"{name}" cannot name a field: small letters, digits and _', "name", place)
    if source.names.count(name) > 1:
        source.refuse(f'there are two fields named "{name}"', "name", place)
    least, most = 1, 1
    if kind == "list":
        least, most = source.count(row, "min", 1, place), source.count(row, "max", 10, place)
        if least > most:
            source.refuse(f"min is {least} but max is {most}", "min", place)
    elif kind != "text":
        source.refuse(f'kind must be "text" or "list", not "{kind}"', "kind", place)
    elif bounds := [key for key in ("min", "max") if key in row]:
        source.refuse(
            f"{bounds[0]} counts the items of a list, and this is a text", bounds[0], place
        )
    return Field(
        name,
        "list" if kind == "list" else "text",
        source.text(row, "meaning", place),
        least,
        most,
        words=source.count(row, "words", 0, place) if "words" in row else 0,
        sections=source.texts(row, "sections", place),
        role=source.text(row, "role", place) if "role" in row else "",
        optional=source.flag(row, "optional", place),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """A template's file while it is read: knows on which line each complaint belongs."""

    file: Path
    content: str
    names: list[str] = field(default_factory=list)

    def table(self) -> dict[str, Any]:
        try:
            table = tomllib.loads(self.content)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            problem, _, place = str(error).partition(" (at ")
            line = re.match(r"line (\d+)", place)
            last = self.content.count("\n") + 1
            raise SettingError(f"{self.file}:{line[1] if line else last}: {problem}") from error
        fields = table.get("fields")
        if isinstance(fields, list):
            self.names.extend(str(row.get("name")) for row in fields if isinstance(row, dict))
        return table

    def text(self, table: Mapping[str, Any], key: str, place: int = 0) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} must be a text that says something", key, place)
        return value.strip()

    def texts(self, table: Mapping[str, Any], key: str, place: int = 0) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(o, str) and o.strip() for o in value):
            self.refuse(f"{key} must be a list of texts", key, place)
        return tuple(each.strip() for each in value)

    def count(self, table: Mapping[str, Any], key: str, default: int, place: int = 0) -> int:
        value = table.get(key, default)
        if type(value) is not int or value < 1:
            self.refuse(f"{key} must be a whole number of at least 1", key, place)
        return value

    def flag(self, table: Mapping[str, Any], key: str, place: int = 0) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"{key} must be true or false", key, place)
        return value

    def only(self, table: Mapping[str, Any], known: Sequence[str], place: int = 0) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, known) or f"known are {', '.join(known)}"
                self.refuse(f'unknown key "{key}"; {near}', key, place)

    def refuse(self, problem: str, key: str = "", place: int = 0) -> NoReturn:
        raise SettingError(f"{self.file}:{self._line(key, place)}: {problem}")

    def _line(self, key: str, place: int) -> int:
        """The line of a key in the place-th [[fields]], else of that header, else the first."""
        header, line = 0, 1
        for number, text in enumerate(self.content.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*fields\s*\]\]", text):
                header += 1
                line = number if header == place else line
            if header == place and key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", text):
                return number
        return line
