"""`paperlens query`: saving, changing and trying what one looks for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.demo.server import TinyArxiv
from paperlens.errors import UserError
from paperlens.follow import author_query, query_like
from paperlens.models import Paper
from paperlens.query import parse
from tests.conftest import Shell, pointing_to


def listed(shell: Shell) -> list[dict[str, object]]:
    queries: list[dict[str, object]] = json.loads(shell("query", "list", "--json").out)
    return queries


def test_a_query_from_add_to_rm(paperlens: Shell) -> None:
    """Queries are added, shown, edited, renamed and removed, in the order they were added."""
    assert paperlens("query", "add", "one", "cat:cs.CV", "--weight", "2", "--tag", "a").code == 0
    assert paperlens("query", "add", "two", "cat:cs.CL").code == 0
    assert listed(paperlens) == [
        {"name": "one", "expr": "cat:cs.CV", "weight": 2.0, "tags": ["a"]},
        {"name": "two", "expr": "cat:cs.CL", "weight": 1.0, "tags": []},
    ]
    assert paperlens("query", "edit", "one", "cat:cs.LG", "--untag", "a", "--tag", "b").code == 0
    assert paperlens("query", "edit", "one", "--weight", "0.5").code == 0
    assert paperlens("query", "rename", "one", "first").code == 0
    assert listed(paperlens)[0] == {
        "name": "first", "expr": "cat:cs.LG", "weight": 0.5, "tags": ["b"],
    }  # fmt: skip
    assert "cat:cs.LG" in paperlens("query", "show", "first").out
    assert paperlens("query", "rm", "first", "two").code == 0
    assert listed(paperlens) == []


def test_a_mistake_changes_nothing(paperlens: Shell) -> None:
    """A taken name, an unknown name and a broken expression leave the queries as they were."""
    paperlens("query", "add", "one", "cat:cs.CV")
    before = listed(paperlens)
    for words in (
        ["add", "one", "cat:cs.LG"],
        ["add", "two", "(cat:cs.LG"],
        ["add", "1", "cat:cs.LG"],
        ["edit", "one", "AND"],
        ["edit", "one"],
        ["edit", "oen", "cat:cs.LG"],
        ["rename", "oen", "x"],
        ["rm", "one", "oen"],
        ["show", "oen"],
    ):
        ran = paperlens("query", *words)
        assert ran.code == 2, words
        assert ran.err.startswith("error: "), words
    assert listed(paperlens) == before


def test_test_tries_a_query_without_saving(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """`query test` shows how a query is read and what it matches today, and saves nothing."""
    shell = paperlens.having(**pointing_to(arxiv))
    ran = shell("query", "test", "cat:cs.CV AND ti:palimpsest OR cat:cs.CV AND ti:threadbare")
    assert ran.code == 0, ran.err
    assert "(cat:cs.CV AND ti:palimpsest) OR (cat:cs.CV AND ti:threadbare)" in ran.out
    assert "2611.90019" in ran.out
    assert "2611.90027" in ran.out
    tried = json.loads(shell("query", "test", "cat:cs.CV AND diffusion", "--json").out)
    assert "2611.90012" in [paper["id"] for paper in tried["papers"]]
    assert listed(shell) == []
    assert shell("show", "1").code == 2


def test_a_category_that_arxiv_does_not_have(paperlens: Shell) -> None:
    """A category unknown to arXiv is noted with the nearest known one; the query is saved."""
    ran = paperlens("query", "add", "x", "cat:cs.CVV AND splat")
    assert ran.code == 0
    assert "cs.CV" in ran.err


def test_test_mentions_a_saved_name_that_is_near(reader: Shell) -> None:
    """A word that is nearly a saved query's name is tried, and the name is mentioned."""
    ran = reader("query", "test", "difusion", PAPERLENS_ARXIV_CATEGORIES="cs.CV")
    assert ran.code == 0
    assert 'there is a saved query "diffusion"' in ran.err
    assert "all:difusion" in ran.out
    assert "saved query" not in reader("query", "test", "diffusion").err


def test_an_expression_is_not_its_own_name(paperlens: Shell) -> None:
    """A mistake in a long expression is told in one short clean line, then shown at its place."""
    ran = paperlens("today", "--expr", f"{'x' * 300} \x1b[31m AND id:{'y' * 200}")
    assert ran.code == 2
    first = ran.err.splitlines()[0]
    assert first.startswith("error: query: ")
    assert len(first) < 100
    assert "\x1b" not in ran.err


def test_add_author_follows_somebody(paperlens: Shell) -> None:
    """`query add --author` writes and names the query; a surname in front is understood."""
    assert "saved josé-núñez" in paperlens("query", "add", "--author", "Núñez, José").err
    assert paperlens("query", "add", "boss", "--author", "Ada Lovelace", "--weight", "2").code == 0
    assert listed(paperlens) == [
        {"name": "josé-núñez", "expr": 'au:"José Núñez"', "weight": 1.0, "tags": []},
        {"name": "boss", "expr": 'au:"Ada Lovelace"', "weight": 2.0, "tags": []},
    ]


def test_add_like_looks_for_more_of_a_papers_kind(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """`query add --like` asks for the paper's own terms in its category, so it finds the paper."""
    shell = paperlens.having(**pointing_to(arxiv))
    assert shell("query", "add", "--like", "2611.90019").code == 0
    (saved,) = listed(shell)
    assert saved["name"] == "like-2611.90019"
    assert str(saved["expr"]).startswith("cat:cs.CV AND (all:")
    found = json.loads(shell("query", "test", "like-2611.90019", "--json").out)["papers"]
    assert "2611.90019" in {paper["id"] for paper in found}


@pytest.mark.parametrize(
    "words",
    [
        ["add"],
        ["add", "one"],
        ["add", "--author", "A B", "--like", "2611.90019"],
        ["add", "one", "cat:cs.CV", "--author", "A B"],
        ["add", "--author", "…"],
    ],
)
def test_add_needs_one_way_to_say_what(paperlens: Shell, words: list[str]) -> None:
    """A name and an expression, or --author, or --like: anything else is a mistake, and said."""
    ran = paperlens("query", *words)
    assert ran.code == 2
    assert ran.err.startswith("error: ")
    assert listed(paperlens) == []


@given(st.text(max_size=60))
def test_any_author_becomes_a_query(author: str) -> None:
    """Whatever somebody is called, the query is one that can be read, or a sentence says no."""
    try:
        _, expr = author_query(author)
    except UserError:
        return
    assert expr.startswith('au:"')
    parse(expr)


@given(st.text(max_size=80), st.text(max_size=300))
def test_what_is_looked_for_is_in_the_paper(title: str, abstract: str) -> None:
    """A query made from a paper finds that paper, or a sentence says that none can be made."""
    paper = Paper("2404.00001", title, (), abstract, ("cs.CV",))
    try:
        _, expr = query_like(paper)
    except UserError:
        return
    assert parse(expr).matches(paper), expr
