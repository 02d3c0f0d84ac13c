"""`today` with a model that has an opinion, against servers on loopback."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperlens.ask import Ask
from paperlens.cli.daily import run
from paperlens.cli.output import Delivery
from paperlens.demo.server import TinyArxiv
from paperlens.forecast import forecast
from paperlens.models import Mark
from tests.conftest import Shell, pointing_to
from tests.gateways import FOREIGN_WARNINGS, KEY
from tests.judged_mornings import (
    FAVOURITE,
    INTERESTS,
    LEARNED,
    NOW,
    PAPERS,
    QUERY,
    TODAY,
    Morning,
    fair,
    ids_asked,
    opinions,
)  # fmt: skip
from tests.openai_server import OpenAIServer, Reply, Request
from tests.schemas import refuse

pytestmark = FOREIGN_WARNINGS


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv(PAPERS, TODAY) as server:
        yield server


@pytest.fixture
def morning(tmp_path: Path, arxiv: TinyArxiv) -> Morning:
    return Morning(tmp_path, arxiv)


def ids_of(report: dict[str, Any]) -> list[str]:
    return [paper["id"] for paper in report["papers"]]


def notice_of(report: dict[str, Any]) -> str:
    (text,) = [each["text"] for each in report["notices"] if each["code"] == "judge-failed"]
    return str(text)


def test_the_command_line_asks_orders_tells_and_keeps(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """Fifty papers are two requests; what the model likes comes first, with its reason; the second
    time nothing is asked."""
    with OpenAIServer(fair) as server:
        shell = paperlens.having(
            **pointing_to(arxiv),
            OPENAI_API_KEY=KEY,
            PAPERLENS_LLM_MODEL="openai/test",
            PAPERLENS_LLM_API_BASE=server.url,
            PAPERLENS_TODAY_JUDGE="true",
            PAPERLENS_TODAY_INTERESTS=INTERESTS,
        )
        assert shell("query", "add", "all", "cat:cs.CV").code == 0
        first = shell("today", "--no-summary", "--json")
        assert first.code == 0, first.err
        assert sorted(map(len, map(ids_asked, server.requests))) == [25, 25]
        again = shell("today", "--no-summary", "--json")
        assert len(server.requests) == 2
    report = json.loads(first.out)
    rest = [id for id in LEARNED if id != FAVOURITE]
    assert ids_of(report) == [FAVOURITE, *rest]
    favourite = report["papers"][0]
    assert (favourite["score"], favourite["why"][0]) == (0.9, f"fits: Of {FAVOURITE}.")
    assert report["papers"][1]["why"][0].startswith("hardly fits: Of ")
    assert report["papers"][-1]["why"] == ["category cs.CV", "query all"]
    assert (report["cost"]["tokens_in"], report["cost"]["tokens_out"]) == (200, 40)
    assert json.loads(again.out)["papers"] == report["papers"]
    assert json.loads(again.out)["cost"]["tokens_in"] == 0
    assert INTERESTS in server.requests[0]["messages"][1]["content"]


def test_other_interests_are_other_opinions(morning: Morning) -> None:
    """What was thought of papers for other interests does not count; spacing is no difference; and
    `--refresh` asks about all again."""
    morning.report()
    assert len(morning.report(refresh=True)[1]) == 2
    assert len(morning.report(interests="Lenses.")[1]) == 2
    assert morning.report(interests=f" {INTERESTS}\n")[1] == []


def test_fresh_air_is_not_for_the_model_to_judge(morning: Morning) -> None:
    """Papers from outside the taste stand where they stand without a model, marked as such."""
    morning.report()
    library = morning.world("").library
    library.decide(LEARNED[20:23], lambda decision: replace(decision, mark=Mark.STAR))
    report, requests = morning.report(limit=10, explore=0.2, refresh=True)
    fresh = [paper["id"] for paper in report["papers"] if "fresh air" in paper["why"][0]]
    assert fresh == ids_of(report)[8:10]
    asked = [id for request in requests for id in ids_asked(request)]
    assert len(asked) == 50
    assert not {*fresh} & {*asked}


def test_other_papers_and_other_scales_do_not_count(morning: Morning) -> None:
    """Invented ids and scores outside of the scale are refused; the other opinions stand, and
    papers without one keep their places."""

    def liar(request: Request) -> Reply:
        told = json.loads(opinions(request, but=(LEARNED[0],)))["opinions"]
        told += [{"id": "2611.99999", "score": 10, "why": "Invented."}]
        told += [{"id": LEARNED[0], "score": 11, "why": "Out of the scale."}]
        return Reply(json.dumps({"opinions": told}))

    report, requests = morning.report(liar)
    rest = [id for id in LEARNED[1:] if id != FAVOURITE]
    assert ids_of(report) == [LEARNED[0], FAVOURITE, *rest]
    assert report["papers"][0]["why"] == ["category cs.CV", "query all"]
    assert "Invented" not in json.dumps(report)
    assert (report["code"], len(requests)) == (0, 2)
    _, requests = morning.report(liar)
    assert requests == []


def refuses(_: Request) -> Reply:
    return Reply("I'm sorry, but I can't help with that.")


FAULTS: dict[str, tuple[Callable[[Request], Reply], int, str]] = {
    "a refused key": (lambda _: Reply(status=401), 2, "refused the key (401)"),
    "a busy server": (lambda _: Reply(status=429), 2, "wants fewer requests (429)"),
    "a cut line": (lambda request: Reply(opinions(request), cut=True), 2, "half an answer"),
    "a refusal": (refuses, 4, "no usable opinion (the answer scores none of the papers"),
    "nothing": (lambda _: Reply(""), 4, "no usable opinion (the answer is empty)"),
    "invented ids": (
        lambda _: Reply('{"opinions": [{"id": "2611.99999", "score": 10, "why": "So."}]}'),
        4,
        "scores none of the papers by their ids",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_leaves_the_learned_order(morning: Morning, fault: str) -> None:
    """Whatever the model does instead of judging, the report is whole and in its learned order, one
    notice says why, the exit code is 0, and nothing of the failure is kept."""
    answer, most, sentence = FAULTS[fault]
    report, requests = morning.report(answer)
    assert ids_of(report) == LEARNED
    assert report["code"] == 0
    assert notice_of(report).startswith("Papers stand in their learned order, without the")
    assert sentence in notice_of(report)
    assert 1 <= len(requests) <= most
    report, requests = morning.report()
    assert (ids_of(report)[0], len(requests)) == (FAVOURITE, 2)


def test_an_answer_that_scores_nothing_is_asked_for_once_more(morning: Morning) -> None:
    """With what is wrong with it; the mended answer counts."""

    def mends(request: Request) -> Reply:
        return fair(request) if len(request["messages"]) > 2 else Reply("They are all nice.")

    report, requests = morning.report(mends)
    assert (ids_of(report)[0], len(requests)) == (FAVOURITE, 4)
    assert "That does not fit" in requests[-1]["messages"][-1]["content"]


def test_half_of_the_opinions_are_better_than_none(morning: Morning) -> None:
    """Where one of two requests fails, the other's papers are put in order among themselves; the
    next time only what is missing is asked about."""

    def half(request: Request) -> Reply:
        return fair(request) if FAVOURITE in ids_asked(request) else Reply(status=429)

    report, _ = morning.report(half)
    failed = LEARNED[:25] if LEARNED.index(FAVOURITE) >= 25 else LEARNED[25:50]
    assert notice_of(report).startswith("25 of 50 papers keep their learned places")
    places = [LEARNED.index(id) for id in failed]
    assert [ids_of(report)[place] for place in places] == failed
    _, requests = morning.report()
    assert [sorted(ids_asked(request)) for request in requests] == [sorted(failed)]


def test_an_answer_without_an_end_is_taken_as_far_as_it_goes(morning: Morning) -> None:
    """What is whole counts; the papers that it did not come to are asked about the next time."""

    def ends_early(request: Request) -> Reply:
        whole = opinions(request)
        return Reply(whole[: len(whole) // 2], finish_reason="length")

    report, requests = morning.report(ends_early)
    assert (report["code"], len(requests)) == (0, 2)
    judged = [paper["id"] for paper in report["papers"] if "hardly fits" in paper["why"][0]]
    assert 20 <= len(judged) <= 26
    _, requests = morning.report()
    assert not {*judged} & {id for request in requests for id in ids_asked(request)}


def test_the_budget_holds_for_opinions_as_well(tmp_path: Path, arxiv: TinyArxiv) -> None:
    """Too little money: nobody is asked, the order is learned, a notice says so."""
    morning = Morning(tmp_path, arxiv, model="openai/gpt-4o-mini", budget="0.0001")
    report, requests = morning.report()
    assert (requests, report["code"], ids_of(report)) == ([], 0, LEARNED)
    (notice,) = [each["text"] for each in report["notices"] if each["code"] == "budget"]
    assert "of today's $0.0001 too little is left" in notice
    assert "keep their learned places" in notice
    assert "extractive" not in notice


def test_a_fallback_judges_where_the_first_cannot(tmp_path: Path, arxiv: TinyArxiv) -> None:
    """The next model's opinions count, and are kept like the first's."""
    morning = Morning(tmp_path, arxiv, fallbacks="openai/second")

    def only_second(request: Request) -> Reply:
        return fair(request) if request["model"] == "second" else Reply(status=404)

    report, _ = morning.report(only_second)
    assert (ids_of(report)[0], report["notices"]) == (FAVOURITE, [])
    _, requests = morning.report(only_second)
    assert requests == []


def test_a_small_window_is_asked_half_by_half(morning: Morning) -> None:
    """Where the papers of one question are too many for the model, fewer are asked about."""

    def small(request: Request) -> Reply:
        if len(ids_asked(request)) > 13:
            return Reply(status=400, error="This model's maximum context length is 2048 tokens.")
        return fair(request)

    report, requests = morning.report(small)
    assert ids_of(report)[0] == FAVOURITE
    assert sum(len(ids_asked(request)) <= 13 for request in requests) == 4


def test_money_spent_on_opinions_is_counted(tmp_path: Path, arxiv: TinyArxiv) -> None:
    """In the report, in the library's book, and against the budget of the summaries to come."""
    morning = Morning(tmp_path, arxiv, model="openai/gpt-4o-mini")
    report, _ = morning.report()
    assert report["cost"]["usd"] > 0
    world = morning.world("")
    assert world.library.spent(NOW.date()) == pytest.approx(report["cost"]["usd"])


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"PAPERLENS_TODAY_INTERESTS": INTERESTS}, "today.judge needs a model: name one in"),
        ({"PAPERLENS_LLM_MODEL": "openai/test"}, "today.judge needs today.interests: say"),
        ({}, "today.judge needs today.interests: say"),
    ],
    ids=["no model", "no interests", "neither"],
)
def test_what_judging_lacks_is_said_once(
    paperlens: Shell, arxiv: TinyArxiv, environ: dict[str, str], missing: str
) -> None:
    """Without a model or without interests the order is the learned one, and a notice says what
    is missing."""
    shell = paperlens.having(**pointing_to(arxiv), PAPERLENS_TODAY_JUDGE="true", **environ)
    shell("query", "add", "all", "cat:cs.CV")
    ran = shell("today", "--no-summary", "--json")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert ids_of(report) == LEARNED
    assert [each["text"].startswith(missing) for each in report["notices"]] == [True]


