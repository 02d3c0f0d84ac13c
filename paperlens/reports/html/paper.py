"""One paper of the page: everything that is known of it, cleaned and put in its order."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from paperlens.models import Entry, Report
from paperlens.reports import outline
from paperlens.reports.html.albums import Picture
from paperlens.reports.html.prose import language_tag, with_bold
from paperlens.reports.labels import Labels
from paperlens.reports.marks import chosen
from paperlens.reports.text import address, readable, shortened
from paperlens.unseen import one_line

_AUTHORS = 12
_A_FEW_AUTHORS = 3
_A_TERM = 32
_DOTS = 5
_ALT = 140


@dataclass(frozen=True, slots=True)
class Link:
    """`label` says what it leads to, where its text does not."""

    label: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a summary; `form` is lead, text, points or terms."""

    heading: str
    form: str
    points: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the summary says and the paper does not: field, kind, words of each."""

    label: str
    found: tuple[tuple[str, str, str], ...]
    share: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure with its caption, and what stands for it where it cannot be seen."""

    picture: Picture
    name: str
    caption: str
    where: str
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    slug: str
    number: int
    title: str
    url: str | None
    language: str | None
    authors: tuple[str, ...]
    more_authors: tuple[str, ...]
    affiliation: str
    facts: tuple[str, ...]
    mark: str
    is_withdrawn: bool
    score: str
    dots: int
    links: tuple[Link, ...]
    reasons: tuple[str, ...]
    summary: tuple[Field, ...]
    summary_language: str | None
    origin: str
    vouched: str
    doubts: Doubts | None
    error: str
    teaser: Plate | None
    gallery: tuple[Plate, ...]
    abstract: str
    record: tuple[tuple[str, str], ...]
    sorting: str

    @property
    def dotted(self) -> str:
        return "●" * self.dots + "○" * (_DOTS - self.dots)


def card(
    entry: Entry,
    number: int,
    slug: str,
    pictures: Iterable[Picture],
    report: Report,
    words: Labels,
    language: str,
) -> Card:
    paper, summary = entry.paper, entry.summary
    people = tuple(name for name in map(readable, paper.authors) if name)
    few = _AUTHORS if number <= len(outline.in_full(report)) else _A_FEW_AUTHORS
    if len(people) <= few + 2:
        few = len(people)
    plates = tuple(_plate(picture, words) for picture in pictures)
    has_teaser = bool(plates and plates[0].picture.place)
    return Card(
        slug=slug,
        number=number,
        title=readable(paper.title) or one_line(paper.id),
        url=address(paper.url) if paper.url else None,
        language="en" if paper.is_arxivs and language != "en" else None,
        authors=people[:few],
        more_authors=people[few:],
        affiliation=one_line(entry.affiliation),
        facts=tuple(filter(None, outline.facts(entry, report, words))),
        mark=chosen(entry.decision.mark, words),
        is_withdrawn=paper.is_withdrawn,
        score="" if entry.score is None else f"{words['score']} {entry.score:.2f}",
        dots=round(max(0.0, min(1.0, entry.score or 0.0)) * _DOTS),
        links=tuple(_links(entry, words)),
        reasons=tuple(filter(None, outline.reasons(entry, words))),
        summary=tuple(_fields(entry, words)),
        summary_language=_other(summary.language, language) if summary else None,
        origin=f"{words['summary']}: {outline.origin(summary, words)}" if summary else "",
        vouched=outline.vouched(entry, words) or "",
        doubts=_doubts(entry, report, words),
        error=one_line(entry.error),
        teaser=plates[0] if has_teaser else None,
        gallery=plates[1:] if has_teaser else plates,
        abstract=readable(paper.abstract),
        record=tuple(row for row in _record(entry, words) if row[1]),
        sorting=_sorting(entry),
    )


def slug(id: str) -> str:
    """The place of a paper within the page, for links to it."""
    return "p-" + re.sub(r"[^A-Za-z0-9.]+", "-", id)[:60]


def _other(told: str, language: str) -> str | None:
    tag = language_tag(told)
    return tag if tag != language else None


def _links(entry: Entry, words: Labels) -> Iterator[Link]:
    paper = entry.paper
    for label, url in (("pdf", paper.pdf_url), ("doi", paper.doi_url)):
        if url and (target := address(url)):
            yield Link("", words[label], target)
    for label, urls in (("code", entry.links.code), ("project", entry.links.project)):
        for url in urls:
            if target := address(url):
                yield Link(words[label], shortened(url), target)


def _fields(entry: Entry, words: Labels) -> Iterator[Field]:
    for name, told in (entry.summary.fields if entry.summary else {}).items():
        points = outline.points(told)
        if not points:
            continue
        heading = "" if name in outline.UNHEADED else words.field(one_line(name))
        form = _form(name, isinstance(told, str), points)
        yield Field(heading, form, tuple(map(with_bold, points)))


def _form(name: str, is_sentence: bool, points: list[str]) -> str:
    if is_sentence:
        return "lead" if name == "tldr" else "text"
    are_terms = name != "takeaways" and all(len(point) <= _A_TERM for point in points)
    return "terms" if are_terms else "points"


def _doubts(entry: Entry, report: Report, words: Labels) -> Doubts | None:
    found = tuple(outline.doubts_in_full(entry, words))
    share = outline.checked(entry, words) if report.checks else ""
    if not found and not share:
        return None
    return Doubts(f"{words['unverified']}: {len(found)}", found, share, report.checks)


def _plate(picture: Picture, words: Labels) -> Plate:
    figure = picture.figure
    name = f"{words['figure'].capitalize()} {one_line(figure.number)}".strip()
    caption = readable(figure.caption)
    told = f"{name}: {caption}" if caption else name
    return Plate(picture, name, caption, f"{words['page']} {figure.page}", _cut(told))


def _cut(text: str) -> str:
    """The first words, as many as a listener bears with; the caption has them all."""
    return text if len(text) <= _ALT else text[:_ALT].rpartition(" ")[0] + " …"


def _record(entry: Entry, words: Labels) -> Iterator[tuple[str, str]]:
    paper, decision = entry.paper, entry.decision
    yield words["comment"], readable(paper.comment or "")
    yield words["journal"], readable(paper.journal_ref or "")
    yield words["tags"], " · ".join(filter(None, map(one_line, decision.tags)))
    yield words["my_note"], one_line(decision.note)


def _sorting(entry: Entry) -> str:
    """By what the page's filters find it."""
    return json.dumps(
        {
            "query": [*dict.fromkeys(map(one_line, entry.queries))],
            "tag": [*dict.fromkeys(map(one_line, entry.decision.tags))],
            "mark": [entry.decision.mark.value],
        },
        ensure_ascii=False,
    )
