"""Papers told by models: many at once, within the day's budget, at the pace their servers bear.

Answers are judged by us, keys and providers' words never leave, and a paper that every model fails
is told by its own sentences.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from paperlens.document import Reading
from paperlens.models import Cost, Notice, Summary
from paperlens.settings import Llm
from paperlens.summaries import Spent, Told
from paperlens.summaries.asking import failures, keys, wire
from paperlens.summaries.asking.bills import Bill, Empty, Purse, over, unpriced
from paperlens.summaries.asking.conversation import Bearing, Question, converse
from paperlens.summaries.asking.failures import LONGEST_WAIT, Failed
from paperlens.summaries.asking.pacing import Clock, Pace
from paperlens.summaries.asking.providers import (
    OLLAMA,
    Kept,
    Key,
    KeyState,
    key_of,
    key_variables,
    ollama_base,
)
from paperlens.summaries.asking.wire import Answer, Asked
from paperlens.summaries.asking.workers import as_done
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.prompts.tokens import tokens
from paperlens.summaries.templates import Template

_OPENAI_KEY = "OPENAI_API_KEY"
_WINDOW_STEP = 4096
ABSTRACT = 1200  # tokens, with the frame around it


@dataclass
class _Door:
    """One model, with what was learned of it while asking."""

    model: str
    pace: Pace
    bearing: Bearing = field(default_factory=Bearing)


class Gateway:
    """Tells papers through `llm.model`, then `llm.fallbacks`, then the paper's own sentences."""

    def __init__(
        self,
        settings: Llm,
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        fallback: Extractive,
        spent_today: Callable[[], float],
        clock: Clock | None = None,
        kept: Kept = keys.kept,
    ) -> None:
        self.model = settings.model
        self._settings = settings
        self._environ = environ
        self._now = now
        self._fallback = fallback
        self._spent_today = spent_today
        self._kept = kept
        clock = clock or Clock()
        self._doors = [
            _Door(name, Pace(settings.concurrency, settings.retries, clock))
            for name in dict.fromkeys((self.model, *settings.fallbacks))
        ]

    def warm(self) -> None:
        """Begin the long imports while something else is being waited for."""
        wire.warm(self.model)

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,
        others: Mapping[str, Summary] | None = None,
    ) -> Iterator[Told | Spent]:
        """Each paper as its answer arrives; those with nothing to read never reach a model."""
        legible = [reading for reading in readings if reading.text.strip()]
        blank = [reading for reading in readings if not reading.text.strip()]
        yield from self._fallback.tell(blank, template, language)
        if legible:
            wire.make_ready(self.model)
            purse = Purse(self._settings.budget, self._spent_today())

            def work(reading: Reading, hand_on: Callable[[Told | Spent], None]) -> None:
                bill = Bill(self._now().astimezone(UTC).date(), hand_on)
                other = (others or {}).get(reading.paper.id)
                hand_on(self._told(_Errand(reading, template, language, purse, bill, other)))

            yield from as_done(work, legible, self._settings.concurrency)

    def estimate(self, papers: int, template: Template, full_text: bool) -> Cost:
        """By the first model's price, without repairs; papers seldom fill all their room."""
        asked = papers * (template.tokens if full_text else min(template.tokens, ABSTRACT))
        answered = papers * template.answer_tokens
        usd = wire.price(self.model, asked, answered) if papers else 0.0
        return Cost(usd, asked, answered)

    def _told(self, errand: "_Errand") -> Told:
        """By the first model that can; what failed tries have cost is not forgotten."""
        failed: list[Failed] = []
        notice: Notice | None = None
        for door in self._doors:
            try:
                return self._through(door, errand)
            except Failed as failure:
                failed.append(failure)
            except Empty:
                notice = over(self._settings.budget)
        return Told(
            errand.reading.paper.id,
            replace(self._fallback.summary(errand.reading, errand.template), cost=errand.bill.cost),
            error=failed[0].sentence if failed else None,
            refused=bool(failed) and all(failure.refused for failure in failed),
            notice=notice,
            bill=errand.bill.costs,
        )

    def _through(self, door: _Door, errand: "_Errand") -> Told:
        provider, key = self._refuse_hopeless(door.model)

        def ask(question: Question) -> Answer:
            asked = Asked(
                door.model, question.messages, question.form, question.room,
                window=self._window(provider, errand.template),
                home=self._home(provider),
                key=self._handed_over(provider, key),
                timeout=self._settings.timeout,
            )  # fmt: skip
            return self._patiently(door, asked, key, errand, question.is_trial)

        reading, template, language = errand.reading, errand.template, errand.language
        window = None if provider in OLLAMA else wire.window_of(door.model)
        fields, checks = converse(
            ask, door.model, door.bearing, reading, template, language, window, errand.other
        )
        summary = Summary(
            template=template.name,
            language=language,
            model=door.model,
            source=reading.source,
            fields=fields,
            created=self._now(),
            checks=checks,
            cost=errand.bill.cost,
        )
        costs_money = not self._home(provider) and self._settings.budget > 0
        unheld = costs_money and errand.bill.is_unpriced(door.model)
        notice = unpriced(door.model) if unheld else None
        return Told(reading.paper.id, summary, notice=notice, bill=errand.bill.costs)

    def _refuse_hopeless(self, model: str) -> tuple[str, Key]:
        """Who serves the model and how it stands with the key, before anything is sent."""
        provider = wire.provider_of(model)
        if not provider:
            raise failures.unplaced(model)
        key = key_of(model, self._home(provider), self._environ, self._kept)
        if key.state is KeyState.MISSING:
            raise failures.keyless(model, key)
        if key.state is KeyState.UNUSABLE:
            raise failures.garbled(model, key)
        return provider, key

    def _patiently(
        self, door: _Door, asked: Asked, key: Key, errand: "_Errand", is_trial: bool
    ) -> Answer:
        """One answer, asked for again while the trouble may pass."""
        for attempt in range(1, self._settings.retries + 1):
            had_in = door.pace.place()
            try:
                answer = self._once(asked, key, errand)
            except Failed as failure:
                if is_trial and failure.unfit_form:
                    door.pace.returned()
                    raise
                if not failure.passing:
                    door.pace.failed(failure)
                    raise
                growing = min(2.0**attempt, LONGEST_WAIT) * random.uniform(0.5, 1)
                wait = failure.wait if failure.wait is not None else growing
                door.pace.troubled(had_in, errand.reading.paper.id, failure, wait)
                if attempt == self._settings.retries:
                    raise
                if not failure.busy:
                    door.pace.rest(wait)
            except BaseException:
                door.pace.returned()
                raise
            else:
                door.pace.answered()
                return answer
        raise AssertionError("the last try either answers or fails")

    def _once(self, asked: Asked, key: Key, errand: "_Errand") -> Answer:
        """One request; what it may cost is put aside for as long as it is in flight."""
        sent = sum(tokens(message["content"]) for message in asked.messages)
        estimate = wire.price(asked.model, sent, errand.template.answer_tokens) or 0.0
        is_free = bool(asked.home) and not estimate
        paid = 0.0
        if not is_free:
            errand.purse.take(estimate)
        try:
            answer = wire.ask(asked)
            paid = answer.cost.usd or 0.0
            errand.bill.add(asked.model, answer.cost)
        except Exception as error:  # noqa: BLE001 -- LiteLLM lets any class out; each is told
            raise failures.told(error, asked.model, key, asked.home, asked.timeout) from None
        finally:
            if not is_free:
                errand.purse.settle(estimate, paid)
        return answer

    def _home(self, provider: str) -> str:
        """The user's own server: `llm.api_base` is the home of `llm.model` and of nobody else."""
        if self._settings.api_base and provider == wire.provider_of(self.model):
            return self._settings.api_base
        return ollama_base(self._environ) if provider in OLLAMA else ""

    def _handed_over(self, provider: str, key: Key) -> str | None:
        """Handed over; every other key is found by LiteLLM itself, where its provider has it."""
        if key.is_kept:
            return self._kept(key.provider)
        return self._environ.get(_OPENAI_KEY) if _OPENAI_KEY in key_variables(provider) else None

    def _window(self, provider: str, template: Template) -> int | None:
        """Ollama silently cuts what does not fit into the window that it was asked for."""
        if provider not in OLLAMA:
            return None
        needed = template.tokens + 2 * template.answer_tokens
        return -(-needed // _WINDOW_STEP) * _WINDOW_STEP


@dataclass(frozen=True)
class _Errand:
    """One paper to be told, and who pays."""

    reading: Reading
    template: Template
    language: str
    purse: Purse
    bill: Bill
    other: Summary | None = None
