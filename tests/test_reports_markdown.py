"""A report as plain Markdown."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperlens.models import Report
from paperlens.reports import render
from paperlens.reports.text import readable

from .test_reports_examples import hostile_text, realistic, report_of

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_the_digest_has_every_part() -> None:
    """Day, counts, each paper with link, authors, facts, summary, links, abstract; the rest."""
    told = render(realistic(), "markdown")
    for part in (
        "# Tuesday 9 April 2024\n\n312 announced · 3 for you · diffusion 2 · avatars 1\n",
        "## 1. [MoMA: an α-Adapter for Personalized Images](https://arxiv.org/abs/2404.05674v1)\n",
        "Kunpeng Song, José Núñez, 王小明 · ByteDance\n",
        "cs.CV, cs.LG · 2404.05674 · new · [PDF](https://arxiv.org/pdf/2404.05674v1) · [DOI](",
        "One photograph is enough.\n\n- No tuning.\n- 87.31% better.\n",
        "**Not in the paper:** “87.31%”\n",
        "**Code:** [github.com/bytedance/MoMA](https://github.com/bytedance/MoMA)\n",
        "**Abstract:** We present MoMA. It is tuning-free.\n",
        "**Comment:** ECCV 2024\n",
        "2403.01234v3 · new version · ★ starred",
        "**Error:** the PDF could not be fetched\n",
        "## Also for you\n\n- [On Flows](https://arxiv.org/abs/2404.05733v1) · Kunpeng Song +2 · ",
        "## Notes\n\n- Comments come later.\n",
    ):
        assert part in told


def test_an_empty_day_says_so() -> None:
    """A day without papers is a digest too, with its reason."""
    told = render(replace(realistic(), entries=()), "markdown")
    assert "Nothing new for you.\n\n## Notes\n\n- Comments come later." in told


def test_a_shown_paper_stands_in_full_however_many_are_shown() -> None:
    """`show` never shortens what was asked for by name."""
    told = render(replace(realistic(), command="show", shown=1), "markdown")
    assert "Also for you" not in told
    assert told.count("**Abstract:**") == 3


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_nothing_breaks_out_of_its_place(data: st.DataObject) -> None:
    """Hostile text leaves the structure as plain words would, adds no HTML, and no link."""
    hostile = report_of(lambda: data.draw(hostile_text.filter(readable)))
    plain = report_of(lambda: "word")
    told, expected = _parsed(hostile), _parsed(plain)
    assert [(t.type, t.tag, t.level) for t in told] == [(t.type, t.tag, t.level) for t in expected]
    inline = [child for token in told for child in token.children or []]
    assert not [child for child in inline if child.type in {"html_inline", "image", "code_inline"}]
    targets = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
    ours = (
        "https://arxiv.org/",
        "https://doi.org/",
        "https://github.com/a/b",
        "https://x.example/",
    )
    assert all(target.startswith(ours) for target in targets)
    titles = [_words(t) for before, t in pairwise(told) if before.tag == "h2"]
    for number, entry in enumerate(hostile.entries[:2], 1):
        assert f"{number}. {readable(entry.paper.title)}" in titles


def _parsed(report: Report) -> list[Token]:
    return PARSER.parse(render(report, "markdown"))


def _words(token: Token) -> str:
    return "".join(child.content for child in token.children or [])
