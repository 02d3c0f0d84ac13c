"""What was submitted in a span, by the API's search: everything, once, whatever happens."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.demo.faults import Fail
from paperlens.demo.server import FOREVER, Request, TinyArxiv
from paperlens.errors import SourceUnreachable
from paperlens.query import parse
from paperlens.settings import Arxiv, Settings
from paperlens.sources.api import Page, QueryApi
from paperlens.sources.arxiv_org import ArxivOrg
from paperlens.sources.caught import Caught, Span
from paperlens.sources.gate import Gate
from paperlens.sources.search import LARGEST_PAGE, search
from tests.invented_arxiv import NOW, SINCE, ask, ids, paper, papers, source_at, tiny
from tests.loopback import Answer, Host
from tests.test_gate import Clock
from tests.test_sources import api, described

MANY = papers(LARGEST_PAGE + 60)
PASSING: tuple[Fail, ...] = (
    "429", "503", "html", "empty body", "wrong type", "empty page", "short page", "other total",
    "no authors", "unknown fields", "oversize", "entity bomb", "cut", "reset", "silence",
)  # fmt: skip
LASTING: tuple[Fail, ...] = (
    "429", "503", "403", "html", "empty body", "empty page", "error entry", "oversize",
    "entity bomb", "cut", "reset", "silence", "other total",
)  # fmt: skip


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with tiny(MANY) as server:
        yield server


@pytest.fixture
def small() -> Iterator[TinyArxiv]:
    with tiny(papers(12)) as server:
        yield server


def test_one_search_asks_all_questions(small: TinyArxiv, tmp_path: Path) -> None:
    """Ten questions are one request: each in parentheses, with the span in twelve digits, GMT."""
    questions = [f'cat:cs.CV AND ti:"paper {number}"' for number in range(1, 11)]
    found = ask(source_at(small, tmp_path), *questions)
    (request,) = small.asked("api")
    assert request.query["search_query"] == (
        f"({' OR '.join(parse(each).arxiv for each in questions)})"
        " AND submittedDate:[202611110900 TO 202611200900]"
    )
    assert len(found.papers) == 10
    assert (found.road, found.is_whole, found.notices) == ("api", True, ())


def test_the_span_is_kept(small: TinyArxiv, tmp_path: Path) -> None:
    """What was submitted before or after is not in it."""
    small.papers += [paper(900, 24 * 12), paper(901, -24)]
    assert ids(ask(source_at(small, tmp_path))) == ids(papers(12))


def test_no_question_no_request(small: TinyArxiv, tmp_path: Path) -> None:
    """Nothing is asked where nothing is wanted."""
    assert source_at(small, tmp_path).submitted([], SINCE, NOW).papers == ()
    assert small.requests == []


def test_pages_follow_until_the_end(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """More papers than fit on a page come in several, oldest first, a little overlapping."""
    assert ids(ask(source_at(arxiv, tmp_path))) == ids(MANY)
    asked = [request.query for request in arxiv.asked("api")]
    assert [int(query["start"]) for query in asked] == [0, LARGEST_PAGE - 5]
    assert {query["sortOrder"] for query in asked} == {"ascending"}


@pytest.mark.parametrize("how", PASSING)
def test_a_failure_that_passes_costs_nothing(how: Fail, arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Whatever happens to the second page, everything comes by the same road."""
    arxiv.fail("api", how, skip=1)
    found = ask(source_at(arxiv, tmp_path))
    assert ids(found) == ids(MANY)
    assert (found.road, found.is_whole, found.notices) == ("api", True, ())
    assert len(arxiv.asked("api")) <= 4


@pytest.mark.parametrize("how", LASTING)
def test_a_failure_that_lasts_leads_to_oai(how: Fail, small: TinyArxiv, tmp_path: Path) -> None:
    """An API that never answers is left soon, and everything comes by OAI-PMH."""
    small.fail("api", how, FOREVER)
    found = ask(source_at(small, tmp_path))
    assert ids(found) == ids(papers(12))
    assert (found.road, found.is_whole) == ("oai", True)
    assert [notice.code for notice in found.notices] == ["gap-api-refused"]
    assert small.asked("api")[0].query["max_results"] == str(LARGEST_PAGE)
    assert len(small.asked("api")) <= 5


