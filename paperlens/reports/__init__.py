"""Reports: a Report in, text out. Pure, and light: Rich is loaded by `terminal` alone.

`FORMATS` has every format that is text, by the name users call it.
"""

from collections.abc import Callable, Mapping

from paperlens.models import Report
from paperlens.reports import json, markdown
from paperlens.reports.json import kept_lines

__all__ = ["FORMATS", "Format", "kept_lines", "render"]

Format = Callable[[Report], str]

FORMATS: Mapping[str, Format] = {
    "markdown": markdown.document,
    "json": json.document,
    "jsonl": lambda report: "".join(json.lines(report)),
}


def render(report: Report, name: str) -> str:
    """The report in one of `FORMATS`."""
    return FORMATS[name](report)
