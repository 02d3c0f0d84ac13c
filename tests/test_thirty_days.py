"""Thirty mornings with holidays, weekends, skipped runs and a failing arXiv: each paper once."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from paperlens.arxiv_week import announced_on, feed_day, is_weekend, midnight
from paperlens.demo.server import FOREVER, TinyArxiv
from paperlens.errors import SourceUnreachable
from paperlens.models import Mark, Paper, SavedQuery
from paperlens.query import parse
from tests.mornings import Reader

FIRST = date(2026, 10, 19)  # a Monday
DAYS = 30
HOLIDAYS = {date(2026, 10, 27), date(2026, 11, 11), date(2026, 11, 12)}
SKIPPED = {3, 8, 9, 10, *range(16, 25)}
QUERIES = (
    SavedQuery("splats", 'cat:cs.CV AND ti:"gaussian splatting"'),
    SavedQuery("tokens", "cat:cs.CL AND abs:tokens"),
    SavedQuery("prizes", "cat:cs.LG AND co:accepted"),
)
WORDS = ("gaussian splatting", "gaussian processes", "tokens", "splatting", "diffusion")


def announced_papers(dice: random.Random) -> Iterator[Paper]:
    """Five weeks of arXiv: some held up for days, some cross-listed or replaced later."""
    for number in range(600):
        submitted = datetime.combine(
            FIRST - timedelta(days=4), datetime.min.time(), UTC
        ) + timedelta(hours=dice.randrange((DAYS + 2) * 24))
        announced = next_batch(
            announced_on(submitted) + timedelta(days=dice.choice([0] * 8 + [1, 3]))
        )
        first = dice.choice(["cs.CV", "cs.CL", "cs.LG"])
        paper = Paper(
            id=f"26{submitted:%m}.{number:05}",
            title=f"On {dice.choice(WORDS)} in case {number}",
            authors=("Zoë Müller", "An Other"),
            abstract=f"We look at {dice.choice(WORDS)}, number {number}.",
            categories=(first,),
            version=1,
            published=submitted,
            updated=submitted,
            announced=announced,
            announce_type="new",
            comment=dice.choice([None, "Accepted at a good place", "12 pages"]),
        )
        yield paper
        if number % 7 == 0:
            other = dice.choice(sorted({"cs.CV", "cs.CL", "cs.LG"} - {first}))
            later = next_batch(announced + timedelta(days=dice.randrange(1, 5)))
            yield replace(paper, categories=(first, other), announced=later, announce_type="cross")
        elif number % 11 == 0:
            later = next_batch(announced + timedelta(days=dice.randrange(1, 9)))
            moment = midnight(later).astimezone(UTC) - timedelta(hours=9)
            yield replace(
                paper, version=2, updated=moment, announced=later, announce_type="replace"
            )


def next_batch(day: date) -> date:
    while is_weekend(day) or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


def mornings() -> Iterator[tuple[int, datetime]]:
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        if number not in SKIPPED:
            yield number, midnight(day) + timedelta(hours=5)


def wanted(papers: list[Paper], last: date) -> set[str]:
    """What matches, in any version or category, and was announced since the first morning."""
    questions = [parse(query.expr) for query in QUERIES]
    return {
        paper.id
        for paper in papers
        if FIRST <= (paper.announced or FIRST) <= last
        and not paper.is_replacement
        and any(question.matches(paper) for question in questions)
    }


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("failing", [0.0, 0.2])
def test_every_paper_exactly_once(tmp_path: Path, seed: int, failing: float) -> None:
    """However many days are skipped and requests fail, each matching paper is reported once."""
    dice = random.Random(seed)
    papers = list(announced_papers(dice))
    with TinyArxiv(papers, FIRST) as arxiv:
        reader = Reader(tmp_path, arxiv, QUERIES)
        for route in ("feed", "api", "oai"):
            arxiv.fail(route, "503", FOREVER, when=lambda _: dice.random() < failing)
        reports: dict[date, list[str]] = {}
        for _, now in mornings():
            arxiv.day = last = feed_day(now)
            try:
                reports[last] = reader.today(now)
            except SourceUnreachable:
                assert not reports
        if failing:  # what one closed road left open, the next open one brings
            arxiv.heal()
            arxiv.day = last = next_batch(last + timedelta(days=1))
            reports[last] = reader.today(midnight(last) + timedelta(hours=5))
    told = Counter(id for ids in _each_once(reports).values() for id in ids)
    assert {id for id, times in told.items() if times > 1} == set()
    assert wanted(papers, last) - told.keys() == set()


def _each_once(reports: dict[date, list[str]]) -> dict[date, list[str]]:
    """A morning without a new batch shows the last report again: that is no second time."""
    shown: dict[tuple[str, ...], date] = {}
    for day, ids in reports.items():
        shown.setdefault(tuple(ids), day)
    return {day: list(ids) for ids, day in shown.items()}


@pytest.mark.parametrize("skipped", [False, True])
def test_a_starred_paper_is_news_again(tmp_path: Path, skipped: bool) -> None:
    """A new version is reported of papers that the reader keeps, though its day was skipped."""
    moment = midnight(FIRST).astimezone(UTC)
    first = Paper(
        "2610.00001", "Gaussian splatting", (), "", ("cs.CV",), 1, moment, moment, FIRST, "new"
    )
    other = replace(first, id="2610.00002")
    later = FIRST + timedelta(days=1)
    news = [
        replace(one, version=2, updated=moment, announced=later, announce_type="replace")
        for one in (first, other)
    ]
    with TinyArxiv([first, other, *news], FIRST) as arxiv:
        reader = Reader(tmp_path, arxiv, QUERIES)
        now = midnight(FIRST) + timedelta(hours=5)
        assert set(reader.today(now)) == {first.id, other.id}
        reader.world(now).library.decide([first.id], lambda one: replace(one, mark=Mark.STAR))
        if skipped:
            later += timedelta(days=2)
        arxiv.day = later
        assert reader.today(midnight(later) + timedelta(hours=5)) == [first.id]
