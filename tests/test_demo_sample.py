"""The sample day is whole, marked as invented, and agrees with its PDFs."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pymupdf
import pytest

from paperlens.demo import Sample, sample_day
from paperlens.query import parse
from tests.tiny_arxiv import SAMPLE

HERE = Path(__file__).resolve().parent


class TestSampleDay:
    def test_it_is_marked_as_invented(self) -> None:
        """The sample says of itself that nothing in it is real."""
        assert "invented" in SAMPLE.note

    def test_abstracts_read_like_abstracts(self) -> None:
        """There are at least twelve papers, with abstracts of 120 to 220 words on one line."""
        assert 15 <= len(SAMPLE.papers) <= 18
        for paper in SAMPLE.papers:
            assert 120 <= len(paper.abstract.split()) <= 220, paper.id
            assert paper.abstract == " ".join(paper.abstract.split())

    def test_it_has_one_of_each_kind_of_trouble(self) -> None:
        """Everything that a reader of arXiv must cope with occurs in the sample."""
        papers = SAMPLE.papers
        assert len({paper.id for paper in papers}) == len(papers)
        assert any(paper.is_replacement and paper.version == 3 for paper in papers)
        assert any(paper.is_withdrawn for paper in papers)
        assert any(paper.id.startswith("hep-th/") for paper in papers)
        assert any("$" in paper.title and r"\H{o}" in paper.title for paper in papers)
        assert any(len(paper.authors) > 30 for paper in papers)
        assert any(paper.doi and paper.journal_ref for paper in papers)
        assert any(paper.comment is None for paper in papers)
        assert any(re.search("[一-龥]", name) for paper in papers for name in paper.authors)
        in_comment = [p for p in papers if "github.com" in (p.comment or "")]
        assert any("github.com" not in paper.abstract for paper in in_comment)
        assert any("github.com" in paper.abstract for paper in papers)

    def test_its_queries_match_most_of_the_day_with_overlap(self) -> None:
        """The demo's questions find most papers, some of them twice, and leave some out."""
        hits = [
            {paper.id for paper in SAMPLE.papers if parse(saved.expr).matches(paper)}
            for saved in SAMPLE.queries
        ]
        assert all(len(found) >= 2 for found in hits)
        together = set().union(*hits)
        assert len(SAMPLE.papers) / 2 < len(together) < len(SAMPLE.papers)
        assert sum(map(len, hits)) > len(together)

    def test_its_pdfs_are_small_and_agree_with_their_records(self) -> None:
        """Each PDF is at most 60 KB and carries the title and the abstract of its paper."""
        papers = {paper.id: paper for paper in SAMPLE.papers}
        assert len(SAMPLE.pdfs) == 3
        for name, body in SAMPLE.pdfs.items():
            assert len(body) <= 60_000
            with pymupdf.open("pdf", body) as document:
                assert 2 <= len(document) <= 4
                text = "".join(page.get_text() for page in document)
            assert _letters(papers[name].title) in _letters(text)
            for sentence in papers[name].abstract.split(". "):
                if "$" not in sentence:
                    assert _letters(sentence) in _letters(text), sentence
            assert re.search(r"Fig(ure|\.) 1[.:] ", text)
            assert re.search(r"table 1[:.]|TABLE I\.", text, re.IGNORECASE)

    def test_typesetting_again_changes_nothing(self) -> None:
        """The committed PDFs are what the script makes, given the PyMuPDF it was run with."""
        script = HERE / "make" / "typeset_sample.py"
        made_with = re.search(r'TYPESET_WITH = "(.+)"', script.read_text(encoding="utf-8"))
        assert made_with is not None
        if pymupdf.pymupdf_version != made_with[1]:
            pytest.skip(f"typeset with PyMuPDF {made_with[1]}, here is {pymupdf.pymupdf_version}")
        done = subprocess.run(
            [sys.executable, "-m", "tests.make.typeset_sample", "--check"],
            cwd=HERE.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "nothing changed\n"), done.stderr


def _letters(text: str) -> str:
    """Letters and digits only, ligatures undone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def test_the_sample_is_the_same_each_time() -> None:
    """Reading the sample twice gives equal days."""
    again: Sample = sample_day()
    assert again == SAMPLE
