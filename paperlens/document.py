"""A paper as it was read from its PDF: sections, figures and tables, and the facts it prints.

Frozen data that `reading` hands on, and its spelling in JSON. What a paper does not say is None
or empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from paperlens.models import Figure, Links, Notice, Paper
from paperlens.records import (
    Json,
    Record,
    each,
    notice_from,
    notice_json,
    number,
    positive,
    text,
    texts,
    whole,
)
from paperlens.unseen import writable

NO_PICTURE = "picture-not-cut"
EDITION = 1  # of the way in which papers are understood: with a new one they are read again
KINDS = ("front", "abstract", "body", "appendix", "references", "other")
FIGURE, TABLE = FLOATS = ("figure", "table")
_NOT_RUNNING = {"front", "references"}


@dataclass(frozen=True, slots=True)
class Section:
    """Running text under one heading, paragraphs parted by empty lines; `kind` is one of KINDS."""

    heading: str | None
    level: int
    page: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Float:
    """A figure or table with its caption; the box is the graphic alone, in points from the top
    left. `kind` is FIGURE or TABLE, `text` what it says in letters, the teaser the figure to show
    first."""

    kind: str
    number: str
    caption: str
    page: int
    bbox: tuple[float, float, float, float]
    text: str = ""
    is_teaser: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """`floats` stand in the order of their pages; `addresses` are those of link annotations;
    `stamp` is the arXiv id that arXiv printed into the margin."""

    title: str | None
    pages: int
    sections: tuple[Section, ...]
    floats: tuple[Float, ...] = ()
    footnotes: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    keywords: tuple[str, ...] | None = None
    addresses: tuple[str, ...] = ()
    stamp: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def text(self) -> str:
        """What there is to read from the first word of the abstract to the last before the
        references, with its headings."""
        told = [each for each in self.sections if each.kind not in _NOT_RUNNING]
        parts = (part for each in told for part in (each.heading, each.text))
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to read of a paper: the text summaries are made from, and the facts it states.

    `source` is "abstract" or "pdf"; `document` is what was read of a PDF; `error` says why the PDF
    that was asked for could not be read. `uncut` why pictures that were asked for are
    missing.
    """

    paper: Paper
    text: str
    source: str = "abstract"
    links: Links = field(default_factory=Links)
    affiliation: str | None = None
    figures: tuple[Figure, ...] = ()
    document: Document | None = None
    error: str | None = None
    uncut: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper or a file as it was read, or why it could not be: `error` is a sentence, and
    `exit_code` that of a command which could read nothing else."""

    source: Paper | Path
    document: Document | None = None
    links: Links = field(default_factory=Links)
    figures: tuple[Figure, ...] = ()
    tables: tuple[Figure, ...] = ()
    error: str | None = None
    exit_code: int = 0

    @property
    def id(self) -> str | None:
        """arXiv's id, also of a file that bears it in its margin."""
        if isinstance(self.source, Paper):
            return self.source.id
        return self.document.stamp if self.document else None

    @property
    def file(self) -> str | None:
        return None if isinstance(self.source, Paper) else str(self.source)

    @property
    def title(self) -> str | None:
        told = self.source.title if isinstance(self.source, Paper) else None
        return told or (self.document.title if self.document else None)

    @property
    def name(self) -> str:
        """How people call it: the id, or the file."""
        return self.file or self.id or ""


def missing_figures(readings: Iterable[Reading]) -> tuple[Notice, ...]:
    """One notice, however many papers it is about."""
    uncut = {reading.paper.id: reading.uncut for reading in readings if reading.uncut}
    if not uncut:
        return ()
    first = next(iter(uncut))
    why = uncut[first] if len(uncut) == 1 else f"of {first}, {uncut[first]}"
    return (Notice(NO_PICTURE, f"Figures are missing of {', '.join(uncut)}: {why}."),)


def section_json(section: Section) -> Json:
    return {
        "heading": writable(section.heading),
        "level": section.level,
        "page": section.page,
        "kind": section.kind,
        "text": writable(section.text),
    }


def document_json(document: Document) -> Json:
    return {
        "title": writable(document.title),
        "pages": document.pages,
        "sections": [section_json(section) for section in document.sections],
        "floats": [_float_json(one) for one in document.floats],
        "footnotes": [writable(note) for note in document.footnotes],
        "affiliations": [writable(each) for each in document.affiliations],
        "keywords": document.keywords and [writable(each) for each in document.keywords],
        "addresses": [writable(each) for each in document.addresses],
        "stamp": document.stamp,
        "notices": [notice_json(notice) for notice in document.notices],
    }


def document_from(value: object) -> Document:
    record = Record(value, "document")
    return Document(
        title=record.maybe("title", text),
        pages=record.get("pages", whole),
        sections=record.get("sections", each(_section_from)),
        floats=record.get("floats", each(_float_from)),
        footnotes=record.texts("footnotes"),
        affiliations=record.texts("affiliations"),
        keywords=record.maybe("keywords", texts),
        addresses=record.texts("addresses"),
        stamp=record.maybe("stamp", text),
        notices=record.get("notices", each(notice_from)),
    )


def _section_from(value: object) -> Section:
    record = Record(value, "section")
    return Section(
        heading=record.maybe("heading", text),
        level=record.get("level", whole),
        page=record.get("page", positive),
        kind=_one_of(KINDS, record),
        text=record.text("text"),
    )


def _float_json(one: Float) -> Json:
    return {
        "kind": one.kind,
        "number": writable(one.number),
        "caption": writable(one.caption),
        "page": one.page,
        "bbox": [round(edge, 1) for edge in one.bbox],
        "text": writable(one.text),
        "is_teaser": one.is_teaser,
    }


def _float_from(value: object) -> Float:
    record = Record(value, "float")
    return Float(
        kind=_one_of(FLOATS, record),
        number=record.text("number"),
        caption=record.text("caption"),
        page=record.get("page", positive),
        bbox=record.get("bbox", _box),
        text=record.text("text"),
        is_teaser=record.get("is_teaser", bool),
    )


def _one_of(kinds: tuple[str, ...], record: Record) -> str:
    kind = record.text("kind")
    if kind not in kinds:
        raise ValueError(f'"kind": expected one of {", ".join(kinds)}')
    return kind


def _box(value: object) -> tuple[float, float, float, float]:
    match each(number)(value):
        case (left, top, right, bottom):
            return left, top, right, bottom
    raise ValueError("expected four numbers")
