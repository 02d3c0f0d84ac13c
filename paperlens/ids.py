"""Names of papers: arXiv's numbers as people write them, and the library's own for other papers."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from paperlens.errors import UnknownId

_FIRST_OF_TODAYS_FORM = "0704"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{7}"
_NEW = r"\d{4}\.\d{4,5}"
_ID = re.compile(rf"(?P<number>{_NEW}|{_OLD})(?:v(?P<version>[1-9]\d*))?", re.ASCII)
_AROUND = re.compile(
    r"^(?:oai:arxiv\.org:|arxiv:|(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|src)/"
    r"|(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """A paper's number at arXiv; the version is a detail of it, never part of its identity."""

    number: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> "ArxivId":
        """Read any way people write an id: bare, `arXiv:`, an arxiv.org address, old style."""
        bare = _AROUND.sub("", text.strip()).split("?")[0].split("#")[0]
        found = _ID.fullmatch(bare.removesuffix("/").removesuffix(".pdf"))
        if found is None or not _was_given_out(found["number"]):
            raise UnknownId(text)
        number = re.sub(r"\.[A-Za-z]{2}/", "/", found["number"])
        return cls(number, int(found["version"]) if found["version"] else None)

    @property
    def month(self) -> str:
        """YYMM: the month arXiv gave the number out."""
        return _month(self.number)

    @property
    def year(self) -> int:
        """The year in which arXiv gave the number out."""
        year = int(self.month[:2])
        return year + (1900 if year >= 91 else 2000)

    @property
    def age(self) -> tuple[int, str]:
        """Sorts ids as arXiv gave them out, the old style before the new."""
        return (self.year * 12 + int(self.month[2:]), self.number.rpartition("/")[2])

    def __str__(self) -> str:
        return self.number if self.version is None else f"{self.number}v{self.version}"


def _month(number: str) -> str:
    return number.rpartition("/")[2][:4]


def _was_given_out(number: str) -> bool:
    """Whether arXiv had such numbers in that month: those of today's form since April 2007."""
    month = _month(number)
    return 1 <= int(month[2:]) <= 12 and ("/" in number or month >= _FIRST_OF_TODAYS_FORM)


@dataclass(frozen=True, slots=True, order=True)
class LocalId:
    """A paper that is not arXiv's: its DOI, `doi:10.1038/nature14539`, or `local:` and a name."""

    number: str
    version: None = None

    @classmethod
    def parse(cls, text: str) -> "LocalId":
        """Read an id of the library's own, or a DOI in any way people write one."""
        bare = text.strip()
        if doi := _DOI.fullmatch(bare):
            return cls(f"doi:{doi[1].lower()}")
        if _NAMED.fullmatch(bare):
            return cls(bare)
        raise UnknownId(text)

    @classmethod
    def of(cls, title: str, authors: tuple[str, ...], doi: str | None = None) -> "LocalId":
        """By its DOI, else by its title and first author, however they are spelled."""
        if doi and _DOI.fullmatch(doi.strip()):
            return cls.parse(doi)
        said = _plain(f"{title} {authors[0] if authors else ''}")
        words = re.findall(r"[a-z0-9]+", _plain(title))[:6]
        digest = sha256(re.sub(r"[\W_]+", "", said).encode("utf-8", "replace")).hexdigest()[:8]
        return cls(OURS + "-".join([*words, digest]))

    def __str__(self) -> str:
        return self.number


PaperId = ArxivId | LocalId
OURS = "local:"  # how ids begin that nobody else gives out
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S{1,200})", re.IGNORECASE)
_NAMED = re.compile(rf"{OURS}[a-z0-9][a-z0-9-]{{0,150}}")


def is_arxivs(number: str) -> bool:
    """Whether an id is one that arXiv gave out."""
    return _ID.fullmatch(number) is not None


def paper_id(text: str) -> PaperId:
    """The id that a text names, arXiv's or the library's own; UnknownId if it names none."""
    try:
        return ArxivId.parse(text)
    except UnknownId:
        return LocalId.parse(text)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
