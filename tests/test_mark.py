"""`paperlens mark`: deciding about papers, and taking it back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from paperlens.demo import Sample
from paperlens.library import Library
from paperlens.models import Decision, Mark, Paper
from tests.conftest import Ran, Shell
from tests.test_front_door import NETWORK, imported_by, in_a_terminal

ONE, TWO, OLD = "2611.90012", "2611.90052", "hep-th/9901984"


@pytest.fixture
def shell(paperlens: Shell, sample: Sample) -> Shell:
    """A reader whose library holds the sample day; arXiv cannot be reached."""
    found = {paper.id: (paper, ("diffusion",)) for paper in sample.papers}
    library_of(paperlens).remember(found)
    return paperlens


def library_of(shell: Shell) -> Library:
    return Library(Path(shell.environ["PAPERLENS_HOME"]) / "data")


def decision(shell: Shell, id: str = ONE) -> Decision:
    return library_of(shell).known([id])[id].decision


def papers(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["papers"]
    return found


def test_marks_tags_and_a_note(shell: Shell) -> None:
    """All at once for several papers, in any spelling of their ids; each is told in a line."""
    words = ("--star", "--tag", "#to-cite", "--tag", "a  b", "--note", "see table 2\nand 3")
    ran = shell("mark", f"https://arxiv.org/abs/{ONE}v2", f"arXiv:{OLD}", *words)
    assert (ran.code, ran.err) == (0, "")
    first, second = ran.out.splitlines()
    assert re.fullmatch(rf"★ starred  {ONE}  Ask Once, Draw Many.*  #to-cite #a b ✎", first)
    assert second.startswith(f"★ starred  {OLD}  ")
    decided = Decision(Mark.STAR, ("to-cite", "a b"), "see table 2\nand 3")
    assert decision(shell) == decision(shell, OLD) == decided


def test_each_change_leaves_the_rest(shell: Shell) -> None:
    """A new mark takes the place of the old; tags add up; what is not named stays as it is."""
    for words in (
        ("--later", "--tag", "b", "--tag", "a", "--note", "mine"),
        ("--read", "--tag", "c", "--untag", "b", "--untag", "never there"),
        ("--clear",),
    ):
        assert shell("mark", ONE, *words).code == 0
    assert decision(shell) == Decision(Mark.NEW, ("a", "c"), "mine")
    assert shell("mark", ONE, "--note", "").out.startswith(f"· new      {ONE}  ")
    assert decision(shell).note is None


def test_scripts_see_the_state(shell: Shell) -> None:
    """`--json` is a report of the papers as they are now; `--jsonl` one paper to a line."""
    ran = shell("mark", TWO, ONE, "--skip", "--tag", "t", "--json")
    assert json.loads(ran.out)["command"] == "mark"
    assert [(paper["id"], paper["mark"], paper["tags"]) for paper in papers(ran)] == [
        (TWO, "skip", ["t"]),
        (ONE, "skip", ["t"]),
    ]
    lines = shell("mark", "--undo", "--jsonl").out.splitlines()
    assert {json.loads(line)["mark"] for line in lines} == {"new"}
    quiet = shell("mark", ONE, "--star", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_papers_come_from_standard_input(shell: Shell) -> None:
    """`-` takes ids, one to a line, and the JSON Lines of other commands."""
    lines = shell("mark", ONE, TWO, "--read", "--jsonl").out
    ran = shell("mark", "-", "--tag", "t", stdin=f"{lines}{OLD}\n")
    assert ran.code == 0, ran.err
    assert [line.split()[2] for line in ran.out.splitlines()] == [ONE, TWO, OLD]
    assert decision(shell) == Decision(Mark.READ, ("t",))


def test_numbers_are_those_of_the_last_report(reader: Shell) -> None:
    """`mark 2` is the second paper of the report that was last on the screen."""
    shown = [paper["id"] for paper in papers(reader("today", "--json"))]
    assert reader("mark", "2", "--star").code == 0
    assert decision(reader, shown[1]).mark is Mark.STAR
    again = papers(reader("today", "--json"))
    assert [paper["mark"] for paper in again][:3] == ["new", "star", "new"]


def test_with_an_unknown_paper_nothing_changes(shell: Shell) -> None:
    """It is named with the nearest ids of the library, and with what brings a paper there."""
    ran = shell("mark", ONE, "2611.90021", "--star")
    assert (ran.code, ran.out) == (2, "")
    assert re.search(r'error: "2611.90021" is not .*did you mean 2611\.9', ran.err)
    assert "hint: paperlens show ID" in ran.err
    assert decision(shell) == Decision()
    assert shell("mark", "--undo").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no paper is named"),
        ([ONE], "nothing is said about the papers"),
        ([ONE, "--star", "--skip"], "--star and --skip exclude each other"),
        ([ONE, "--read", "--clear"], "--read and --clear exclude each other"),
        ([ONE, "--tag", "a", "--untag", "#a"], '--tag "a" and --untag "a" exclude each other'),
        ([ONE, "--tag", " # "], "a tag cannot be empty"),
        ([ONE, "--undo"], "--undo takes no paper"),
        (["--undo", "--star"], "--undo takes no paper"),
        (["--undo"], "there is no mark to undo"),
        ([ONE, "--star", "--json", "--jsonl"], "exclude each other"),
        (["-", "--star"], "standard input names no paper"),
        (["7", "--star"], "there is no report yet"),
    ],
)
def test_nonsense_is_one_line(shell: Shell, words: list[str], said: str) -> None:
    """What cannot be meant changes nothing and says why; exit 2."""
    ran = shell("mark", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert said in ran.err
    assert not list(shell.home.rglob("decisions"))


def test_undo_takes_the_last_command_back(shell: Shell) -> None:
    """As a whole, again for the one before, and it shows the papers as they are then."""
    shell("mark", ONE, TWO, "--star")
    shell("mark", ONE, "--skip", "--tag", "t")
    first = shell("mark", "--undo")
    assert first.code == 0
    assert re.fullmatch(rf"★ starred  {ONE}  [^#]*\n", first.out)
    assert len(shell("mark", "--undo").out.splitlines()) == 2
    assert decision(shell) == decision(shell, TWO) == Decision()


def test_undo_names_what_was_changed_since(shell: Shell) -> None:
    """A paper that is no longer as the command left it is left alone; exit 3."""
    shell("mark", ONE, TWO, OLD, "--star")
    file = Path(shell.environ["PAPERLENS_HOME"]) / "data/decisions/9901.json"
    file.write_text(file.read_text().replace('"star"', '"read"'))
    ran = shell("mark", "--undo", "--json")
    assert ran.code == 3
    assert ran.err == f"error: {OLD} was changed since, and is left as it is\n"
    told = json.loads(ran.out)
    assert [paper["id"] for paper in told["papers"]] == [ONE, TWO]
    assert [notice["code"] for notice in told["notices"]] == ["changed-since"]
    assert decision(shell, OLD).mark is Mark.READ


def test_a_tag_that_comes_from_a_query_is_explained(shell: Shell) -> None:
    """Reports show the tags of saved queries too; taking one off a paper says where it is from."""
    shell("query", "add", "diffusion", "cat:cs.CV", "--tag", "images")
    ran = shell("mark", ONE, "--untag", "images")
    assert ran.code == 0
    assert "paperlens query edit diffusion --untag images" in ran.err
    assert shell("mark", ONE, "--untag", "images", "--quiet").err == ""


def test_tags_are_completed(shell: Shell) -> None:
    """The shell offers the tags in use."""
    shell("mark", ONE, "--tag", "to-cite", "--tag", "other")
    line = "paperlens mark 1 --tag to"
    words = {"COMP_WORDS": line, "COMP_CWORD": "4", "_PAPERLENS_COMPLETE": "complete_bash"}
    assert shell(**words).out.split() == ["to-cite"]


@pytest.mark.parametrize("width", [40, 60, 104, 200])
def test_a_line_fits_the_terminal(shell: Shell, width: int) -> None:
    """Each paper takes one line, however narrow the terminal and however long its title."""
    wide = Paper("local:" + "very-" * 20 + "long", "扩散模型的" * 60, (), "", ())
    library_of(shell).remember({wide.id: (wide, ())})
    words = ("--star", "--tag", "to-cite", "--tag", "another-one")
    shown = in_a_terminal(shell.having(COLUMNS=str(width)), "mark", ONE, OLD, wide.id, *words)
    lines = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;.*?\x1b\\", "", shown).splitlines()
    assert len(lines) == 3
    for line in lines:
        assert line.startswith("★")
        assert "#" in line
        assert cell_len(line) < width
    assert ONE in lines[0]
    assert OLD in lines[1]


def test_marking_is_light(shell: Shell) -> None:
    """What asks arXiv, models or PDFs is not loaded."""
    assert not imported_by(shell, "mark", ONE, "--star") & NETWORK
    assert decision(shell).mark is Mark.STAR


def test_titles_cannot_play_tricks(shell: Shell) -> None:
    """What papers and tags say is shown without control characters, and stays on its line."""
    evil = Paper("2611.90999", "one\nline \x1b[31m\u202e", (), "", ())
    library_of(shell).remember({evil.id: (evil, ())})
    library_of(shell).decide([evil.id], lambda _: Decision(tags=("a\n\x1b[2J",)))
    ran = shell("mark", evil.id, "--star")
    assert ran.out == "★ starred  2611.90999  one line [31m  #a [2J\n"
