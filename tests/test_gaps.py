"""What the feed of the day cannot bring, and how the command line speaks of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.arxiv_week import (
    announced_on,
    days_between,
    expected_day,
    feed_day,
    is_weekend,
    midnight,
)
from paperlens.demo.server import FOREVER, TinyArxiv
from paperlens.holdings import Coverage, ReportRecord
from paperlens.library import Library
from paperlens.models import Paper
from tests.conftest import Ran, Shell, pointing_to

SPLATS = "cat:cs.CV AND ti:splatting"
TODAY = expected_day(datetime.now(UTC))


def a_paper(number: int, announced: date, **more: object) -> Paper:
    """Submitted the evening before it was announced."""
    moment = midnight(announced).astimezone(UTC) - timedelta(hours=12)
    told: dict[str, object] = {
        "id": f"2611.{number:05}", "title": f"Splatting {number}", "authors": ("An Author",),
        "abstract": "On splatting.", "categories": ("cs.CV",), "version": 1, "published": moment,
        "updated": moment, "announced": announced, "announce_type": "new",
    }  # fmt: skip
    return Paper(**told | more)  # type: ignore[arg-type]


def days_back(count: int) -> list[date]:
    """The latest days on which arXiv announced something, today's first."""
    days = (TODAY - timedelta(days=number) for number in range(2 * count + 2))
    return [day for day in days if not is_weekend(day)][:count]


DAYS = days_back(5)
PAPERS = [a_paper(number, day) for number, day in enumerate(DAYS)]
A, B, C, D, E = (paper.id for paper in PAPERS)  # of today, of the day before, and so on


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv(PAPERS, TODAY) as server:
        yield server


