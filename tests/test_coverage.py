"""What is owed to a reader is brought, however they ask in between."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest

from paperlens.arxiv_week import midnight
from paperlens.demo.server import FOREVER, TinyArxiv
from paperlens.holdings import Holding, Mention, ReportRecord
from paperlens.models import Known, Mark, Paper, SavedQuery
from tests.mornings import Reader, morning

MON, TUE, WED, THU, FRI = (date(2026, 11, 2) + timedelta(days=n) for n in range(5))
LATER = date(2026, 11, 13)
SPLATS = SavedQuery("splats", "cat:cs.CV AND ti:splatting")
OTHERS = SavedQuery("others", "cat:cs.CV AND abs:other")
PRIZES = SavedQuery("prizes", "cat:cs.CV AND co:accepted")
ROADS = ("feed", "api", "oai")


def a_paper(number: int, announced: date, **more: object) -> Paper:
    moment = midnight(announced).astimezone(UTC) - timedelta(hours=12)
    told: dict[str, object] = {
        "id": f"2611.{number:05}", "title": f"Splatting {number}", "authors": ("An Author",),
        "abstract": "Some other thing.", "categories": ("cs.CV",), "version": 1,
        "published": moment, "updated": moment, "announced": announced, "announce_type": "new",
        "comment": "Accepted at a place",
    }  # fmt: skip
    return Paper(**told | more)  # type: ignore[arg-type]


PAPERS = [a_paper(number, day) for number, day in enumerate((MON, TUE, WED, THU, FRI))]
OF = {day: paper.id for day, paper in zip((MON, TUE, WED, THU, FRI), PAPERS, strict=True)}


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv(PAPERS, MON) as server:
        yield server


@pytest.fixture
def reader(arxiv: TinyArxiv, tmp_path: Path) -> Reader:
    reader = Reader(tmp_path, arxiv, (SPLATS,))
    assert reader.today(morning(MON)) == [OF[MON]]
    return reader


def on(reader: Reader, now: date, *queries: SavedQuery, hours: float = 5, **more: Any) -> list[str]:
    reader.arxiv.day = now
    return sorted(reader.today(morning(now, hours), *queries, **more))


def closed(arxiv: TinyArxiv, *roads: str) -> None:
    for road in roads:
        arxiv.fail(road, "503", FOREVER)  # type: ignore[arg-type]


def notices(report: dict[str, Any]) -> dict[str, str]:
    return {notice["code"]: notice["text"] for notice in report["notices"]}


@pytest.mark.parametrize("asked", [{"day": WED}, {"since": THU}])
def test_looking_at_a_day_closes_no_gap(reader: Reader, asked: dict[str, date]) -> None:
    """A day or a span that the reader names leaves open what was skipped before it."""
    shown = on(reader, THU, **asked)
    assert OF[TUE] not in shown
    assert OF[TUE] in on(reader, THU, hours=6)


def test_a_query_that_arxiv_was_not_asked_is_still_owed_its_papers(reader: Reader) -> None:
    """A look into the library alone answers nothing for good."""
    reader.arxiv.day = TUE
    on(reader, TUE)
    assert on(reader, TUE, OTHERS, hours=6, offline=True) == [OF[TUE]]
    assert set(on(reader, TUE, OTHERS, hours=7)) >= {OF[TUE]}
    closed(reader.arxiv, *ROADS)
    on(reader, WED, SPLATS, OTHERS)
    reader.arxiv.heal()
    assert set(on(reader, THU, SPLATS, OTHERS)) == {OF[WED], OF[THU]}


def test_what_needs_comments_is_owed_while_the_api_refuses(reader: Reader) -> None:
    """A paper that matches by its comment comes a day later, when the API could not be asked."""
    reader.queries = (PRIZES,)
    on(reader, TUE)
    closed(reader.arxiv, "api", "oai")
    assert on(reader, WED) == []
    reader.arxiv.heal()
    assert on(reader, THU) == [OF[WED], OF[THU]]


def test_details_that_were_refused_come_with_the_next_ones(reader: Reader) -> None:
    """What the feed alone told of a paper is completed on the next day, in the same request."""
    closed(reader.arxiv, "api", "oai")
    on(reader, TUE)
    reader.arxiv.heal()
    on(reader, WED)
    known = reader.world(morning(WED)).library.known([OF[TUE]])
    assert known[OF[TUE]].paper.comment == "Accepted at a place"
    assert [one.query["id_list"].count(",") for one in reader.arxiv.asked("api")[-1:]] == [1]


def test_one_query_does_not_pay_the_debts_of_another(reader: Reader) -> None:
    """What is still to come for one query comes, though another was answered meanwhile."""
    reader.queries = (SPLATS, OTHERS)
    on(reader, MON, hours=6)
    closed(reader.arxiv, "api", "oai")
    assert on(reader, WED) == [OF[WED]]
    reader.arxiv.heal()
    on(reader, WED, SPLATS, hours=6)
    assert OF[TUE] in on(reader, WED, hours=7)


def test_a_changed_query_is_owed_what_it_missed_under_its_old_form(reader: Reader) -> None:
    """Away for nine days, a query that is edited before the next run looks back to the last one."""
    reader.arxiv.papers += [a_paper(90, LATER)]
    changed = SavedQuery("splats", "cat:cs.CV AND (ti:splatting OR ti:nothing)")
    assert on(reader, LATER, changed) == sorted(
        [*(OF[d] for d in (TUE, WED, THU, FRI)), "2611.00090"]
    )


def test_a_clock_that_ran_ahead_stops_nothing(reader: Reader) -> None:
    """What was asked in the future by mistake does not count as asked."""
    reader.today(morning(TUE) + timedelta(days=30), refresh=True)
    assert OF[WED] in on(reader, WED)


def test_an_imported_report_is_no_answer(reader: Reader) -> None:
    """A part of another machine's day does not make the day reported here."""
    on(reader, TUE)
    record = ReportRecord(
        "today", morning(WED), WED, asked=morning(WED), seen=1, road="feed",
        queries={"splats": SPLATS.expr}, papers=("2611.77777",),
    )  # fmt: skip
    library = reader.world(morning(WED)).library
    library.take([Holding(Known(a_paper(77777, WED), reported=WED), {}, (Mention(1, record, 2),))])
    library.enter([record])
    assert OF[WED] in on(reader, WED)


@pytest.mark.parametrize("roads", [(), ("feed",)])
def test_a_new_version_of_a_starred_paper_comes_once(
    reader: Reader, roads: tuple[str, ...]
) -> None:
    """It is told by whatever road is open, and not again the day after."""
    library = reader.world(morning(MON)).library
    library.decide([OF[MON]], lambda decision: replace(decision, mark=Mark.STAR))
    updated = midnight(TUE).astimezone(UTC) - timedelta(hours=9)
    reader.arxiv.papers.append(
        replace(PAPERS[0], version=2, updated=updated, announced=TUE, announce_type="replace")
    )
    closed(reader.arxiv, *roads)
    assert on(reader, TUE) == [OF[MON], OF[TUE]]
    assert on(reader, TUE, hours=6) == [OF[MON], OF[TUE]]
    reader.arxiv.heal()
    assert on(reader, WED) == [OF[WED]]


def test_a_report_only_grows_through_its_day(reader: Reader) -> None:
    """Asking again shows what was made up for in the morning as well."""
    first = on(reader, THU)
    assert first == [OF[TUE], OF[WED], OF[THU]]
    assert on(reader, THU, hours=7, refresh=True) == first


def test_a_feed_that_was_cut_is_searched_after(reader: Reader) -> None:
    """Where arXiv ends a feed at its limit, the API brings the rest."""
    reader.arxiv.papers += [
        a_paper(10_000 + n, TUE, title=f"Nothing {n}", id=f"2611.1{n:04}") for n in range(2000)
    ]
    last = a_paper(99_999, TUE)
    reader.arxiv.papers.append(last)
    assert on(reader, TUE) == [OF[TUE], last.id]


def test_the_reason_of_an_empty_report_is_true(reader: Reader) -> None:
    """What could have matched and does not is no paper that was reported before."""
    reader.queries = (SavedQuery("oral", "cat:cs.CV AND co:oral"),)
    reader.arxiv.day = TUE
    text = notices(reader.report(morning(TUE)))["nothing-new"]
    assert "reported before" not in text
    assert text.startswith("1 paper was announced, and none matches")


def test_nothing_at_hand_is_said_by_the_exit_code(reader: Reader) -> None:
    """With every road closed and nothing in the library for these queries, the code is 4."""
    closed(reader.arxiv, *ROADS)
    assert reader.report(morning(TUE), SavedQuery("new", "cat:cs.CV AND ti:absent"))["code"] == 4


def test_a_query_without_a_category_rests_as_well(reader: Reader) -> None:
    """Asked again on the same day, arXiv is not."""
    anywhere = SavedQuery("anywhere", "ti:splatting")
    first = on(reader, TUE, anywhere)
    asked = len(reader.arxiv.requests)
    assert on(reader, TUE, anywhere, hours=9) == first
    assert len(reader.arxiv.requests) == asked


def test_coverage_is_one_small_file(reader: Reader) -> None:
    """It names each query with its day, for people to read as well."""
    file = json.loads((reader.home / "data" / "coverage.json").read_text())
    assert file["documents"]["splats"]["until"] == str(MON)


def test_a_late_feed_is_said(reader: Reader) -> None:
    """While yesterday's feed is still served, the report says when today's is expected."""
    assert "feed-late" not in notices(reader.report(morning(MON)))
    text = notices(reader.report(morning(TUE, 0.5)))["feed-late"]
    assert text.startswith("The feed of Tuesday 3 November is not out yet: expected at ")
    assert "likely a holiday" in notices(reader.report(morning(TUE, 9)))["feed-late"]


def test_a_day_of_the_past_without_papers(reader: Reader) -> None:
    """An empty day in the past is explained by that day."""
    reader.arxiv.papers[:] = PAPERS[:1]
    reader.arxiv.day = TUE
    text = notices(reader.report(morning(TUE), day=date(2026, 10, 21)))["nothing-new"]
    assert text == "arXiv announced nothing that matches on Wednesday 21 October 2026."


def test_a_feed_that_became_due_is_asked_for_at_once(reader: Reader) -> None:
    """Shortly before midnight and shortly after it are two days: the new feed is not put off."""
    assert on(reader, MON, hours=23.9) == [OF[MON]]
    assert on(reader, TUE, hours=0.1) == [OF[TUE]]
