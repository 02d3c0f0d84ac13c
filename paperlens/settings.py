"""THE table of settings: each one's name, type, default and meaning, as the dataclasses below.

The defaults, the validation, `paperlens config list` and the settings page of the docs are all
read from it. Strength: command line, environment (`PAPERLENS_SECTION_KEY`), config.toml, default.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from paperlens.errors import SettingError, nearest

_COUNTLESS = 10**30
Value = str | bool | int | float | tuple[str, ...]
Check = Callable[[Any], str | None]


def _at_least(low: float) -> Check:
    return lambda value: None if value >= low else f"must be at least {low:g}"


def _share(value: float) -> str | None:
    return None if 0 <= value <= 1 else "must be between 0 and 1"


def _one_of(*names: str) -> Check:
    return lambda value: None if value in names else f"must be one of {', '.join(names)}"


def _http(value: str) -> str | None:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    return (
        None
        if parts.scheme in {"http", "https"} and parts.hostname
        else "must be an http(s) address"
    )


def _http_or_empty(value: str) -> str | None:
    return _http(value) if value else None


def setting(default: Value, meaning: str, check: Check | None = None) -> Any:
    """One row of the table."""
    return field(default=default, metadata={"meaning": meaning, "check": check})


@dataclass(frozen=True)
class Arxiv:
    feed_url: str = setting(
        "https://rss.arxiv.org/atom", "daily announcements; `{feed_url}/cs.CV+cs.LG`", _http
    )
    api_url: str = setting("https://export.arxiv.org/api/query", "the query API", _http)
    oai_url: str = setting(
        "https://oaipmh.arxiv.org/oai", "OAI-PMH, the last resort for long gaps", _http
    )
    pdf_url: str = setting(
        "https://export.arxiv.org/pdf", "where PDFs come from; `{pdf_url}/2404.05674v1`", _http
    )
    delay: float = setting(
        3.0,
        "seconds between requests; less than 3 is refused for hosts under arxiv.org",
        _at_least(0),
    )
    timeout: float = setting(
        30.0, "seconds without a byte before a request is given up", _at_least(0.1)
    )
    retries: int = setting(
        4, "tries per request, with growing, jittered waits; `Retry-After` is obeyed", _at_least(1)
    )
    categories: tuple[str, ...] = setting((), "where queries that name no category look")


@dataclass(frozen=True)
class Llm:
    model: str = setting("", "a LiteLLM model name; empty means the built-in extractive summariser")
    api_base: str = setting(
        "", "for self-hosted servers (vLLM, Ollama, llama.cpp, LiteLLM proxy)", _http_or_empty
    )
    fallbacks: tuple[str, ...] = setting((), "models tried in order when the first fails")
    language: str = setting(
        "en", "language of summaries and of report labels (any for text; labels: en, zh)"
    )
    concurrency: int = setting(8, "requests in flight", _at_least(1))
    timeout: float = setting(120.0, "seconds per request", _at_least(0.1))
    retries: int = setting(3, "tries per request on 429, 5xx, timeouts", _at_least(1))
    budget: float = setting(
        1.0,
        "US dollars per day; reached means the rest is extractive, and says so; 0 = no limit",
        _at_least(0),
    )


@dataclass(frozen=True)
class Today:
    limit: int = setting(
        10, "papers summarised and shown in full; the rest are listed one line each", _at_least(0)
    )
    template: str = setting("brief", "summary template")
    full_text: bool = setting(True, "with a model: summarise from the PDF, not the abstract alone")
    judge: bool = setting(
        False, "let the model score the first 50 papers against `today.interests`"
    )
    interests: str = setting("", "what you look for, in prose, for `today.judge`")
    explore: float = setting(
        0.1, "share of shown papers from outside the learned taste; 0 = none", _share
    )


@dataclass(frozen=True)
class Pdf:
    max_mb: int = setting(50, "largest PDF that is read, in megabytes", _at_least(1))
    max_pages: int = setting(200, "most pages of one PDF that are read", _at_least(1))
    timeout: float = setting(60.0, "seconds that reading one PDF may take", _at_least(0.1))


@dataclass(frozen=True)
class Cache:
    max_gb: float = setting(
        2.0, "gigabytes; least recently used PDFs and figures go first; 0 = no limit", _at_least(0)
    )


@dataclass(frozen=True)
class Terminal:
    pictures: str = setting(
        "auto",
        "how figures are shown: auto, kitty, iterm2, sixel, blocks or none",
        _one_of("auto", "kitty", "iterm2", "sixel", "blocks", "none"),
    )


@dataclass(frozen=True)
class Settings:
    arxiv: Arxiv = Arxiv()
    llm: Llm = Llm()
    today: Today = Today()
    pdf: Pdf = Pdf()
    cache: Cache = Cache()
    terminal: Terminal = Terminal()

    def __getitem__(self, key: str) -> Value:
        section, _, name = key.partition(".")
        value: Value = getattr(getattr(self, section), name)
        return value

    def having(self, values: Mapping[str, Value]) -> "Settings":
        """The same settings but for these."""
        changed = self
        for key, value in values.items():
            section, _, name = key.partition(".")
            part = replace(getattr(changed, section), **{name: value})
            changed = replace(changed, **{section: part})
        return changed


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as the table has it."""

    key: str
    default: Value
    meaning: str
    check: Check | None

    @property
    def environment(self) -> str:
        return f"PAPERLENS_{self.key.replace('.', '_').upper()}"

    @property
    def type_name(self) -> str:
        names = {
            bool: "true or false",
            int: "a whole number",
            float: "a number",
            str: "text",
            tuple: "a list of texts",
        }
        return names[type(self.default)]


