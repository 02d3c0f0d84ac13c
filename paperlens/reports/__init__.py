"""Reports: a Report in, text out. Pure, and light: Rich is loaded by `terminal` alone.

`FORMATS` has every format that is one text, `FOLDERS` every one that is several files, by the names
users call them. `Pictures` brings the bytes of a figure, for the formats that carry them.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from paperlens.models import Figure, Report
from paperlens.reports import dendron, hexo, json, markdown, obsidian, seen
from paperlens.reports.json import kept_lines
from paperlens.reports.leaf import Leaf
from paperlens.reports.templates import Templates

__all__ = [
    "FOLDERS", "FORMATS", "Folder", "Format", "Leaf", "Pictures", "Templates", "kept_lines",
    "render", "render_template",
]  # fmt: skip

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

Folder = Callable[[Report, Pictures, Templates], Iterator[Leaf]]
FOLDERS: Mapping[str, Folder] = {
    "hexo": hexo.leaves,
    "dendron": dendron.leaves,
    "obsidian": obsidian.leaves,
}


def render(report: Report, name: str, pictures: Pictures = lambda _: None) -> str:
    """The report in one of `FORMATS`."""
    return FORMATS[name](report, pictures)


def render_template(report: Report, file: Path, templates: Templates) -> str:
    """The report by a template of the user's own."""
    return templates.render_file(file, seen.whole(report, seen.Album(lambda _: None, "")))
