"""A report on a terminal."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from paperlens.models import Cost, Report
from paperlens.reports.terminal import print_report

from .test_reports_examples import hostile_text, realistic, report_of


def printed(report: Report, width: int = 80, terminal: bool = False) -> str:
    """What arrives at a stream of that width."""
    stream = io.StringIO()
    color = "standard" if terminal else None
    console = Console(
        file=stream, width=width, force_terminal=terminal, color_system=color, _environ={}
    )
    print_report(report, console)
    return stream.getvalue()


def test_the_front_page_reads_from_day_to_next_step() -> None:
    """Headline, cards numbered from 1, the rest as a list, notices, what is next, cost and road."""
    told = printed(realistic(), 110)
    for part in (
        "paperlens  Tuesday 9 April 2024",
        "312 announced · 3 for you · diffusion 2 · avatars 1",
        " 1  MoMA: an α-Adapter for Personalized Images ",
        "0.87 ●●●●○",
        "Kunpeng Song, José Núñez, 王小明 · ByteDance",
        "cs.CV, cs.LG · 2404.05674 · new\n",
        "because “personalized” in the title · query diffusion",
        "    One photograph is enough.\n    • No tuning.\n    • 87.31% better.\n",
        "code github.com/bytedance/MoMA · project moma.github.io",
        "not in the paper  “87.31%”",
        " 2  Avatars, Revisited\n",
        "2403.01234v3 · new version · ★ starred",
        "error  the PDF could not be fetched",
        "1 more",
        " 3  withdrawn On Flows ",
        "note  Comments come later.",
        "next  paperlens show 1 · paperlens export --to markdown -o today.md",
        "openai/gpt-4o-mini from the full text · via arXiv's feed · $0.01, 8,412 tokens",
    ):
        assert part in told


def test_a_score_is_shown_only_where_there_is_one() -> None:
    """No score, no dots: nothing is made up."""
    assert printed(realistic()).count("●") == 4
    assert "●" not in printed(replace(realistic(), entries=realistic().entries[1:]))


def test_an_empty_day_is_calm_and_says_why() -> None:
    """Nothing new is one sentence, its reason, and what could be done."""
    told = printed(replace(realistic(), entries=(), seen=0, matched=(("diffusion", 0),)))
    assert "Nothing new for you.\n Comments come later.\n" in told
    assert "paperlens query add NAME EXPR" in told
    assert "diffusion" not in told


def test_a_shown_paper_has_everything_known() -> None:
    """`show` prints abstract, all authors, dates, comment, DOI, journal, tags and note."""
    report = realistic()
    first = printed(replace(report, command="show", entries=report.entries[:1]))
    for part in (
        "We present MoMA. It is tuning-free.",
        "https://arxiv.org/abs/2404.05674v1",
        "8 April 2024",
        "ECCV 2024, p. 117",
        "10.1007/978-3-031-73661-2_7",
        "https://github.com/bytedance/MoMA",
        "summary: openai/gpt-4o-mini from the full text",
    ):
        assert part in first
    second = printed(replace(report, command="show", entries=report.entries[1:2]))
    assert re.search(r"mark +★ starred\n tags +thesis\n my note +compare\n", second)


def test_the_sample_day_says_that_it_is_invented() -> None:
    """The demo is marked as such and leads to a first query."""
    told = printed(replace(realistic(), command="demo"))
    assert "an invented sample day" in told
    assert "paperlens query add NAME EXPR · paperlens today" in told


@pytest.mark.parametrize(
    ("cost", "told"),
    [(Cost(0.0004, 9, 1), "<$0.01, 10 tokens"), (Cost(None, 9, 1), "price not known, 10 tokens")],
)
def test_a_price_is_never_rounded_to_nothing(cost: Cost, told: str) -> None:
    """Small prices show as small, unknown ones as unknown."""
    assert told in printed(replace(realistic(), cost=cost), 110)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """From 40 to 200 columns every line fits, none ends in spaces, and text stays readable."""
    for command in ("today", "show", "search"):
        lines = printed(replace(realistic(), command=command), width).splitlines()
        assert max(map(cell_len, lines)) <= min(width, 110)
        assert all(line == line.rstrip() for line in lines)


def test_links_are_for_terminals_only() -> None:
    """On a terminal the title leads to arXiv; in a file there is not one escape."""
    assert "https://arxiv.org/abs/2404.05674v1\x1b\\" in printed(realistic(), terminal=True)
    assert "\x1b" not in printed(realistic())


_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=\d+)?;([^\x00-\x20\x7f-\x9f]*)\x1b\\")


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(["today", "show"]), st.sampled_from([40, 80, 120]))
def test_no_text_steers_the_terminal(data: st.DataObject, command: str, width: int) -> None:
    """Off a terminal no control character but newline arrives; on one, only our own styles and
    links, which lead only where the report says."""
    report = report_of(lambda: data.draw(hostile_text), command)
    plain = printed(report, width)
    on_terminal = printed(report, width, terminal=True)
    for told in (plain, _OURS.sub("", on_terminal)):
        told.encode()
        assert all(letter == "\n" or ord(letter) > 0x9F or letter.isprintable() for letter in told)
        assert not set(told) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert max(cell_len(line) for line in plain.split("\n")) <= width
    ours = (
        "https://arxiv.org/",
        "https://doi.org/",
        "https://github.com/a/b",
        "https://x.example/",
    )
    targets = {target for target in _OURS.findall(on_terminal) if target}
    assert all(target.startswith(ours) for target in targets)


def test_paper_text_is_never_markup() -> None:
    """Square brackets of a title are square brackets."""
    first = realistic().entries[0]
    entry = replace(first, paper=replace(first.paper, title="[bold]Not[/bold] :smile: [link=x]y"))
    assert "[bold]Not[/bold] :smile: [link=x]y" in printed(replace(realistic(), entries=(entry,)))


def test_a_monstrous_line_does_not_flood_the_page() -> None:
    """A title or sentence of 100,000 letters takes its few lines and no more."""
    first = realistic().entries[0]
    assert first.summary is not None
    flood = replace(first.summary, fields={"tldr": "y" * 100_000, "takeaways": ("z " * 50_000,)})
    entry = replace(first, paper=replace(first.paper, title="x" * 100_000), summary=flood)
    assert len(printed(replace(realistic(), entries=(entry,))).splitlines()) < 45


def test_a_wide_terminal_has_room_for_long_titles() -> None:
    """The list uses the width there is, its heading is whole, and a long query stays in bounds."""
    report = realistic()
    title = "On " + "very " * 20 + "long titles"
    last = report.entries[-1]
    entry = replace(last, paper=replace(last.paper, title=title), queries=("a",))
    entries = (*report.entries[:-1], entry)
    wide = replace(report, entries=entries, matched=(("x AND " * 50, 3),))
    told = printed(wide, 200)
    assert title in told
    (head,) = (line for line in told.splitlines() if " more " in line)
    assert head.endswith("query")
    assert title not in printed(wide, 100)
    assert "x AND " * 8 not in told.splitlines()[0]