def rows() -> Iterator[Row]:
    """The table, in its order."""
    for section in fields(Settings):
        for row in fields(type(_default(section))):
            yield Row(
                f"{section.name}.{row.name}",
                _default(row),
                row.metadata["meaning"],
                row.metadata["check"],
            )


def _default(column: Field[Any]) -> Any:
    assert column.default is not MISSING
    return column.default


SECTIONS = tuple(section.name for section in fields(Settings))
TABLE: Mapping[str, Row] = {row.key: row for row in rows()}


def row_named(key: str) -> Row:
    """The row of a key, or an error that names the nearest known one."""
    if key in SECTIONS:
        inside = [row for row in TABLE if row.startswith(f"{key}.")]
        raise SettingError(f"{key} is a section", f"it holds settings such as {inside[0]}")
    try:
        return TABLE[key]
    except KeyError:
        raise SettingError(
            f'unknown setting "{key}"',
            nearest(key.casefold(), TABLE) or "paperlens config list shows them all",
        ) from None


def parse(key: str, text: str) -> Value:
    """A setting's value written as text: on the command line or in the environment."""
    row = row_named(key)
    if isinstance(row.default, str):
        return checked(row, text)
    if isinstance(row.default, bool):
        words = {
            "true": True,
            "1": True,
            "yes": True,
            "on": True,
            "false": False,
            "0": False,
            "no": False,
            "off": False,
        }
        return checked(row, words.get(text.strip().lower(), text))
    if isinstance(row.default, tuple):
        return checked(row, _texts(text))
    try:
        return checked(row, int(text) if isinstance(row.default, int) else float(text))
    except ValueError:
        return checked(row, text)


def _texts(text: str) -> object:
    """`a, b` or `["a", "b"]`."""
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return [word.strip() for word in text.split(",") if word.strip()]


def checked(row: Row, value: object) -> Value:
    """The value in the row's own type."""
    fitting = _fitting(row.default, value)
    if fitting is None:
        raise SettingError(f"{row.key} must be {row.type_name}, not {_spelled(value)}")
    problem = row.check(fitting) if row.check else None
    if problem:
        raise SettingError(f"{row.key} {problem}, not {_spelled(value)}")
    return fitting


def _spelled(value: object) -> str:
    """A value as its owner wrote it, or nearly: never as Python does."""
    if isinstance(value, (list, tuple)):
        told = f"[{', '.join(map(_spelled, value))}]"
    elif isinstance(value, dict):
        told = "a table"
    elif isinstance(value, (date, time)):
        told = value.isoformat()
    elif isinstance(value, int) and abs(value) >= _COUNTLESS:
        told = "so large a number"
    elif isinstance(value, str):
        told = json.dumps(value, ensure_ascii=not value.isprintable())
    else:
        told = json.dumps(value)
    return told if len(told) <= 100 else f"{told[:99]}…"


def _fitting(default: Value, value: object) -> Value | None:
    if isinstance(default, tuple):
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            return tuple(value)
        return None
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value) if abs(value) < _COUNTLESS else None
    if type(value) is not type(default):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    assert isinstance(value, (str, bool, int, float))
    return value
