"""Papers told in a few words: by the paper's own best sentences, or by a model behind LiteLLM.

`summarise` asks first what is kept and keeps each summary the moment it arrives, so that nothing is
computed or paid for twice. The summarisers themselves are in `extractive` and `gateway`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Protocol

from paperlens.document import Reading
from paperlens.models import Cost, Notice, Summary
from paperlens.summaries.templates import Template

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Told:
    """A paper's summary as it arrived.

    `error` is set when a model failed and the summary is the extractive one instead; it says what
    to do. `refused` means that the model would have failed on any paper: key, quota, unknown model,
    no server. `notice` says why the summary is not the model's although nothing failed. `bill` is
    what models took for it in this run, failed tries included; nothing for a summary kept before.
    """

    paper: str
    summary: Summary
    error: str | None = None
    refused: bool = False
    notice: Notice | None = None
    bill: Mapping[str, Cost] = field(default_factory=dict)

    @property
    def paid(self) -> Cost:
        return sum(self.bill.values(), Cost())


class Summariser(Protocol):
    """Whatever can tell papers by a template."""

    @property
    def model(self) -> str: ...

    def tell(
        self, readings: Sequence[Reading], template: Template, language: str
    ) -> Iterator[Told]:
        """Each reading told once, as it is done, in any order."""
        ...

    def estimate(self, papers: int, template: Template, full_text: bool) -> Cost:
        """About what telling so many papers costs, at most."""
        ...


class Keeper(Protocol):
    """Whoever keeps summaries between mornings, and counts what they cost."""

    def summaries(self, keys: Mapping[str, str]) -> dict[str, Summary]:
        """Of each paper id the summary under its key, where there is one."""
        ...

    def keep_summary(self, paper_id: str, key: str, summary: Summary) -> None: ...

    def spend(self, day: date, model: str, cost: Cost) -> None: ...


def summarise(
    readings: Sequence[Reading],
    summariser: Summariser,
    template: Template,
    language: str,
    keeper: Keeper,
    refresh: bool = False,
) -> dict[str, Told]:
    """Every reading's summary by paper id, in the order of the readings."""
    wanted = {reading.paper.id: reading for reading in readings}
    keys = {paper: key(wanted[paper], template, summariser.model, language) for paper in wanted}
    kept = {} if refresh else keeper.summaries(keys)
    found = {paper: Told(paper, summary) for paper, summary in kept.items()}
    missing = [reading for paper, reading in wanted.items() if paper not in found]
    for told in summariser.tell(missing, template, language) if missing else ():
        found[told.paper] = told
        for model, cost in told.bill.items():
            keeper.spend(told.summary.created.astimezone(UTC).date(), model, cost)
        if _is_what_was_asked(told, summariser):
            keeper.keep_summary(told.paper, keys[told.paper], told.summary)
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
