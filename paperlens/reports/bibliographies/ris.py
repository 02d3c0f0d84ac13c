"""A report as RIS, for reference managers: one tag a line, in the order that people know."""

from collections.abc import Iterator

from paperlens.models import Report
from paperlens.reports.bibliographies.cited import Cited
from paperlens.reports.bibliographies.people import Name
from paperlens.reports.text import readable


def document(report: Report) -> str:
    """A record for each paper, with an empty line between them."""
    return "\n".join(_record(Cited.of(entry)) for entry in report.entries)


def _record(cited: Cited) -> str:
    lines = [f"{tag}  - {value}\n" for tag, value in _tags(cited) if value]
    return f"{''.join(lines)}ER  - \n"


def _tags(cited: Cited) -> Iterator[tuple[str, str]]:
    paper, place = cited.paper, cited.place
    yield "TY", "JOUR" if place or cited.arxiv else "GEN"
    yield "ID", cited.key
    yield "TI", readable(paper.title)
    for author in cited.authors:
        yield "AU", _person(author)
    yield "T2", place.journal if place else cited.preprint
    if place:
        start, _, end = place.pages.replace("–", "-").partition("-")
        yield "VL", place.volume
        yield "IS", place.number
        yield "SP", start.strip()
        yield "EP", end.strip("- ")
    yield "PY", cited.year
    if paper.published and cited.is_dated:
        yield "DA", f"{paper.published:%Y/%m/%d}/"
    yield "DO", cited.doi
    yield "AN", f"arXiv:{cited.arxiv}" if cited.arxiv else cited.own_id
    yield "UR", cited.url
    yield "AB", readable(paper.abstract)
    for tag in cited.tags:
        yield "KW", tag
    yield "N1", cited.remark
    yield "N1", cited.note


def _person(name: Name) -> str:
    """`Last, First, Jr`; a comma in what is no person's name would part it."""
    if name.is_whole:
        return " ".join(name.family.replace(",", " ").split())
    return ", ".join(filter(None, (name.family_first, name.given, name.suffix)))
