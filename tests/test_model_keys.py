"""Keys and homes of models: found where they are, named when they fail, sent to nobody else."""

import os
import socket
import threading
import time
from contextlib import suppress

import pytest

from paperlens.summaries import refused_everything
from paperlens.summaries.asking.providers import (
    PROVIDERS,
    KeyState,
    Provider,
    key_of,
    key_variables,
    ollama_base,
    silence_of,
)
from tests.gateways import FOREIGN_WARNINGS, GOOD, KEY, gateway, reading, says, tell, told_by
from tests.openai_server import OpenAIServer, Reply

pytestmark = FOREIGN_WARNINGS


def test_a_server_at_home_needs_no_key() -> None:
    """With `llm.api_base` and no key in the environment, the request is made all the same."""
    told, server = tell(says(GOOD), environ={})
    assert told[0].error is None
    assert KEY not in str(server.keys)


@pytest.mark.parametrize(
    ("model", "environ", "words"),
    [
        ("openai/gpt-5-mini", {}, "needs a key: set OPENAI_API_KEY"),
        ("gemini/x", {"OPENAI_API_KEY": KEY}, "needs a key: set GEMINI_API_KEY or GOOGLE_API_KEY"),
        ("openai/x", {"OPENAI_API_KEY": "sk-…"}, "the key in OPENAI_API_KEY holds"),
        ("anthropic/x", {"ANTHROPIC_API_KEY": "sk-x\r"}, "the key in ANTHROPIC_API_KEY holds"),
        ("azure/x", {}, "needs a key: set AZURE_API_KEY"),
    ],
)
def test_a_key_that_is_missing_or_unusable_is_named(
    model: str, environ: dict[str, str], words: str
) -> None:
    """Nothing is asked; every paper falls back, and the sentence names the variable."""
    told = told_by(gateway("", environ, model=model), [reading(1), reading(2)])
    assert all(words in (each.error or "") for each in told)
    assert "sk-" not in repr(told)
    assert refused_everything(told)


def test_several_credentials_are_not_called_a_key() -> None:
    """Bedrock and its like want variables of their own: no one key is asked for."""
    assert key_of("bedrock/x", "", {}).remedy == "set the environment variables of bedrock"


def test_an_address_at_azure_is_no_home() -> None:
    """There `llm.api_base` is part of every model's name, and the key is needed all the same."""
    told = told_by(gateway("https://x.openai.azure.com", {}, model="azure/x"), [reading(1)])
    assert "needs a key: set AZURE_API_KEY" in (told[0].error or "")


@pytest.mark.parametrize("provider", ["cerebras", "litellm_proxy", "xinference"])
def test_openais_key_goes_to_nobody_else(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of another provider is asked without it, even when it has no key of its own."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    told, server = tell(says(GOOD), environ=dict(os.environ), model=f"{provider}/x")
    assert told[0].error is None
    assert server.keys
    assert KEY not in str(server.keys)


def test_another_provider_keeps_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """LiteLLM finds it in the provider's own variable."""
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-mine")
    told, server = tell(says(GOOD), environ=dict(os.environ), model="deepseek/x")
    assert told[0].error is None
    assert server.keys == ["Bearer sk-mine"]


@pytest.mark.parametrize("first", ["openai/test", "mymodel"])
def test_the_home_of_one_model_is_not_the_home_of_another(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fallback of another provider is not asked at `llm.api_base`, nor with the first's key."""
    with OpenAIServer(says(GOOD)) as other:
        monkeypatch.setenv("HOSTED_VLLM_API_BASE", other.url)
        told, server = tell(
            lambda _: Reply(status=404), model=first, fallbacks=("hosted_vllm/other",)
        )
    assert told[0].summary.model == "hosted_vllm/other"
    assert {request["model"] for request in server.requests} <= {"test"}
    assert KEY not in str(other.keys)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.prefix)
def test_our_table_of_keys_is_litellms(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each provider's key is looked for where LiteLLM looks for it."""
    import litellm

    variables = key_variables(provider.prefix)
    for name in variables:
        monkeypatch.delenv(name, raising=False)
    assert variables[0] in litellm.validate_environment(provider.model)["missing_keys"]
    assert key_of(provider.model, "", {}).state is KeyState.MISSING
    monkeypatch.setenv(variables[0], KEY)
    assert litellm.validate_environment(provider.model)["keys_in_environment"]
    assert key_of(provider.model, "", {variables[0]: KEY}).state is KeyState.AT_HAND


def test_credentials_that_are_no_single_key_are_not_judged() -> None:
    """Bedrock and its like are left to LiteLLM; a server at home may need no key."""
    assert key_of("bedrock/x", "", {"AWS_ACCESS_KEY_ID": "AKIA"}).state is KeyState.UNCHECKED
    assert key_of("openai/x", "http://127.0.0.1", {}).state is KeyState.NEEDLESS
    assert key_of("ollama_chat/x", "", {}).state is KeyState.NEEDLESS


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:9000", "http://127.0.0.1:9000"),
        (":9000", "http://127.0.0.1:9000"),
        ("box", "http://box:11434"),
        ("box:80", "http://box:80"),
        ("http://box", "http://box"),
        ("https://0.0.0.0:1/x", "https://127.0.0.1:1/x"),
        ("[::]:1", "http://[::1]:1"),
    ],
)
def test_ollama_is_found_however_its_host_is_written(host: str, base: str) -> None:
    """`OLLAMA_HOST` as Ollama reads it; where it listens to everybody, we call it here."""
    assert ollama_base({"OLLAMA_HOST": host}) == base


def test_ollama_is_asked_where_it_was_found() -> None:
    """LiteLLM itself does not know `OLLAMA_HOST`; a wrong one is named."""
    environ = {"OLLAMA_HOST": "127.0.0.1:9"}
    told = told_by(gateway("", environ, model="ollama_chat/x"), [reading(1)])
    assert told[0].error and "no model server answers at 127.0.0.1:9:" in told[0].error
    assert "does not answer" in (silence_of("ollama_chat/x", "", environ) or "")
    assert silence_of("ollama_chat/x", "", {"OLLAMA_HOST": "http://me:hidden@[x"}) is not None


def test_a_server_that_never_ends_its_answer_holds_up_nobody() -> None:
    """Whether it is there is known after a few seconds, though bytes keep coming."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                for _ in range(600):
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                    time.sleep(0.05)

        threading.Thread(target=trickle, daemon=True).start()
        base = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        assert silence_of("openai/x", base, {}) == f"{base} does not answer: timed out"
