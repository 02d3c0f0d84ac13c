"""Where papers come from. A source announces what is new, describes papers by id, hands out PDFs.

Nothing outside this room knows arXiv's formats; another archive would be one more file here.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from paperlens.ids import ArxivId
from paperlens.models import Announcement, Paper

if TYPE_CHECKING:
    from paperlens.query import Query

IDS_AT_ONCE = 100  # so many papers are described by one request


class Source(Protocol):
    """What the corridor asks of an archive. Each raises SourceUnreachable with one sentence."""

    def announcements(self, categories: frozenset[str]) -> Announcement:
        """The latest batch in these categories."""
        ...

    def submitted(
        self, questions: Sequence["Query"], since: datetime, until: datetime
    ) -> Announcement:
        """What was first submitted in this span and answers any of the questions, of whatever
        category; also what changed, where the road tells it. There may be more in it.

        `is_whole` is False where a part is missing, with a notice that says which and why;
        SourceUnreachable means that nothing came.
        """
        ...

    def details(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Everything known about papers; ids that do not exist are absent."""
        ...

    def with_dois(self, dois: Sequence[str]) -> tuple[Paper, ...]:
        """The papers that were published under these DOIs, as far as the archive knows of it."""
        ...

    def pdf(self, paper: Paper, into: Path, limit: int) -> Path:
        """Fetch the PDF to the file `into`, whole or not at all; `limit` is in bytes."""
        ...
