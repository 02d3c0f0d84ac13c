"""The gateway: LiteLLM itself, talking to a server on loopback that answers or misbehaves."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.models import Checks, Cost
from paperlens.summaries import Progress, notices, refused_everything, summarise
from paperlens.summaries.asking.failures import told as told_of
from paperlens.summaries.asking.providers import key_of
from tests.gateways import (
    ABSTRACT,
    BRIEF,
    FOREIGN_WARNINGS,
    GOOD,
    KEY,
    NOW,
    FakeClock,
    Memory,
    gateway,
    in_turn,
    reading,
    says,
    tell,
    told_by,
)
from tests.openai_server import OpenAIServer, Reply, Request

pytestmark = FOREIGN_WARNINGS
PRICED = {"model": "openai/gpt-4o-mini"}


def test_a_good_server_is_asked_once_for_each_paper() -> None:
    """Five papers make five requests, and each summary says what made it and what it took."""
    told, server = tell(says(GOOD), papers=5)
    assert len(server.requests) == 5
    assert [each.error for each in told] == [None] * 5
    summary = told[0].summary
    assert summary.fields == {"tldr": GOOD["tldr"], "takeaways": tuple(GOOD["takeaways"])}
    assert (summary.model, summary.source) == ("openai/test", "abstract")
    assert summary.checks == Checks(1.0)
    assert (summary.cost.usd, summary.cost.tokens_in, summary.cost.tokens_out) == (None, 100, 20)


PLAUSIBLE = {
    "tldr": "A new adapter is learned from thousands of images by reinforcement.",
    "takeaways": [
        "Reinforcement learning needs weeks on large clusters.",
        "Human annotators label every image twice.",
        "The best robots grasp transparent objects.",
    ],
}


def test_an_answer_that_is_mostly_not_in_the_paper_is_asked_for_again() -> None:
    """Once, with the places of what the paper does not say; when that is good, it is taken."""
    (told,), server = tell(in_turn(Reply(json.dumps(each)) for each in (PLAUSIBLE, GOOD)))
    assert (told.error, told.summary.checks) == (None, Checks(1.0))
    assert len(server.requests) == 2
    asked = server.requests[1]["messages"][-1]["content"]
    assert "most of the answer is not in the paper" in asked
    assert 'does not say what stands in item 1 of "takeaways", item 2 of' in asked


def test_an_answer_that_stays_unfounded_is_no_summary() -> None:
    """Asked twice and no better, the paper is told by its own sentences, and the error says why."""
    (told,), server = tell(says(PLAUSIBLE))
    assert told.summary.model == "extractive"
    assert told.error
    assert "most of the answer is not in the paper" in told.error
    assert len(server.requests) == 2


def test_an_answer_with_some_doubts_is_taken() -> None:
    """A lie among true sentences is flagged in the report; the answer is not asked for again."""
    lie = GOOD | {"takeaways": [*GOOD["takeaways"][:2], "Robots grasp transparent objects well."]}
    (told,), server = tell(says(lie))
    assert (told.error, len(server.requests)) == (None, 1)
    checks = told.summary.checks
    assert checks
    assert checks.grounded == 0.75
    assert [each.field for each in checks.unverified] == ["takeaways[2]"]


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


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_refuses_schemas_is_asked_in_a_form_it_bears(status: int) -> None:
    """JSON Schema refused, then JSON object refused: the prompt alone; learned once for all."""

    def picky(request: Request) -> Reply:
        return Reply(status=status) if "response_format" in request else Reply(json.dumps(GOOD))

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


@pytest.mark.parametrize(("status", "tries"), [(500, 5), (503, 3), (429, 3)])
def test_trouble_that_may_pass_is_waited_out(status: int, tries: int) -> None:
    """Tried `llm.retries` times, in each form if need be; then only that paper is given up."""
    told, server = tell(lambda _: Reply(status=status), retries=3)
    assert len(server.requests) == tries
    assert told[0].error and str(status) in told[0].error
    assert not refused_everything(told)


def test_when_one_is_told_to_wait_all_wait() -> None:
    """One 429 among eight workers: nobody sends before its time is over, then all is done."""
    clock, lock = FakeClock(), threading.Lock()
    came: list[float] = []

    def busy_once(_: Request) -> Reply:
        with lock:
            came.append(clock.now())
            is_first = len(came) == 1
        if is_first:
            return Reply(status=429, headers={"Retry-After": "40"})
        return Reply(json.dumps(GOOD))

    with OpenAIServer(busy_once) as server:
        patient = gateway(server.url, clock=clock, concurrency=8)
        told = told_by(patient, [reading(number) for number in range(30)])
    assert [each.error for each in told] == [None] * 30
    assert len(came) == 31
    assert clock.waits[0] == 40.0
    assert sum(at < 40 for at in came) <= 9
    assert sum(at >= 40 for at in came) >= 22


def test_a_server_that_bears_little_gets_little() -> None:
    """It refuses a third request at a time; sixteen workers find that out, and all is done."""
    clock, lock = FakeClock(), threading.Lock()
    inside = refused = 0

    def crowded(_: Request) -> Reply:
        nonlocal inside, refused
        with lock:
            inside += 1
            full = inside > 2
            refused += full
        time.sleep(0.01)
        with lock:
            inside -= 1
        return Reply(status=429) if full else Reply(json.dumps(GOOD))

    with OpenAIServer(crowded) as server:
        patient = gateway(server.url, clock=clock, concurrency=16, retries=4)
        told = told_by(patient, [reading(number) for number in range(60)])
    assert [each.error for each in told] == [None] * 60
    assert refused < 40


@pytest.mark.parametrize("status", [429, 500])
def test_a_server_in_lasting_trouble_is_soon_left_alone(status: int) -> None:
    """Forty papers need not each find out: a few tries, and all are told why."""
    told, server = tell(lambda _: Reply(status=status), papers=40, concurrency=8)
    assert len(server.requests) <= 30
    assert all(each.error and f"({status})" in each.error for each in told)
    assert not refused_everything(told)


def test_one_bad_paper_does_not_close_the_door() -> None:
    """A paper that brings the server down each time costs itself alone, one worker or many."""

    def falls_over(request: Request) -> Reply:
        bad = "Adapter 2\n" in request["messages"][1]["content"]
        return Reply(status=500) if bad else Reply(json.dumps(GOOD))

    for at_once in (1, 4):
        told, server = tell(falls_over, papers=6, concurrency=at_once)
        assert [bool(each.error) for each in told] == [False, True, False, False, False, False]
        assert 8 <= len(server.requests) <= 10


def test_an_answer_cut_short_is_asked_for_with_more_room() -> None:
    """Nothing whole in it: asked once more, the same question, with several times the room."""
    cut = Reply('{"tldr": "A new ad', finish_reason="length", usage=(100, 300))
    told, server = tell(in_turn([cut, Reply(json.dumps(GOOD))]))
    assert told[0].error is None
    first, second = server.requests
    assert "max_tokens" not in first
    assert second["max_tokens"] >= 1200
    assert first["messages"] == second["messages"]


def test_an_answer_cut_short_that_satisfies_is_kept() -> None:
    """Three whole points of five are enough: nothing is asked again."""
    said = json.dumps(GOOD | {"takeaways": [*GOOD["takeaways"], "It needs no training at all."]})
    told, server = tell(lambda _: Reply(said[:-12], finish_reason="length"))
    assert told[0].error is None
    assert told[0].summary.fields["takeaways"] == tuple(GOOD["takeaways"])
    assert len(server.requests) == 1


def test_a_paper_that_turns_out_too_long_is_read_in_parts() -> None:
    """The server's window is smaller than thought: notes of each part, then the summary."""
    long = "\n\n".join(f"{ABSTRACT} This was paragraph number {n}." for n in range(90))

    def small(request: Request) -> Reply:
        asked = request["messages"][-1]["content"]
        if len(asked) > 14_000:
            return Reply(status=400, error="This model's maximum context length is 4096 tokens.")
        is_part = "This is part" in asked
        return Reply("It needs one image and runs in 3 ms." if is_part else json.dumps(GOOD))

    with OpenAIServer(small) as server:
        told = told_by(gateway(server.url), [reading(1, long)])
    assert told[0].error is None
    asked = [request["messages"][-1]["content"] for request in server.requests]
    parts = ["This is part" in each for each in asked]
    assert parts == [False, *[True] * (len(asked) - 2), False]
    assert len(asked) > 3
    assert told[0].paid.tokens_in == 100 * (len(asked) - 1)


