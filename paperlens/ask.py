"""What the reader wants of today, and who works along the corridor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from paperlens.document import FIGURE
from paperlens.models import SavedQuery

if TYPE_CHECKING:
    from paperlens.library import Library
    from paperlens.reading import Reader
    from paperlens.sources import Source
    from paperlens.summaries import Summariser
    from paperlens.summaries.templates import Template
    from paperlens.summaries.verdicts import Judge
    from paperlens.taste import School


@dataclass(frozen=True)
class Ask:
    """`since` begins a span that ends now, `day` is a single day: else it is what is new.

    `judge` says that a model is asked what it thinks of papers, given `interests` in prose.
    `figures` says that pictures are cut from the PDFs of the papers shown in full.
    """

    queries: tuple[SavedQuery, ...]
    categories: tuple[str, ...] = ()
    limit: int = 10
    explore: float = 0.0
    judge: bool = False
    interests: str = ""
    language: str = "en"
    full_text: bool = False
    figures: bool = False
    summaries: bool = True
    everything: bool = False
    refresh: bool = False
    offline: bool = False
    one_off: bool = False
    since: date | None = None
    day: date | None = None
    command: str = "today"

    @property
    def pictures(self) -> tuple[str, ...]:
        """Of what pictures are cut: of nothing where nothing stands in full."""
        return (FIGURE,) if self.figures and self.summaries and not self.offline else ()


class Rooms(Protocol):
    """Who works along the corridor."""

    @property
    def source(self) -> "Source": ...
    @property
    def library(self) -> "Library": ...
    @property
    def school(self) -> "School": ...
    @property
    def reader(self) -> "Reader": ...
    @property
    def summariser(self) -> "Summariser": ...
    @property
    def judge(self) -> "Judge | None": ...
    @property
    def template(self) -> "Template": ...
    @property
    def language(self) -> str: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
