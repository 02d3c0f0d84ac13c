"""The same work announced under two ids: shown once, and no news tomorrow."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paperlens.context import Context
from paperlens.demo.server import TinyArxiv
from paperlens.lookup import again
from paperlens.models import Decision, Mark, Paper, SavedQuery
from paperlens.reports import FOLDERS, FORMATS, render
from paperlens.reports.templates import Templates
from tests.invented_arxiv import paper
from tests.mornings import Reader, morning

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
ONE = paper(7, title="Splats that follow a body as it moves", announced=THURSDAY)
OTHER = paper(8, title="Splats That Follow a Body as it Moves", announced=THURSDAY)
THIRD = paper(9, title="Sheaves over étale sites", announced=THURSDAY)
LATER = paper(20, title="Splats that follow a body as it moves", announced=FRIDAY)


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv([ONE, OTHER, THIRD, LATER], THURSDAY) as server:
        yield server


@pytest.fixture
def reader(tmp_path: Path, arxiv: TinyArxiv) -> Reader:
    """Someone who reads all of computer vision."""
    return Reader(tmp_path, arxiv, (SavedQuery("vision", "cat:cs.CV"),))


def also(report: dict[str, Any]) -> dict[str, list[str]]:
    return {one["id"]: one["also"] for one in report["papers"]}


def library_of(reader: Reader) -> Any:
    return reader.world(morning(THURSDAY)).library


def test_two_ids_of_a_work_are_one_entry(reader: Reader) -> None:
    """The first id stands for both and names the other, also when the day is looked at again."""
    first = also(reader.report(morning(THURSDAY)))
    assert first == {ONE.id: [OTHER.id], THIRD.id: []}
    assert also(reader.report(morning(THURSDAY, 7))) == first
    assert also(reader.report(morning(THURSDAY, 8), refresh=True)) == first
    assert also(reader.report(morning(THURSDAY, 9), offline=True)) == first


def test_both_ids_count_as_reported(reader: Reader) -> None:
    """What was told as another's id is in the library as a paper that was reported."""
    reader.today(morning(THURSDAY))
    known = library_of(reader).known([ONE.id, OTHER.id])
    assert [one.reported for one in known.values()] == [THURSDAY, THURSDAY]


def test_the_id_that_the_reader_marked_stands_for_the_work(reader: Reader) -> None:
    """A mark says which of the ids the reader knows."""
    library = library_of(reader)
    library.remember({OTHER.id: (OTHER, ())})
    library.decide([OTHER.id], lambda _: Decision(Mark.LATER))
    assert also(reader.report(morning(THURSDAY))) == {OTHER.id: [ONE.id], THIRD.id: []}


def test_a_work_reported_before_is_no_news_under_another_id(
    reader: Reader, arxiv: TinyArxiv
) -> None:
    """It is left out and named in a notice; nothing of it comes back on the days after."""
    reader.today(morning(THURSDAY))
    arxiv.day = FRIDAY
    report = reader.report(morning(FRIDAY))
    assert report["papers"] == []
    told = {notice["code"]: notice["text"] for notice in report["notices"]}
    assert f"{LATER.id} is {ONE.id}, which was reported before" in told["told-before"]
    assert "1 paper matches, but was reported before" in told["nothing-new"]
    assert reader.report(morning(FRIDAY, 8))["papers"] == []
    assert library_of(reader).known([LATER.id])[LATER.id].reported == FRIDAY


def test_all_shows_it_nevertheless(reader: Reader, arxiv: TinyArxiv) -> None:
    """Who asks for everything gets what was left out."""
    reader.today(morning(THURSDAY))
    arxiv.day = FRIDAY
    assert LATER.id in reader.today(morning(FRIDAY), everything=True)


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"bibtex", "ris", "csl"}))
def test_every_view_names_the_other_ids(reader: Reader, form: str) -> None:
    """The last report, rendered in any form that lists facts, has them."""
    reader.today(morning(THURSDAY))
    world: Context = reader.world(morning(THURSDAY, 6))
    record = world.library.last_report()
    assert record is not None
    assert OTHER.id in render(again(record, world), form)


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_every_note_names_the_other_ids(reader: Reader, form: str) -> None:
    """Posts and notes say it beside the authors."""
    reader.today(morning(THURSDAY))
    world: Context = reader.world(morning(THURSDAY, 6))
    record = world.library.last_report()
    assert record is not None
    leaves = FOLDERS[form](again(record, world), lambda _: None, Templates((), "en"))
    assert any(f"also {OTHER.id}" in leaf.content.decode() for leaf in leaves)


def test_works_of_the_same_people_stay_apart(reader: Reader, arxiv: TinyArxiv) -> None:
    """Common authors alone make no twins."""
    papers: list[Paper] = [paper(number, announced=THURSDAY) for number in range(30, 36)]
    arxiv.papers = papers
    assert sorted(reader.today(morning(THURSDAY))) == [one.id for one in papers]