@pytest.fixture
def reader(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    shell = paperlens.having(**pointing_to(arxiv))
    assert shell("query", "add", "splats", SPLATS).code == 0
    return shell


def last_seen(shell: Shell, day: date, *papers: str) -> None:
    """The library of somebody who read the report of that day, and none since."""
    morning = midnight(day) + timedelta(hours=5)
    library = Library(Path(shell.environ["PAPERLENS_HOME"]) / "data")
    library.remember({one.id: (one, ("splats",)) for one in PAPERS if one.id in papers})
    library.record(
        ReportRecord(
            "today", morning, day, asked=morning, seen=9, road="feed",
            queries={"splats": SPLATS}, papers=papers,
        )
    )  # fmt: skip
    library.keep_coverage({"splats": Coverage(SPLATS, day, morning)})


def ids(ran: Ran) -> set[str]:
    return {paper["id"] for paper in json.loads(ran.out)["papers"]}


def codes(ran: Ran) -> list[str]:
    return [notice["code"] for notice in json.loads(ran.out)["notices"]]


def routes(arxiv: TinyArxiv) -> list[str | None]:
    return [request.route for request in arxiv.requests]


def test_skipped_days_are_made_up_for(reader: Shell, arxiv: TinyArxiv) -> None:
    """After days away one search brings what was missed, and no request by id is left to make."""
    last_seen(reader, DAYS[3], D, E)
    ran = reader("today", "--json")
    assert ids(ran) == {A, B, C}
    assert codes(ran) == ["caught-up"]
    assert routes(arxiv) == ["feed", "api"]
    (search,) = arxiv.asked("api")
    since = midnight(DAYS[3]).astimezone(UTC) - timedelta(days=10)
    assert f"submittedDate:[{since:%Y%m%d}" in search.query["search_query"]
    assert ids(reader("today", "--json")) == ids(ran)
    assert len(arxiv.requests) == 2


def test_nothing_is_searched_for_where_nothing_was_missed(reader: Shell, arxiv: TinyArxiv) -> None:
    """From one feed to the next, over a weekend or not, the feed is enough."""
    last_seen(reader, DAYS[1], B, C, D, E)
    assert ids(reader("today", "--json")) == {A}
    assert [one.query["search_query"] for one in arxiv.asked("api")] == [""]


def test_a_gap_stays_open_until_it_is_closed(reader: Shell, arxiv: TinyArxiv) -> None:
    """While nothing answers, the feed's papers are shown and the rest is asked for again."""
    last_seen(reader, DAYS[3], D, E)
    for route in ("api", "oai"):
        arxiv.fail(route, "503", FOREVER)  # type: ignore[arg-type]
    ran = reader("today", "--json")
    assert (ran.code, ids(ran)) == (0, {A})
    assert set(codes(ran)) == {"gap", "feed-only"}
    arxiv.heal()
    healed = reader("today", "--refresh", "--json")
    assert ids(healed) == {A, B, C}
    assert codes(healed) == ["caught-up"]


def test_oai_closes_a_gap_when_the_api_refuses(reader: Shell, arxiv: TinyArxiv) -> None:
    """The last resort brings the same papers, and the report says which road it was."""
    last_seen(reader, DAYS[3], D, E)
    arxiv.fail("api", "429", FOREVER)
    ran = reader("today", "--json")
    assert ids(ran) >= {A, B, C}
    assert "gap-api-refused" in codes(ran)


def test_a_new_query_looks_back(reader: Shell, arxiv: TinyArxiv) -> None:
    """A query that was added after the last report also finds what was announced just before."""
    last_seen(reader, TODAY, A)
    assert reader("query", "add", "authors", "cat:cs.CV AND au:author").code == 0
    ran = reader("today", "--json")
    assert ids(ran) >= {A, B, C}
    assert routes(arxiv).count("api") == 1


def test_a_query_without_a_category_is_searched_for_each_day(
    paperlens: Shell, arxiv: TinyArxiv
) -> None:
    """No feed can bring it: one search a day does, and what was told is not told again."""
    shell = paperlens.having(**pointing_to(arxiv))
    assert shell("query", "add", "splats", "ti:splatting").code == 0
    assert ids(shell("today", "--json")) >= {A, B}
    assert routes(arxiv) == ["api"]
    arxiv.papers.append(a_paper(23, TODAY, categories=("math.AG",)))
    assert ids(shell("today", "--refresh", "--json")) >= {A, B, "2611.00023"}


def test_a_first_report_on_a_weekend_is_not_empty(reader: Shell, arxiv: TinyArxiv) -> None:
    """Where the feed has nothing, a new reader sees the batch before."""
    arxiv.papers[:] = [replace(paper, announced=DAYS[1]) for paper in PAPERS]
    assert ids(reader("today", "--json")) >= {A, B}


def test_since_a_day(reader: Shell) -> None:
    """`--since` takes what was announced from that day on, reported in that time or not at all."""
    last_seen(reader, DAYS[1], B)
    assert ids(reader("today", "--since", str(DAYS[1]), "--json")) == {A, B}
    assert ids(reader("today", "--since", str(DAYS[2]), "--offline", "--json")) == {A, B}
    assert ids(reader("today", "--since", str(DAYS[2]), "--json")) == {A, B, C}


def test_a_day_of_the_past(reader: Shell) -> None:
    """`--date` takes what was announced on that day alone: from arXiv, then the library."""
    ran = reader("today", "--date", str(DAYS[2]), "--json")
    assert ids(ran) == {C}
    assert json.loads(ran.out)["batch"] == str(DAYS[2])
    assert ids(reader("today", "--date", str(DAYS[2]), "--offline", "--json")) == {C}


@pytest.mark.parametrize(
    "words",
    [
        ["--since", "soon"],
        ["--since", "2026-13-01"],
        ["--date", "2126-01-01"],
        ["--since", "0001-01-01"],
        ["--date", "1991-08-13"],
        ["--since", "1d", "--date", "1d"],
    ],
)
def test_days_that_are_none(reader: Shell, words: list[str]) -> None:
    """What is no day, or one to come, is the user's mistake."""
    ran = reader("today", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --")


def test_a_dry_run_asks_nobody(reader: Shell, arxiv: TinyArxiv) -> None:
    """`--dry-run` names the requests, the papers and the cost, and does nothing."""
    last_seen(reader, DAYS[3], D, E)
    ran = reader("today", "--dry-run", "-n", "7", "--model", "openai/gpt-5-mini")
    assert ran.code == 0, ran.err
    told = " ".join(ran.out.split())
    assert "feed of cs.CV" in told
    assert "submitted since" in told
    assert "up to 7, by openai/gpt-5-mini" in told
    assert "$0." in told
    facts = json.loads(reader("today", "--dry-run", "--json").out)
    assert (facts["usd"], facts["papers"], len(facts["requests"])) == (0.0, 10, 3)
    assert arxiv.requests == []
    assert len(list(Library(Path(reader.environ["PAPERLENS_HOME"]) / "data").ids())) == 2


def test_the_nearest_misses_are_named(reader: Shell) -> None:
    """Where nothing matches, the papers that have most of the words are named."""
    assert (
        reader("query", "edit", "splats", "cat:cs.CV AND ti:splatting AND ti:tomography").code == 0
    )
    ran = reader("today", "--json")
    (notice,) = json.loads(ran.out)["notices"]
    assert notice["code"] == "nothing-new"
    assert f"none matches; nearest: {A} Splatting 0 (has “splatting”)" in notice["text"]


def test_a_day_costs_two_requests(reader: Shell, arxiv: TinyArxiv) -> None:
    """Ten queries over five categories: one feed request, one by id, none the second time."""
    categories = ("cs.CV", "cs.LG", "cs.CL", "cs.GR", "stat.ML")
    arxiv.papers += [
        a_paper(1000 + n, TODAY, categories=(categories[n % 5],), title=f"Topic {n % 10}")
        for n in range(99)
    ]
    for n in range(10):
        assert (
            reader("query", "add", f"q{n}", f'cat:{categories[n % 5]} AND ti:"topic {n}"').code == 0
        )
    assert len(ids(reader("today", "--json"))) == 100
    assert routes(arxiv) == ["feed", "api"]
    assert reader("today", "--json").code == 0
    assert len(arxiv.requests) == 2


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_submission_and_announcement(moment: datetime) -> None:
    """A paper is announced on a weekday after its submission, within four days."""
    day = announced_on(moment)
    assert not is_weekend(day)
    assert timedelta(days=1) <= day - feed_day(moment) <= timedelta(days=4)


def test_days_between_two_feeds() -> None:
    """Weekends bring no feed."""
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert days_between(friday, monday) == days_between(friday, friday) == []
    assert days_between(date(2026, 11, 19), date(2026, 11, 24)) == [friday, monday]
