"""The models that may be asked, and the way to each: keys, addresses, patience, the day's money.

Whoever has a question says what it is about and what to do with a line to a model; models are tried
in their order until one gives something. Shared by all that asks in one run, so that what was
learned of a server is learned once, and a model that refused is not asked again.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from paperlens.models import Notice
from paperlens.settings import Llm
from paperlens.summaries.asking import failures, keys, wire
from paperlens.summaries.asking.bills import Bill, Empty, Purse, unpriced
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
from paperlens.summaries.asking.questions import Bearing, Line, Question, Result
from paperlens.summaries.asking.wire import Answer, Asked
from paperlens.summaries.prompts.tokens import tokens

_OPENAI_KEY = "OPENAI_API_KEY"
_WINDOW_STEP = 4096


@dataclass(frozen=True, slots=True)
class Errand:
    """What is asked about, how many tokens question and answer may take, and who pays."""

    about: str
    sent: int
    answered: int
    purse: Purse
    bill: Bill


@dataclass(frozen=True, slots=True)
class Silence:
    """No model gave anything; `is_broke`: for one of them the budget did not reach."""

    failed: tuple[Failed, ...]
    is_broke: bool


@dataclass
class _Door:
    """One model, with what was learned of it while asking."""

    model: str
    pace: Pace
    bearing: Bearing = field(default_factory=Bearing)


class Doors:
    """`llm.model`, then `llm.fallbacks`."""

    def __init__(
        self,
        settings: Llm,
        environ: Mapping[str, str],
        spent_today: Callable[[], float],
        clock: Clock | None = None,
        kept: Kept = keys.kept,
    ) -> None:
        self.model = settings.model
        self.settings = settings
        self._environ = environ
        self._spent_today = spent_today
        self._kept = kept
        clock = clock or Clock()
        self._doors = [
            _Door(name, Pace(settings.concurrency, settings.retries, clock))
            for name in dict.fromkeys((self.model, *settings.fallbacks))
        ]

    def purse(self) -> Purse:
        """What is left of the day's money."""
        return Purse(self.settings.budget, self._spent_today())

    def through(self, errand: Errand, work: Callable[[Line], Result]) -> Result | Silence:
        """What `work` gets out of the first model that can; `Failed` sends it to the next."""
        failed: list[Failed] = []
        is_broke = False
        for door in self._doors:
            try:
                return work(self._line(door, errand))
            except Failed as failure:
                failed.append(failure)
            except Empty:
                is_broke = True
        return Silence(tuple(failed), is_broke)

    def doubt(self, model: str, bill: Bill) -> Notice | None:
        """That the budget cannot hold what a model costs."""
        costs_money = not self._home(wire.provider_of(model)) and self.settings.budget > 0
        return unpriced(model) if costs_money and bill.is_unpriced(model) else None

    def _line(self, door: _Door, errand: Errand) -> Line:
        provider, key = self._refuse_hopeless(door.model)

        def ask(question: Question) -> Answer:
            asked = Asked(
                door.model, question.messages, question.form, question.room,
                window=_window(provider, errand),
                home=self._home(provider),
                key=self._handed_over(provider, key),
                timeout=self.settings.timeout,
            )  # fmt: skip
            return self._patiently(door, asked, key, errand, question.is_trial)

        window = None if provider in OLLAMA else wire.window_of(door.model)
        return Line(door.model, ask, door.bearing, window)

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
        self, door: _Door, asked: Asked, key: Key, errand: Errand, is_trial: bool
    ) -> Answer:
        """One answer, asked for again while the trouble may pass."""
        for attempt in range(1, self.settings.retries + 1):
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
                door.pace.troubled(had_in, errand.about, failure, wait)
                if attempt == self.settings.retries:
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

    def _once(self, asked: Asked, key: Key, errand: Errand) -> Answer:
        """One request; what it may cost is put aside for as long as it is in flight."""
        sent = sum(tokens(message["content"]) for message in asked.messages)
        estimate = wire.price(asked.model, sent, errand.answered) or 0.0
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
        if self.settings.api_base and provider == wire.provider_of(self.model):
            return self.settings.api_base
        return ollama_base(self._environ) if provider in OLLAMA else ""

    def _handed_over(self, provider: str, key: Key) -> str | None:
        """Handed over; every other key is found by LiteLLM itself, where its provider has it."""
        if key.is_kept:
            return self._kept(key.provider)
        return self._environ.get(_OPENAI_KEY) if _OPENAI_KEY in key_variables(provider) else None


def _window(provider: str, errand: Errand) -> int | None:
    """Ollama silently cuts what does not fit into the window that it was asked for."""
    if provider not in OLLAMA:
        return None
    needed = errand.sent + 2 * errand.answered
    return -(-needed // _WINDOW_STEP) * _WINDOW_STEP
