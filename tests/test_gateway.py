"""The gateway: LiteLLM itself, talking to a server on loopback that answers or misbehaves."""

import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.models import Cost
from paperlens.summaries import notices, refused_everything, summarise
from paperlens.summaries.failures import told as told_of
from paperlens.summaries.providers import key_of
from tests.gateways import (
    ABSTRACT,
    BRIEF,
    FOREIGN_WARNINGS,
    GOOD,
    KEY,
    NOW,
    Memory,
    gateway,
    in_turn,
    reading,
    says,
    tell,
)
from tests.openai_server import OpenAIServer, Reply, Request

pytestmark = FOREIGN_WARNINGS


def test_a_good_server_is_asked_once_for_each_paper() -> None:
    """Five papers make five requests, and each summary says what made it and what it took."""
    told, server = tell(says(GOOD), papers=5)
    assert len(server.requests) == 5
    assert [each.error for each in told] == [None] * 5
    summary = told[0].summary
    assert summary.fields == {"tldr": GOOD["tldr"], "takeaways": tuple(GOOD["takeaways"])}
    assert (summary.model, summary.source, summary.checks) == ("openai/test", "abstract", None)
    assert (summary.cost.usd, summary.cost.tokens_in, summary.cost.tokens_out) == (None, 100, 20)


