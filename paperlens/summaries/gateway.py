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
from typing import Any

from paperlens.models import Cost, Notice, Reading, Summary
from paperlens.settings import Llm
from paperlens.summaries import Told, failures
from paperlens.summaries.conversation import Bearing, Form, converse
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.failures import Failed
from paperlens.summaries.prompt import Message
from paperlens.summaries.templates import Template
from paperlens.summaries.workers import as_done

_BEFORE_IMPORT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches a price list over the network
    "LITELLM_MODE": "PRODUCTION",  # else it takes settings and keys from any .env file around
    "LITELLM_LOG": "CRITICAL",
}
_LONGEST_WAIT = 30.0


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
            purse = _Purse(self._spent_today())
            yield from as_done(
                lambda reading: self._told(reading, template, language, purse),
                legible,
                self._settings.concurrency,
            )

    def _told(self, reading: Reading, template: Template, language: str, purse: "_Purse") -> Told:
        """By the first model that can; what failed tries have cost is not forgotten."""
        bill = _Bill(purse)
        failed: list[Failed] = []
        for door in self._doors:
            if 0 < self._settings.budget <= purse.spent:
                return self._own(reading, template, bill, failed, _over(self._settings.budget))
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
        bill: "_Bill",
        failed: Sequence[Failed],
        notice: Notice | None,
    ) -> Told:
        return Told(
            reading.paper.id,
            replace(self._fallback.summary(reading, template), cost=bill.cost),
            error=failed[0].sentence if failed else None,
            refused=bool(failed) and all(failure.refused for failure in failed),
            notice=notice,
        )

    def _through(
        self, door: "_Door", reading: Reading, template: Template, language: str, bill: "_Bill"
    ) -> Told:
        if door.closed:
            raise replace(door.closed)

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
        priceless = bill.cost.usd is None and self._settings.budget > 0
        notice = _unpriced(door.model) if priceless and not self._settings.api_base else None
        return Told(reading.paper.id, summary, notice=notice)

    def _patiently(self, model: str, messages: list[Message], form: Form, bill: "_Bill") -> str:
        """One answer, asked for again while the trouble may pass."""
        for attempt in range(1, self._settings.retries + 1):
            try:
                return self._once(model, messages, form, bill)
            except Failed as failure:
                if not failure.passing or attempt == self._settings.retries:
                    raise
                growing = min(2.0**attempt, _LONGEST_WAIT) * random.uniform(0.5, 1)
                self._pause(failure.wait if failure.wait is not None else growing)
        raise AssertionError("the last try either answers or fails")

    def _once(self, model: str, messages: list[Message], form: Form, bill: "_Bill") -> str:
        litellm = _litellm()
        provider, known_here = "", {}
        try:
            _, provider, _, _ = litellm.get_llm_provider(model)
            known_here = self._address_and_key(litellm, provider)
            reply = litellm.completion(
                model=model,
                messages=messages,
                timeout=self._settings.timeout,
                max_retries=0,
                num_retries=0,
                **({"response_format": form} if form else {}),
                **known_here,
            )
        except Exception as error:  # noqa: BLE001 -- LiteLLM lets any class out; each is told
            base = known_here.get("api_base", "")
            timeout = self._settings.timeout
            raise failures.told(error, model, provider, base, timeout) from None
        bill.add(_cost(litellm, reply))
        choices = getattr(reply, "choices", None)
        return str(choices[0].message.content or "") if choices else ""

    def _address_and_key(self, litellm: Any, provider: str) -> dict[str, str]:
        """`llm.api_base` is the home of `llm.model`: no other provider's key is sent there."""
        key = self._environ.get(failures.key_variable(provider))
        given = {"api_key": key} if key else {}
        if self._settings.api_base and provider == litellm.get_llm_provider(self.model)[1]:
            given["api_base"] = self._settings.api_base
            if provider == "openai" and not key:
                given["api_key"] = "none"  # most servers at home want none, but the client does
        return given


@dataclass
class _Door:
    """One model, with what was learned of it while asking."""

    model: str
    bearing: Bearing = field(default_factory=Bearing)
    closed: Failed | None = None


@dataclass
class _Purse:
    """What the day has cost so far; shared by the workers."""

    spent: float
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class _Bill:
    """What one paper costs, over all its tries."""

    purse: _Purse
    cost: Cost = field(default_factory=Cost)

    def add(self, cost: Cost) -> None:
        self.cost += cost
        with self.purse.lock:
            self.purse.spent += cost.usd or 0.0


def _cost(litellm: Any, reply: Any) -> Cost:
    usage = getattr(reply, "usage", None)
    try:
        usd = float(litellm.completion_cost(completion_response=reply))
    except Exception:  # noqa: BLE001 -- of whatever class: a price that LiteLLM does not know
        usd = None
    return Cost(
        usd, getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0
    )


def _over(budget: float) -> Notice:
    return Notice(
        "budget",
        f"llm.budget reached: ${budget:.2f} were spent today, the rest is extractive; "
        "raise llm.budget to go on",
    )


def _unpriced(model: str) -> Notice:
    return Notice("price-unknown", f"the price of {model} is not known: llm.budget cannot hold it")


def _import_early() -> None:
    with suppress(Exception):  # whoever asks first imports again, and hears what is wrong
        _litellm()


def _litellm() -> Any:
    os.environ.update(_BEFORE_IMPORT)
    for module in ("litellm", "pydantic", "openai", "httpx"):
        warnings.filterwarnings("ignore", module=rf"{module}(\.|$)")
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).disabled = True
    import litellm

    litellm.telemetry = False
    litellm.suppress_debug_info = True
    return litellm
