"""The papers on the table and the one in front of the reader. Pure.

Nothing moves by itself: papers come at the end, and keep their places when they are decided about,
until the reader asks for another order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from paperlens.models import Known, Mark, Paper
from paperlens.triage.choice import MOST


@dataclass(frozen=True, slots=True)
class Deck:
    """`current` is an id, `sought` what the reader filters by; `on_the_way` are the papers whose
    decision is being written down: they are not shown as decided before it is."""

    papers: tuple[Known, ...] = ()
    current: str | None = None
    sought: str = ""
    on_the_way: frozenset[str] = frozenset()

    @classmethod
    def of(cls, papers: Sequence[Known], current: str | None = None) -> "Deck":
        """Open at a paper, where it is there, else at the first."""
        deck = cls(tuple(papers))
        return deck.at(current) if current in deck.ids else deck.at_place(0)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(known.paper.id for known in self.papers)

    @property
    def shown(self) -> tuple[Known, ...]:
        """Those that have all the words sought."""
        asked = _words(self.sought) if self.sought.strip() else ()
        if not asked:
            return self.papers
        return tuple(
            known for known in self.papers if all(f" {word}" in _line(known) for word in asked)
        )

    @property
    def place(self) -> int:
        """Of the current paper among those shown, from 0."""
        ids = [known.paper.id for known in self.shown]
        return ids.index(self.current) if self.current in ids else 0

    @property
    def known(self) -> Known | None:
        """The current paper; None where none is shown."""
        shown = self.shown
        return shown[self.place] if shown else None

    @property
    def left(self) -> int:
        """How many wait for a decision."""
        return sum(self._waits(known) for known in self.papers)

    def at(self, paper: str | None) -> "Deck":
        return replace(self, current=paper)

    def at_place(self, place: int) -> "Deck":
        shown = self.shown
        if not shown:
            return self
        return self.at(shown[min(max(place, 0), len(shown) - 1)].paper.id)

    def moved(self, by: int) -> "Deck":
        return self.at_place(self.place + by)

    def passed(self) -> "Deck":
        """The current paper is being decided about: on to the next that waits, else to the first
        that does; where none does, the reader stays."""
        if self.known is None:
            return self
        paper, place = self.known.paper.id, self.place
        deck = replace(self, on_the_way=self.on_the_way | {paper})
        shown = deck.shown
        after = (*shown[place + 1 :], *shown[:place])
        following = next((known for known in after if deck._waits(known)), shown[place])
        return deck.at(following.paper.id)

    def written(self, known: Known) -> "Deck":
        """A paper as it is decided about by now."""
        papers = (known if one.paper.id == known.paper.id else one for one in self.papers)
        return replace(self, papers=tuple(papers)).unwritten(known.paper.id)

    def unwritten(self, paper: str) -> "Deck":
        """A decision that could not be kept is none."""
        return replace(self, on_the_way=self.on_the_way - {paper})

    def back_at(self, known: Known) -> "Deck":
        """At a paper whose decision was taken back; a filter that hides it goes."""
        deck = self.written(known)
        is_hidden = known.paper.id not in (one.paper.id for one in deck.shown)
        return replace(deck, current=known.paper.id, sought="" if is_hidden else deck.sought)

    def with_more(self, more: Iterable[Known]) -> "Deck":
        held = set(self.ids)
        news = (known for known in more if known.paper.id not in held)
        return replace(self, papers=(*self.papers, *news)[:MOST])

    def seeking(self, text: str) -> "Deck":
        """Only what has these words; the reader stays at their paper if it does."""
        deck = replace(self, sought=text)
        return deck.at_place(deck.place)

    def reordered(self, ids: Sequence[str]) -> "Deck":
        """What waits in this order, from the first; then what is decided, as it stood."""
        places = {paper: place for place, paper in enumerate(ids)}

        def order(known: Known) -> tuple[bool, int]:
            waits = self._waits(known)
            return not waits, places.get(known.paper.id, len(places)) if waits else 0

        deck = replace(self, papers=tuple(sorted(self.papers, key=order)))
        return deck.at_place(0)

    def _waits(self, known: Known) -> bool:
        return known.decision.mark is Mark.NEW and known.paper.id not in self.on_the_way


def _line(known: Known) -> str:
    """What is sought in: each word with a space before it."""
    tags = known.decision.tags
    return _words_of(known.paper) + "".join(f" {word}" for word in _words(" ".join(tags)))


@lru_cache(maxsize=MOST)
def _words_of(paper: Paper) -> str:
    told = (paper.title, *paper.authors, paper.id, *paper.categories, paper.abstract)
    return f" {' '.join(_words(' '.join(told)))}"


def _words(text: str) -> Sequence[str]:
    """Without case, accents and TeX, as queries see them."""
    from paperlens.query.folding import words

    return words(text)
