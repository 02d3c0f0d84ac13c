"""Jinja2's door: templates run in its sandbox, and what they print is made safe for their kind.

The kind is the suffix before `.j2`. In Markdown every text is escaped as `guarded` does, in HTML
and XML as these ask for, elsewhere it is only freed of what nobody sees. `| safe` leaves it alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
    pass_context,
)
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from paperlens.errors import UserError
from paperlens.reports import yaml
from paperlens.reports.guarding import emphasised, guarded, linked
from paperlens.reports.labels import labels
from paperlens.reports.naming import file_name, tag
from paperlens.reports.outline import points
from paperlens.reports.text import address, readable, shortened
from paperlens.unseen import one_line

_MARKED_UP = {".html", ".htm", ".xml", ".xhtml", ".svg", ".atom"}
_MARKDOWN = {".md", ".markdown"}
_MISTAKES = (  # what a template's expressions can raise
    TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError,
    RecursionError,
)  # fmt: skip


def rendered(
    file: Path, folders: Sequence[Path], built_in: Path, what: Mapping[str, Any], language: str
) -> str:
    """The text of a template; a mistake in it is a `UserError` with its file and line."""
    try:
        return _template(file, tuple(folders), built_in, language).render(what)
    except TemplateSyntaxError as error:
        place = f"{error.filename or error.name or file}:{error.lineno}"
        raise UserError(f"{place}: {one_line(error.message)}") from None
    except TemplateNotFound as error:
        raise UserError(f'{_place(error, file)}: there is no template "{error}"') from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: cannot be read ({type(error).__name__})") from None
    except _MISTAKES as error:
        if file.parent == built_in:  # ours: a bug
            raise
        raise UserError(f"{_place(error, file)}: {one_line(str(error))}") from None


@cache
def _template(file: Path, folders: tuple[Path, ...], built_in: Path, language: str) -> Template:
    own = [FileSystemLoader(folder) for folder in folders]
    here = FileSystemLoader(built_in)
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, here, PrefixLoader({"built_in": here})]),
        undefined=StrictUndefined,
        finalize=_finish(file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["words"] = {
        name: Markup(word) for name, word in labels(language).words.items()
    }
    environment.filters |= _filters(language)
    return environment.get_template(file.name)


def _finish(file: Path) -> Callable[[Context, object], object]:
    """What becomes of each value that is printed; None is nothing, a list is told with commas."""
    suffix = Path(file.stem).suffix.lower()
    clean: Callable[[str], str] = one_line
    if suffix in _MARKDOWN:
        clean = guarded
    elif suffix in _MARKED_UP:
        clean = _in_markup

    @pass_context  # so that a template's own texts go this way as well
    def finish(_: Context, value: object) -> object:
        if value is None:
            return ""
        if isinstance(value, (list, tuple)):
            return Markup(", ").join(Markup(clean(str(each))) for each in value)
        if isinstance(value, Undefined):  # printing it says what is wrong
            return value
        return value if isinstance(value, Markup) else Markup(_spaced(str(value), clean))

    return finish


def _in_markup(text: str) -> str:
    return str(escape(one_line(text)))


def _spaced(text: str, clean: Callable[[str], str]) -> str:
    """A template's own ", " keeps its space."""
    told = clean(text)
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{told}{after}" if told else before


def _filters(language: str) -> dict[str, Callable[..., object]]:
    words = labels(language)

    def day(told: str | None) -> str:
        return words.full_date(date.fromisoformat(told[:10])) if told else ""

    return {
        "escaped": _safe(guarded),
        "bold": _safe(emphasised),
        "linked": lambda text, url: Markup(linked(text, url)),
        "yaml": lambda value: Markup(yaml.scalar(value)),
        "readable": readable,
        "points": lambda told: points(tuple(told) if isinstance(told, list) else told),
        "address": lambda url: Markup((address(url) or "").replace("'", "%27")),
        "shortened": shortened,
        "tag": lambda text: Markup(tag(text)),
        "file_name": lambda id: Markup(file_name(id)),
        "heading": lambda name: Markup(guarded(words.field(one_line(name)))),
        "day": day,
    }


def _safe(clean: Callable[[str], str]) -> Callable[[str], str]:
    return partial(_cleaned, clean)


def _cleaned(clean: Callable[[str], str], text: str) -> str:
    return text if isinstance(text, Markup) else Markup(clean(text))


def _place(error: BaseException, file: Path) -> str:
    """The last line of a template that was running."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(file)
