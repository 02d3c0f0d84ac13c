"""Whose links a paper prints: its own are told, those of others are not."""

import time

import pytest

from paperlens.document import Document, Section
from paperlens.models import Links
from paperlens.reading.links import links_of

REPO = "https://github.com/a/b"


def paper(
    body: str = "",
    *,
    abstract: str = "",
    references: str = "",
    notes: tuple[str, ...] = (),
    addresses: tuple[str, ...] = (),
) -> Document:
    sections = (
        Section("Abstract", 1, 1, "abstract", abstract),
        Section("1 Start", 1, 1, "body", body),
        Section("References", 1, 9, "references", references),
    )
    return Document("Title", 9, sections, footnotes=notes, addresses=addresses)


@pytest.mark.parametrize(
    "sentence",
    [
        f"Our code is available at {REPO}.",
        f"The source code can be found at {REPO}.",
        f"We release everything under {REPO}.",
        f"Code: {REPO}",
        f"All data and scripts are publicly available ({REPO}).",
    ],
)
def test_an_announced_address_is_the_papers_own(sentence):
    """Wherever it is printed: in the text or in a footnote."""
    assert links_of(paper(sentence), None, None).code == (REPO,)
    assert links_of(paper(notes=(f"1{sentence}",)), None, None).code == (REPO,)


@pytest.mark.parametrize(
    "sentence",
    [
        f"We used the implementation of [3] at {REPO}.",
        f"Our baseline is adapted from {REPO}.",
        f"Their code is available at {REPO}.",
        f"The detector of Okafor et al. is at {REPO}.",
        f"See {REPO}.",
    ],
)
def test_an_address_of_others_is_none(sentence):
    """None rather than a stranger's repository."""
    assert links_of(paper(sentence), None, None) == Links()
    assert links_of(paper(references=f"[1] Code available at {REPO}."), None, None) == Links()


def test_a_footnote_that_is_an_address_belongs_to_the_words_that_it_hangs_on():
    """`… is available.1` announces footnote 1, and not footnote 2."""
    notes = (f"1{REPO}", "2https://github.com/c/d")
    body = "Our code is publicly available.1 We compare with a detector2 of others."
    assert links_of(paper(body, notes=notes), None, None).code == (REPO,)


def test_an_address_that_print_cut_is_taken_from_its_annotation():
    """A hyphen at a line's end may be lost, and the rest may stand on the next line."""
    whole = "https://github.com/some-one/long-name.git"
    for printed in (
        "https://github.com/someone/long-name.git",
        "https://github.com/some-one/ long-name.git",
    ):
        document = paper(f"Our code is available at {printed}.", addresses=(whole,))
        assert links_of(document, None, None).code == (whole,)


def test_an_address_under_words_is_the_papers_own_where_there_is_one():
    """`The code can be found here` with one link to a forge; of two nobody knows which it is."""
    body = "The code can be found here."
    others = ("https://doi.org/10.1/x", "https://arxiv.org/abs/2404.05674")
    assert links_of(paper(body, addresses=(REPO, *others)), None, None).code == (REPO,)
    two = paper(body, addresses=(REPO, "https://github.com/c/d"))
    assert links_of(two, None, None) == Links()
    assert links_of(paper("We end here.", addresses=(REPO,)), None, None) == Links()


def test_what_arxiv_tells_comes_first():
    """Each kind for itself: a project told there, code printed in the paper."""
    printed = paper(f"Our code is available at {REPO}. Project page: https://c.github.io/d")
    assert links_of(printed, None, "Project page: https://a.github.io/b") == Links(
        (REPO,), ("https://a.github.io/b",)
    )


def test_an_archive_of_code_counts_though_its_address_is_a_doi():
    """Zenodo's; a publisher's DOI leads to a paper."""
    zenodo = "https://doi.org/10.5281/zenodo.1234567"
    assert links_of(paper(f"The code is deposited at {zenodo}."), None, None).code == (zenodo,)
    assert links_of(paper("Data are at https://doi.org/10.1000/1."), None, None) == Links()


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com",
        "https://github.com/anonymous/repo",
        "https://github.com/xxx/xxx",
        "https://github.com/your-name/code",
        "http://localhost/code",
        "https://example.com/code",
    ],
)
def test_shapes_that_lead_nowhere_are_dropped(url):
    """Front pages, names to be filled in, the reader's own machine."""
    assert links_of(paper(f"Our code is available at {url}."), None, None) == Links()


@pytest.mark.parametrize("piece", ["code ", "here ", "a1 ", "code is ", "https://a.b/c ", "1."])
def test_hostile_texts_take_linear_time(piece):
    """Three hundred thousand letters are looked through within the test's patience."""
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    links_of(paper(text, notes=(f"1{REPO}", text[:2000]), addresses=(REPO,)), None, None)
    assert time.process_time() - started < 8