def test_an_answer_among_the_thoughts_is_found() -> None:
    """Servers that take the whole answer for thinking leave the content empty."""
    thought = Reply(None, message={"reasoning_content": json.dumps(GOOD)})
    told, server = tell(lambda _: thought)
    assert told[0].error is None
    assert len(server.requests) == 1


def test_progress_is_told_with_each_request_and_each_paper() -> None:
    """Whoever watches hears papers, tokens and dollars; None once a price is not known."""
    heard: list[Progress] = []
    with OpenAIServer(says(GOOD)) as server:
        for model, usd in (("openai/test", None), ("openai/gpt-4o-mini", 0.000054)):
            heard.clear()
            asked = gateway(server.url, model=model, concurrency=1)
            readings = [reading(1), reading(2)]
            summarise(readings, asked, BRIEF, "en", Memory(), watch=heard.append)
            assert heard[0] == Progress(0, 2)
            assert [each.done for each in heard[::2]] == [0, 1, 2]
            assert (heard[-1].tokens, heard[-1].usd) == (240, usd and pytest.approx(usd))


def test_trouble_that_passed_leaves_no_trace() -> None:
    """One 500, then the answer: no error."""
    told, server = tell(in_turn([Reply(status=500), Reply(json.dumps(GOOD))]))
    assert told[0].error is None
    assert len(server.requests) == 2


