"""`--figures`: the pictures that papers open with, in reports."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from paperlens.demo.server import FOREVER, TinyArxiv
from tests.conftest import Shell, pointing_to
from tests.test_front_door import in_a_terminal
from tests.test_output import paged

WITH, WITHOUT = "2611.90027", "2611.90019"
UPPER_HALF = "▀"


@pytest.fixture
def shell(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    """A user who can reach arXiv and has two papers, one of which has a PDF there."""
    shell = paperlens.having(**pointing_to(arxiv))
    assert shell("show", WITH, WITHOUT).code == 0
    return shell


def papers_of(told: str) -> Mapping[str, dict[str, Any]]:
    return {paper["id"]: paper for paper in json.loads(told)["papers"]}


def test_figures_are_cut_for_scripts(shell: Shell) -> None:
    """Without a model, and though summaries are of the abstract, the files of figures are named."""
    ran = shell("summarize", WITH, "--figures", "--json")
    assert ran.code == 0, ran.err
    paper = papers_of(ran.out)[WITH]
    assert [figure["number"] for figure in paper["figures"]] == ["1", "2", "3"]
    for figure in paper["figures"]:
        assert Path(figure["file"]).read_bytes().startswith(b"\x89PNG")
    assert paper["summary"]["source"] == "abstract"
    assert paper["links"]["project"]


def test_what_cannot_be_cut_costs_itself_only(shell: Shell, arxiv: TinyArxiv) -> None:
    """A PDF that is not there is one notice: the report is whole, and so is the exit code."""
    for words in (["show", WITH, WITHOUT], ["summarize", WITH, WITHOUT]):
        ran = shell(*words, "--figures", "--json")
        assert ran.code == 0, ran.err
        papers = papers_of(ran.out)
        assert len(papers[WITH]["figures"]) == 3
        assert (papers[WITHOUT]["figures"], papers[WITHOUT]["error"]) == ([], None)
        (notice,) = json.loads(ran.out)["notices"]
        assert notice["code"] == "picture-not-cut"
        assert WITHOUT in notice["text"]
        assert WITH not in notice["text"]
    page = shell("show", WITH, WITHOUT, "--figures")
    assert page.code == 0
    assert f"Figures are missing of {WITHOUT}" in " ".join(page.out.split())
    arxiv.fail("pdf", "503", FOREVER)
    assert shell("show", WITH, "--figures").code == 0, "what was cut is kept"


def test_only_papers_shown_in_full_are_fetched(reader: Shell, arxiv: TinyArxiv) -> None:
    """`today` asks for as many PDFs as it shows papers in full; without the option for none."""
    assert reader("today", "-n", "2", "--figures").code == 0
    fetched = [request for request in arxiv.requests if request.route == "pdf"]
    assert len(fetched) == 2
    assert reader("today", "-n", "2", "--json").code == 0
    assert [r for r in arxiv.requests if r.route == "pdf"] == fetched
    assert reader("today", "--no-summary", "--figures").code == 0
    assert reader("today", "--offline", "--figures").code == 0
    assert [r for r in arxiv.requests if r.route == "pdf"] == fetched


def test_a_terminal_shows_the_first_figure(shell: Shell) -> None:
    """Half blocks where nothing better is known, and the caption below."""
    for words in (["show", WITH], ["summarize", WITH]):
        shown = in_a_terminal(shell, *words, "--figures")
        assert UPPER_HALF in shown
        assert shown.index(UPPER_HALF) < shown.index("figure 1 (page 1)")
    wanted = shell.having(PAPERLENS_TERMINAL_PICTURES="none")
    shown = in_a_terminal(wanted, "show", WITH, "--figures")
    assert UPPER_HALF not in shown
    assert "figure 1 (page 1)" in shown


def test_no_picture_leaves_a_terminal(shell: Shell) -> None:
    """Pipes, files and pagers get the caption alone, whatever is forced."""
    forced = shell.having(TERM="xterm-kitty", FORCE_COLOR="1", PAPERLENS_TERMINAL_PICTURES="kitty")
    ran = forced("show", WITH, "--figures")
    assert "figure 1 (page 1)" in ran.out
    assert forced("show", WITH, "--figures", "-o", "told.txt").code == 0
    written = (shell.home / "told.txt").read_text("utf-8")
    pager = shell.home / "pager.sh"
    pager.write_text("#!/bin/sh\ncat > paged.txt\n")
    pager.chmod(0o755)
    assert paged(forced, str(pager), "show", WITH, "--figures") == (0, "")
    for told in (ran.out, written, (shell.home / "paged.txt").read_text("utf-8")):
        assert "figure 1 (page 1)" in told
        assert "\x1b_G" not in told
        assert UPPER_HALF not in told


def test_a_dry_run_counts_the_pdfs(reader: Shell) -> None:
    """`--dry-run` says that PDFs would be fetched."""
    plain = json.loads(reader("today", "--dry-run", "--json").out)
    asked = json.loads(reader("today", "--dry-run", "--json", "--figures").out)
    assert (plain["pdfs"], asked["pdfs"]) == (0, asked["papers"])