def test_the_paper_comes_first_and_stands_between_marks() -> None:
    """The prompt opens with the fenced paper; what to do with it comes after."""
    _, server = tell(says(GOOD))
    prompt = server.requests[0]["messages"][-1]["content"]
    assert prompt.startswith("<paper-")
    assert prompt.index(ABSTRACT) < prompt.index("</paper-") < prompt.index("takeaways")
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    assert server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{json.dumps(GOOD)}\n```",
        f"Sure! Here is {{the summary}}:\n{json.dumps(GOOD, indent=1)}\nAnything else?",
        f"<think>The user wants {{}}…</think>{json.dumps(GOOD)}",
    ],
    ids=["fences", "chatter", "thoughts"],
)
def test_json_is_found_in_whatever_surrounds_it(content: str) -> None:
    """Fences, chatter and thinking aloud around a good answer cost no second request."""
    told, server = tell(says(content))
    assert told[0].summary.fields["tldr"] == GOOD["tldr"]
    assert len(server.requests) == 1


def test_a_server_that_refuses_schemas_is_asked_in_a_form_it_bears() -> None:
    """JSON Schema refused, then JSON object refused: the prompt alone; learned once for all."""

    def picky(request: Request) -> Reply:
        return Reply(status=400) if "response_format" in request else Reply(json.dumps(GOOD))

    told, server = tell(picky, papers=3, concurrency=1)
    assert [each.summary.model for each in told] == ["openai/test"] * 3
    forms = [request.get("response_format", {}).get("type") for request in server.requests]
    assert forms == ["json_schema", "json_object", None, None, None]
    assert '"minItems": 3' in server.requests[-1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "bad",
    [
        json.dumps({"tldr": "Only this."}),
        json.dumps(GOOD | {"tldr": "xxx"}),
        json.dumps(GOOD | {"takeaways": ["[point 1]", "One.", "Two."]}),
        json.dumps(GOOD | {"takeaways": ["One.", "Two."]}),
        json.dumps(GOOD)[:40],
        "I'm sorry, but I cannot help with that.",
        "",
    ],
    ids=["missing", "placeholder", "slot", "too few", "cut off", "refusal", "empty"],
)
def test_an_answer_that_does_not_fit_is_mended_by_asking_once_more(bad: str) -> None:
    """The second request carries what was wrong, and both are on the bill."""
    told, server = tell(in_turn([Reply(bad), Reply(json.dumps(GOOD))]))
    assert told[0].error is None
    assert told[0].summary.fields["tldr"] == GOOD["tldr"]
    assert told[0].summary.cost.tokens_in == 200
    assert "That does not fit" in server.requests[1]["messages"][-1]["content"]


def test_a_paper_the_model_fails_twice_is_told_by_its_own_sentences() -> None:
    """The others are done; the failed one names why, and what it cost is kept."""

    def fails_the_second(request: Request) -> Reply:
        about = request["messages"][1]["content"]
        return Reply("xxx" if "Adapter 2\n" in about else json.dumps(GOOD))

    told, _ = tell(fails_the_second, papers=3)
    assert [each.summary.model for each in told] == ["openai/test", "extractive", "openai/test"]
    failed = told[1]
    assert failed.summary.fields["tldr"] == "We propose a new adapter that needs one image."
    assert failed.error and "no usable summary" in failed.error
    assert failed.summary.cost.tokens_in == 200
    assert not refused_everything(told)


def test_a_refused_key_is_said_once_asked_and_never_shown() -> None:
    """401: every paper has its fallback and the variable to set; the rest are not even asked."""
    told, server = tell(
        lambda _: Reply(status=401, error=f"bad key {KEY}"), papers=4, concurrency=1
    )
    assert {each.summary.model for each in told} == {"extractive"}
    assert told[0].error == "openai/test refused the key (401): set OPENAI_API_KEY"
    assert KEY not in repr(told)
    assert refused_everything(told)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "words"), [(403, "check OPENAI_API_KEY"), (404, "there is no model")]
)
def test_what_no_paper_can_mend_is_a_refusal_of_everything(status: int, words: str) -> None:
    """A forbidden or unknown model says what to mend."""
    told, _ = tell(lambda _: Reply(status=status), papers=2)
    assert all(words in (each.error or "") for each in told)
    assert refused_everything(told)


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (503, 3), (429, 3)])
def test_trouble_that_may_pass_is_waited_out(status: int, tries: int) -> None:
    """Tried again `llm.retries` times, then only that paper is given up."""
    told, server = tell(lambda _: Reply(status=status), retries=tries)
    assert len(server.requests) == tries
    assert told[0].error and str(status) in told[0].error
    assert not refused_everything(told)


def test_trouble_that_passed_leaves_no_trace() -> None:
    """One 500, then the answer: no error."""
    told, server = tell(in_turn([Reply(status=500), Reply(json.dumps(GOOD))]))
    assert told[0].error is None
    assert len(server.requests) == 2


def test_retry_after_is_obeyed() -> None:
    """The server's own waiting time comes before ours."""
    waits: list[float] = []
    busy = Reply(status=429, headers={"Retry-After": "7"})
    with OpenAIServer(in_turn([busy, Reply(json.dumps(GOOD))])) as server:
        told = list(gateway(server.url, pause=waits.append).tell([reading(1)], BRIEF, "en"))
    assert told[0].error is None
    assert waits == [7.0]


def test_retry_after_may_be_a_date() -> None:
    """A date is measured by the server's own clock, and no wait is longer than a minute."""
    soon, late = (datetime.now(UTC) + timedelta(seconds=s) for s in (30, 3000))
    busy = [Reply(status=503, headers={"Retry-After": format_datetime(d)}) for d in (soon, late)]
    waits: list[float] = []
    with OpenAIServer(in_turn([*busy, Reply(json.dumps(GOOD))])) as server:
        told = list(gateway(server.url, pause=waits.append).tell([reading(1)], BRIEF, "en"))
    assert told[0].error is None
    assert 25 < waits[0] <= 31
    assert waits[1] == 60


@given(st.text(max_size=40) | st.dates().map(lambda day: f"{day:%d %b} 9999 23:59:60 +99999999"))
def test_any_retry_after_is_borne(value: str) -> None:
    """Whatever a server writes there, the wait is none of ours or between nothing and a minute."""
    busy = Exception()
    busy.status_code, busy.litellm_response_headers = (
        429,
        {  # type: ignore[attr-defined]
            "retry-after": value,
            "date": format_datetime(NOW),
        },
    )
    key = key_of("openai/x", "", {})
    wait = told_of(busy, "openai/x", key, "", 1.0).wait
    assert wait is None or 0 <= wait <= 60


def test_a_server_that_hangs_is_given_up() -> None:
    """After `llm.timeout` seconds the paper falls back, and the sentence names the setting."""
    done = threading.Event()

    def hangs(_: Request) -> Reply:
        done.wait(10)
        return Reply(json.dumps(GOOD))

    with OpenAIServer(hangs) as server:
        told = list(gateway(server.url, timeout=0.2, retries=1).tell([reading(1)], BRIEF, "en"))
        done.set()
    assert told[0].error and "within 0.2 s: raise llm.timeout" in told[0].error
    assert not refused_everything(told)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    """Every paper falls back, and the sentence says where nothing answered."""
    with OpenAIServer(says(GOOD)) as server:
        gone = server.url.replace("http://", "http://me:hidden@")
    told = list(gateway(gone).tell([reading(1), reading(2)], BRIEF, "en"))
    assert all("no model server answers at 127.0.0.1:" in (each.error or "") for each in told)
    assert "hidden" not in repr(told)
    assert refused_everything(told)


def test_a_model_without_a_provider_is_explained() -> None:
    """A bare name that LiteLLM cannot place says how to write it."""
    told = list(gateway("", model="mymodel").tell([reading(1)], BRIEF, "en"))
    assert told[0].error and "write provider/model" in told[0].error


def test_a_fallback_model_answers_when_the_first_does_not() -> None:
    """`llm.fallbacks` are tried in order, and the summary names who made it."""

    def only_second(request: Request) -> Reply:
        known = request["model"] == "second"
        return Reply(json.dumps(GOOD)) if known else Reply(status=404)

    told, _ = tell(only_second, fallbacks=("openai/second",))
    assert (told[0].summary.model, told[0].error) == ("openai/second", None)


def test_nothing_to_read_is_never_sent() -> None:
    """A paper without text has fields unknown, no error, and makes no request."""
    with OpenAIServer(says(GOOD)) as server:
        told = list(gateway(server.url).tell([reading(1, " \n")], BRIEF, "en"))
    assert server.requests == []
    assert told[0].error is None
    assert told[0].summary.fields == {"tldr": None, "takeaways": None}


def test_a_spent_budget_leaves_the_rest_to_the_papers_own_sentences() -> None:
    """Nothing is asked, nothing failed, and one notice says why."""
    told, server = tell(says(GOOD), papers=2, budget=1.0, spent=1.2)
    assert server.requests == []
    assert [each.error for each in told] == [None, None]
    assert [notice.code for notice in notices(told)] == ["budget"]


def test_money_spent_in_this_run_counts_against_the_budget() -> None:
    """A model with a known price stops being asked once the day's dollars are gone."""
    told, server = tell(
        says(GOOD), papers=3, model="openai/gpt-4o-mini", budget=0.00001, concurrency=1
    )
    assert len(server.requests) == 1
    assert told[0].summary.cost.usd and told[0].summary.cost.usd > 0
    assert [each.summary.model for each in told[1:]] == ["extractive", "extractive"]


def test_nothing_is_paid_twice() -> None:
    """What is on the shelf is not asked for again; `refresh` asks; a failure is not shelved."""
    memory = Memory()
    with OpenAIServer(
        lambda request: Reply(
            "xxx" if "Adapter 2\n" in request["messages"][1]["content"] else json.dumps(GOOD)
        )
    ) as server:
        model = gateway(server.url)
        readings = [reading(1), reading(2)]
        first = summarise(readings, model, BRIEF, "en", memory)
        assert list(first) == ["2404.00001", "2404.00002"]
        assert len(memory) == 1
        assert len(server.requests) == 3
        again = summarise(readings[:1], model, BRIEF, "en", memory)
        assert again["2404.00001"].summary == first["2404.00001"].summary
        assert len(server.requests) == 3
        summarise(readings[:1], model, BRIEF, "en", memory, refresh=True)
        assert len(server.requests) == 4


def test_what_failed_tries_cost_is_counted_for_the_day() -> None:
    """Each bill reaches the keeper, by model, kept summary or not; from the shelf it is nothing."""
    about_both = {"model": "openai/gpt-4o-mini", "fallbacks": ("openai/unheard",)}

    def only_second(request: Request) -> Reply:
        return Reply(json.dumps(GOOD) if request["model"] == "unheard" else "xxx")

    memory = Memory()
    with OpenAIServer(only_second) as server:
        model = gateway(server.url, **about_both)
        first = summarise([reading(1)], model, BRIEF, "en", memory)["2404.00001"]
        again = summarise([reading(1)], model, BRIEF, "en", memory)["2404.00001"]
    (day, failed, dear), (_, answered, unknown) = memory.spent
    assert (day, failed, answered) == (NOW.date(), "openai/gpt-4o-mini", "openai/unheard")
    assert dear.usd and unknown.usd is None
    assert first.paid == dear + unknown
    assert (first.paid.usd, first.paid.tokens_in) == (None, 300)
    assert again.paid == Cost()
    with OpenAIServer(says("xxx")) as server:
        model = gateway(server.url, model="openai/gpt-4o-mini")
        failed_all = summarise([reading(2)], model, BRIEF, "en", memory)["2404.00002"]
    assert failed_all.error
    assert memory.spent[2:] == [(NOW.date(), "openai/gpt-4o-mini", failed_all.paid)]


def test_leaving_early_takes_up_no_more_work() -> None:
    """When the reader stops listening, papers that were waiting are not asked about."""
    with OpenAIServer(says(GOOD)) as server:
        telling = gateway(server.url, concurrency=1).tell(
            [reading(number) for number in range(1, 40)], BRIEF, "en"
        )
        next(iter(telling))
        telling.close()  # type: ignore[attr-defined]
        asked = len(server.requests)
    assert asked < 39


def test_litellm_stays_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of LiteLLM's own reaches standard output or standard error."""
    tell(lambda _: Reply(status=500), retries=1)
    tell(lambda _: Reply(status=401))
    tell(says(GOOD), model="nobody")
    assert capfd.readouterr() == ("", "")
