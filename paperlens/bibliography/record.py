"""What is read from a file: a paper with all that the file tells of it, or why there is none.

A record's bytes become text here, or an `Unreadable`, which is the ValueError of a Fault.
"""

from dataclasses import dataclass

from paperlens.holdings import Holding
from paperlens.models import Paper


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a file, with the line on which it begins, counted from 1.

    One that `is_ours` came from a library: it tells of the paper what was known there.
    """

    line: int
    holding: Holding
    is_ours: bool = False

    @property
    def paper(self) -> Paper:
        return self.holding.known.paper

    @property
    def is_bare(self) -> bool:
        """Nothing but an id is told: the paper has to be looked up."""
        return not self.paper.title

    @property
    def lacks_details(self) -> bool:
        """A bibliography tells less than a summary or a query needs: it is worth a look-up."""
        paper = self.paper
        is_thin = not paper.abstract or (paper.is_arxivs and not paper.categories)
        return self.is_bare or (is_thin and not self.is_ours)


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be taken, and why, worded to follow the name of its place."""

    line: int
    problem: str


Outcome = Reference | Fault
LARGEST_MB = 256  # of what is held in memory as a whole
NOT_TEXT = "is not text in UTF-8; convert it first, as with iconv"


class Unreadable(ValueError):
    """Bytes that are no text, or too many; `line` is where in them, counted from 0."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.line = line


def decoded(data: bytes, most_mb: int) -> str:
    """The text that the bytes are, without a byte order mark."""
    refuse_longer(len(data), most_mb)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_TEXT, data.count(b"\n", 0, error.start)) from None


def refuse_longer(size: int, most_mb: int) -> None:
    if size > most_mb * 1_000_000:
        raise Unreadable(f"is longer than {most_mb} MB")
