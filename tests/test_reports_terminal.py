"""A report on a terminal."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from paperlens.document import Document, Opened
from paperlens.models import Cost, Known, Report
from paperlens.reports.decided import drawn, plain
from paperlens.reports.gallery import print_gallery
from paperlens.reports.labels import ENGLISH
from paperlens.reports.layout import evened, fit, names, wrapped
from paperlens.reports.listing import print_listing
from paperlens.reports.terminal import print_report

from .test_reports_examples import hostile_text, realistic, report_of


def printed(report: Report, width: int = 80, terminal: bool = False) -> str:
    """What arrives at a stream of that width."""
    return drawn_on(width, terminal, lambda page: print_report(report, page))


def drawn_on(width: int, terminal: bool, drawing: Callable[[Console], None]) -> str:
    stream = io.StringIO()
    color = "standard" if terminal else None
    console = Console(
        file=stream, width=width, force_terminal=terminal, color_system=color, _environ={},
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    drawing(console)
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
        "code github.com/bytedance/MoMA · project moma.github.io · △ 1 not in the paper\n",
        " 2  Avatars, Revisited\n",
        "2403.01234v3 · new version · ★ starred · #thesis\n",
        "error  the PDF could not be fetched",
        "1 more",
        " 3  withdrawn On Flows ",
        "note  Comments come later.",
        "next  paperlens show 1 · paperlens show 1 --checks · paperlens mark 1 --star\n"
        "       paperlens export --to markdown -o today.md\n",
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


def listing(report: Report, width: int, terminal: bool = False) -> str:
    """The same papers as a search lists them."""
    return drawn_on(width, terminal, lambda page: print_listing(report, 3, [report.entries], page))


def gallery(report: Report, width: int, terminal: bool = False) -> str:
    """Their figures."""
    document = Document(None, 3, ())
    opened = [Opened(e.paper, document, e.links, e.figures, e.figures) for e in report.entries]
    return drawn_on(
        width, terminal, lambda page: print_gallery(opened, page, lambda *_: None, "en")
    )


def decided(report: Report, width: int, terminal: bool = False) -> str:
    """What was decided about them."""
    known = [Known(entry.paper, decision=entry.decision) for entry in report.entries]
    if not terminal:
        return "".join(fit(plain(one, ENGLISH), width) + "\n" for one in known)
    return drawn_on(
        width,
        terminal,
        lambda page: page.print(*(drawn(one, width, ENGLISH) for one in known), sep="\n"),
    )


VIEWS = {"report": printed, "listing": listing, "gallery": gallery, "decided": decided}


@settings(max_examples=150, deadline=None)
@given(
    st.data(),
    st.sampled_from(["today", "show", "summarize", "demo"]),
    st.integers(40, 200),
    st.sampled_from(list(VIEWS)),
    st.booleans(),
)
def test_no_text_steers_the_terminal(
    data: st.DataObject, command: str, width: int, view: str, checks: bool
) -> None:
    """Off a terminal no control character but newline arrives; on one, only our own styles and
    links, which lead only where the report says. No line is wider than the terminal."""
    report = replace(report_of(lambda: data.draw(hostile_text), command), checks=checks)
    off_terminal = VIEWS[view](report, width)
    on_terminal = VIEWS[view](report, width, terminal=True)
    for told in (off_terminal, _OURS.sub("", on_terminal)):
        told.encode()
        assert all(letter == "\n" or ord(letter) > 0x9F or letter.isprintable() for letter in told)
        assert not set(told) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    for told in (off_terminal, _OURS.sub("", on_terminal)):
        assert max(map(cell_len, told.split("\n"))) <= width
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


def test_doubts_are_counted_on_cards_and_told_where_they_are_asked_for() -> None:
    """A card has a sign and a number, a shown paper the words, --checks also field and kind."""
    report = realistic()
    assert "87.31%”" not in printed(report)
    assert "not in the paper  “87.31%”" in printed(replace(report, command="show"))
    told = printed(replace(report, checks=True))
    assert "supported by the paper: 90%\n" in told
    assert "△ takeaways[1]  number  “87.31%”" in told
    assert "--checks" not in told, "nobody is told to ask for what is there"


def test_key_phrases_are_bold_wherever_lines_break() -> None:
    """What a model puts between two asterisks loses them, in every width."""
    first = realistic().entries[0]
    assert first.summary is not None
    phrase = "a tuning-free adapter that puts a subject into images"
    fields = {"method": (f"We build **{phrase}** at once.", "2**3 and **kwargs stay")}
    entry = replace(first, summary=replace(first.summary, fields=fields))
    report = replace(realistic(), entries=(entry,))
    for width in (40, 60, 104):
        told = printed(report, width, terminal=True)
        bold = re.sub(r"\s+", " ", " ".join(re.findall(r"\x1b\[1m([^\x1b]*)\x1b", told)))
        assert phrase in bold
        assert "2**3 and **kwargs stay" in re.sub(r"\s+", " ", printed(report, width))


def test_sections_stand_apart_and_keywords_on_one_line() -> None:
    """A summary of many fields has a heading over each; tags are not a list of bullets."""
    first = realistic().entries[0]
    assert first.summary is not None
    fields = {
        "tldr": "One.", "takeaways": ("Small", "Fast"), "background": ("Past.", "Work."),
        "tags": ("nets", "few_shot"),
    }  # fmt: skip
    entry = replace(first, summary=replace(first.summary, fields=fields))
    told = printed(replace(realistic(), entries=(entry,)))
    assert "    One.\n    • Small\n    • Fast\n\n    Background\n    • Past.\n" in told
    assert "    • Work.\n\n    Tags\n" in told
    assert "    nets · few_shot\n\n    code" in told


def test_the_last_line_of_a_paragraph_is_no_word_alone() -> None:
    """Lines give up a word, so that the last one has company, where that costs no line."""
    text = "The probability that the periodicity arises by chance is 2x10 after all the trials."
    assert wrapped(text, 76)[-1] == "trials."
    assert evened(text, 76) == [*wrapped(text, 72)]
    assert len(evened(text, 72)) == 2


def test_authors_are_shortened_to_the_width() -> None:
    """As many as fit and how many more; a first author gives up given names before letters."""
    people = ["Marta Jiménez Oliva", "王小明", "Ingrid Solbakken"]
    assert names(people, 60) == "Marta Jiménez Oliva, 王小明, Ingrid Solbakken"
    assert names(people, 32) == "Marta Jiménez Oliva, 王小明 +1"
    assert names(people, 16) == "Jiménez Oliva +2"
    assert names(people, 9) == "Oliva +2"
    assert names(people, 7) == "Oli… +2"
    assert names(["王小明", "x y z"], 9) == "王小明 +1"


def rest_of(report: Report, width: int) -> list[str]:
    """The lines of the list, with its heading."""
    lines = printed(replace(report, shown=0), width).splitlines()
    start = next(number for number, line in enumerate(lines) if " more " in line)
    return lines[start : start + 1 + len(report.entries)]


@pytest.mark.parametrize("width", range(60, 200, 20))
def test_the_columns_of_the_list_are_aligned(width: int) -> None:
    """Wide letters, accents and emoji move nothing: each query begins under its heading."""
    first = realistic().entries[0]
    titles = [
        "用扩散模型生成个性化图像以及它的应用",
        "e\u0301 a\u0323\u0308 marks",
        "👩‍🔬 and 🇩🇪",
        "plain " * 30,
    ]
    entries = tuple(
        replace(first, paper=replace(first.paper, title=title), queries=("avatars",))
        for title in titles
    )
    head, *lines = rest_of(replace(realistic(), entries=entries), width)
    column = cell_len(head[: head.index("query")])
    assert {cell_len(line[: line.index("avatars")]) for line in lines} == {column}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["today", "demo", "search", "show", "summarize"])
def test_labels_of_every_language_hold_the_widths(language: str, command: str) -> None:
    """Whatever the language of the labels, no line is wider than the terminal."""
    report = replace(realistic(), command=command, language=language, checks=True)
    for width in (40, 72, 100):
        for one in (report, replace(report, entries=())):
            assert max(map(cell_len, printed(one, width).splitlines())) <= width


def test_no_colour_is_needed_to_read() -> None:
    """Without colours every word is there, and nothing but bold and dim is sent."""
    stream = io.StringIO()
    environ = {"NO_COLOR": "1", "TERM": "xterm-256color"}
    console = Console(file=stream, width=80, force_terminal=True, _environ=environ)
    print_report(realistic(), console)
    styles = set(re.findall(r"\x1b\[([0-9;]*)m", stream.getvalue()))
    assert {number for style in styles for number in style.split(";")} <= {"0", "1", "2"}
    assert "★ starred" in _OURS.sub("", stream.getvalue())
