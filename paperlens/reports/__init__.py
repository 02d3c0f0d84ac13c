"""Reports: a Report in, text out. Pure, and light: Rich is loaded by `terminal` alone.

`FORMATS` has every format that is one text, by the name users call it. `Pictures` brings the bytes
of a figure, for the formats that carry them.
"""

from collections.abc import Callable, Mapping

from paperlens.models import Figure, Report
from paperlens.reports import json, markdown
from paperlens.reports.json import kept_lines

__all__ = ["FORMATS", "Format", "Pictures", "kept_lines", "render"]

Pictures = Callable[[Figure], bytes | None]
Format = Callable[[Report, Pictures], str]


def _html(report: Report, pictures: Pictures) -> str:
    from paperlens.reports.html import document

    return document(report, pictures)


FORMATS: Mapping[str, Format] = {
    "markdown": lambda report, _: markdown.document(report),
    "html": _html,
    "json": lambda report, _: json.document(report),
    "jsonl": lambda report, _: "".join(json.lines(report)),
}


def render(report: Report, name: str, pictures: Pictures = lambda _: None) -> str:
    """The report in one of `FORMATS`."""
    return FORMATS[name](report, pictures)
