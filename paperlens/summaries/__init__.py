"""Papers told in a few words: by the paper's own best sentences, or by a model behind LiteLLM.

`summarise` asks first what is kept and keeps each summary the moment it arrives, so that nothing is
computed or paid for twice. The summarisers themselves are in `extractive` and `gateway`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
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


@dataclass(frozen=True, slots=True)
class Spent:
    """What one request to a model took, known before the paper is told."""

    day: date
    model: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the telling is, and what it took so far; `usd` is None once a price is not known."""

    done: int
    total: int
    tokens: int = 0
    usd: float | None = 0.0

    def after(self, news: "Told | Spent") -> "Progress":
        if isinstance(news, Told):
            return replace(self, done=self.done + 1)
        cost = Cost(self.usd) + news.cost
        return replace(self, tokens=self.tokens + cost.tokens_in + cost.tokens_out, usd=cost.usd)


class Summariser(Protocol):
    """Whatever can tell papers by a template."""

    @property
    def model(self) -> str: ...

    def warm(self) -> None:
        """Get ready in the background: there will be something to tell."""
        ...

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,
        others: Mapping[str, Summary],
    ) -> Iterator[Told | Spent]:
        """Each reading told once, as it is done, in any order; and what each request took.

        `others` are summaries of the same papers in other languages, by paper id.
        """
        ...

    def estimate(self, papers: int, template: Template, full_text: bool) -> Cost:
        """About what telling so many papers costs, at most."""
        ...


class Keeper(Protocol):
    """Whoever keeps summaries between mornings, and counts what they cost."""

    def summaries(self, keys: Mapping[str, str]) -> dict[str, Summary]:
        """Of each paper id the summary under its key, where there is one."""
        ...

    def all_summaries(self, ids: Iterable[str]) -> dict[str, dict[str, Summary]]:
        """All summaries of each paper that has one, by their keys."""
        ...

    def keep_summary(self, paper_id: str, key: str, summary: Summary) -> None: ...

    def spend(self, day: date, model: str, cost: Cost) -> None: ...


def expect(papers: Iterable[str], summariser: Summariser, keeper: Keeper, refresh: bool) -> None:
    """These are about to be read: unless it told each before, the summariser gets ready."""
    ids = frozenset(papers)
    kept = keeper.all_summaries(ids)
    told = {
        id for id in ids for each in kept.get(id, {}).values() if each.model == summariser.model
    }
    if ids - told or (ids and refresh):
        summariser.warm()


def summarise(
    readings: Sequence[Reading],
    summariser: Summariser,
    template: Template,
    language: str,
    keeper: Keeper,
    refresh: bool = False,
    watch: Callable[[Progress], None] = lambda _: None,
) -> dict[str, Told]:
    """Every reading's summary by paper id, in the order of the readings; `watch` hears how far."""
    wanted = {reading.paper.id: reading for reading in readings}
    keys = {paper: key(wanted[paper], template, summariser.model, language) for paper in wanted}
    kept = {} if refresh else keeper.summaries(keys)
    found = {paper: Told(paper, summary) for paper, summary in kept.items()}
    missing = [reading for paper, reading in wanted.items() if paper not in found]
    progress = Progress(len(found), len(wanted))
    watch(progress)
    others = {} if refresh else _in_other_languages(missing, summariser, template, language, keeper)
    for news in summariser.tell(missing, template, language, others) if missing else ():
        if isinstance(news, Spent):
            keeper.spend(news.day, news.model, news.cost)
        else:
            found[news.paper] = news
            if _is_what_was_asked(news, summariser):
                keeper.keep_summary(news.paper, keys[news.paper], news.summary)
        progress = progress.after(news)
        watch(progress)
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
    each_told = tuple(told)
    found = dict.fromkeys(each.notice for each in each_told if each.notice)
    if refused_everything(each_told):
        reason = next(each.error for each in each_told if each.error)
        found[Notice("model-refused", f"Summaries are extractive: {reason}.")] = None
    return tuple(found)


def refused_everything(told: Iterable[Told]) -> bool:
    """Whether the model would have nothing to do with any paper it was asked about."""
    asked = [each for each in told if each.error or each.summary.model != EXTRACTIVE]
    return bool(asked) and all(each.refused for each in asked)


def _in_other_languages(
    missing: Sequence[Reading],
    summariser: Summariser,
    template: Template,
    language: str,
    keeper: Keeper,
) -> dict[str, Summary]:
    """What need not be read again, as only the language differs."""
    if summariser.model == EXTRACTIVE or not missing:
        return {}
    from paperlens.summaries.prompts.translation import in_another_language

    kept = keeper.all_summaries(reading.paper.id for reading in missing)
    found = {}
    for reading in missing:
        key_in = partial(key, reading, template, summariser.model)
        if other := in_another_language(kept.get(reading.paper.id, {}), language, key_in):
            found[reading.paper.id] = other
    return found


def _is_what_was_asked(told: Told, summariser: Summariser) -> bool:
    """An extractive summary that stands in for a model's must not pass for it next time."""
    return told.summary.model != EXTRACTIVE or summariser.model == EXTRACTIVE
