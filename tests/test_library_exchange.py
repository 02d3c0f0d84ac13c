"""Whole holdings leave a library and come into another, and nothing is lost on the way."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperlens.holdings import Holding, Mention, ReportRecord, holding_from, holding_json
from paperlens.library import Library
from paperlens.models import Decision, Known, Mark, Paper
from tests.test_records import decisions, papers, summaries

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.text(max_size=9)
IDS = st.sampled_from(["2404.00001", "2404.00002", "0704.0003", "hep-th/9901001", "local:a-1"])
HOLDINGS = st.lists(
    st.builds(
        Holding,
        known=st.builds(
            Known,
            paper=st.builds(
                lambda paper, id: replace(paper, id=id), papers, IDS
            ),
            queries=st.lists(NAMES, unique=True, max_size=2).map(tuple),
            reported=st.none() | st.dates(),
            decision=decisions.map(
                lambda one: replace(one, tags=tuple(dict.fromkeys(one.tags)))
            ),
        ),
        summaries=st.dictionaries(NAMES, summaries, max_size=2),
    ),
    max_size=4,
    unique_by=lambda one: one.known.paper.id,
)  # fmt: skip
BATCH = date(2026, 11, 20)
MORNING = datetime(2026, 11, 20, 6, tzinfo=UTC)


@contextmanager
def a_library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder:
        yield Library(Path(folder))


def held(library: Library) -> Mapping[str, Holding]:
    return {holding.known.paper.id: holding for holding in library.everything()}


def a_paper(id: str, title: str = "MoMA") -> Paper:
    return Paper(id, title, ("Kunpeng Song",), "We present MoMA.", ("cs.CV",), version=1)


@FEW
@given(HOLDINGS)
def test_a_library_takes_whatever_another_holds(holdings: list[Holding]) -> None:
    """Papers, decisions, queries, first reports and summaries arrive as they left."""
    with a_library() as library:
        assert library.take(holdings) == (len(holdings), 0)
        assert held(library) == {one.known.paper.id: one for one in holdings}
        assert dict(library.holdings(held(library))) == held(library)


@FEW
@given(HOLDINGS)
def test_taking_twice_is_taking_once(holdings: list[Holding]) -> None:
    """An import that was interrupted can be run again."""
    with a_library() as library:
        library.take(holdings)
        before = held(library)
        assert library.take(holdings) == (len(holdings), len(holdings))
        assert held(library) == before


@FEW
@given(HOLDINGS)
def test_a_holding_survives_its_line(holdings: list[Holding]) -> None:
    """What an export writes of a paper is read back whole."""
    for holding in holdings:
        told = json.loads(json.dumps(holding_json(holding)))
        read = holding_from({"id": "x", "title": "", "authors": [], "abstract": "",
                             "categories": []} | told)  # fmt: skip
        assert read.summaries == holding.summaries
        assert read.known.reported == holding.known.reported


def test_what_is_decided_here_stays() -> None:
    """An import brings marks and notes where there are none, adds tags, and overrules nothing."""
    ours, theirs = a_paper("2404.00001"), a_paper("2404.00001", "MoMA, again")
    with a_library() as library:
        library.take([Holding(Known(ours, decision=Decision(Mark.STAR, ("seen",), None)))])
        library.take([Holding(Known(theirs, decision=Decision(Mark.SKIP, ("old",), "why?")))])
        known = library.known(["2404.00001"])["2404.00001"]
    assert known.decision == Decision(Mark.STAR, ("seen", "old"), "why?")


def test_the_ledger_comes_along() -> None:
    """Reports come back whole, the latest as the latest; of a batch that both had, one remains."""
    first = ReportRecord(
        "today", MORNING, BATCH, asked=MORNING, seen=312, road="feed",
        queries={"diffusion": "cat:cs.CV"}, papers=("2404.00002", "2404.00001"),
    )  # fmt: skip
    with a_library() as there, a_library() as here:
        for one in first.papers:
            there.remember({one: (a_paper(one), ("diffusion",))})
        there.record(first)
        brought = list(there.everything())
        assert [one.mentions for one in brought] == [
            (Mention(1, first, 2),),
            (Mention(2, first, 2),),
        ]
        here.take(brought)
        here.enter([first])
        assert here.latest_batch() == there.latest_batch() == first
        assert held(here) == held(there)
        here.enter([replace(first, papers=("2404.00003",))])
        assert here.report(BATCH) == replace(
            first, papers=("2404.00002", "2404.00001", "2404.00003")
        )


def test_a_report_of_long_ago_does_not_become_todays() -> None:
    """The latest batch stays the latest when an older library is brought in."""
    now = ReportRecord("today", MORNING, BATCH, papers=("2404.00001",))
    with a_library() as library:
        library.record(now)
        library.enter([ReportRecord("today", MORNING, date(2020, 1, 2), papers=("2001.00001",))])
        assert library.latest_batch() == now
        assert library.last_report() == now