def test_a_dry_run_foretells_opinions(tmp_path: Path, arxiv: TinyArxiv) -> None:
    """How many papers would be judged, and their part of the cost."""
    world = Morning(tmp_path, arxiv, model="openai/gpt-4o-mini").world("http://127.0.0.1:9/v1")
    ask = Ask((QUERY,), summaries=False, interests=INTERESTS)
    without = forecast(ask, world).facts
    told = forecast(replace(ask, judge=True), world)
    for facts in (without, told.facts):
        refuse("forecast", facts)
    assert (without["judged"], without["usd"]) == (0, 0.0)
    assert (told.judged, told.cost.tokens_out) == (50, 3000)
    assert told.cost.usd
    assert told.sentences["opinions"] == "on up to 50 papers, by openai/gpt-4o-mini"


def test_opinions_and_summaries_share_what_was_learned(tmp_path: Path, arxiv: TinyArxiv) -> None:
    """A model that refused the key when it was to judge is not asked for summaries: exit 5."""
    morning = Morning(tmp_path, arxiv, concurrency="1")
    with OpenAIServer(lambda _: Reply(status=401)) as server:
        world = morning.world(server.url)
        ask = Ask((QUERY,), judge=True, interests=INTERESTS)
        assert run(world, ask, Delivery("json", quiet=True)) == 5
    assert len(server.requests) == 1
