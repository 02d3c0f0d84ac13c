"""What the user has set: config.toml and the environment over the defaults, each value checked.

An error names the file, the line and the nearest known key. `write` changes one value and leaves
the user's comments and order alone; it is the only user of tomlkit.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paperlens.errors import SettingError, nearest
from paperlens.files import make_folder, write_whole
from paperlens.settings import SECTIONS, TABLE, Settings, Value, checked, parse, row_named


@dataclass(frozen=True, slots=True)
class Resolved:
    """All settings, and for each that is not a default, where its value comes from."""

    settings: Settings
    origins: Mapping[str, str]


def resolve(file: Path, environ: Mapping[str, str]) -> Resolved:
    """What config.toml and the environment say, checked; the stronger over the weaker."""
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    text = _text_of(file)
    for key, value in _values(text, file).items():
        values[key], origins[key] = value, str(file)
    for name, told in environ.items():
        if named := _key_of(name):
            with _located(str, name):
                values[named], origins[named] = parse(named, told), name
    settings = Settings().having(values)
    with _located(_place, "arxiv.delay", origins, text, file):
        _check_polite(settings)
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
    if section not in SECTIONS:
        return None
    raise SettingError(
        f"environment: no setting is called {variable}",
        nearest(variable, known) or "paperlens config list shows them all",
    )


def _text_of(file: Path) -> str:
    """What is in the file, with the ends of its lines as they are."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingError(f"{file}, line {line}: not UTF-8") from None


def _values(text: str, file: Path) -> dict[str, Value]:
    """What the text of a config.toml sets, each value checked."""
    values = {}
    for key, value in _flattened(_document(text, file)):
        with _located(_line_of, key, text, file):
            if value == {} and "." not in key:
                raise SettingError(f'unknown section "{key}"', nearest(key.casefold(), SECTIONS))
            values[key] = checked(row_named(key), value)
    return values


def _document(text: str, file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{file}: {_in_order(str(error))}") from None
    except ValueError:  # of int(), which reads so many digits and no more
        raise SettingError(f"{file}: a number in it has too many digits") from None


@contextmanager
def _located(place: Callable[..., str], *told: object) -> Iterator[None]:
    """Whatever is wrong with a setting in here is said with the place where it was set."""
    try:
        yield
    except SettingError as error:
        raise SettingError(f"{place(*told)}: {error.sentence}", error.hint) from None


def _in_order(problem: str) -> str:
    """tomllib says `what (at line 3, column 5)`; people look for the line first."""
    what, _, where = problem.rpartition(" (at ")
    return f"{where.rstrip(')')}: {what[:1].lower()}{what[1:]}" if what else problem


def _flattened(document: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for section, content in document.items():
        if isinstance(content, dict) and content:
            yield from ((f"{section}.{name}", value) for name, value in content.items())
        elif content != {} or section not in SECTIONS:
            yield section, content


def _place(key: str, origins: Mapping[str, str], text: str, file: Path) -> str:
    """Where a setting comes from, to the line if it is the file."""
    origin = origins.get(key, str(file))
    return _line_of(key, text, file) if origin == str(file) else origin


def _line_of(key: str, text: str, file: Path) -> str:
    """The line on which a key first stands: the first after which the file, so far, has it."""
    lines = text.splitlines(keepends=True)
    whole = 0
    for number in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if any(key == found for found, _ in _flattened(document)):
            break
        whole = number
    return f"{file}, line {whole + 1}"


def _check_polite(settings: Settings) -> None:
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
        raise SettingError(
            f"arxiv.delay must be at least 3 for {min(ours)}, not {settings.arxiv.delay:g}"
        )


def write(file: Path, key: str, value: Value) -> None:
    """Set one value in config.toml; everything else in the file stays as its owner wrote it."""
    import tomlkit

    text = _text_of(file)
    _document(text, file)
    document = tomlkit.parse(text)
    section, _, name = key.partition(".")
    if not isinstance(document.get(section), dict):
        document[section] = tomlkit.table()
    document[section][name] = list(value) if isinstance(value, tuple) else value
    changed = tomlkit.dumps(document)
    if text.count("\r\n") == text.count("\n") > 0:
        changed = changed.replace("\r\n", "\n").replace("\n", "\r\n")
    with _located(str, file):
        _check_polite(Settings().having(_values(changed, file)))
    make_folder(file.parent)
    write_whole(file, changed.encode())
