"""What a sitting begins with, the same for both faces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperlens.models import Known
from paperlens.reports.labels import Labels
from paperlens.triage.asides import Asides
from paperlens.triage.bookmark import Bookmark
from paperlens.triage.deck import Deck
from paperlens.triage.desk import Desk


@dataclass(frozen=True)
class Beginning:
    """`more` are the papers that are not on the deck yet, `asked` the queries that were named,
    `asides` is where words to the reader come from; `has_pictures`: the terminal can show some."""

    deck: Deck
    more: Iterator[Sequence[Known]]
    asked: Sequence[str]
    desk: Desk
    bookmark: Bookmark
    asides: Asides
    words: Labels
    has_pictures: bool = False
