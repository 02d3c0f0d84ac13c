"""What is read from a file: a paper with all that the file tells of it, or why there is none."""

from dataclasses import dataclass

from paperlens.holdings import Holding
from paperlens.models import Paper


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a file, with the line on which it begins, counted from 1."""

    line: int
    holding: Holding

    @property
    def paper(self) -> Paper:
        return self.holding.known.paper

    @property
    def is_bare(self) -> bool:
        """Nothing but an id is told: the paper has to be looked up."""
        return not self.paper.title

    @property
    def lacks_details(self) -> bool:
        """Less is told than a summary or a query needs: looking the paper up is worthwhile."""
        paper = self.paper
        return self.is_bare or not paper.abstract or (paper.is_arxivs and not paper.categories)


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be taken, and why, worded to follow the name of its place."""

    line: int
    problem: str


Record = Reference | Fault
