"""`paperlens stats`: papers counted, money counted."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from paperlens.holdings import holding_from
from paperlens.library import Library
from paperlens.models import Cost
from tests.conftest import Shell


def fill(shell: Shell) -> None:
    months = ("2301", "2311", "2404", "2404")
    lines = [
        {
            "id": f"{month}.0000{number}", "title": "T", "authors": [], "abstract": "",
            "categories": [], "mark": "star" if number == 1 else "new",
            "tags": ["thesis"] if number > 2 else [], "queries": ["diffusion"],
        }
        for number, month in enumerate(months, 1)
    ]  # fmt: skip
    library = Library(Path(shell.environ["PAPERLENS_HOME"], "data"))
    library.take(map(holding_from, lines))
    library.spend(date(2026, 11, 19), "gpt-mini", Cost(0.25, 1000, 100))
    library.spend(date(2026, 11, 20), "gpt-mini", Cost(0.5, 2000, 200))
    library.spend(date(2026, 11, 20), "local", Cost(0.0, 10, 1))


def test_everything_is_counted(paperlens: Shell) -> None:
    """One JSON document: papers by month, mark, query and tag; money by day and model."""
    fill(paperlens)
    told = json.loads(paperlens("stats", "--json").out)
    assert told["schema"] == "paperlens.stats/1"
    assert (told["papers"], told["summarised"], told["undated"]) == (4, 0, 0)
    assert told["months"] == {"2023-01": 1, "2023-11": 1, "2024-04": 2}
    assert told["marks"] == {"new": 3, "star": 1, "later": 0, "read": 0, "skip": 0}
    assert (told["queries"], told["tags"]) == ({"diffusion": 4}, {"thesis": 2})
    assert [(one["day"], one["model"], one["usd"]) for one in told["spending"]] == [
        ("2026-11-19", "gpt-mini", 0.25),
        ("2026-11-20", "gpt-mini", 0.5),
        ("2026-11-20", "local", 0.0),
    ]


def test_the_page_draws_what_it_counts(paperlens: Shell) -> None:
    """Numbers beside bars, the money in dollars."""
    fill(paperlens)
    page = " ".join(paperlens("stats").out.split())
    for line in ("papers 4", "2024-04 2 ████", "star 1 ████", "thesis 2 ████"):
        assert line in page
    assert "spent $0.75 (3,311 tokens)" in page


def test_an_empty_library_has_numbers_too(paperlens: Shell) -> None:
    """Nothing is counted, and nothing fails."""
    assert "none yet" in paperlens("stats").out
    assert json.loads(paperlens("stats", "--json").out)["papers"] == 0


@pytest.mark.parametrize("width", [26, 40, 60, 100])
def test_counts_are_there_whatever_the_width(paperlens: Shell, width: int) -> None:
    """Names and bars get shorter, numbers never; no line is wider than the terminal."""
    fill(paperlens)
    names = ["a tag that " + "is long " * 9, "扩散模型" * 12]
    library = Library(Path(paperlens.environ["PAPERLENS_HOME"], "data"))
    library.decide(["2404.00003"], lambda before: replace(before, tags=tuple(names)))
    page = paperlens("stats", COLUMNS=str(width)).out
    assert max(map(cell_len, page.splitlines())) <= width
    for name in ("a tag", "扩散"):
        line = next(line for line in page.splitlines() if line.startswith(name))
        assert line.split("…")[1].split()[0] == "1"
    assert "$0.75 (3,300 tokens)" in page
