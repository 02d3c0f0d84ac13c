"""A blog post for each query of a day, as Hexo keeps them: `source/_posts`, and its pictures.

What is the reader's own (marks, notes, tags, scores) stays at home. TeX is told in Unicode and
`mathjax` is off: a paper's text is never handed to a typesetter that can follow links.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from paperlens.models import Entry, Report
from paperlens.reports.leaf import Leaf
from paperlens.reports.naming import digest
from paperlens.reports.notes import seen
from paperlens.reports.notes.spacing import tidied
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.reports import Pictures
    from paperlens.reports.templates import Templates


def leaves(report: Report, pictures: "Pictures", templates: "Templates") -> Iterator[Leaf]:
    """The posts, each after the pictures that it shows."""
    album = seen.Album(pictures, "source/images/papers")
    for query, entries in posts(report):
        yield from album.leaves(entries)
        post = _post(replace(report, entries=tuple(entries)), query, album, templates)
        yield Leaf(f"source/_posts/{_name(report, query)}.md", post.encode("utf-8", "replace"))


def posts(report: Report) -> Iterator[tuple[str, Sequence[Entry]]]:
    """By query, in the report's order; what no query of the report found is a post of its own."""
    rest = {entry.paper.id: entry for entry in report.entries}
    for query in dict.fromkeys(name for name, _ in report.matched):
        if found := [entry for entry in report.entries if query in entry.queries]:
            yield query, found
            for entry in found:
                rest.pop(entry.paper.id, None)
    if rest:
        yield "", list(rest.values())


def _name(report: Report, query: str) -> str:
    """`2024-04-09-diffusion`, or the day alone of what no query found; the day of papers asked for
    by id is that of the newest."""
    day, subject = seen.day_of(report).isoformat(), seen.subject(report)
    if query:
        return f"{day}-{_of_query(query)}"
    return day if subject == day else f"{day}-{subject}"


def _of_query(query: str) -> str:
    """Saved queries have names that suit files; an expression of a one-off may not."""
    plain = one_line(query)
    suits = re.fullmatch(r"[\w.-]{1,40}", plain) is not None
    return plain if suits else f"query-{digest(query)[:8]}"


def _post(report: Report, query: str, album: seen.Album, templates: "Templates") -> str:
    what = seen.whole(report, album, query)
    covers = [figure["picture"] for paper in what["papers"] for figure in paper["figures"]]
    what["note"] |= {
        "title": f"{what['note']['about']} · {what['note']['day']}",
        "cover": next((_address(cover) for cover in covers if cover), None),
    }
    for paper in what["papers"]:
        for figure in paper["figures"]:
            figure["picture"] = _address(figure["picture"])
    return tidied(templates.render("hexo", what))


def _address(picture: str | None) -> str | None:
    """Where the blog will have it; Hexo puts the blog's own root before it."""
    return picture and picture.removeprefix("source")