def test_retry_after_is_obeyed() -> None:
    """The server's own waiting time comes before ours."""
    clock = FakeClock()
    busy = Reply(status=429, headers={"Retry-After": "7"})
    with OpenAIServer(in_turn([busy, Reply(json.dumps(GOOD))])) as server:
        told = told_by(gateway(server.url, clock=clock), [reading(1)])
    assert told[0].error is None
    assert clock.waits == [7.0]


def test_retry_after_may_be_a_date() -> None:
    """A date is measured by the server's own clock."""
    clock = FakeClock()
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    busy = Reply(status=503, headers={"Retry-After": soon})
    with OpenAIServer(in_turn([busy, Reply(json.dumps(GOOD))])) as server:
        told = told_by(gateway(server.url, clock=clock), [reading(1)])
    assert told[0].error is None
    assert 25 < clock.waits[0] <= 31


def test_a_server_that_asks_for_long_is_left_alone() -> None:
    """Who wants no request for an hour gets none, and everybody is told."""
    busy = Reply(status=429, headers={"Retry-After": "3600"})
    told, server = tell(lambda _: busy, papers=5, concurrency=1)
    assert len(server.requests) == 1
    assert {each.error for each in told} == {
        "openai/test wants no request for 60 min: try again then, or use another model"
    }
    assert refused_everything(told)


@given(st.text(max_size=40) | st.dates().map(lambda day: f"{day:%d %b} 9999 23:59:60 +99999999"))
def test_any_retry_after_is_borne(value: str) -> None:
    """Whatever a server writes there, the wait is ours or from nothing to two minutes."""
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
    assert wait is None or 0 <= wait <= 120


