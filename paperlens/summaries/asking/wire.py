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
from importlib import import_module
from typing import Any

from paperlens.models import Cost
from paperlens.summaries.asking.patience import within
from paperlens.summaries.asking.providers import OLLAMA
from paperlens.summaries.prompts import Message

Form = dict[str, Any] | None

_BEFORE_IMPORT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches a price list over the network
    "LITELLM_MODE": "PRODUCTION",  # else it takes settings and keys from any .env file around
    "LITELLM_LOG": "CRITICAL",
}
_LATE = "openai.resources.chat"  # with hundreds of modules; the first request would import it
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


def warm(model: str) -> None:
    """Begin the long imports while something else is being waited for."""
    threading.Thread(target=_import_early, args=(model,), daemon=True).start()


def make_ready(model: str) -> None:
    """Import what the first request would, before many ask at once and wait for each other."""
    provider = provider_of(model)
    if provider == "openai" or provider in litellm().openai_compatible_providers:
        with suppress(ImportError):
            import_module(_LATE)


def ask(asked: Asked) -> Answer:
    """The model's answer, or an exception of any class, as LiteLLM lets all out.

    Its own timeout comes first where it does; servers that trickle never meet it.
    """
    return within(1.25 * asked.timeout + 1, lambda: _answer(asked))


def _answer(asked: Asked) -> Answer:
    given = {
        "response_format": asked.form,
        "max_tokens": asked.room,
        "num_ctx": asked.window,
        "api_base": asked.home,
        "api_key": asked.key,
    }
    reply = litellm().completion(
        model=asked.model,
        messages=asked.messages,
        timeout=asked.timeout,
        max_retries=0,
        num_retries=0,
        **{name: value for name, value in given.items() if value},
    )
    cost = _cost(reply, asked.model)
    choices = getattr(reply, "choices", None)
    if not choices:
        return Answer("", cost=cost)
    message, ending = choices[0].message, choices[0].finish_reason
    refusal = (getattr(message, "provider_specific_fields", None) or {}).get("refusal")
    declined = bool(refusal) or ending in {"content_filter", "refusal"}
    return Answer(_said(message) or str(refusal or ""), ending in _CUT, declined, cost)


def _said(message: Any) -> str:
    """The content, or what stands in its place: the words of a call, or the thoughts."""
    calls = getattr(message, "tool_calls", None) or ()
    functions = [getattr(call, "function", None) for call in calls]
    functions.append(getattr(message, "function_call", None))
    called = next((told for each in functions if (told := getattr(each, "arguments", None))), None)
    return str(message.content or called or getattr(message, "reasoning_content", None) or "")


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
    from litellm.llms.custom_httpx.http_handler import get_ssl_configuration

    from paperlens.summaries.asking.bounds import session

    lite.client_session = session(get_ssl_configuration())
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
    return (float(sent), float(answered)) if sent or answered or _is_free(model) else None


def _is_free(model: str) -> bool:
    """Whether nothing is its price: LiteLLM says so as well of models that it has not heard of."""
    known = litellm().model_cost
    return provider_of(model) in OLLAMA or model in known or model.partition("/")[2] in known


def _cost(reply: Any, model: str) -> Cost:
    usage = getattr(reply, "usage", None)
    usd = getattr(reply, "_hidden_params", {}).get("response_cost")  # None for an unknown price
    if not usd and not _is_free(model):
        usd = None
    return Cost(
        None if usd is None else float(usd),
        max(0, getattr(usage, "prompt_tokens", 0) or 0),
        max(0, getattr(usage, "completion_tokens", 0) or 0),
    )


def _import_early(model: str) -> None:
    with suppress(Exception):  # whoever asks first imports again, and hears what is wrong
        make_ready(model)
