"""A note for each paper in an Obsidian vault, and one for the day that embeds them.

Notes are called by their papers' ids, so that `[[2404.05674]]` leads there from anywhere. Links
between papers say what both have: an author, or a topic.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperlens.models import Report
from paperlens.reports.leaf import Leaf
from paperlens.reports.notes import seen
from paperlens.reports.notes.related import ties
from paperlens.reports.notes.spacing import tidied

if TYPE_CHECKING:
    from paperlens.reports import Pictures
    from paperlens.reports.templates import Templates

_FOLDER = "papers"


def leaves(report: Report, pictures: "Pictures", templates: "Templates") -> Iterator[Leaf]:
    """Each paper's pictures and note, and at the end the day's, where there is a day."""
    album = seen.Album(pictures, f"{_FOLDER}/figures")
    about, tied = seen.note(report), ties(report.entries)
    papers = []
    for entry in report.entries:
        yield from album.leaves([entry])
        paper = seen.paper(entry, album, tied[entry.paper.id])
        for figure in paper["figures"]:
            figure["picture"] = figure["picture"] and figure["picture"].removeprefix(f"{_FOLDER}/")
        papers.append(paper)
        text = templates.render("obsidian", {"paper": paper, "note": about})
        yield _leaf(paper["name"], text)
    if papers and report.batch is not None:
        what = seen.whole(report, album)
        what["papers"] = what["report"]["papers"] = papers
        yield _leaf(about["name"], templates.render("obsidian-day", what))


def _leaf(name: str, text: str) -> Leaf:
    return Leaf(f"{_FOLDER}/{name}.md", tidied(text).encode("utf-8", "replace"))
