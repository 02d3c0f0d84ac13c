"""How much of a sentence a source says: the share of its telling words in the best few sentences.

The source is taken apart once; a sentence then meets only those sentences that share words with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from paperlens.summaries.checking.wording import WORD, telling, weights

_WINDOW = 3
_CANDIDATES = 8
_LEAST, _PER_LENGTH, _MOST = 0.26, 0.03, 0.44
_OF_A_CLAUSE = 0.6
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

    @property
    def enough(self) -> float:
        """The share that makes a sentence supported: a long source has some words of any."""
        return min(_MOST, _LEAST + _PER_LENGTH * log(max(1, len(self.texts))))

    def best(self, stems: frozenset[str]) -> tuple[float, Sequence[str]]:
        """The greatest share of the words that up to three sentences in a row have, and these."""
        known = weights()
        shared: dict[int, float] = {}
        for each in stems:
            worth = known.get(each, 1.0)
            for place in self.places.get(each, ()):
                shared[place] = shared.get(place, 0.0) + worth
        near = sorted(shared, key=lambda place: -shared[place])[:_CANDIDATES]
        begins = {max(0, place - back) for place in near for back in range(_WINDOW)}
        best, found = 0.0, 0
        for begin in sorted(begins):
            said = stems & frozenset().union(*self.stems[begin : begin + _WINDOW])
            share = sum(known.get(each, 1.0) for each in said)
            if share > best:
                best, found = share, begin
        whole = sum(known.get(each, 1.0) for each in stems)
        return (best / whole if whole else 1.0), self.texts[found : found + _WINDOW]

    def bear_out_each_clause(self, sentence: str) -> bool:
        """Whether no clause of a sentence is foreign to the source: a claim may be added to what
        it says."""
        clauses = _CLAUSES.split(sentence)
        if len(clauses) == 1:
            return True
        stems = (frozenset(stems_of(clause)) for clause in clauses)
        told = (each for each in stems if len(each) >= _STEMS_OF_A_CLAUSE)
        return all(self.best(each)[0] >= _OF_A_CLAUSE * self.enough for each in told)


def stems_of(text: str) -> list[str]:
    """The stems of the telling words, in their order."""
    return [each for word in WORD.findall(text) if (each := telling(word))]
