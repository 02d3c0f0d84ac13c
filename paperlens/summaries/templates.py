"""What a summary consists of, as data: fields with a kind, bounds and a meaning, and instructions.

From one template come the JSON Schema that a model is sent, the validation of what it answers, and
what the extractive summariser fills. Built-in ones lie beside this module; users' own shadow them.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn

from paperlens.errors import SettingError, UserError, nearest

Fields = Mapping[str, str | tuple[str, ...] | None]
Kind = Literal["text", "list"]

_BUILT_IN = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a summary says; `least` and `most` count the items of a list."""

    name: str
    kind: Kind
    meaning: str
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Template:
    """`tokens` bounds the prompt; `digest` changes whenever a word of the template does."""

    name: str
    instructions: str
    fields: tuple[Field, ...]
    tokens: int = 6000
    digest: str = field(default="", repr=False)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an answer."""
        return {
            "type": "object",
            "properties": {field.name: _schema(field) for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }


def names(folders: Iterable[Path]) -> tuple[str, ...]:
    """Every template there is, sorted."""
    return tuple(sorted(_found(folders)))


def load(name: str, folders: Iterable[Path]) -> Template:
    """A template by its name; one in `folders` comes before a built-in one."""
    return _read(file_of(name, folders))


def file_of(name: str, folders: Iterable[Path]) -> Path:
    """Where a template is written down."""
    found = _found(folders)
    if name not in found:
        raise UserError(
            f'unknown template "{name}"',
            nearest(name, found) or f"there are: {', '.join(sorted(found))}",
        )
    return found[name]


def _found(folders: Iterable[Path]) -> dict[str, Path]:
    places = [_BUILT_IN, *reversed(list(folders))]
    return {file.stem: file for place in places for file in place.glob("*.toml")}


def _schema(field: Field) -> dict[str, Any]:
    if field.kind == "text":
        return {"type": "string", "description": field.meaning}
    return {
        "type": "array",
        "items": {"type": "string"},
        "minItems": field.least,
        "maxItems": field.most,
        "description": field.meaning,
    }


def _read(file: Path) -> Template:
    try:
        source = _Source(file, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{file}: cannot be read ({type(error).__name__})") from error
    table = source.table()
    source.only(table, ("instructions", "tokens", "fields"))
    fields = table.get("fields")
    if not isinstance(fields, list) or not fields:
        source.refuse("a template needs at least one [[fields]]")
    return Template(
        name=file.stem,
        instructions=source.text(table, "instructions"),
        fields=tuple(_field(source, row, place) for place, row in enumerate(fields, start=1)),
        tokens=source.count(table, "tokens", 6000),
        digest=hashlib.sha256(source.content.encode()).hexdigest()[:16],
    )


def _field(source: "_Source", row: object, place: int) -> Field:
    if not isinstance(row, dict):
        source.refuse("each of the fields must be a [[fields]] table")
    source.only(row, ("name", "kind", "meaning", "min", "max"), place)
    name, kind = source.text(row, "name", place), source.text(row, "kind", place)
    if not _NAME.fullmatch(name):
        source.refuse(f'"{name}" cannot name a field: small letters, digits and _', "name", place)
    if source.names.count(name) > 1:
        source.refuse(f'there are two fields named "{name}"', "name", place)
    if kind == "text":
        return Field(name, "text", source.text(row, "meaning", place))
    if kind != "list":
        source.refuse(f'kind must be "text" or "list", not "{kind}"', "kind", place)
    least, most = source.count(row, "min", 1, place), source.count(row, "max", 10, place)
    if least > most:
        source.refuse(f"min is {least} but max is {most}", "min", place)
    return Field(name, "list", source.text(row, "meaning", place), least, most)


@dataclass(frozen=True, slots=True)
class _Source:
    """A template's file while it is read: knows on which line each complaint belongs."""

    file: Path
    content: str
    names: list[str] = field(default_factory=list)

    def table(self) -> dict[str, Any]:
        try:
            table = tomllib.loads(self.content)
        except tomllib.TOMLDecodeError as error:
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

    def count(self, table: Mapping[str, Any], key: str, default: int, place: int = 0) -> int:
        value = table.get(key, default)
        if type(value) is not int or value < 1:
            self.refuse(f"{key} must be a whole number of at least 1", key, place)
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
