"""What every room hands on: papers, decisions, summaries, reports.

Frozen data without effects. `None` means "not known": nothing here is ever guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from paperlens.ids import is_arxivs


class Mark(StrEnum):
    """What the reader decided about a paper."""

    NEW = "new"
    STAR = "star"
    LATER = "later"
    READ = "read"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Decision:
    """The reader's word on a paper; it belongs to the paper, across versions and queries.

    `marked` is when it got its mark, as the library notes it (it did not always); the same
    decision made later is equal.
    """

    mark: Mark = Mark.NEW
    tags: tuple[str, ...] = ()
    note: str | None = None
    marked: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as arXiv describes it. The key is the id without its version.

    `address` is where a paper that is not arXiv's can be found.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    version: int | None = None
    published: datetime | None = None
    updated: datetime | None = None
    announced: date | None = None
    announce_type: str | None = None
    comment: str | None = None
    doi: str | None = None
    journal_ref: str | None = None
    license: str | None = None
    address: str | None = None

    @property
    def is_arxivs(self) -> bool:
        return is_arxivs(self.id)

    @property
    def versioned(self) -> str:
        return self.id if self.version is None else f"{self.id}v{self.version}"

    @property
    def url(self) -> str | None:
        if self.is_arxivs:
            return f"https://arxiv.org/abs/{self.versioned}"
        return self.address or self.doi_url

    @property
    def doi_url(self) -> str | None:
        return f"https://doi.org/{self.doi}" if self.doi else None

    @property
    def pdf_url(self) -> str | None:
        return f"https://arxiv.org/pdf/{self.versioned}" if self.is_arxivs else None

    @property
    def day(self) -> date | None:
        """Announced, else first submitted."""
        return self.announced or (self.published and self.published.date())

    @property
    def is_detailed(self) -> bool:
        """Whether the API described this version; the feed leaves out dates and comment."""
        return self.updated is not None

    @property
    def is_replacement(self) -> bool:
        return (self.announce_type or "").startswith("replace")

    @property
    def is_withdrawn(self) -> bool:
        told = f"{self.comment or ''}\n{self.abstract}"
        return (
            re.search(
                r"\b(?:paper|article|submission|manuscript) (?:has been|is|was) withdrawn\b",
                told,
                re.IGNORECASE,
            )
            is not None
        )

    def merged(self, other: "Paper") -> "Paper":
        """The same paper heard of twice: the newer description, and no fact forgotten."""
        if (other.version or 0) < (self.version or 0):
            return other.merged(self)
        lasting: tuple[str, ...] = _LASTING
        if other.version == self.version:
            lasting += _OF_A_VERSION
            if self.is_detailed and not other.is_detailed:
                lasting += _EXACT_FROM_THE_API
        told = {name: getattr(other, name) for name in _LASTING + _OF_A_VERSION}
        kept = {name: getattr(self, name) for name in lasting if told.get(name) is None}
        return replace(other, **kept)


_LASTING = (
    "version", "published", "announced", "announce_type", "doi", "journal_ref", "license",
    "address",
)  # fmt: skip
_OF_A_VERSION = ("updated", "comment")
_EXACT_FROM_THE_API = ("title", "authors", "abstract", "categories")


@dataclass(frozen=True, slots=True)
class Announcement:
    """One batch as arXiv announced it: the day, its papers, and how it was learned.

    `seen` counts what was announced where `papers` holds only a part of it; `is_whole` says
    whether that part has everything that was announced for the queries asked. `answered` names
    the queries to which nothing up to the day is missing now; None where arXiv was not asked.
    """

    day: date | None
    papers: tuple[Paper, ...]
    road: str
    notices: tuple["Notice", ...] = ()
    seen: int | None = None
    is_whole: bool = True
    answered: frozenset[str] | None = None

    @property
    def count(self) -> int:
        return len(self.papers) if self.seen is None else self.seen


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question that the reader asks each morning."""

    name: str
    expr: str
    weight: float = 1.0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A paper with what the library knows of it beyond arXiv's description."""

    paper: Paper
    queries: tuple[str, ...] = ()
    reported: date | None = None
    decision: Decision = Decision()


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that the paper itself gives."""

    code: tuple[str, ...] = ()
    project: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or table in the PDF; the box is in points from the top left of its page.

    `file` is the picture cut from it, where one was made: its size in pixels and the SHA-256 of
    its bytes. The teaser is the one to show first.
    """

    number: str
    caption: str
    page: int
    bbox: tuple[float, float, float, float]
    file: str | None = None
    width: int | None = None
    height: int | None = None
    sha256: str | None = None
    is_teaser: bool = False


@dataclass(frozen=True, slots=True)
class Unverified:
    """Something a summary says that the text it was made from does not."""

    field: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Checks:
    """How much of a summary its source supports."""

    grounded: float
    unverified: tuple[Unverified, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What models took. `usd` is None when a price is not known."""

    usd: float | None = 0.0
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Cost(usd, self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)


@dataclass(frozen=True, slots=True)
class Summary:
    """A paper told by a template: fields hold a sentence, a list of sentences, or None."""

    template: str
    language: str
    model: str
    source: str
    fields: Mapping[str, str | tuple[str, ...] | None]
    created: datetime
    checks: Checks | None = None
    cost: Cost = Cost()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model thinks of a paper for this reader: 0 is not for them, 1 a must.

    Without a score it was asked, and had nothing to say that counts.
    """

    score: float | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about the report; the code is for scripts."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a report, with everything that a view may show of it.

    `also` are other ids under which the same work was announced.
    """

    paper: Paper
    queries: tuple[str, ...] = ()
    score: float | None = None
    why: tuple[str, ...] = ()
    decision: Decision = Decision()
    links: Links = Links()
    summary: Summary | None = None
    affiliation: str | None = None
    figures: tuple[Figure, ...] = ()
    error: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found, in the order it is shown; every view renders this and nothing else.

    `cost` is what making it took, `seen` counts what was announced, `shown` how many entries stand
    in full before the list, `checks` whether doubts of summaries are told in full; `matched` has
    (query name, papers) in the order of the queries; `language` is that of the labels. `twins` are
    the ids that an id stands for, `changes` what has become of papers that the reader keeps.
    """

    command: str
    generated: datetime
    batch: date | None = None
    entries: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    seen: int | None = None
    shown: int = 10
    matched: tuple[tuple[str, int], ...] = ()
    road: str | None = None
    model_refused: bool = False
    answered: frozenset[str] | None = None
    cost: Cost = Cost()
    checks: bool = False
    language: str = "en"
    twins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
