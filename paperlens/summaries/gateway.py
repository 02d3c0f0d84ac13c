"""The one door to LiteLLM, and so to every model there is.

Imported late, kept quiet, and trusted with nothing: answers are judged by us, keys and providers'
words never leave, and a paper that every model fails is told by its own sentences.
"""

import logging
import os
import random
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from paperlens.document import Reading
from paperlens.models import Cost, Notice, Summary
from paperlens.settings import Llm
from paperlens.summaries import Told, failures
from paperlens.summaries.bills import Bill, Purse, over, unpriced
from paperlens.summaries.conversation import Bearing, Form, converse
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.failures import Failed
from paperlens.summaries.prompt import Message
from paperlens.summaries.providers import OLLAMA, KeyState, key_of, key_variables, ollama_base
from paperlens.summaries.templates import Template
from paperlens.summaries.workers import as_done

_BEFORE_IMPORT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches a price list over the network
    "LITELLM_MODE": "PRODUCTION",  # else it takes settings and keys from any .env file around
    "LITELLM_LOG": "CRITICAL",
}
_OPENAI_KEY = "OPENAI_API_KEY"
ABSTRACT = 1200  # tokens, with the frame around it
ANSWER = 400


class Gateway:
    """Tells papers through `llm.model`, then `llm.fallbacks`, then the paper's own sentences."""

    def __init__(
        self,
        settings: Llm,
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        fallback: Extractive,
        spent_today: Callable[[], float],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = settings.model
        self._settings = settings
        self._environ = environ
        self._now = now
        self._fallback = fallback
        self._spent_today = spent_today
        self._pause = pause
        self._doors = [_Door(name) for name in dict.fromkeys((self.model, *settings.fallbacks))]

    def warm(self) -> None:
        """Begin the long import while something else is being waited for."""
        threading.Thread(target=_import_early, daemon=True).start()

    def tell(
        self, readings: Sequence[Reading], template: Template, language: str
    ) -> Iterator[Told]:
        """Each paper as its answer arrives; those with nothing to read never reach a model."""
        legible = [reading for reading in readings if reading.text.strip()]
        blank = [reading for reading in readings if not reading.text.strip()]
        yield from self._fallback.tell(blank, template, language)
        if legible:
            _litellm()
            purse = Purse(self._spent_today())
            yield from as_done(
                lambda reading: self._told(reading, template, language, purse),
                legible,
                self._settings.concurrency,
            )

    def estimate(self, papers: int, template: Template, full_text: bool) -> Cost:
        """By the first model's price, without repairs; papers seldom fill all their room."""
        asked = papers * (template.tokens if full_text else min(template.tokens, ABSTRACT))
        answered = papers * ANSWER
        try:
            prices = _litellm().cost_per_token(
                self.model, prompt_tokens=asked, completion_tokens=answered
            )
        except Exception:  # noqa: BLE001 -- of whatever class: a price that LiteLLM does not know
            return Cost(None if papers else 0.0, asked, answered)
        return Cost(float(sum(prices)), asked, answered)

    def _told(self, reading: Reading, template: Template, language: str, purse: Purse) -> Told:
        """By the first model that can; what failed tries have cost is not forgotten."""
        bill = Bill(purse)
        failed: list[Failed] = []
        for door in self._doors:
            if 0 < self._settings.budget <= purse.spent:
                return self._own(reading, template, bill, failed, over(self._settings.budget))
            try:
                return self._through(door, reading, template, language, bill)
            except Failed as failure:
                failed.append(failure)
                if failure.refused:
                    door.closed = failure
        return self._own(reading, template, bill, failed, None)

    def _own(
        self,
        reading: Reading,
        template: Template,
        bill: Bill,
        failed: Sequence[Failed],
        notice: Notice | None,
    ) -> Told:
        return Told(
            reading.paper.id,
            replace(self._fallback.summary(reading, template), cost=bill.cost),
            error=failed[0].sentence if failed else None,
            refused=bool(failed) and all(failure.refused for failure in failed),
            notice=notice,
            bill=bill.costs,
        )

    def _through(
        self, door: "_Door", reading: Reading, template: Template, language: str, bill: Bill
    ) -> Told:
        if door.closed:
            raise replace(door.closed)
        self._refuse_hopeless(door.model)

        def ask(messages: list[Message], form: Form) -> str:
            return self._patiently(door.model, messages, form, bill)

        fields = converse(ask, door.model, door.bearing, reading, template, language)
        summary = Summary(
            template=template.name,
            language=language,
            model=door.model,
            source=reading.source,
            fields=fields,
            created=self._now(),
            cost=bill.cost,
        )
        costs_money = not self._home(_provider(door.model))
        unheld = costs_money and self._settings.budget > 0 and bill.is_unpriced(door.model)
        notice = unpriced(door.model) if unheld else None
        return Told(reading.paper.id, summary, notice=notice, bill=bill.costs)

    def _refuse_hopeless(self, model: str) -> None:
        """Before anything of the paper is sent."""
        provider = _provider(model)
        if not provider:
            raise failures.unplaced(model)
        key = key_of(model, self._home(provider), self._environ)
        if key.state is KeyState.MISSING:
            raise failures.keyless(model, key)
        if key.state is KeyState.UNUSABLE:
            raise failures.garbled(model, key)

    def _patiently(self, model: str, messages: list[Message], form: Form, bill: Bill) -> str:
        """One answer, asked for again while the trouble may pass."""
        for attempt in range(1, self._settings.retries + 1):
            try:
                return self._once(model, messages, form, bill)
            except Failed as failure:
                if not failure.passing or attempt == self._settings.retries:
                    raise
                growing = min(2.0**attempt, failures.LONGEST_WAIT) * random.uniform(0.5, 1)
                self._pause(failure.wait if failure.wait is not None else growing)
        raise AssertionError("the last try either answers or fails")

    def _once(self, model: str, messages: list[Message], form: Form, bill: Bill) -> str:
        litellm = _litellm()
        provider = _provider(model)
        home, key = self._home(provider), self._openai_key(provider)
        timeout = self._settings.timeout
        try:
            reply = litellm.completion(
                model=model,
                messages=messages,
                timeout=timeout,
                max_retries=0,
                num_retries=0,
                **({"response_format": form} if form else {}),
                **({"api_base": home} if home else {}),
                **({"api_key": key} if key else {}),
            )
        except Exception as error:  # noqa: BLE001 -- LiteLLM lets any class out; each is told
            wanted = key_of(model, home, self._environ)
            raise failures.told(error, model, wanted, home, timeout) from None
        bill.add(model, _cost(litellm, reply))
        choices = getattr(reply, "choices", None)
        return str(choices[0].message.content or "") if choices else ""

    def _home(self, provider: str) -> str:
        """The user's own server: `llm.api_base` is the home of `llm.model` and of nobody else."""
        if self._settings.api_base and provider == _provider(self.model):
            return self._settings.api_base
        return ollama_base(self._environ) if provider in OLLAMA else ""

    def _openai_key(self, provider: str) -> str | None:
        """Handed over; every other key is found by LiteLLM itself, where its provider has it."""
        return self._environ.get(_OPENAI_KEY) if _OPENAI_KEY in key_variables(provider) else None


@dataclass
class _Door:
    """One model, with what was learned of it while asking."""

    model: str
    bearing: Bearing = field(default_factory=Bearing)
    closed: Failed | None = None


def _cost(litellm: Any, reply: Any) -> Cost:
    usage = getattr(reply, "usage", None)
    try:
        usd = float(litellm.completion_cost(completion_response=reply))
    except Exception:  # noqa: BLE001 -- of whatever class: a price that LiteLLM does not know
        usd = None
    return Cost(
        usd, getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0
    )


def _import_early() -> None:
    with suppress(Exception):  # whoever asks first imports again, and hears what is wrong
        _litellm()


@cache
def _litellm() -> Any:
    os.environ.update(_BEFORE_IMPORT)
    for module in ("litellm", "pydantic", "openai", "httpx"):
        warnings.filterwarnings("ignore", module=rf"{module}(\.|$)")
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).disabled = True
    import litellm

    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.openai_key = "none"  # else OpenAI's key goes to providers whose own is not set
    return litellm


@cache
def _provider(model: str) -> str:
    """Who serves the model, as LiteLLM places it; empty where it cannot."""
    litellm = _litellm()
    try:
        return str(litellm.get_llm_provider(model)[1])
    except Exception:  # noqa: BLE001 -- of whatever class: a model that LiteLLM cannot place
        return ""
