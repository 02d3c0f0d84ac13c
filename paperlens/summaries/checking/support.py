"""How much of a sentence a source says: the share of its telling words in the best few sentences.

The source is taken apart once; a sentence then meets only those sentences that share words with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from paperlens.summaries.checking.wording import WORD, telling, worths

_WINDOW = 3
_CANDIDATES = 8
_LEAST, _PER_LENGTH, _MOST = 0.35, 0.029, 0.56
_FOR_FEW_WORDS, _FOR_A_CLAUSE = 0.5, 0.08
_STEMS_OF_A_CLAUSE = 4
_CLAUSES = re.compile(
    r"[;:]\s|\s(?:while|whereas|and also|and further)\s|\s—\s"
    r"|,\s(?:and|which|while|whereas|but|with|thus|thereby|so|by|making|enabling|leading|allowing"
    r"|yielding|achieving|resulting|outperforming|improving|reducing)\b"
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A source's sentences, and in which of them each telling stem stands."""

    texts: Sequence[str]
    stems: Sequence[frozenset[str]]
    places: dict[str, list[int]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Sentences":
        stems = [frozenset(stems_of(text)) for text in texts]
        places: dict[str, list[int]] = {}
        for place, found in enumerate(stems):
            for each in found:
                places.setdefault(each, []).append(place)
        return cls(texts, stems, places)

    def best(self, stems: frozenset[str]) -> tuple[float, Sequence[str]]:
        """How much the best place says of the words, and its few sentences: the mean of the share
        that they have together and of that which one sentence has."""
        known = worths()
        shared: dict[int, float] = {}
        for each in stems:
            worth = known.get(each, 1.0)
            for place in self.places.get(each, ()):
                shared[place] = shared.get(place, 0.0) + worth
        near = sorted(shared, key=lambda place: (-shared[place], place))[:_CANDIDATES]
        if not near:
            return 0.0, ()
        begins = {max(0, place - back) for place in near for back in range(_WINDOW)}
        best, found = 0.0, 0
        for begin in sorted(begins):
            said = stems & frozenset().union(*self.stems[begin : begin + _WINDOW])
            together = _worth(said)
            if together > best:
                best, found = together, begin
        return (best + shared[near[0]]) / 2 / _worth(stems), self.texts[found : found + _WINDOW]

    def support(self, stems: frozenset[str], grace: float = 0.0) -> tuple[bool, Sequence[str]]:
        """Whether the words stand together somewhere, and where.

        A long source has some words of any sentence; of a short sentence, one word in place of
        another takes a great part.
        """
        enough = min(_MOST, _LEAST + _PER_LENGTH * log(max(1, len(self.texts))))
        share, near = self.best(stems)
        return share >= enough - _FOR_FEW_WORDS / len(stems) - grace, near

    def share_beside(self, stems: frozenset[str], places: Iterable[int]) -> float:
        """The greatest share of the words that one of the places has, with the sentence before."""
        whole = _worth(stems)
        beside = (self.stems[max(0, place - 1) : place + 1] for place in places)
        return max((_worth(stems & frozenset().union(*each)) for each in beside), default=0) / whole

    def bear_out_each_clause(self, sentence: str) -> bool:
        """Whether no clause of a sentence is foreign to the source: a claim may be added to what
        it says."""
        clauses = _CLAUSES.split(sentence)
        if len(clauses) == 1:
            return True
        stems = (frozenset(stems_of(clause)) for clause in clauses)
        told = (each for each in stems if len(each) >= _STEMS_OF_A_CLAUSE)
        return all(self.support(each, _FOR_A_CLAUSE)[0] for each in told)


def _worth(stems: Iterable[str]) -> float:
    known = worths()
    return sum(known.get(each, 1.0) for each in stems)


def stems_of(text: str) -> list[str]:
    """The stems of the telling words, in their order."""
    return [each for word in WORD.findall(text) if (each := telling(word))]
