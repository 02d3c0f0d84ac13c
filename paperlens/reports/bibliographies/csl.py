"""A report as CSL-JSON, for pandoc and whatever speaks the Citation Style Language.

A paper that no journal has yet is an `article`, which is what CSL calls preprints.
"""

from typing import Any

from paperlens.models import Report
from paperlens.reports.bibliographies.cited import Cited
from paperlens.reports.bibliographies.people import Name
from paperlens.reports.json import dumped
from paperlens.reports.text import readable


def document(report: Report) -> str:
    """One list with an item for each paper."""
    items = [_item(Cited.of(entry)) for entry in report.entries]
    return dumped(items, indent=2)


def _item(cited: Cited) -> dict[str, Any]:
    place, arxiv = cited.place, cited.arxiv
    told = {
        "id": cited.key,
        "type": "article-journal" if place else "article" if arxiv else "document",
        "title": readable(cited.paper.title),
        "author": [_person(name) for name in cited.authors],
        "container-title": place and place.journal,
        "volume": place and place.volume,
        "issue": place and place.number,
        "page": place and place.pages,
        "publisher": "" if place or not arxiv else "arXiv",
        "number": "" if place or not arxiv else f"arXiv:{arxiv}",
        "archive": "arXiv" if arxiv else "",
        "archive_location": arxiv or cited.own_id,
        "issued": {"date-parts": [_date(cited)]} if cited.year else None,
        "DOI": cited.doi,
        "URL": cited.url,
        "abstract": readable(cited.paper.abstract),
        "keyword": ", ".join(cited.tags),
        "note": cited.remark,
        "annote": cited.note,
    }
    return {name: value for name, value in told.items() if value}


def _date(cited: Cited) -> list[int]:
    day = cited.paper.published
    return [day.year, day.month, day.day] if day and cited.is_dated else [int(cited.year)]


def _person(name: Name) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    told = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in told.items() if value}
