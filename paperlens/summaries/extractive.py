"""Summaries without a model: the paper's own sentences, chosen by a score over plain features.

One sentence tells the contribution, a few others carry the claims and results. Each is verbatim, so
the paper supports it fully. The weights of the first choice were fitted on the training split of
SciTLDR by `tests/make/fit_extractive.py`; no data tells how to choose the others, so that what is
added to the same score for them was set by hand.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from math import fsum
from pathlib import Path

from paperlens.document import Reading
from paperlens.models import Checks, Cost, Summary
from paperlens.summaries import EXTRACTIVE, Told
from paperlens.summaries.features import WORD, Seen, features, leading_up, see
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import Field, Template

_LONGEST_READ = 20_000
_MOST_SENTENCES = 200
_MOST_TAKEAWAYS = 4
_ROOM_FOR_MOST = 8

_ENGLISH = frozenset(("the", "of", "and", "we", "is", "are", "that", "this", "with", "by", "which"))

_WEIGHTS = Path(__file__).with_name("weights.json")
_CARRIES = {
    "show": 0.5, "propose": 0.3, "results": 0.6, "gain": 0.4, "limitation": 0.4,
    "starts: experiments": 0.4, "starts: further": 0.3, "link": -1.5, "question": -1.5,
}  # fmt: skip
_ONLY_LEADS_UP = -4.0
_REPEATS = 3.0


class Extractive:
    """The summariser that is always there: no key, no network, no cost."""

    model = EXTRACTIVE

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,  # noqa: ARG002 -- the sentences stay in the paper's own
    ) -> Iterator[Told]:
        """Every reading, at once; `language` is not heeded."""
        for reading in readings:
            yield Told(reading.paper.id, self.summary(reading, template))

    def estimate(
        self,
        papers: int,  # noqa: ARG002 -- however many
        template: Template,  # noqa: ARG002
        full_text: bool,  # noqa: ARG002
    ) -> Cost:
        """It takes nothing from anybody."""
        return Cost()

    def summary(self, reading: Reading, template: Template) -> Summary:
        """From the abstract where there is one, as it says in a few sentences what was done."""
        abstract = reading.paper.abstract.strip()
        text = (abstract or reading.text)[:_LONGEST_READ].strip()
        told = sentences(text)[:_MOST_SENTENCES]
        chosen = tell_apart(reading.paper.title, told)
        return Summary(
            template=template.name,
            language=_language(text),
            model=EXTRACTIVE,
            source="abstract" if abstract else reading.source,
            fields={field.name: _filled(field, *chosen, told) for field in template.fields},
            created=self._now(),
            checks=Checks(grounded=1.0),
        )


def tell_apart(title: str, told: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The sentence that tells the contribution, and others in the order of what they carry."""
    if not told:
        return None, ()
    texts = tuple(dict.fromkeys(told))
    seen = [see(text) for text in texts]
    scores = [_score(found) for found in features(see(title), seen)]
    best = max(range(len(texts)), key=scores.__getitem__)
    return texts[best], tuple(texts[index] for index in _others(seen, scores, best))


def _others(seen: Sequence[Seen], scores: Sequence[float], best: int) -> Iterator[int]:
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


def _filled(
    field: Field, contribution: str | None, others: Sequence[str], told: Sequence[str]
) -> str | tuple[str, ...] | None:
    """What sentences can fill: too few for a list leave it unknown, as do fields of other names."""
    if field.name == "tldr" and field.kind == "text":
        return contribution
    if field.name != "takeaways" or field.kind != "list" or len(others) < field.least:
        return None
    wanted = _MOST_TAKEAWAYS if len(told) > _ROOM_FOR_MOST else 0
    chosen = others[: max(field.least, min(wanted, field.most))]
    return tuple(sorted(chosen, key=told.index))


def _language(text: str) -> str:
    """arXiv wants English abstracts; anything else is "und", undetermined, rather than guessed."""
    words = WORD.findall(text.lower())
    return "en" if sum(word in _ENGLISH for word in words) * 20 >= len(words) else "und"


def _score(found: Mapping[str, float]) -> float:
    weights = _weights()
    return fsum(weights.get(name, 0.0) * value for name, value in found.items())


@cache
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights
