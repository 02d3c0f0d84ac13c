"""Kept papers: a new version, a journal or a DOI of theirs is news once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from paperlens.demo.server import TinyArxiv
from paperlens.library import Library
from paperlens.models import Decision, Mark, Paper, SavedQuery
from tests.invented_arxiv import paper
from tests.mornings import Reader, morning

THURSDAY, FRIDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)
KEPT = paper(1, title="Splats", announced=THURSDAY, categories=("cs.GR",))
NEWS = [
    paper(number, title=f"Sheaf {number}", announced=day, abstract=f"Of {number} kinds.")
    for number, day in ((10, THURSDAY), (20, FRIDAY), (30, MONDAY))
]


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv([KEPT, *NEWS], THURSDAY) as server:
        yield server


@pytest.fixture
def reader(tmp_path: Path, arxiv: TinyArxiv) -> Reader:
    """Someone who starred a paper that no query of theirs finds."""
    reader = Reader(tmp_path, arxiv, (SavedQuery("vision", "cat:cs.CV"),))
    library = library_of(reader)
    library.remember({KEPT.id: (KEPT, ())})
    mark(reader, KEPT, Mark.STAR)
    return reader


def library_of(reader: Reader) -> Library:
    return reader.world(morning(THURSDAY)).library


def mark(reader: Reader, paper: Paper, mark: Mark) -> None:
    library_of(reader).decide([paper.id], lambda _: Decision(mark))


def publish(arxiv: TinyArxiv, **told: object) -> None:
    """arXiv learns something of the kept paper, without announcing it."""
    arxiv.papers = [replace(KEPT, **told), *NEWS]  # type: ignore[arg-type]


def why(report: dict[str, Any]) -> dict[str, list[str]]:
    return {one["id"]: one["why"] for one in report["papers"]}


def api_requests(arxiv: TinyArxiv) -> int:
    return sum(bool(request.query.get("id_list")) for request in arxiv.requests)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"journal_ref": "Nature 12 (2026) 3-9"}, "published in Nature 12 (2026) 3-9"),
        ({"doi": "10.1000/x.7"}, "now has a DOI: 10.1000/x.7"),
        ({"journal_ref": "Nature 12", "doi": "10.1000/x.7"}, "published in Nature 12"),
        ({"comment": "Accepted at CVPR 2027"}, "now “Accepted at CVPR 2027”"),
    ],
)
def test_a_starred_paper_that_was_published_is_news_once(
    reader: Reader, arxiv: TinyArxiv, told: dict[str, object], sentence: str
) -> None:
    """It stands in the report of the day, however often that is looked at, and in no other."""
    assert KEPT.id not in reader.today(morning(THURSDAY))
    publish(arxiv, **told)
    arxiv.day = FRIDAY
    before = api_requests(arxiv)
    report = reader.report(morning(FRIDAY))
    assert api_requests(arxiv) == before + 1
    assert why(report)[KEPT.id][0] == sentence
    assert NEWS[1].id in why(report)
    (kept,) = (one for one in report["papers"] if one["id"] == KEPT.id)
    assert (kept["announce_type"], kept["mark"]) == (KEPT.announce_type, "star")
    assert kept["announced"] == THURSDAY.isoformat()
    again = reader.report(morning(FRIDAY, 7))
    assert why(again)[KEPT.id][0] == sentence
    assert why(reader.report(morning(FRIDAY, 8), refresh=True))[KEPT.id][0] == sentence
    arxiv.day = MONDAY
    assert list(why(reader.report(morning(MONDAY)))) == [NEWS[2].id]


@pytest.mark.parametrize("given", [Mark.NEW, Mark.SKIP])
def test_only_papers_that_are_kept_are_watched(
    reader: Reader, arxiv: TinyArxiv, given: Mark
) -> None:
    """What was skipped, or is not marked any more, is not asked for."""
    mark(reader, KEPT, given)
    publish(arxiv, doi="10.1000/x.7")
    assert KEPT.id not in reader.today(morning(THURSDAY))
    assert library_of(reader).known([KEPT.id])[KEPT.id].paper.doi is None


def test_no_request_is_made_for_it_alone(reader: Reader, arxiv: TinyArxiv) -> None:
    """On a day without news nobody asks."""
    publish(arxiv, doi="10.1000/x.7")
    arxiv.papers = [one for one in arxiv.papers if one.id == KEPT.id]
    assert reader.today(morning(FRIDAY)) == []
    assert api_requests(arxiv) == 0


def test_a_one_off_does_not_tell_it(reader: Reader, arxiv: TinyArxiv) -> None:
    """Who asks one question gets its answer only."""
    publish(arxiv, doi="10.1000/x.7")
    asked = SavedQuery("expr", "cat:cs.CV")
    assert reader.today(morning(THURSDAY), asked, one_off=True) == [NEWS[0].id]
    arxiv.day = FRIDAY
    assert KEPT.id in reader.today(morning(FRIDAY))


def test_what_was_unknown_before_is_not_new(reader: Reader, arxiv: TinyArxiv) -> None:
    """Of a paper without details nobody knows when it got its DOI."""
    bare = replace(paper(2, title="Other"), updated=None, published=None, comment=None)
    library_of(reader).remember({bare.id: (bare, ())})
    mark(reader, bare, Mark.STAR)
    arxiv.papers = [*arxiv.papers, paper(2, title="Other", announced=THURSDAY, doi="10.1/z")]
    arxiv.papers[-1] = replace(arxiv.papers[-1], categories=("cs.GR",))
    assert bare.id not in reader.today(morning(THURSDAY))
    assert library_of(reader).known([bare.id])[bare.id].paper.doi == "10.1/z"


def test_a_new_version_says_so_first(reader: Reader, arxiv: TinyArxiv) -> None:
    """A replacement of a starred paper is told with its version and what its comment says now."""
    first = NEWS[0]
    reader.today(morning(THURSDAY))
    mark(reader, first, Mark.STAR)
    arxiv.papers = [
        *arxiv.papers,
        replace(
            first,
            version=2,
            announced=FRIDAY,
            announce_type="replace",
            updated=datetime(2026, 11, 19, 3, tzinfo=first.updated.tzinfo),  # type: ignore[union-attr]
            comment="Accepted at ICLR",
        ),
    ]
    arxiv.day = FRIDAY
    for hours in (5, 7):
        told = why(reader.report(morning(FRIDAY, hours)))[first.id]
        assert told[:2] == ["new version, v2", "now “Accepted at ICLR”"]


def test_every_kept_paper_gets_its_turn(reader: Reader, arxiv: TinyArxiv) -> None:
    """Of more papers than a request has room for, each is asked for within a few days."""
    many = [paper(1000 + n, title=f"Kept {n}", categories=("cs.GR",)) for n in range(250)]
    library = library_of(reader)
    library.remember({one.id: (one, ()) for one in many})
    library.decide([one.id for one in many], lambda _: Decision(Mark.STAR))
    asked: set[str] = set()
    for passed in range(5):
        day = MONDAY + timedelta(days=passed)
        news = paper(5000 + passed, title=f"Sheaf of day {passed}", announced=day)
        arxiv.papers, arxiv.day = [news, *many], day
        start = len(arxiv.requests)
        reader.today(morning(day))
        (ids,) = (
            one.query["id_list"] for one in arxiv.requests[start:] if one.query.get("id_list")
        )
        assert len(ids.split(",")) == 100
        asked |= {one.id for one in many if one.id in ids}
    assert len(asked) == len(many)
