"""Reports: a Report in, text out. Pure, and light: Rich is loaded by `terminal` alone, and what
only an export needs when it is asked for.

`FORMATS` has every format that is one text, `FOLDERS` every one that is several files, by the names
users call them; `SUFFIXES` are those of files that say their format. `Pictures` brings the bytes of
a figure, for the formats that carry them.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperlens.models import Figure, Report
from paperlens.reports.leaf import Leaf

if TYPE_CHECKING:
    from paperlens.holdings import Holding
    from paperlens.reports.templates import Templates

__all__ = [
    "FOLDERS", "FORMATS", "ILLUSTRATED", "SUFFIXES", "Folder", "Format", "Leaf", "Pictures",
    "kept_lines", "render", "render_template",
]  # fmt: skip

Pictures = Callable[[Figure], bytes | None]
Format = Callable[[Report, Pictures], str]
Folder = Callable[[Report, Pictures, "Templates"], Iterator[Leaf]]


def _late(module: str) -> Any:
    """Imported when it is first asked for: a report for the terminal needs none of them."""
    return import_module(f"paperlens.reports.{module}")


FORMATS: Mapping[str, Format] = {
    "markdown": lambda report, _: _late("markdown").document(report),
    "html": lambda report, pictures: _late("html").document(report, pictures),
    "json": lambda report, _: _late("json").document(report),
    "jsonl": lambda report, _: "".join(_late("json").lines(report)),
    "bibtex": lambda report, _: _late("bibliographies.bibtex").document(report),
    "ris": lambda report, _: _late("bibliographies.ris").document(report),
    "csl": lambda report, _: _late("bibliographies.csl").document(report),
    "atom": lambda report, _: _late("atom").document(report),
}
SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".bib": "bibtex",
    ".ris": "ris",
    ".atom": "atom",
    ".xml": "atom",
}
ILLUSTRATED = frozenset({"html"})  # of the formats, those that carry pictures
FOLDERS: Mapping[str, Folder] = {
    "hexo": lambda *given: _late("notes.hexo").leaves(*given),
    "dendron": lambda *given: _late("notes.dendron").leaves(*given),
    "obsidian": lambda *given: _late("notes.obsidian").leaves(*given),
}


def render(report: Report, name: str, pictures: Pictures = lambda _: None) -> str:
    """The report in one of `FORMATS`."""
    return FORMATS[name](report, pictures)


def kept_lines(report: Report, holdings: "Mapping[str, Holding]") -> Iterator[str]:
    """A line for each paper with all that the library holds of it, for another library."""
    yield from _late("json").kept_lines(report, holdings)


def render_template(report: Report, file: Path, templates: "Templates") -> str:
    """The report by a template of the user's own."""
    seen = _late("notes.seen")
    return templates.render_file(file, seen.whole(report, seen.Album(lambda _: None, "")))
