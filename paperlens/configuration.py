"""What the user has set: config.toml and the environment over the defaults, each value checked.

An error names the file, the line and the nearest known key. `write` changes one value and leaves
the user's comments and order alone; it is the only user of tomlkit.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paperlens.errors import SettingError, UnwritablePlace, nearest
from paperlens.settings import TABLE, Settings, Value, checked, parse, row_named


@dataclass(frozen=True, slots=True)
class Resolved:
    """All settings, and for each that is not a default, where its value comes from."""

    settings: Settings
    origins: Mapping[str, str]


def resolve(file: Path, environ: Mapping[str, str]) -> Resolved:
    """What config.toml and the environment say, checked; the stronger over the weaker."""
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    for key, setting in _from_file(file).items():
        values[key], origins[key] = setting, str(file)
    for name, text in environ.items():
        if named := _key_of(name):
            values[named], origins[named] = parse(named, text, f"{name}: "), name
    settings = Settings().having(values)
    _polite(settings, origins)
    return Resolved(settings, origins)


_NOT_SETTINGS = {"PAPERLENS_HOME"}


def _key_of(variable: str) -> str | None:
    """The setting that an environment variable names; one that looks like ours must be ours."""
    if not variable.startswith("PAPERLENS_") or variable in _NOT_SETTINGS:
        return None
    known = {row.environment: key for key, row in TABLE.items()}
    if variable in known:
        return known[variable]
    section = variable.removeprefix("PAPERLENS_").partition("_")[0].lower()
    if section not in {part.name for part in fields(Settings)}:
        return None
    raise SettingError(
        f"environment: no setting is called {variable}",
        nearest(variable, known) or "paperlens config list shows them all",
    )


def _from_file(file: Path) -> dict[str, Value]:
    try:
        text = file.read_text("utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{file}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{file}: {_in_order(str(error))}") from None
    values = {}
    for key, value in _flattened(document):
        place = f"{file}, line {_line_of(key, text)}: "
        values[key] = checked(row_named(key, place), value, place)
    return values


def _in_order(problem: str) -> str:
    """tomllib says `what (at line 3, column 5)`; people look for the line first."""
    what, _, where = problem.rpartition(" (at ")
    return f"{where.rstrip(')')}: {what[:1].lower()}{what[1:]}" if what else problem


def _flattened(document: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for section, content in document.items():
        if isinstance(content, dict) and content:
            yield from ((f"{section}.{name}", value) for name, value in content.items())
        elif not isinstance(content, dict):
            yield section, content


def _line_of(key: str, text: str) -> int:
    """The line on which a key first stands: the first after which the file, so far, has it."""
    lines = text.splitlines(keepends=True)
    whole = 0
    for number in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if any(key == found for found, _ in _flattened(document)):
            return whole + 1
        whole = number
    return 1


def _polite(settings: Settings, origins: Mapping[str, str]) -> None:
    """arXiv asks for three seconds between requests; paperlens does not offer to break that."""
    urls = (
        settings.arxiv.feed_url,
        settings.arxiv.api_url,
        settings.arxiv.oai_url,
        settings.arxiv.pdf_url,
    )
    hosts = {urlsplit(url).hostname or "" for url in urls}
    ours = [host for host in hosts if host == "arxiv.org" or host.endswith(".arxiv.org")]
    if ours and settings.arxiv.delay < 3:
        where = origins.get("arxiv.delay", "command line")
        raise SettingError(
            f"{where}: arxiv.delay must be at least 3 for {min(ours)}, not {settings.arxiv.delay:g}"
        )


def write(file: Path, key: str, value: Value) -> None:
    """Set one value in config.toml; everything else in the file stays as its owner wrote it."""
    import tomlkit

    resolve(file, {})
    file = file.resolve()  # a link into somebody's dotfiles stays a link
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        text = ""
    document = tomlkit.parse(text)
    section, _, name = key.partition(".")
    if section not in document:
        document.add(section, tomlkit.table())
    document[section][name] = list(value) if isinstance(value, tuple) else value
    changed = tomlkit.dumps(document)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replacement = file.with_name(f".{file.name}.new")
        replacement.write_text(changed, "utf-8")
        replacement.replace(file)
    except OSError as error:
        raise UnwritablePlace(f"{file} cannot be written: {error.strerror}") from None
