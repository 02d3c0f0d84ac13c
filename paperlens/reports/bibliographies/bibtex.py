"""A report as BibTeX, for LaTeX and reference managers: UTF-8, one field a line.

A paper that no journal has yet is an article of arXiv, as most of the literature cites it: then
styles that know nothing of `eprint` print its number too. The reader's note and arXiv's comment
stand in fields that no style prints.
"""

import re
from collections.abc import Iterator

from paperlens.models import Report
from paperlens.reports.bibliographies import in_tex
from paperlens.reports.bibliographies.cited import Cited
from paperlens.reports.bibliographies.people import Name

_DASH = re.compile(" ?[-–]+ ?")
_AND = re.compile(r"\band\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def document(report: Report) -> str:
    """An entry for each paper, with an empty line between them."""
    return "\n".join(_entry(Cited.of(entry)) for entry in report.entries)


def _entry(cited: Cited) -> str:
    kind = "article" if cited.place or cited.arxiv else "misc"
    fields = [f"  {name} = {value},\n" for name, value in _fields(cited)]
    return f"@{kind}{{{cited.key},\n{''.join(fields)}}}\n"


def _fields(cited: Cited) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("title", in_tex.title(cited.paper.title)),
        ("author", " and ".join(map(_person, cited.authors))),
        *_published(cited),
        ("eprint", cited.arxiv or ""),
        ("archiveprefix", "arXiv" if cited.arxiv else ""),
        ("primaryclass", cited.category),
        ("doi", cited.doi),
        ("url", cited.url),
        ("abstract", in_tex.prose(cited.paper.abstract)),
        ("keywords", ", ".join(map(in_tex.literal, cited.tags))),
        ("annote", in_tex.literal(cited.remark)),
        ("comment", in_tex.literal(cited.note)),
        ("paperlens", in_tex.literal(cited.own_id)),
    ):
        if value:
            yield name, value if name == "month" else f"{{{value}}}"


def _published(cited: Cited) -> Iterator[tuple[str, str]]:
    """Where and when."""
    place, day = cited.place, cited.paper.published
    yield "journal", in_tex.literal(place.journal if place else cited.preprint)
    if place:
        yield "volume", in_tex.literal(place.volume)
        yield "number", in_tex.literal(place.number)
        yield "pages", _DASH.sub("--", place.pages)
    yield "year", cited.year
    if day and cited.is_dated:
        yield "month", _MONTHS[day.month - 1]
        yield "day", f"{day.day}"


def _person(name: Name) -> str:
    """`von Last, Jr, First`; braces hold together what is no person's name.

    An "and" has its own: programs that look for the next person do not all see the outer ones.
    """
    if name.is_whole:
        whole = _AND.sub(r"{\g<0>}", in_tex.person(name.family))
        return f"{{{whole}}}"
    return ", ".join(map(in_tex.person, filter(None, (name.family_first, name.suffix, name.given))))