def test_a_page_is_made_smaller_where_it_fails(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """A service that does not bear a page is asked for half of it, from the same paper on."""

    def is_heavy(request: Request) -> bool:
        return int(request.query["max_results"]) > 150 and request.query["start"] != "0"

    arxiv.fail("api", "503", FOREVER, when=is_heavy)
    assert ids(ask(source_at(arxiv, tmp_path))) == ids(MANY)
    pages = [(r.query["start"], r.query["max_results"]) for r in arxiv.asked("api")]
    assert pages == [("0", "500"), ("495", "500"), ("495", "250"), ("495", "125")]


def test_pages_are_never_tiny(small: TinyArxiv, tmp_path: Path) -> None:
    """Halving ends at 25."""
    small.fail("api", "503", FOREVER)
    ask(source_at(small, tmp_path, retries=8))
    sizes = [int(request.query["max_results"]) for request in small.asked("api")]
    assert sizes == [500, 250, 125, 62, 31, 25, 25, 25]


def test_what_came_before_a_failure_is_kept(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """When both services fail on the way, the first pages count, and the report is told."""
    arxiv.fail("api", "503", FOREVER, skip=1)
    arxiv.fail("oai", "503", FOREVER)
    found = ask(source_at(arxiv, tmp_path))
    assert ids(found) == ids(MANY[:LARGEST_PAGE])
    assert (found.road, found.is_whole) == ("api", False)
    assert [n.code for n in found.notices] == ["gap-api-refused", "gap-oai-refused"]
    assert all("503" in notice.text for notice in found.notices)


def test_papers_that_appear_meanwhile_are_found(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """One that arXiv adds before the place where we read makes the whole be read once more."""
    late = paper(950, 189)

    def adds_one(request: Request) -> bool:
        if request.query["start"] == "495" and late not in arxiv.papers:
            arxiv.papers.append(late)
        return False

    arxiv.fail("api", "503", when=adds_one)
    found = ask(source_at(arxiv, tmp_path))
    assert ids(found) == ids([*MANY, late])
    assert found.is_whole


def test_papers_that_vanish_meanwhile_hide_no_others(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Pages overlap: one paper fewer before them skips none."""

    def drops_one(request: Request) -> bool:
        if request.query["start"] == "495" and len(arxiv.papers) == len(MANY):
            del arxiv.papers[0]
        return False

    arxiv.fail("api", "503", when=drops_one)
    assert ids(ask(source_at(arxiv, tmp_path))) == ids(MANY)
    assert len(arxiv.asked("api")) == 2


def test_a_rejected_question_costs_no_other(small: TinyArxiv, tmp_path: Path) -> None:
    """What arXiv's parser does not take is found by OAI-PMH, and the rest was asked for apart."""
    small.fail("api", "error entry", FOREVER, when=lambda r: "lovelace" in r.query["search_query"])
    found = ask(source_at(small, tmp_path), "ti:3", "au:lovelace", "ti:4", "ti:5")
    assert ids(found) == ids(papers(12))
    assert 'arXiv says "the service is not itself"' in found.notices[0].text
    small.fail("oai", "503", FOREVER)
    some = ask(source_at(small, tmp_path), "ti:3", "au:lovelace", "ti:4", "ti:5")
    assert ids(some) == ["2611.00003", "2611.00004", "2611.00005"]
    assert not some.is_whole


def test_long_questions_are_several_searches(small: TinyArxiv, tmp_path: Path) -> None:
    """No address grows beyond what servers take, and each question is asked once."""
    questions = [f'ti:"paper {n}" OR abs:"{"wörter " * 60}{n}"' for n in range(1, 13)]
    assert ids(ask(source_at(small, tmp_path), *questions, *questions)) == ids(papers(12))
    searches = [request.query["search_query"] for request in small.asked("api")]
    assert len(searches) > 1
    assert all(len(quote_plus(each)) < 6300 for each in searches)
    assert sum(each.count('ti:"paper') for each in searches) == 12


@pytest.mark.parametrize("how", ["503", "silence", "reset"])
def test_nobody_waits_for_ever(how: Fail, small: TinyArxiv, tmp_path: Path) -> None:
    """With every service down it is said so after `arxiv.retries` requests to each of them."""
    small.fail("api", how, FOREVER)
    small.fail("oai", how, FOREVER)
    with pytest.raises(SourceUnreachable, match=r"^http://\S+/api/query: .+; http://\S+/oai: "):
        ask(source_at(small, tmp_path, timeout=0.2))
    assert (len(small.asked("api")), len(small.asked("oai"))) == (3, 3)


def test_an_api_that_is_not_there(small: TinyArxiv, tmp_path: Path) -> None:
    """A refused connection gets a second look, and then OAI-PMH is asked."""
    settings = Settings().having({**small.urls, "arxiv.api_url": "http://127.0.0.1:9/api"})
    settings = settings.having({"arxiv.delay": 0.0})
    found = ask(ArxivOrg(settings.arxiv, tmp_path, lambda: NOW))
    assert (ids(found), found.road) == (ids(papers(12)), "oai")
    assert "connection refused (2 tries)" in found.notices[0].text


def test_a_service_that_asks_for_an_hour_is_left_at_once(small: TinyArxiv, tmp_path: Path) -> None:
    """No smaller page is tried where the server wants to be left alone."""
    small.fail("api", "429", FOREVER, retry_after=3600)
    assert ask(source_at(small, tmp_path)).road == "oai"
    assert len(small.asked("api")) == 1


def test_a_service_that_gives_one_paper_at_a_time_is_left(tmp_path: Path) -> None:
    """All pages of a search share five minutes, in which each waits its turn."""
    clock, caught, span = Clock(), Caught(), Span(SINCE, NOW)
    with Host() as host:
        host.does("/", lambda _: Answer(api(described("2611.00001v1"), total=9999)))
        gate = Gate(Arxiv(), tmp_path, clock.pulse())
        began, by = clock.now, gate.deadline()
        with pytest.raises(SourceUnreachable, match="too slowly"):
            search(QueryApi(f"{host.url}/api", gate), [parse("cat:cs.CV")], span, caught, by)
        assert clock.now - began == pytest.approx(300, abs=3)
        assert len(host.asked) in {100, 101}


@pytest.mark.parametrize(("answer", "seconds"), [(Answer(status=503), 21), (Answer(b"<html>"), 21)])
def test_a_broken_service_is_left_soon(answer: Answer, seconds: float, tmp_path: Path) -> None:
    """With the settings as they come: four requests and less than half a minute."""
    clock = Clock()
    with Host() as host:
        host.will("/", answer)
        gate = Gate(Arxiv(), tmp_path, clock.pulse())
        service = QueryApi(f"{host.url}/api", gate)
        began, by = clock.now, gate.deadline()
        with pytest.raises(SourceUnreachable):
            search(service, [parse("cat:cs.CV")], Span(SINCE, NOW), Caught(), by)
        assert clock.now - began == pytest.approx(seconds)
        assert len(host.asked) == 4


class Moody:
    """A service that gives as many papers to a page as it likes."""

    def __init__(self, count: int, moods: list[int]) -> None:
        self.held = [paper(number) for number in range(1, count + 1)]
        self.moods = moods

    def page(self, _query: str, start: int, size: int, _by: float) -> Page:
        some = self.moods.pop(0) if self.moods else size
        return Page(tuple(self.held[start : start + max(1, some)]), len(self.held), size)


@given(st.integers(0, 60), st.lists(st.integers(1, 12), max_size=30))
def test_short_pages_lose_nothing(count: int, moods: list[int]) -> None:
    """However few papers a page brings, all come."""
    caught, service = Caught(), Moody(count, moods)
    span = Span(NOW - timedelta(days=1), NOW)
    search(service, [parse("cat:cs.CV")], span, caught, 0.0)  # type: ignore[arg-type]
    assert ids(caught.papers.values()) == ids(service.held)
    assert caught.is_whole


def test_the_span_ends_with_a_full_minute(small: TinyArxiv, tmp_path: Path) -> None:
    """Seconds are rounded so that nothing falls out of the span."""
    source_at(small, tmp_path).submitted(
        [parse("cat:cs.CV")], SINCE.replace(second=59), NOW.replace(second=1)
    )
    (asked,) = small.asked("api")
    assert re.findall(r"\d{12}", asked.query["search_query"]) == ["202611110900", "202611200901"]
