"""Which models could be used here, as seen from keys in the environment and from a local Ollama.

No paper and no key is sent anywhere: a server is only asked whether it is there. Standard library
only, so that `doctor` and the first dialogue need not wait for LiteLLM.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

PATIENCE = 3.0
OLLAMA = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True)
class Provider:
    """Someone who serves models: how LiteLLM names it, where its key is, a model to begin with."""

    prefix: str
    key: str
    base: str
    model: str


PROVIDERS = (
    Provider("openai", "OPENAI_API_KEY", "https://api.openai.com/v1", "openai/gpt-5-mini"),
    Provider(
        "anthropic",
        "ANTHROPIC_API_KEY",
        "https://api.anthropic.com/v1",
        "anthropic/claude-haiku-4-5",
    ),
    Provider(
        "gemini",
        "GEMINI_API_KEY",
        "https://generativelanguage.googleapis.com/v1beta",
        "gemini/gemini-2.5-flash",
    ),
    Provider(
        "mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1", "mistral/mistral-small-latest"
    ),
    Provider("deepseek", "DEEPSEEK_API_KEY", "https://api.deepseek.com", "deepseek/deepseek-chat"),
    Provider("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1", "groq/openai/gpt-oss-120b"),
    Provider(
        "openrouter",
        "OPENROUTER_API_KEY",
        "https://openrouter.ai/api/v1",
        "openrouter/openai/gpt-5-mini",
    ),
    Provider("xai", "XAI_API_KEY", "https://api.x.ai/v1", "xai/grok-4"),
)
_BARE_NAMES = {
    "gpt-": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "claude": "anthropic",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that could be used, and how we know."""

    model: str
    because: str


def offers(environ: Mapping[str, str]) -> tuple[Offer, ...]:
    """The models whose key is set, then those that a local Ollama holds."""
    keyed = tuple(Offer(p.model, f"{p.key} is set") for p in PROVIDERS if environ.get(p.key))
    base = _ollama_base(environ)
    return keyed + tuple(Offer(f"ollama_chat/{m}", f"Ollama at {base}") for m in _ollama(base))


def provider_of(model: str) -> Provider | None:
    """Who serves a model, by LiteLLM's way of naming; None for those not in the table."""
    prefix = model.partition("/")[0] if "/" in model else _bare(model)
    return next((p for p in PROVIDERS if p.prefix == prefix), None)


def key_missing(model: str, api_base: str, environ: Mapping[str, str]) -> str | None:
    """The environment variable that the model's key should be in and is not."""
    provider = provider_of(model)
    if provider is None or api_base or environ.get(provider.key):
        return None
    return provider.key


def answers(model: str, api_base: str, environ: Mapping[str, str]) -> str | None:
    """Why the model's server cannot be reached; None when it is there or not known to us."""
    provider = provider_of(model)
    local = model.startswith(("ollama/", "ollama_chat/"))
    base = api_base or (_ollama_base(environ) if local else provider.base if provider else "")
    if not base:
        return None
    try:
        _get(f"{base.rstrip('/')}/{'api/tags' if local else 'models'}", PATIENCE)
    except urllib.error.HTTPError as refusal:
        refusal.close()  # a refusal without a key is an answer too
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return f"{base} does not answer: {getattr(reason, 'strerror', None) or reason}"
    return None


def _bare(model: str) -> str:
    return next((name for start, name in _BARE_NAMES.items() if model.startswith(start)), "")


def _ollama_base(environ: Mapping[str, str]) -> str:
    host = environ.get("OLLAMA_API_BASE") or environ.get("OLLAMA_HOST") or OLLAMA
    return host if "//" in host else f"http://{host}"


def _ollama(base: str) -> tuple[str, ...]:
    try:
        models = json.loads(_get(f"{base.rstrip('/')}/api/tags", 0.5)).get("models", [])
        return tuple(str(model["name"]) for model in models)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()  # no Ollama here, or something else behind its port


def _get(url: str, patience: float) -> bytes:
    with urllib.request.urlopen(url, timeout=patience) as reply:
        body: bytes = reply.read(1_000_000)
        return body
