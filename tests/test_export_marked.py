"""`paperlens export --mark star`: papers by what their reader decided, in any form."""

import json

import pytest

from tests.conftest import Shell


@pytest.fixture
def marked(reader: Shell) -> Shell:
    """Two papers are starred, one of them for a thesis, and one is skipped."""
    assert reader("today").code == 0
    assert reader("mark", "1", "3", "--star").code == 0
    assert reader("mark", "3", "--tag", "thesis").code == 0
    assert reader("mark", "2", "--skip").code == 0
    return reader


def ids(shell: Shell, *words: str) -> list[str]:
    ran = shell("export", *words, "--to", "jsonl")
    assert ran.code == 0, ran.err
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


def found(shell: Shell, *words: str) -> list[str]:
    ran = shell("search", *words, "--jsonl")
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        ["--mark", "star"],
        ["--mark", "star", "--mark", "skip"],
        ["--mark", "star", "--tag", "thesis"],
        ["--tag", "#thesis"],
    ],
)
def test_the_papers_are_those_that_search_finds(marked: Shell, words: list[str]) -> None:
    """The options mean what they mean there, and the order is the same."""
    assert ids(marked, *words) == found(marked, *words) != []


def test_the_stars_are_a_bibliography(marked: Shell) -> None:
    """Each starred paper is an entry; a second export writes the same bytes."""
    export = ("export", "--mark", "star", "--to", "bibtex", "-o", "stars.bib")
    assert marked(*export).code == 0
    file = marked.home / "stars.bib"
    first = file.read_bytes()
    assert first.count(b"\n}\n") == 2
    assert marked(*export).code == 0
    assert file.read_bytes() == first


@pytest.mark.parametrize("preset", ["markdown", "html", "json", "ris", "csl", "atom", "hexo"])
def test_any_form_takes_them(marked: Shell, preset: str) -> None:
    """Nothing but the papers differs from other exports."""
    ran = marked("export", "--mark", "star", "--to", preset, "-o", preset)
    assert ran.code == 0, ran.err
    assert (marked.home / preset).exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["1", "--mark", "star"], "--mark and --tag take the place of ids"),
        (["--all", "--tag", "thesis"], "--mark and --tag take the place of --all"),
        (["--mark", "stra"], 'there is no mark "stra"'),
        (["--mark", "later"], "the library has no such papers"),
    ],
)
def test_what_makes_no_sense_is_refused(marked: Shell, words: list[str], told: str) -> None:
    """A sentence says so, and nothing is written."""
    ran = marked("export", *words, "--to", "bibtex", "-o", "stars.bib")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert not (marked.home / "stars.bib").exists()
