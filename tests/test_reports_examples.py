"""Reports to render: a realistic one, and ones whose every text is hostile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from time import process_time

import pytest
from hypothesis import strategies as st

from paperlens.models import (
    Checks,
    Cost,
    Decision,
    Entry,
    Figure,
    Links,
    Mark,
    Notice,
    Paper,
    Report,
    Summary,
    Unverified,
)
from paperlens.reports import FORMATS, render

DAY = date(2024, 4, 9)
PATIENCE = 10.0  # seconds of this process; a quadratic pass would take minutes
NOW = datetime(2024, 4, 9, 8, tzinfo=UTC)

HOSTILE = (
    "[red]bold[/red]", "\x1b[31mred\x1b]8;;http://evil.example\x1b\\", "over\rwrite",
    "bell\x07", "\u202etxt.exe\u2069", "nul\x00", "`code`", "a | b | c", "$x$", "]]>",
    "<script>alert(1)</script>", "{{ x }} {% y %}", "[click](http://evil.example)",
    "![x](http://evil.example/x.png)", "---", "# heading", "- item", "1. item", "> quote",
    "* * *", "***", "===", "```", "    code", "\n\n# x", "<http://evil.example>",
    "&lt;b&gt; &#60;", "\\", "\\[", "**", "__", "~~", "👨‍👩‍👧‍👦", "e" + "\u0301" * 9,
    "\ud83d", "[a]: http://evil.example", "[^1]: note", "\u2028x\u2029", "\x9b2J", "王小明",
    "w" * 500, "|-|", "yes", "2024-04-09", "[[wiki]]", "%%", "~~~", "\t- x", "<!-- x", "C#",
    "+", "1)", "no", "null", "on", "~", "0x1F", "1:30", "👩‍🚀🏳️‍🌈👍🏽",
)  # fmt: skip
LONG_LINES = tuple(
    sign * (100_000 // len(sign))
    for sign in (
        "w",
        "a b ",
        "{",
        "$",
        "$x",
        "\\",
        "\\emph{",
        "`",
        "-",
        "<b>",
        "[",
        "|",
        "\u0301",
        "👩‍🚀",
    )
)
hostile_text = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=12), min_size=1, max_size=3
).map("".join)

Texts = Callable[[], str]


def report_of(text: Texts, command: str = "today") -> Report:
    """Two papers in full and one listed, each text from `text`."""
    entries = tuple(entry_of(text, number) for number in range(3))
    notice = Notice("some-code", text())
    return Report(command, NOW, DAY, entries, (notice,), 312, 2, ((text(), 2), (text(), 1)), text())


def entry_of(text: Texts, number: int) -> Entry:
    paper = Paper(
        f"2404.0567{number}",
        text(),
        (text(), text()),
        text(),
        (text(), text()),
        2,
        published=NOW,
        updated=NOW,
        announced=DAY,
        announce_type="new",
        comment=text(),
        doi=text(),
        journal_ref=text(),
        license=text(),
    )
    told = {"tldr": text(), "takeaways": (text(), text()), text() + "field": text()}
    checks = Checks(0.5, (Unverified("tldr", text(), "number"),))
    return Entry(
        paper,
        (text(),),
        0.7,
        (text(), text()),
        Decision(Mark.STAR, (text(),), text()),
        Links(("https://github.com/a/b",), (f"https://x.example/{text()}",)),
        Summary("brief", "en", text(), "pdf", told, NOW, checks, Cost(0.01, 10, 2)),
        text(),
        (Figure("1", text(), 1, (0.0, 0.0, 1.0, 1.0), "f.png", 1, 1),),
        text(),
    )


def realistic() -> Report:
    """A morning: a paper with everything, a replacement the reader starred, and more."""
    full = Paper(
        "2404.05674",
        "MoMA: an $\\alpha$-Adapter for Personalized Images",
        ("Kunpeng Song", "José Núñez", "王小明"),
        "We present MoMA. It is tuning-free.",
        ("cs.CV", "cs.LG"),
        1,
        published=datetime(2024, 4, 8, tzinfo=UTC),
        updated=NOW,
        announced=DAY,
        announce_type="new",
        comment="ECCV 2024",
        doi="10.1007/978-3-031-73661-2_7",
        journal_ref="ECCV 2024, p. 117",
    )
    told = {"tldr": "One photograph is enough.", "takeaways": ("No tuning.", "87.31% better.")}
    summary = Summary(
        "brief",
        "en",
        "openai/gpt-4o-mini",
        "pdf",
        told,
        NOW,
        Checks(0.9, (Unverified("takeaways[1]", "87.31%", "number"),)),
        Cost(0.0131, 8000, 412),
    )
    links = Links(("https://github.com/bytedance/MoMA",), ("https://moma.github.io/",))
    why = ("“personalized” in the title", "query diffusion")
    first = Entry(
        full, ("diffusion",), 0.87, why, links=links, summary=summary, affiliation="ByteDance"
    )
    starred = Entry(
        replace(
            full, id="2403.01234", version=3, title="Avatars, Revisited", announce_type="replace"
        ),
        ("avatars",),
        decision=Decision(Mark.STAR, ("thesis",), "compare"),
        error="the PDF could not be fetched",
    )
    withdrawn = Entry(
        replace(full, id="2404.05733", title="On Flows", comment="This paper has been withdrawn"),
        ("diffusion",),
    )
    return Report(
        "today",
        NOW,
        DAY,
        (first, starred, withdrawn),
        (Notice("feed-only", "Comments come later."),),
        312,
        2,
        (("diffusion", 2), ("avatars", 1)),
        "feed",
        cost=summary.cost,
    )


def test_every_format_renders_by_its_name() -> None:
    """Each of the formats that users name is whole text."""
    assert set(FORMATS) == {"markdown", "html", "json", "jsonl", "bibtex", "ris", "csl", "atom"}
    for name in FORMATS:
        assert render(realistic(), name).endswith("\n")


@pytest.mark.parametrize("line", LONG_LINES, ids=lambda line: repr(line[:4]))
def test_lines_without_end_are_told_in_time(line: str) -> None:
    """A line of 100,000 characters costs each format no more than its length."""
    report = realistic()
    first = report.entries[0]
    paper = replace(first.paper, title=line, abstract=line, authors=(line,))
    few = replace(report, entries=(replace(first, paper=paper, decision=Decision(note=line)),))
    for name in FORMATS:
        start = process_time()
        assert render(few, name)
        assert process_time() - start < PATIENCE, name
