"""The day's announcements and papers by id, whatever happens to a reply on its way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperlens.demo.faults import Fail
from paperlens.demo.server import FOREVER, Route, TinyArxiv
from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.sources.arxiv_org import ArxivOrg
from tests.invented_arxiv import DAY, ids, paper, source_at, tiny

HELD = [paper(number, announced=DAY) for number in range(1, 13)]
WANTED = [ArxivId(each.id) for each in HELD]
ROADS: dict[Route, Callable[[ArxivOrg], tuple[Paper, ...]]] = {
    "feed": lambda source: source.announcements(frozenset({"cs.CV"})).papers,
    "api": lambda source: source.details([*WANTED, ArxivId("2611.99999")]),
}
ON_BOTH: tuple[Fail, ...] = (
    "429", "503", "html", "empty body", "entity bomb", "cut", "reset", "silence",
)  # fmt: skip
HARMLESS: tuple[Fail, ...] = ("wrong type", "no authors", "unknown fields")
OF_THE_API: tuple[Fail, ...] = ("empty page", "short page", "other total")
each_road = pytest.mark.parametrize("road", ROADS)


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with tiny(HELD) as server:
        yield server


@each_road
@pytest.mark.parametrize("how", ON_BOTH + HARMLESS)
def test_a_failure_that_passes_costs_nothing(
    road: Route, how: Fail, arxiv: TinyArxiv, tmp_path: Path
) -> None:
    """One spoiled reply loses no paper; what is only odd is not even asked for again."""
    arxiv.fail(road, how)
    assert ids(ROADS[road](source_at(arxiv, tmp_path))) == ids(HELD)
    assert len(arxiv.asked(road)) == (1 if how in HARMLESS else 2)


@pytest.mark.parametrize("how", OF_THE_API)
def test_a_page_that_does_not_add_up_is_completed(
    how: Fail, arxiv: TinyArxiv, tmp_path: Path
) -> None:
    """The API says how many papers there are, and is asked until they are there."""
    arxiv.fail("api", how)
    assert ids(ROADS["api"](source_at(arxiv, tmp_path))) == ids(HELD)


@each_road
@pytest.mark.parametrize("how", [*ON_BOTH, "403", "oversize"])
def test_a_failure_that_lasts_is_one_sentence(
    road: Route, how: Fail, arxiv: TinyArxiv, tmp_path: Path
) -> None:
    """A road that stays broken is left after its tries, and nothing is taken for an answer."""
    arxiv.fail(road, how, FOREVER)
    with pytest.raises(SourceUnreachable, match=r"^http://\S+: .+") as raised:
        ROADS[road](source_at(arxiv, tmp_path, timeout=0.2 if how == "silence" else 5.0))
    assert "\n" not in raised.value.sentence
    assert len(arxiv.asked(road)) == (1 if how in {"403", "oversize"} else 3)


@each_road
def test_dates_in_the_future_are_kept(road: Route, tmp_path: Path) -> None:
    """A clock that is wrong elsewhere costs no paper."""
    with tiny([paper(1, -24 * 400, announced=DAY)]) as arxiv:
        assert ids(ROADS[road](source_at(arxiv, tmp_path))) == ["2611.00001"]


def test_nobody_is_there(tmp_path: Path) -> None:
    """A refused connection is said after a second look."""
    with tiny(HELD) as arxiv:
        source = source_at(arxiv, tmp_path)
    for ask in ROADS.values():
        with pytest.raises(SourceUnreachable, match=r"connection refused \(2 tries\)"):
            ask(source)
