"""Where papers come from. A source announces what is new, describes papers by id, hands out PDFs.

Nothing outside this room knows arXiv's formats; another archive would be one more file here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from paperlens.ids import ArxivId
from paperlens.models import Announcement, Paper


class Source(Protocol):
    """What the corridor asks of an archive. Each raises SourceUnreachable with one sentence."""

    def announcements(self, categories: frozenset[str]) -> Announcement:
        """The latest batch in these categories."""
        ...

    def details(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Everything known about papers; ids that do not exist are absent."""
        ...

    def pdf(self, paper: Paper, into: Path, limit: int) -> Path:
        """Fetch the PDF to the file `into`, whole or not at all; `limit` is in bytes."""
        ...
