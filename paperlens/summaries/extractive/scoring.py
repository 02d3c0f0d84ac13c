"""Which sentence tells a paper's contribution, in which wording, and which others carry the rest.

A linear score over plain features. Its weights were fitted on the training split of SciTLDR by
`tests/make/fit_extractive.py`; no data tells how to choose the others, so that what is added to the
same score for them was set by hand.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum
from pathlib import Path

from paperlens.summaries.extractive.cues import Seen, leading_up, see
from paperlens.summaries.extractive.features import Abstract, Features, of_sentence, of_wording
from paperlens.summaries.extractive.trimming import Wording, wordings

_WEIGHTS = Path(__file__).with_name("weights.json")
_CARRIES = {
    "show": 0.5, "propose": 0.3, "results": 0.6, "gain": 0.4, "limitation": 0.4,
    "starts: experiments": 0.4, "starts: further": 0.3, "link": -1.5, "question": -1.5,
}  # fmt: skip
_ONLY_LEADS_UP = -4.0
_REPEATS = 3.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """The contribution as it is told, the sentence it was told in, and the others in the order of
    what they carry."""

    contribution: str | None = None
    told_in: str | None = None
    others: tuple[str, ...] = ()


def rank(title: str, told: Sequence[str]) -> Ranked:
    texts = tuple(dict.fromkeys(told))
    if not texts:
        return Ranked()
    worth = _weights()
    seen = tuple(map(see, texts))
    abstract = Abstract.of(see(title), seen)
    scores: list[float] = []
    best = (float("-inf"), 0, "")
    for index, text in enumerate(texts):
        shared = _score(of_sentence(abstract, index), worth)
        ways = [
            (shared + _score(of_wording(abstract, index, way, seen_as), worth), way.text)
            for way, seen_as in _ways(text, seen[index])
        ]
        scores.append(ways[0][0])
        most, wording = max(ways, key=lambda way: way[0])
        if most > best[0]:
            best = (most, index, wording)
    _, at, wording = best
    others = tuple(texts[index] for index in _others(seen, scores, at))
    return Ranked(wording, texts[at], others)


def _ways(text: str, seen: Seen) -> Iterator[tuple[Wording, Seen]]:
    for way in wordings(text):
        yield way, seen if way.text == text else see(way.text)


def _others(seen: tuple[Seen, ...], scores: Sequence[float], best: int) -> Iterator[int]:
    """One after the other what adds most to what was taken before it."""
    leads_up = leading_up(seen)
    carried = {
        index: scores[index]
        + fsum(_CARRIES.get(cue, 0.0) for cue in seen[index].cues)
        + (_ONLY_LEADS_UP if index in leads_up else 0.0)
        for index in range(len(seen))
        if index != best
    }
    repeated = dict.fromkeys(carried, 0.0)
    taken = best
    while carried:
        for index in carried:
            repeated[index] = max(repeated[index], _likeness(seen[index], seen[taken]))
        taken = max(carried, key=lambda index: carried[index] - _REPEATS * repeated[index])
        del carried[taken]
        yield taken


def _likeness(one: Seen, other: Seen) -> float:
    return len(one.content & other.content) / max(1, len(one.content | other.content))


def _score(found: Features, weights: Mapping[str, float]) -> float:
    known = weights.get
    return sum(known(name, 0.0) * value for name, value in found.items())


@cache
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights
