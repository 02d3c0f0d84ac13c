"""Which models could be used here, as seen from keys in the environment and from a local Ollama.

No paper and no key is sent anywhere: a server is only asked whether it is there. Standard library
only, so that `doctor` and the first dialogue need not wait for LiteLLM.
"""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException

from paperlens.summaries.asking.patience import within

Kept = Callable[[str], str | None]
"""The key that is kept for a provider."""

PATIENCE = 3.0
OLLAMA = frozenset(("ollama", "ollama_chat"))


@dataclass(frozen=True, slots=True)
class Provider:
    """Someone who serves models: how LiteLLM names it, where it is, a model to begin with."""

    prefix: str
    base: str
    model: str


PROVIDERS = (
    Provider("openai", "https://api.openai.com/v1", "openai/gpt-5-mini"),
    Provider("anthropic", "https://api.anthropic.com/v1", "anthropic/claude-haiku-4-5"),
    Provider(
        "gemini",
        "https://generativelanguage.googleapis.com/v1beta",
        "gemini/gemini-2.5-flash",
    ),
    Provider("mistral", "https://api.mistral.ai/v1", "mistral/mistral-small-latest"),
    Provider("deepseek", "https://api.deepseek.com", "deepseek/deepseek-chat"),
    Provider("groq", "https://api.groq.com/openai/v1", "groq/openai/gpt-oss-120b"),
    Provider("openrouter", "https://openrouter.ai/api/v1", "openrouter/openai/gpt-5-mini"),
    Provider("xai", "https://api.x.ai/v1", "xai/grok-4"),
)
_BARE_NAMES = {
    "gpt-": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "claude": "anthropic",
}

_KEY_NAMED_AFTER_IT = frozenset(
    ("cerebras", "dashscope", "deepinfra", "deepseek", "groq", "moonshot", "nebius", "novita",
     "nvidia_nim", "openai", "sambanova", "volcengine", "xai", "zai")
)  # fmt: skip
_KEYS = {
    "anthropic": ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"),
    "azure": ("AZURE_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_AD_TOKEN"),
    "cohere": ("COHERE_API_KEY", "CO_API_KEY"),
    "fireworks_ai": (
        "FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN",
    ),
    "gemini": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "huggingface": ("HF_TOKEN", "HUGGINGFACE_API_KEY"),
    "mistral": ("MISTRAL_API_KEY", "MISTRAL_AZURE_API_KEY"),
    "openrouter": ("OPENROUTER_API_KEY", "OR_API_KEY"),
    "perplexity": ("PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"),
    "replicate": ("REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
    "text-completion-openai": ("OPENAI_API_KEY",),
    "together_ai": (
        "TOGETHERAI_API_KEY", "TOGETHER_API_KEY", "TOGETHER_AI_API_KEY", "TOGETHER_AI_TOKEN",
    ),
}  # fmt: skip
_KEYED_ANYWHERE = frozenset(("azure",))  # its users' addresses are no servers of their own
_AT_HOME = OLLAMA | {"docker_model_runner", "hosted_vllm", "llamafile", "lm_studio"}
SEVERAL_CREDENTIALS = frozenset(("bedrock", "sagemaker", "vertex_ai", "watsonx"))
_USABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that could be used, and how we know."""

    model: str
    because: str


class KeyState(Enum):
    """How it stands with a model's key; UNCHECKED: its provider is not known to us."""

    AT_HAND = "at hand"
    NEEDLESS = "needless"
    MISSING = "missing"
    UNUSABLE = "unusable"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Key:
    """A model's key: how it stands with it, and the variables in question; never the key itself.

    `is_kept`: it is the one in the system keyring, as no variable is set.
    """

    state: KeyState
    provider: str
    variables: tuple[str, ...] = ()
    is_kept: bool = False

    @property
    def where(self) -> str:
        """For a sentence that says which key is meant."""
        if self.is_kept:
            return f"the system keyring for {self.provider}"
        if self.provider in SEVERAL_CREDENTIALS:
            return f"the environment variables of {self.provider}"
        return " or ".join(self.variables[:2]) or f"the key of {self.provider}"

    @property
    def remedy(self) -> str:
        """For a sentence that says how to get another."""
        keep = f"run paperlens config set-key {self.provider}"
        if self.is_kept:
            return keep
        missing = self.state is KeyState.MISSING
        return f"set {self.where}, or {keep}" if missing else f"set {self.where}"


def nothing_kept(_provider: str) -> str | None:
    """For who looks at the environment alone."""
    return None


def is_usable(key: str) -> bool:
    """Whether it can be sent: nothing but printable ASCII gets through HTTP."""
    return _USABLE.fullmatch(key) is not None


def known_providers() -> frozenset[str]:
    """Those whose way with keys is known to us."""
    return _KEY_NAMED_AFTER_IT | _KEYS.keys() | _AT_HOME


def offers(environ: Mapping[str, str]) -> tuple[Offer, ...]:
    """The models whose key is set, then those that a local Ollama holds."""
    keys = {provider.model: key_of(provider.model, "", environ) for provider in PROVIDERS}
    keyed = tuple(
        Offer(model, f"{key.variables[0]} is set")
        for model, key in keys.items()
        if key.state is KeyState.AT_HAND
    )
    base = ollama_base(environ)
    because = f"Ollama at {_without_password(base)}"
    return keyed + tuple(Offer(f"ollama_chat/{m}", because) for m in _ollama(base))


def key_variables(provider: str) -> tuple[str, ...]:
    """The environment variables in which LiteLLM looks for a provider's key, as far as we know.

    None for a provider whose credentials are more than a key, such as bedrock and vertex_ai.
    """
    if provider in _KEY_NAMED_AFTER_IT:
        return (f"{provider.upper()}_API_KEY",)
    return _KEYS.get(provider, ())


def key_of(model: str, api_base: str, environ: Mapping[str, str], kept: Kept = nothing_kept) -> Key:
    """How it stands with the key of a model: in the environment, else as `kept` knows it."""
    provider = provider_named(model)
    variables = key_variables(provider)
    held = tuple(name for name in variables if environ.get(name))
    usable = tuple(name for name in held if is_usable(environ[name]))
    if held:
        return Key(KeyState.AT_HAND if usable else KeyState.UNUSABLE, provider, usable or held)
    if provider and provider not in OLLAMA and (secret := kept(provider)):
        state = KeyState.AT_HAND if is_usable(secret) else KeyState.UNUSABLE
        return Key(state, provider, variables, is_kept=True)
    if (api_base and provider not in _KEYED_ANYWHERE) or provider in _AT_HOME:
        return Key(KeyState.NEEDLESS, provider, variables)
    return Key(KeyState.MISSING if variables else KeyState.UNCHECKED, provider, variables)


def server_of(model: str, api_base: str, environ: Mapping[str, str]) -> str:
    """The address that a model is asked at; empty when it is not known to us."""
    prefix = provider_named(model)
    served = next((provider.base for provider in PROVIDERS if provider.prefix == prefix), "")
    return api_base or (ollama_base(environ) if prefix in OLLAMA else served)


def silence_of(model: str, api_base: str, environ: Mapping[str, str]) -> str | None:
    """Why the model's server cannot be reached; None when it is there, or nobody knows where."""
    base = server_of(model, api_base, environ)
    if not base:
        return None
    listing = "api/tags" if provider_named(model) in OLLAMA else "models"
    try:
        _get(f"{base.rstrip('/')}/{listing}", PATIENCE)
    except urllib.error.HTTPError as refusal:
        refusal.close()  # a refusal without a key is an answer too
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        told = getattr(reason, "strerror", None) or reason
        return f"{_without_password(base)} does not answer: {told}"
    return None


def ollama_base(environ: Mapping[str, str]) -> str:
    """Where Ollama is, by the variables that LiteLLM and Ollama itself know.

    `OLLAMA_HOST` may be a host, a port or an address; 0.0.0.0 is where a server listens, not
    where one can call.
    """
    told = environ.get("OLLAMA_API_BASE") or environ.get("OLLAMA_HOST") or "127.0.0.1"
    scheme, colons, rest = told.rpartition("://")
    host, slash, path = rest.partition("/")
    if host.startswith((":", "0.0.0.0")):
        host = f"127.0.0.1{host.removeprefix('0.0.0.0')}"
    if host.startswith("[::]"):
        host = f"[::1]{host.removeprefix('[::]')}"
    bare = not colons and not re.search(r":\d+$", host)
    return f"{scheme or 'http'}://{host}{':11434' if bare else ''}{slash}{path}"


def provider_named(model: str) -> str:
    """The provider, by LiteLLM's way of naming models."""
    prefix, slash, _ = model.partition("/")
    if slash:
        return prefix
    return next((name for start, name in _BARE_NAMES.items() if model.startswith(start)), "")


def _ollama(base: str) -> tuple[str, ...]:
    try:
        models = json.loads(_get(f"{base.rstrip('/')}/api/tags", 0.5)).get("models", [])
        return tuple(str(model["name"]) for model in models)
    except (OSError, ValueError, HTTPException, KeyError, TypeError, AttributeError):
        return ()  # no Ollama here, or something else behind its port


def _without_password(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)


def _get(url: str, patience: float) -> bytes:
    def read() -> bytes:
        with urllib.request.urlopen(url, timeout=patience) as reply:
            body: bytes = reply.read(1_000_000)
            return body

    return within(patience, read)
