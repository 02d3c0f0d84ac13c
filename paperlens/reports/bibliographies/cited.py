"""What a bibliography says of a paper, before any format spells it: BibTeX, RIS and CSL agree here.

The counterpart of `bibliography.described`: what stands here, an import reads back.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from paperlens.ids import OURS, ArxivId
from paperlens.models import Entry, Paper
from paperlens.reports.bibliographies.people import Name, name_of
from paperlens.reports.text import address, readable
from paperlens.tex import spelled
from paperlens.unseen import one_line

_LONGEST = 40
_CATEGORY = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/[^\s{}\\\"%]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper was published; what its reference does not tell apart stays in `journal`."""

    journal: str
    volume: str = ""
    number: str = ""
    pages: str = ""
    year: str = ""


@dataclass(frozen=True)
class Cited:
    """A paper with what its reader said of it, in one line each."""

    paper: Paper
    tags: tuple[str, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, entry: Entry) -> "Cited":
        decision = entry.decision
        tags = tuple(tag for one in decision.tags if (tag := one_line(one)))
        return cls(entry.paper, tags, one_line(decision.note))

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        return tuple(name for told in self.paper.authors if (name := name_of(told)).family)

    @cached_property
    def place(self) -> Place | None:
        reference = readable(self.paper.journal_ref or "")
        return place_of(reference) if reference else None

    @property
    def arxiv(self) -> str | None:
        """arXiv's number; None for a paper that is not arXiv's."""
        return self.paper.id if self.paper.is_arxivs else None

    @property
    def preprint(self) -> str:
        """What stands in a journal's place until there is one."""
        return f"arXiv preprint arXiv:{self.arxiv}" if self.arxiv else ""

    @property
    def category(self) -> str:
        return next(iter(self._categories), "") if self.arxiv else ""

    @property
    def year(self) -> str:
        """Of the journal, else of the first version."""
        if self.place and self.place.year:
            return self.place.year
        if self.paper.published:
            return f"{self.paper.published.year}"
        return f"{ArxivId(self.arxiv).year}" if self.arxiv else ""

    @property
    def is_dated(self) -> bool:
        """Whether month and day are known: those of the first version say nothing of a journal."""
        return self.paper.published is not None and self.place is None

    @property
    def doi(self) -> str:
        named = self.paper.id.removeprefix("doi:") if self.paper.id.startswith("doi:") else None
        doi = one_line(self.paper.doi or named)
        return doi if _DOI.fullmatch(doi) else ""

    @property
    def url(self) -> str:
        return address(self.paper.url or "") or ""

    @property
    def own_id(self) -> str:
        """The id that we gave to a paper which has neither arXiv's nor that of a DOI."""
        return self.paper.id if self.paper.id.startswith(OURS) else ""

    @property
    def remark(self) -> str:
        """arXiv's number with all categories, and its comment: for a note that no style prints."""
        comment = readable(self.paper.comment or "")
        number = f"arXiv:{self.arxiv}" if self.arxiv else ""
        classes = f"[{', '.join(self._categories)}]" if number and self._categories else ""
        return " ".join(filter(None, (number, classes, comment and f"Comment: {comment}")))

    @property
    def _categories(self) -> tuple[str, ...]:
        return tuple(one for one in self.paper.categories if _CATEGORY.fullmatch(one))

    @property
    def key(self) -> str:
        """Under which the paper is cited: the first author, the year, and the id.

        It holds nothing that another version or another export could change, as a title would;
        the id makes it unique without a look at other papers.
        """
        year = f"{ArxivId(self.arxiv).year}" if self.arxiv else self.year
        return f"{self._first_author}{year}-{_in_key(self.paper.id)}"

    @property
    def _first_author(self) -> str:
        for word in self.authors[0].family.split() if self.authors else ():
            letters = _latin(word)
            if letters and letters != "the":
                return letters[:_LONGEST]
        return "paper"


def _latin(word: str) -> str:
    """A word in letters from a to z: ø is o, ß is ss, é is e."""
    parts = unicodedata.normalize("NFKD", word)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return re.sub(r"[^a-z]", "", spelled(bare).lower())


def _in_key(id: str) -> str:
    """An id in signs that each program allows in keys; a digest tells apart what they cannot."""
    bare = id.removeprefix("doi:").removeprefix(OURS).replace("/", ".", 1)
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", bare).strip("-.")[: 2 * _LONGEST]
    if plain == bare:
        return plain
    digest = sha256(id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{plain}-{digest}" if plain else digest


_YEAR = re.compile(r"(?<![\w–-])(?:19|20)\d\d(?![\w–-])", re.ASCII)
_PAGE = r"[A-Za-z]{0,3}\d[\w.]{0,11}"
_PAGES = rf"(?:pp?\.? ?|pages? )?(?P<pages>{_PAGE}(?: ?[-–]{{1,2}} ?{_PAGE})?)"
_VOLUME = (
    r"(?:vol(?:ume|\.)? ?)?(?P<volume>[A-Z]?\d{1,5}[A-Z]?)(?: ?\((?P<number>\d[\d–/-]{0,9})\))?"
)
_JOURNAL = r"(?P<journal>[^\d,:;()][^,:;()]{0,200}?[^\d,:;()\s])"
_FORMS = (  # as arXiv's authors write them: A 1 (2012) 1-9 · A.1:1-9,2012 · A 1, 1 (2012)
    re.compile(rf"{_JOURNAL},? ?{_VOLUME},? ?\((?P<year>\d{{4}})\)[,:]? ?{_PAGES}\.?", re.ASCII),
    re.compile(rf"{_JOURNAL},? ?{_VOLUME} ?[:,] ?{_PAGES},? ?\(?(?P<year>\d{{4}})\)?\.?", re.ASCII),
    re.compile(rf"{_JOURNAL},? ?{_VOLUME},? ?\((?P<year>\d{{4}})\)\.?", re.ASCII),
)


def place_of(reference: str) -> Place:
    """Journal, volume, pages and year, if the reference is in one of the forms that are clear."""
    if len(reference) <= 300:
        for form in _FORMS:
            if found := form.fullmatch(reference):
                return Place(**{name: told or "" for name, told in found.groupdict().items()})
    years = set(_YEAR.findall(reference))
    return Place(reference, year=years.pop() if len(years) == 1 else "")
