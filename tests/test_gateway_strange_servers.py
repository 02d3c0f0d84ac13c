"""Servers that speak HTTP and answer as no model does, with LiteLLM itself in between."""

import gzip
import json
import time
from random import Random
from typing import Any

import pytest

from paperlens.summaries import notices, refused_everything
from paperlens.summaries.asking import wire
from tests.gateways import FOREIGN_WARNINGS, GOOD, gateway, in_turn, reading, tell, told_by
from tests.openai_server import OpenAIServer, Reply

pytestmark = FOREIGN_WARNINGS
NO_ANSWER = "sent what is no answer of a model: look at llm.api_base"


@pytest.mark.parametrize("what", ["head", "body"])
def test_a_server_that_never_ends_is_given_up(what: str) -> None:
    """Bytes that keep coming do not keep anybody: `llm.timeout` bounds the whole request."""
    wire.litellm()
    began = time.monotonic()
    with OpenAIServer(lambda _: Reply(trickle=what)) as server:
        told = told_by(gateway(server.url, timeout=0.5, retries=1), [reading(1)])
        took = time.monotonic() - began
    assert told[0].error and "within 0.5 s: raise llm.timeout" in told[0].error
    assert took < 15


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b" " * 17_000_000, {}),
        (gzip.compress(Random(1).randbytes(300_000)), {"Content-Encoding": "gzip"}),
    ],
    ids=["long", "packed"],
)
def test_an_answer_longer_than_any_summary_is_not_listened_to(
    body: bytes, headers: dict[str, str]
) -> None:
    """Sixteen megabytes, or what may unpack to more, are given up before they fill the memory."""
    told, _ = tell(lambda _: Reply(body=body, headers=headers), retries=1)
    assert NO_ANSWER in (told[0].error or "")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Bad gateway</html>",
        b'data: {"choices": []}\n\ndata: [DONE]\n\n',
        b"",
        b"null",
        b"[]",
        b'"hello"',
        b"\0{}",
        b'{"choices": null}',
        b'{"a":' * 100_000,
        json.dumps({"choices": [{"message": {"role": "assistant", "content": [1]}}]}).encode(),
    ],
    ids=["html", "stream", "empty", "null", "list", "text", "nul", "choices", "deep", "parts"],
)
def test_what_is_no_models_answer_is_said_to_be_none(body: bytes) -> None:
    """A page, a stream, other JSON: not a server in trouble, but perhaps not the right address."""
    told, _ = tell(lambda _: Reply(body=body), retries=1)
    assert NO_ANSWER in (told[0].error or "")
    assert not refused_everything(told)


def test_a_server_that_sends_the_request_round_in_circles_is_soon_left() -> None:
    """A few redirections are followed, not twenty for each form of the question."""

    def elsewhere(_: object) -> Reply:
        return Reply(status=307, headers={"Location": f"{server.url}/chat/completions"})

    with OpenAIServer(elsewhere) as server:
        told = told_by(gateway(server.url, retries=1), [reading(1)])
    assert NO_ANSWER in (told[0].error or "")
    assert len(server.requests) <= 12


def test_an_answer_without_end_is_not_sent_back_whole() -> None:
    """What does not fit is shown to the model again, but ten megabytes of it are not paid for."""
    told, server = tell(in_turn([Reply("x " * 5_000_000), Reply(json.dumps(GOOD))]))
    assert told[0].error is None
    assert len(json.dumps(server.requests[1])) < 30_000


CALL = {"name": "summary", "arguments": json.dumps(GOOD)}


@pytest.mark.parametrize(
    "message",
    [
        {"tool_calls": [{"id": "1", "type": "function", "function": CALL}]},
        {"function_call": CALL},
    ],
    ids=["tool", "function"],
)
def test_an_answer_in_the_shape_of_a_call_is_read(message: dict[str, Any]) -> None:
    """Some servers give structured answers as arguments of a call, and no content."""
    told, server = tell(lambda _: Reply(None, message=message, finish_reason="tool_calls"))
    assert (told[0].error, len(server.requests)) == (None, 1)
    assert told[0].summary.fields["tldr"] == GOOD["tldr"]


@pytest.mark.parametrize(
    ("status", "error", "words", "refuses_all"),
    [
        (429, {"message": "no", "code": "insufficient_quota"}, "has no credit left", True),
        (400, {"message": "no", "code": "invalid_api_key"}, "refused the key", True),
        (400, {"message": "no", "code": {"a": []}}, "refused the request (400)", False),
        (405, {"message": "no"}, "refused the request (405): mend llm.api_base", False),
        (407, {"message": "no"}, "wants a password (407): put it into HTTPS_PROXY", True),
        (413, {"message": "no"}, "too long for openai/test (413)", False),
    ],
    ids=["quota", "key", "odd", "method", "proxy", "size"],
)
def test_each_refusal_says_what_to_mend(
    status: int, error: dict[str, Any], words: str, refuses_all: bool
) -> None:
    """By the status, or by the provider's own word for it where that says more."""
    body = json.dumps({"error": error}).encode()
    told, _ = tell(lambda _: Reply(status=status, body=body), retries=1)
    assert words in (told[0].error or "")
    assert refused_everything(told) is refuses_all


def test_a_bill_below_nothing_is_none() -> None:
    """Tokens that a server counts below zero take nothing off what others took."""
    bad, good = Reply("xxx", usage=(-500, 20)), Reply(json.dumps(GOOD), usage=(100, 20))
    told, _ = tell(in_turn([bad, good]))
    assert (told[0].paid.tokens_in, told[0].paid.tokens_out) == (100, 40)


def test_a_price_that_nobody_knows_is_not_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """LiteLLM says 0 of some models that it never heard of; only what is at home is free."""
    assert wire.price("openrouter/openai/gpt-5-unheard-of", 1000, 1000) is None
    assert wire.price("ollama_chat/unheard-of", 1000, 1000) == 0.0
    with OpenAIServer(lambda _: Reply(json.dumps(GOOD))) as server:
        monkeypatch.setenv("OPENROUTER_API_BASE", server.url)
        monkeypatch.setenv("OPENROUTER_API_KEY", "sk-x")
        environ = {"OPENROUTER_API_KEY": "sk-x"}
        model = "openrouter/openai/gpt-5-unheard-of"
        asked = gateway("", environ, model=model, budget=1.0)
        told = told_by(asked, [reading(1)])
    assert told[0].error is None
    assert told[0].paid.usd is None
    assert [notice.code for notice in notices(told)] == ["price-unknown"]
