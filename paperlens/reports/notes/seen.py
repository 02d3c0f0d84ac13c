"""What templates see: the JSON of the contract, and a few keys more that the documents name.

A template of a user's outlives our classes, so it gets plain dicts, lists, texts and numbers.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from paperlens.models import Entry, Figure, Report
from paperlens.records import figure_json
from paperlens.reports import outline
from paperlens.reports.json import entry_json, report_json
from paperlens.reports.labels import labels
from paperlens.reports.leaf import Leaf
from paperlens.reports.naming import digest, file_name, note_id
from paperlens.reports.notes.aspects import Aspect, as_notes, in_order
from paperlens.reports.notes.related import Tie, topics
from paperlens.reports.text import shortened
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.reports import Pictures

Json = dict[str, Any]
_MOST_KEYWORDS = 6


class Album:
    """The pictures of an export: each one file, named by its content, however often it is shown."""

    def __init__(self, pictures: "Pictures", folder: str) -> None:
        self._pictures, self._folder = pictures, folder
        self._paths: dict[Figure, str] = {}
        self._given: set[str] = set()

    def leaves(self, entries: Iterable[Entry]) -> Iterator[Leaf]:
        """Those of the papers that were not given out before; from then on `path` knows them."""
        for figure in (figure for entry in entries for figure in entry.figures):
            content = None if figure in self._paths else self._pictures(figure)
            if content is None:
                continue
            path = self._paths[figure] = f"{self._folder}/{sha256(content).hexdigest()}.png"
            if path not in self._given:
                self._given.add(path)
                yield Leaf(path, content)

    def path(self, figure: Figure) -> str | None:
        """Where its picture is, if there is one."""
        return self._paths.get(figure)


def whole(report: Report, album: Album, query: str = "") -> Json:
    """All that a template sees of a report, or of what a query has found of it."""
    papers = [paper(entry, album) for entry in report.entries]
    return {
        "report": report_json(report) | {"papers": papers},
        "papers": papers,
        "note": note(report, query),
        **({"paper": papers[0]} if len(papers) == 1 else {}),
    }


def paper(entry: Entry, album: Album, ties: Iterable[Tie] = ()) -> Json:
    """A paper of the contract, with what notes need beside it."""
    told = entry_json(entry)
    fields = entry.summary.fields if entry.summary else {}
    figures = sorted(entry.figures, key=lambda figure: not figure.is_teaser)
    return told | {
        "name": file_name(entry.paper.id),
        "withdrawn": entry.paper.is_withdrawn,
        "topics": list(topics(entry)),
        "tldr": outline.points(fields.get("tldr")),
        "takeaways": outline.points(fields.get("takeaways")),
        "keywords": outline.points(fields.get("keywords")) or outline.points(fields.get("tags")),
        "addresses": list(_addresses(entry)),
        "fields": _aspects(in_order(fields)),
        "aspects": _aspects(as_notes(fields)),
        "doubts": outline.doubts(entry),
        "figures": [_figure(figure, album) for figure in figures],
        "related": [
            {
                "id": tie.paper.id,
                "name": file_name(tie.paper.id),
                "title": tie.paper.title,
                "shared": list(tie.shared),
            }
            for tie in ties
        ],
    }


def note(report: Report, query: str = "") -> Json:
    """What is said of the file itself; times are the report's, so they change with it alone."""
    words, day = labels(report.language), day_of(report)
    created = datetime.combine(day, time(), UTC)
    about, name = one_line(query) or words["category"], f"papers-{subject(report)}"
    found = words.count(len(report.entries), "paper", "papers")
    categories = {name for entry in report.entries for name in entry.paper.categories[:1]}
    return {
        "id": note_id(name),
        "name": name,
        "title": outline.heading(report, words),
        "date": day.isoformat(),
        "day": words.full_date(day),
        "created": _milliseconds(created),
        "updated": _milliseconds(max(created, report.generated)),
        "query": one_line(query) or None,
        "queries": [one_line(name) for name, _ in report.matched],
        "about": about,
        "description": f"{about} · {words.full_date(day)} · {found}",
        "keywords": list(dict.fromkeys([about, *sorted(categories)]))[:_MOST_KEYWORDS],
        "cover": None,
        "counts": outline.counts(report, words),
        "told_by": told_by(report),
    }


def subject(report: Report) -> str:
    """The day of a batch, `2024-04-09`; of papers asked for by id, the one's id or a digest."""
    ids = [entry.paper.id for entry in report.entries]
    if report.batch is not None:
        return report.batch.isoformat()
    return file_name(ids[0]) if len(ids) == 1 else digest(*ids)[:8]


def day_of(report: Report) -> date:
    """Of the batch, else of the newest that is in the report."""
    return report.batch or report.generated.date()


def told_by(report: Report) -> str | None:
    """A word of caution that names the models; None where nothing is summarised."""
    words = labels(report.language)
    models = dict.fromkeys(
        one_line(entry.summary.model) for entry in report.entries if entry.summary
    )
    if not models:
        return None
    named = [model for model in models if model != "extractive"]
    if not named:
        return words["told_extractively"]
    return words["told_by"].replace("{model}", ", ".join(named))


def _addresses(entry: Entry) -> Iterator[Json]:
    """Where the paper and what belongs to it can be found."""
    paper = entry.paper
    if paper.url:
        yield {"what": "paper", "text": paper.id, "url": paper.url}
    if paper.pdf_url:
        yield {"what": "pdf", "text": "PDF", "url": paper.pdf_url}
    if paper.doi_url and paper.doi_url != paper.url:
        yield {"what": "doi", "text": "DOI", "url": paper.doi_url}
    for what, urls in (("code", entry.links.code), ("project", entry.links.project)):
        yield from ({"what": what, "text": shortened(url), "url": url} for url in urls)


def _aspects(aspects: Iterable[Aspect]) -> list[Json]:
    return [{"name": each.name, "points": list(each.points)} for each in aspects]


def _figure(figure: Figure, album: Album) -> Mapping[str, Any]:
    return figure_json(figure) | {"picture": album.path(figure)}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000
