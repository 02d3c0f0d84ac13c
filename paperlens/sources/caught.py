"""What a road into the past has brought so far, which is kept when the road ends early."""

from dataclasses import dataclass, field
from datetime import datetime

from paperlens.models import Announcement, Notice, Paper


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is asked about, both ends included, in UTC."""

    since: datetime
    until: datetime


@dataclass(slots=True)
class Caught:
    """Papers by id; `seen` counts those that were looked at, where that is told."""

    papers: dict[str, Paper] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    seen: int | None = None
    is_whole: bool = True

    def add(self, paper: Paper) -> None:
        """A paper heard of twice is one paper."""
        known = self.papers.get(paper.id)
        self.papers[paper.id] = known.merged(paper) if known else paper

    def lacks(self, code: str, text: str) -> None:
        """Something is missing, and this says what."""
        self.is_whole = False
        self.notices.append(Notice(code, text))

    def announcement(self, road: str) -> Announcement:
        """All of it; of which day's batches it was, nobody told."""
        papers, notices = tuple(self.papers.values()), tuple(self.notices)
        return Announcement(None, papers, road, notices, self.seen, self.is_whole)