def test_a_server_that_hangs_is_given_up() -> None:
    """After `llm.timeout` seconds the paper falls back, and the sentence names the setting."""
    done = threading.Event()

    def hangs(_: Request) -> Reply:
        done.wait(10)
        return Reply(json.dumps(GOOD))

    with OpenAIServer(hangs) as server:
        told = told_by(gateway(server.url, timeout=0.2, retries=1), [reading(1)])
        done.set()
    assert told[0].error and "within 0.2 s: raise llm.timeout" in told[0].error
    assert not refused_everything(told)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    """Every paper falls back, and the sentence says where nothing answered."""
    with OpenAIServer(says(GOOD)) as server:
        gone = server.url.replace("http://", "http://me:hidden@")
    told = told_by(gateway(gone), [reading(1), reading(2)])
    assert all("no model server answers at 127.0.0.1:" in (each.error or "") for each in told)
    assert "hidden" not in repr(told)
    assert refused_everything(told)


def test_a_model_without_a_provider_is_explained() -> None:
    """A bare name that LiteLLM cannot place says how to write it."""
    told = told_by(gateway("", model="mymodel"), [reading(1)])
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
        told = told_by(gateway(server.url), [reading(1, " \n")])
    assert server.requests == []
    assert told[0].error is None
    assert told[0].summary.fields == {"tldr": None, "takeaways": None}


def test_a_spent_budget_leaves_the_rest_to_the_papers_own_sentences() -> None:
    """Nothing is asked, nothing failed, and one notice says why."""
    told, server = tell(says(GOOD), papers=2, **PRICED, budget=1.0, spent=1.2)
    assert server.requests == []
    assert [each.error for each in told] == [None, None]
    assert [notice.code for notice in notices(told)] == ["budget"]


def test_money_spent_in_this_run_counts_against_the_budget() -> None:
    """A model with a known price stops being asked once the day's dollars are gone."""
    dear = Reply(json.dumps(GOOD), usage=(1000, 1000))
    told, server = tell(lambda _: dear, papers=3, concurrency=1, **PRICED, budget=0.001)
    assert len(server.requests) == 1
    assert told[0].summary.cost.usd and 0.0005 < told[0].summary.cost.usd < 0.001
    assert [each.summary.model for each in told[1:]] == ["extractive", "extractive"]


def test_requests_in_flight_count_against_the_budget() -> None:
    """Eight workers with money for two requests send no more than two before a bill is known."""
    gate, most = threading.Barrier(2, timeout=10), 0

    def answer(_: Request) -> Reply:
        nonlocal most
        most = max(most, len(server.requests))
        gate.wait()
        return Reply(json.dumps(GOOD), usage=(1500, 600))

    with OpenAIServer(answer) as server:
        limits = gateway(server.url, **PRICED, concurrency=8, budget=0.0008)
        told = told_by(limits, [reading(number) for number in range(8)])
    assert (most, len(server.requests)) == (2, 2)
    assert [notice.code for notice in notices(told)] == ["budget"]
    assert sum(each.paid.usd or 0.0 for each in told) <= 0.00125


def test_a_model_at_home_costs_nothing() -> None:
    """The day's dollars are gone, but the reader's own server goes on; no price is missed."""
    told, _ = tell(says(GOOD), papers=2, budget=1.0, spent=1.2)
    assert [each.summary.model for each in told] == ["openai/test"] * 2
    assert notices(told) == ()


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
    (day, failed, dear), repaired, (_, answered, unknown) = memory.spent
    assert (day, failed, answered) == (NOW.date(), "openai/gpt-4o-mini", "openai/unheard")
    assert repaired == (day, failed, dear)
    assert dear.usd and unknown.usd is None
    assert first.paid == dear + dear + unknown
    assert (first.paid.usd, first.paid.tokens_in) == (None, 300)
    assert again.paid == Cost()
    with OpenAIServer(says("xxx")) as server:
        model = gateway(server.url, model="openai/gpt-4o-mini")
        failed_all = summarise([reading(2)], model, BRIEF, "en", memory)["2404.00002"]
    assert failed_all.error
    assert sum((cost for _, _, cost in memory.spent[3:]), Cost()) == failed_all.paid


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
