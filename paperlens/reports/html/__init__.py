"""A report as one page: everything inside, nothing fetched, readable with and without JavaScript.

`view.py` says what stands where, the templates in which tags, `page.css` how it looks, `page.js`
what moves. Texts of papers pass Jinja's escaping, and the page forbids itself every other script,
style and request.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from paperlens.models import Report
from paperlens.reports.html.albums import APART
from paperlens.reports.html.view import page
from paperlens.reports.text import capital

if TYPE_CHECKING:
    from paperlens.reports import Pictures


def document(report: Report, pictures: "Pictures") -> str:
    """The page, the same bytes for the same report."""
    style, early, late = (_source(name) for name in ("page.css", "early.js", "page.js"))
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
        f"; style-src {_hashed(style)}; script-src {_hashed(early)} {_hashed(late)}"
    )
    shown = page(report, pictures)
    told = _template().render(
        page=shown,
        policy=Markup(policy),
        style=Markup(style),
        early=Markup(early),
        late=Markup(late),
    )
    return "".join(_with_pictures(told, shown.pictures))


def _with_pictures(told: str, pictures: Sequence[str]) -> Iterator[str]:
    """The page with pictures where their places are: through templates they would be copied often.

    A place is a number between two NULs, which no text of the page has.
    """
    for odd, piece in enumerate(told.split(APART)):
        yield pictures[int(piece)] if odd % 2 else piece


def _hashed(source: str) -> str:
    """What the policy calls a script or style that stands in the page."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["capital"] = capital
    return environment.get_template("page.html.j2")


@cache
def _source(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")
