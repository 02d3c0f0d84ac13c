"""What a record of any bibliography tells of a paper, and the paper that it means.

Programs write the same facts into different fields, and arXiv's number into nearly all of them. It
is taken only where it stands behind arXiv's name: pages, report numbers and ISBNs look alike.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from paperlens.bibliography.notes import Notes, arxiv_id
from paperlens.errors import UnknownId
from paperlens.holdings import Holding
from paperlens.ids import OURS, ArxivId, LocalId, PaperId, paper_id
from paperlens.models import Decision, Known, Paper
from paperlens.taxonomy import CATEGORIES
from paperlens.unseen import one_line

_LONGEST_ID = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A record in plain characters, its facts where every format agrees on them.

    `eprints` are numbers that are arXiv's if they can be; `places` may have one behind its name;
    `own` is where our exports keep the id of a paper that is not arXiv's.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    doi: str = ""
    addresses: tuple[str, ...] = ()
    eprints: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    own: str = ""
    journal: str = ""
    volume: str = ""
    pages: str = ""
    year: str = ""
    date: str = ""


def holding_of(told: Described) -> Holding:
    """The paper, and what the reader said of it; ValueError if nothing names it."""
    notes = Notes.of(told.notes)
    arxivs = [] if told.own.startswith(OURS) else list(_arxiv_ids(told, notes))
    title, doi = one_line(told.title), _doi(told.doi)
    if not (title or doi or arxivs):
        raise ValueError('"title" is missing')
    authors = tuple(name for one in told.authors if (name := one_line(one)))
    id = arxivs[0] if arxivs else _own(told.own) or LocalId.of(title, authors, doi)
    paper = Paper(
        id=id.number,
        title=title,
        authors=authors,
        abstract=one_line(told.abstract),
        categories=_categories((*told.categories, *notes.classes)) if arxivs else (),
        version=next((one.version for one in arxivs if one.version), None),
        published=_moment(told.date),
        comment=notes.comment,
        doi=doi,
        journal_ref=_journal_ref(told),
    )
    if not arxivs:
        addresses = (web_address(one) for one in told.addresses)
        address = next((one for one in addresses if one and one != paper.doi_url), None)
        paper = replace(paper, address=address)
    tags = tuple(dict.fromkeys(tag for one in told.keywords if (tag := one_line(one))))
    return Holding(Known(paper, decision=Decision(tags=tags, note=notes.own)))


def _own(text: str) -> LocalId | None:
    with suppress(UnknownId):
        return LocalId.parse(text) if text.startswith(OURS) else None
    return None


def named(text: str) -> PaperId:
    """The id that a text is; ValueError if it is none."""
    if len(text) <= _LONGEST_ID:
        with suppress(UnknownId):
            return paper_id(text)
    shown = one_line(text[:41])
    raise ValueError(f'"{shown if len(shown) <= 40 else shown[:39] + "…"}" is no id of a paper')


def is_arxiv(text: str) -> bool:
    """Whether a publisher, journal or archive is arXiv."""
    return _ARXIV.fullmatch(text.strip()) is not None


def web_address(text: str) -> str | None:
    """The text if a browser may be sent there."""
    address = one_line(text)
    return address if _WEB.fullmatch(address) else None


_ARXIV = re.compile(r"(?:www\.)?arxiv(?:\.org)?(?: e-?prints?| preprints?)?", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MARKED = re.compile(
    r"(?:\barxiv(?:\.org/(?:abs|pdf|html)/|[:.\s])|\babs/)\s*([^\s\[\](){},;]{1,60})", re.IGNORECASE
)


def _arxiv_ids(told: Described, notes: Notes) -> Iterator[ArxivId]:
    """The paper's number as each field tells it, the surest first; other papers' are left out."""
    first = None
    for text in (*told.eprints, told.doi, *told.addresses, *_marked(told.places), *notes.numbers):
        if found := arxiv_id(text):
            first = first or found
            if found.number == first.number:
                yield found


def _marked(places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        for found in _MARKED.finditer(place):
            yield found[1].rstrip(".:")


def _doi(text: str) -> str | None:
    """The DOI alone; arXiv's own says no more than its number does."""
    text = one_line(text)
    if arxiv_id(text):
        return None
    with suppress(UnknownId):
        LocalId.parse(text)
        return text[text.find("10.") :] or None
    return None


_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T/ ].*)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NO_JOURNAL = re.compile(r"arxiv\b|corr\b|computing research repository", re.IGNORECASE)


def _moment(date: str) -> datetime | None:
    """Only of a date that tells the day."""
    found = _DAY.fullmatch(date.strip())
    if found:
        with suppress(ValueError):
            return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
    return None


def _journal_ref(told: Described) -> str | None:
    journal = one_line(told.journal)
    if not journal or _NO_JOURNAL.match(journal):
        return None
    year = _YEAR.search(told.year) or _YEAR.search(told.date)
    dated = f"({year[0]})" if year and year[0] not in journal else ""
    parts = (journal, told.volume, dated, told.pages)
    return one_line(" ".join(part for part in parts if part))


def _categories(told: tuple[str, ...]) -> tuple[str, ...]:
    codes = (code for one in told for code in re.split(r"[\s,;]+", one))
    return tuple(dict.fromkeys(code for code in codes if code in CATEGORIES))
