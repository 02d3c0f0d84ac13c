"""Papers told in a few words: by the paper's own best sentences, or by a model behind LiteLLM.

`summarise` looks on the shelf first and keeps each summary the moment it arrives, so that nothing
is computed or paid for twice. The summarisers themselves are in `extractive` and `gateway`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from paperlens.models import Notice, Reading, Summary
from paperlens.summaries.templates import Template

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Told:
    """A paper's summary as it arrived.

    `error` is set when a model failed and the summary is the extractive one instead; it says what
    to do. `refused` means that the model would have failed on any paper: key, quota, unknown model,
    no server. `notice` says why the summary is not the model's although nothing failed.
    """

    paper: str
    summary: Summary
    error: str | None = None
    refused: bool = False
    notice: Notice | None = None


class Summariser(Protocol):
    """Whatever can tell papers by a template."""

    @property
    def model(self) -> str: ...

    def tell(
        self, readings: Sequence[Reading], template: Template, language: str
    ) -> Iterator[Told]:
        """Each reading told once, as it is done, in any order."""
        ...


class Shelf(Protocol):
    """Where summaries are kept between mornings."""

    def summary(self, paper_id: str, key: str) -> Summary | None: ...

    def keep_summary(self, paper_id: str, key: str, summary: Summary) -> None: ...


def summarise(
    readings: Sequence[Reading],
    summariser: Summariser,
    template: Template,
    language: str,
    shelf: Shelf,
    refresh: bool = False,
) -> dict[str, Told]:
    """Every reading's summary by paper id, in the order of the readings."""
    wanted = {reading.paper.id: reading for reading in readings}
    keys = {paper: key(wanted[paper], template, summariser.model, language) for paper in wanted}
    found: dict[str, Told] = {}
    for paper in () if refresh else wanted:
        kept = shelf.summary(paper, keys[paper])
        if kept is not None:
            found[paper] = Told(paper, kept)
    missing = [reading for paper, reading in wanted.items() if paper not in found]
    for told in summariser.tell(missing, template, language) if missing else ():
        found[told.paper] = told
        if _is_what_was_asked(told, summariser):
            shelf.keep_summary(told.paper, keys[told.paper], told.summary)
    return {paper: found[paper] for paper in wanted}


def key(reading: Reading, template: Template, model: str, language: str) -> str:
    """The name of a summary: the same whenever asking again would bring nothing new."""
    parts = (
        reading.paper.id, reading.paper.version, hashlib.sha256(reading.text.encode()).hexdigest(),
        reading.source, template.name, template.digest, model, language,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def notices(told: Iterable[Told]) -> tuple[Notice, ...]:
    """What a report has to say of the summaries as a whole, each thing once."""
    return tuple(dict.fromkeys(each.notice for each in told if each.notice))


def refused_everything(told: Iterable[Told]) -> bool:
    """Whether the model would have nothing to do with any paper it was asked about."""
    asked = [each for each in told if each.error or each.summary.model != EXTRACTIVE]
    return bool(asked) and all(each.refused for each in asked)


def _is_what_was_asked(told: Told, summariser: Summariser) -> bool:
    """An extractive summary that stands in for a model's must not pass for it next time."""
    return told.summary.model != EXTRACTIVE or summariser.model == EXTRACTIVE
