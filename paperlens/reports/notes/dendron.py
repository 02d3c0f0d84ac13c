"""A daily note for a Dendron vault, its pictures under `assets/images`, named by their content.

The note's id is made of its name: exported again, it is the same note.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperlens.models import Report
from paperlens.reports.leaf import Leaf
from paperlens.reports.naming import note_id
from paperlens.reports.notes import seen
from paperlens.reports.notes.spacing import tidied

if TYPE_CHECKING:
    from paperlens.reports import Pictures
    from paperlens.reports.templates import Templates


def leaves(report: Report, pictures: "Pictures", templates: "Templates") -> Iterator[Leaf]:
    """The pictures, then the note that shows them; of no papers there is none."""
    if not report.entries:
        return
    album = seen.Album(pictures, "assets/images")
    yield from album.leaves(report.entries)
    title = _title(report)
    name = f"papers.{title}"
    what = seen.whole(report, album)
    what["note"] |= {"id": note_id(name), "name": name, "title": title}
    note = tidied(templates.render("dendron", what))
    yield Leaf(f"{name}.md", note.encode("utf-8", "replace"))


def _title(report: Report) -> str:
    """`20240409`, or what else the note is about; a dot would part it in Dendron's hierarchy."""
    if report.batch is not None:
        return f"{report.batch:%Y%m%d}"
    return seen.subject(report).replace(".", "-")
