"""Where the reader was when they left, kept in the cache: losing it costs a few keys."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from paperlens.errors import PlaceRefused
from paperlens.files import make_folder, write_whole


@dataclass(frozen=True, slots=True)
class Bookmark:
    """In one deck of papers; `deck` tells it from others: a new report makes another."""

    file: Path
    deck: str

    def paper(self) -> str | None:
        """The id of the paper that was in front of the reader."""
        try:
            kept = json.loads(self.file.read_bytes())
            paper = kept["paper"] if kept["deck"] == self.deck else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        return paper if isinstance(paper, str) else None

    def keep(self, paper: str | None) -> None:
        told = json.dumps({"deck": self.deck, "paper": paper})
        with suppress(PlaceRefused):
            make_folder(self.file.parent)
            write_whole(self.file, told.encode())
