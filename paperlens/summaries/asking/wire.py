"""The one door to LiteLLM, and so to every model there is.

Imported late, kept quiet, and told nothing that it need not know: whoever asks hands over a key and
an address, and gets an answer, its cost, or an exception of any class.
"""

import logging
import os
import threading
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from paperlens.models import Cost
from paperlens.summaries.prompts import Message

Form = dict[str, Any] | None

_BEFORE_IMPORT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches a price list over the network
    "LITELLM_MODE": "PRODUCTION",  # else it takes settings and keys from any .env file around
    "LITELLM_LOG": "CRITICAL",
}
_THOUSAND = 1000
_CUT = frozenset(("length", "max_tokens"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; `room` is how many tokens the answer may take, where the server need be told."""

    model: str
    messages: list[Message]
    form: Form = None
    room: int | None = None
    window: int | None = None
    home: str = ""
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said; `cut`: it had no room to end; `declined`: it would not say it."""

    text: str
    cut: bool = False
    declined: bool = False
    cost: Cost = field(default_factory=Cost)


def warm() -> None:
    """Begin the long import while something else is being waited for."""
    threading.Thread(target=_import_early, daemon=True).start()


def ask(asked: Asked) -> Answer:
    """The model's answer; LiteLLM lets exceptions of any class out."""
    lite = litellm()
    given = {
        "response_format": asked.form,
        "max_tokens": asked.room,
        "num_ctx": asked.window,
        "api_base": asked.home,
        "api_key": asked.key,
    }
    reply = lite.completion(
        model=asked.model,
        messages=asked.messages,
        timeout=asked.timeout,
        max_retries=0,
        num_retries=0,
        **{name: value for name, value in given.items() if value},
    )
    cost = _cost(reply)
    choices = getattr(reply, "choices", None)
    if not choices:
        return Answer("", cost=cost)
    choice = choices[0]
    message, ending = choice.message, choice.finish_reason
    refusal = (getattr(message, "provider_specific_fields", None) or {}).get("refusal")
    text = message.content or refusal or getattr(message, "reasoning_content", None) or ""
    declined = bool(refusal) or ending in {"content_filter", "refusal"}
    return Answer(str(text), cut=ending in _CUT, declined=declined, cost=cost)


def price(model: str, tokens_in: int, tokens_out: int) -> float | None:
    """About, in US dollars, where LiteLLM knows it."""
    known = _prices(model)
    if known is None:
        return None
    return (known[0] * tokens_in + known[1] * tokens_out) / _THOUSAND


@cache
def provider_of(model: str) -> str:
    """Who serves the model, as LiteLLM places it; empty where it cannot."""
    lite = litellm()
    try:
        return str(lite.get_llm_provider(model)[1])
    except Exception:  # noqa: BLE001 -- of whatever class: a model that LiteLLM cannot place
        return ""


@cache
def window_of(model: str) -> int | None:
    """How many tokens the model holds, where LiteLLM knows it without asking a server."""
    known = litellm().model_cost.get(model) or litellm().model_cost.get(model.partition("/")[2])
    most = (known or {}).get("max_input_tokens")
    return most if isinstance(most, int) and most > 0 else None


@cache
def litellm() -> Any:
    os.environ.update(_BEFORE_IMPORT)
    for module in ("litellm", "pydantic", "openai", "httpx"):
        warnings.filterwarnings("ignore", module=rf"{module}(\.|$)")
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).disabled = True
    import litellm as lite

    lite.telemetry = False
    lite.suppress_debug_info = True
    lite.openai_key = "none"  # else OpenAI's key goes to providers whose own is not set
    return lite


@cache
def _prices(model: str) -> tuple[float, float] | None:
    """Of a thousand tokens that are sent, and of a thousand that are answered."""
    try:
        sent, answered = litellm().cost_per_token(
            model, prompt_tokens=_THOUSAND, completion_tokens=_THOUSAND
        )
    except Exception:  # noqa: BLE001 -- of whatever class: a price that LiteLLM does not know
        return None
    return float(sent), float(answered)


def _cost(reply: Any) -> Cost:
    usage = getattr(reply, "usage", None)
    usd = getattr(reply, "_hidden_params", {}).get("response_cost")  # None for an unknown price
    return Cost(
        None if usd is None else float(usd),
        getattr(usage, "prompt_tokens", 0) or 0,
        getattr(usage, "completion_tokens", 0) or 0,
    )


def _import_early() -> None:
    with suppress(Exception):  # whoever asks first imports again, and hears what is wrong
        litellm()
