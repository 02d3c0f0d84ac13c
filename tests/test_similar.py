"""`paperlens similar`: what in the library is like a paper, and the same work under two ids."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperlens.demo import Sample
from paperlens.holdings import holding_from
from paperlens.library import Library
from paperlens.models import Paper
from paperlens.twins import together
from tests.conftest import Shell

ABSTRACT = (
    "We reconstruct human avatars by Gaussian splatting from a single video. Splats follow the "
    "body as it moves, and clothes fold where the skin of a template would stretch, which keeps "
    "faces sharp in every frame that we rendered."
)
SPLATTING = {
    "id": "2404.00001", "title": "Gaussian splatting for human avatars", "categories": ["cs.CV"],
    "authors": ["Ana Vaswani", "Ben Lee"], "abstract": ABSTRACT,
}  # fmt: skip
ALIKE = {
    **SPLATTING, "id": "2404.00002", "title": "Animating clothed avatars",
    "authors": ["Carla Wu"],
    "abstract": "Human avatars in loose clothes are animated by Gaussian splatting.",
}  # fmt: skip
APART = {
    **SPLATTING, "id": "2404.00003", "title": "Sheaves over étale sites", "authors": ["D. Ho"],
    "abstract": "Cohomology with torsion coefficients vanishes above the dimension.",
}  # fmt: skip
AGAIN = {
    **SPLATTING, "id": "2405.00009", "title": "Human avatars by splats that move",
    "abstract": f"{ABSTRACT} Code is released.",
}  # fmt: skip


def holding(shell: Shell, *papers: dict[str, Any]) -> Shell:
    """A user whose library holds these."""
    library = Library(Path(shell.environ["PAPERLENS_HOME"], "data"))
    library.take(map(holding_from, papers))
    return shell


def found(shell: Shell, id: str, *options: str) -> list[dict[str, Any]]:
    ran = shell("similar", id, "--jsonl", "--quiet", *options)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_the_nearest_comes_with_its_likeness_and_what_it_shares(paperlens: Shell) -> None:
    """A paper that shares words is found, one that shares none is not, nor the paper itself."""
    (one,) = found(holding(paperlens, SPLATTING, ALIKE, APART), "2404.00001")
    assert one["id"] == "2404.00002"
    assert 0.05 < one["score"] < 1
    assert "“Gaussian splatting”" in one["why"][0]


def test_the_same_work_under_another_id_comes_first_and_is_told_so(paperlens: Shell) -> None:
    """What was announced twice is said to be that."""
    one, other = found(holding(paperlens, SPLATTING, ALIKE, AGAIN), "2404.00001")
    assert (one["id"], other["id"]) == ("2405.00009", "2404.00002")
    assert one["why"][0] == "the same work under another id"
    assert one["why"][-1] == "both by Ana Vaswani, Ben Lee"
    assert "the same work under another id" not in other["why"]


def test_no_more_are_shown_than_asked_for(paperlens: Shell) -> None:
    """`-n 1` is the nearest one."""
    shell = holding(paperlens, SPLATTING, ALIKE, AGAIN)
    assert [one["id"] for one in found(shell, "2404.00001", "-n", "1")] == ["2405.00009"]


def test_nothing_alike_is_a_sentence(paperlens: Shell) -> None:
    """A library of one paper, or of strangers, has nothing to show and says it."""
    shell = holding(paperlens, SPLATTING)
    assert "Nothing in the library is like 2404.00001." in shell("similar", "2404.00001").out
    holding(shell, APART)
    ran = shell("similar", "2404.00001", "--json")
    assert (ran.code, json.loads(ran.out)["papers"]) == (0, [])
    assert json.loads(ran.out)["notices"][0]["code"] == "nothing-similar"


def test_its_numbers_serve_afterwards(paperlens: Shell) -> None:
    """The page lists each paper with its number, likeness and reason; `show 1` is the first."""
    shell = holding(paperlens, SPLATTING, ALIKE, APART)
    page = shell("similar", "2404.00001").out
    assert "Animating clothed avatars" in page
    assert "both have “" in page
    assert json.loads(shell("show", "1", "--jsonl").out)["id"] == "2404.00002"


def test_in_markdown_each_has_its_reasons(paperlens: Shell) -> None:
    """Papers stand in full there, with what they share."""
    ran = holding(paperlens, SPLATTING, ALIKE)("similar", "2404.00001", "--markdown")
    assert "Animating clothed avatars" in ran.out
    assert "**Because:** both have “" in ran.out


def test_a_paper_that_is_not_held_is_looked_up(reader: Shell, sample: Sample) -> None:
    """arXiv describes it, once; then it is compared as any other."""
    there = next(paper for paper in sample.papers if "diffusion" in paper.abstract.lower())
    holding(reader, {**SPLATTING, "title": there.title, "authors": list(there.authors)})
    (one,) = found(reader, there.id)
    assert one["id"] == "2404.00001"
    assert one["why"][0] == "the same work under another id"


def test_one_paper_is_asked_about(paperlens: Shell) -> None:
    """Several on standard input are refused, with a sentence."""
    ran = paperlens("similar", "-", stdin="2404.00001\n2404.00002\n")
    assert ran.code == 2
    assert "similar takes one paper, not 2" in ran.err


TITLES = st.sampled_from(["Splats", "Splats as they move", "splats as they MOVE!", ""])
NAMES = st.lists(st.sampled_from(["A. Wu", "Ben Lee", "Cai Wu", "D. Ho", "", "李"]), max_size=4)
ABSTRACTS = st.sampled_from([ABSTRACT, f"{ABSTRACT} Code is there.", "Short.", ""]) | st.text()


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    told = draw(st.lists(st.tuples(TITLES, NAMES, ABSTRACTS), max_size=8))
    return [
        Paper(f"2404.{number:05}", title, tuple(names), abstract, ())
        for number, (title, names, abstract) in enumerate(told)
    ]


def ids(groups: Sequence[Sequence[Paper]]) -> set[frozenset[str]]:
    return {frozenset(paper.id for paper in group) for group in groups}


@given(papers())
def test_each_paper_is_in_one_group_in_its_order(some: list[Paper]) -> None:
    """Nothing is lost or told twice, and the first of a group stands where it stood."""
    groups = together(some)
    assert sorted(paper.id for group in groups for paper in group) == [one.id for one in some]
    firsts = [group[0].id for group in groups]
    assert firsts == sorted(firsts)
    assert all([one.id for one in group] == sorted(one.id for one in group) for group in groups)


@given(papers())
def test_groups_do_not_depend_on_the_order(some: list[Paper]) -> None:
    """The same papers the other way round are the same works."""
    assert ids(together(some)) == ids(together(some[::-1]))


@given(papers(), st.integers(0, 8))
def test_new_papers_are_found_among_all(some: list[Paper], cut: int) -> None:
    """Held against all others, the new ones join the works that they would join anyway."""
    groups = ids(together(some, {paper.id for paper in some[cut:]}))
    for one in some[cut:]:
        for other in some:
            if {one.id, other.id} in ids(together([one, other])):
                assert any({one.id, other.id} <= group for group in groups)


@given(papers())
def test_works_of_strangers_stay_apart(some: list[Paper]) -> None:
    """Whatever two papers say, without a common author they are two works."""
    apart = [
        Paper(one.id, one.title, (f"Author {'abcdefgh'[place]}",), one.abstract, ())
        for place, one in enumerate(some)
    ]
    assert all(len(group) == 1 for group in together(apart))


@given(papers())
def test_a_paper_told_again_is_the_same_work(some: list[Paper]) -> None:
    """A second id for a title and its authors joins the first."""
    again = [
        Paper(f"2405{one.id[4:]}", one.title.upper(), one.authors, "Other words.", ())
        for one in some
    ]
    joined = ids(together([*some, *again]))
    for one, other in zip(some, again, strict=True):
        if len(one.title.split()) > 2 and any(one.authors):
            assert any({one.id, other.id} <= group for group in joined)
