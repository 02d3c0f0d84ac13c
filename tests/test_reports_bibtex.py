"""Reports as BibTeX: entries, titles, names and keys, for LaTeX and for strict parsers."""

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperlens.models import Decision, Paper
from paperlens.reports import render
from paperlens.reports.bibliographies import in_tex
from paperlens.reports.bibliographies.cited import Cited, Place, place_of
from paperlens.reports.bibliographies.people import Name, name_of
from paperlens.tex import accents, spelled
from paperlens.unseen import one_line

from .test_reports_references import (
    FORMS,
    MOMA,
    PREPRINT,
    bibtex_of,
    csl_of,
    fields,
    of,
    read_back,
)


def test_a_preprint_in_bibtex() -> None:
    """An article of arXiv with its number, first class, day, and what the reader said of it."""
    decision = Decision(tags=("to read", "faces"), note="compare\nwith 100%")
    assert bibtex_of(PREPRINT, decision=decision) == (
        r"""@article{song2024-2404.05674,
  title = {{MoMA}: an {$\alpha$}-Adapter for Personalized Images},
  author = {Song, Kunpeng and N{\'u}{\~n}ez, Jos{\'e} and {王小明}},
  journal = {arXiv preprint arXiv:2404.05674},
  year = {2024},
  month = apr,
  day = {8},
  eprint = {2404.05674},
  archiveprefix = {arXiv},
  primaryclass = {cs.CV},
  url = {https://arxiv.org/abs/2404.05674v1},
  abstract = {We present MoMA. It is tuning-free.},
  keywords = {to read, faces},
  annote = {arXiv:2404.05674 [cs.CV, cs.LG] Comment: ECCV 2024},
  comment = {compare with 100\%},
}
"""
    )


def test_a_published_paper_has_its_journal() -> None:
    """Journal, volume, pages, year and DOI are those of the publication, its arXiv number stays."""
    paper = replace(MOMA, journal_ref="Phys. Lett. B716 (2012) 1-29", doi="10.1016/j.x.2012.08.020")
    (told,) = fields(bibtex_of(paper))
    expected = {
        "kind": "article", "journal": "Phys. Lett.", "volume": "B716", "pages": "1--29",
        "year": "2012", "doi": "10.1016/j.x.2012.08.020", "eprint": "2404.05674",
    }  # fmt: skip
    assert {name: told.get(name) for name in expected} == expected
    assert not told.keys() & {"month", "day"}


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("Adv.Theor.Math.Phys.2:231-252,1998",
         Place("Adv.Theor.Math.Phys.", "2", "", "231-252", "1998")),
        ("Nature 521 (2015) 436–444", Place("Nature", "521", "", "436–444", "2015")),
        ("Phys. Rev. D 101, 123456 (2020)", Place("Phys. Rev. D", "101", "", "123456", "2020")),
        ("Software Testing, Verification, 35(2):e1914, 2025",
         Place("Software Testing, Verification, 35(2):e1914, 2025", year="2025")),
        ("Transactions on Software, 35(2):e1914, 2025",
         Place("Transactions on Software", "35", "2", "e1914", "2025")),
        ("ApJ 5 (2020)", Place("ApJ", "5", "", "", "2020")),
        ("ECCV 2024, p. 117", Place("ECCV 2024, p. 117", year="2024")),
        ("Proc. of Things, pages 1990-2010", Place("Proc. of Things, pages 1990-2010")),
        ("2022 Conference, Rome 2023", Place("2022 Conference, Rome 2023")),
    ],
)  # fmt: skip
def test_a_journal_reference_is_cut_only_where_it_is_clear(reference: str, place: Place) -> None:
    """What is in no known form stays whole: nothing of it is guessed, and nothing lost."""
    assert place_of(reference) == place


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Deep Learning for 3D Vision", "Deep Learning for {3D} Vision"),
        ("A GPT-4, iPhone and U-Net Survey", "A {GPT-4}, {iPhone} and {U-Net} Survey"),
        ("ON SHOUTING", "ON SHOUTING"),
        ("Vitamin C & 100% of C#", r"Vitamin {C} \& 100\% of {C}\#"),
        (r"Fast $\mathbb{R}^{n}$ at 50\%", r"Fast {$\mathbb{R}^{n}$} at 50\%"),
        (r"\emph{Schr\"odinger} in $x_1$ {Fermi} bands", r"Schrödinger in {$x_1$} Fermi bands"),
        ("From $5 to $10", r"From \$5 to \$10"),
        ("--flag ``x'' a_b ~ ^", r"-{}-flag “x” a\_b {\textasciitilde} {\textasciicircum}"),
    ],
)
def test_capitals_and_formulas_survive_any_style(title: str, told: str) -> None:
    """Braces stand where a style would take capitals away; formulas stay; signs are escaped."""
    assert in_tex.title(title) == told


@pytest.mark.parametrize(
    "formula",
    [
        r"\input{/etc/passwd}", r"\write18{rm x}", "^^5cinput{x}", r"x % y", r"\unheard", "{x",
        "x}", r"\{x", r"a & b", "#1", r"\def\x{}", r"\csname input\endcsname", r"\\",
    ],
)  # fmt: skip
def test_no_formula_runs_a_command(formula: str) -> None:
    """A formula with more in it than signs is words: LaTeX reads, writes and defines nothing."""
    told = in_tex.prose(f"see ${formula}$ there")
    assert "$" not in told.replace(r"\$", "")
    assert not re.findall(r"\\(?!text|[$&%#_])", told)


@pytest.mark.parametrize(
    ("spoken", "name", "told"),
    [
        ("Kunpeng Song", Name("Song", "Kunpeng"), "Song, Kunpeng"),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van"), "van Beethoven, Ludwig"),
        ("J. de la Cruz Perez", Name("Cruz Perez", "J.", "de la"), "de la Cruz Perez, J."),
        ("Sammy Davis Jr.", Name("Davis", "Sammy", "", "Jr."), "Davis, Jr., Sammy"),
        (r"Jos\'e N\'u\~nez", Name("Núñez", "José"), r"N{\'u}{\~n}ez, Jos{\'e}"),
        ("Nguyễn Văn An", Name("An", "Nguyễn Văn"), r"An, Nguyễn V{\u{a}}n"),
        ("The ATLAS Collaboration", Name("The ATLAS Collaboration"), "{The ATLAS Collaboration}"),
        ("Plato", Name("Plato"), "{Plato}"),
        ("王 小明", Name("王 小明"), "{王 小明}"),
        ("Simon and Garfunkel", Name("Simon and Garfunkel"), "{Simon {and} Garfunkel}"),
        ("Foo, Inc.", Name("Foo, Inc."), "{Foo, Inc.}"),
        ("others", Name("others"), "{others}"),
    ],
)
def test_names_are_told_in_their_parts(spoken: str, name: Name, told: str) -> None:
    """Particles and suffixes have their place; what is no person's name is held together."""
    assert name_of(spoken) == name
    (entry,) = fields(bibtex_of(replace(MOMA, authors=(spoken,))))
    assert entry["author"] == told


letters = st.characters(categories=["L", "M"], max_codepoint=0x2AFF)
words = st.text(letters, min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=4).map(" ".join).map(accents))
@example("Ludwig van Beethoven")
@example("A b c II")
def test_spoken_names_come_back_as_they_were(spoken: str) -> None:
    """However a name is cut, every format tells it to an import as it was."""
    spoken = one_line(spoken)
    for form in FORMS:
        (record,) = read_back(render(of(replace(MOMA, authors=(spoken,))), form))
        assert record.paper.authors == ((spoken,) if spoken else ()), form


@given(st.text(letters))
def test_accents_come_back(text: str) -> None:
    """What is spelled in TeX is read as the same letters."""
    assert accents(spelled(text)) == unicodedata.normalize("NFC", text)


# Keys


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (MOMA, "song2024-2404.05674"),
        (replace(MOMA, id="hep-th/9711200"), "song1997-hep-th.9711200"),
        (replace(MOMA, authors=("The ATLAS Collaboration",)), "atlas2024-2404.05674"),
        (replace(MOMA, authors=("Søren Øre-Ångström",)), "oreangstrom2024-2404.05674"),
        (replace(MOMA, authors=("王小明",)), "paper2024-2404.05674"),
        (replace(MOMA, authors=()), "paper2024-2404.05674"),
        (replace(MOMA, id="doi:10.1038/nature14539"), "song2024-10.1038.nature14539"),
        (replace(MOMA, id="local:on-x-1234abcd"), "song2024-on-x-1234abcd"),
        (replace(MOMA, id="doi:10.1002/(x)1:2"), "song2024-10.1002.-x-1-2-0f325083"),
    ],
)
def test_a_key_says_who_when_and_which(paper: Paper, key: str) -> None:
    """The same key in each format, in letters that every program allows."""
    assert fields(bibtex_of(paper))[0]["key"] == key
    assert csl_of(paper)[0]["id"] == key
    assert f"\nID  - {key}\n" in render(of(paper), "ris")


def test_a_new_version_keeps_the_key() -> None:
    """Whatever a later version says, and whichever papers stand beside: documents stay right."""
    later = replace(
        MOMA, version=2, title="Another Title", published=None, journal_ref="X 1 (2031)"
    )
    assert Cited(later).key == Cited(MOMA).key


ids = st.from_regex(
    r"(\d{4}\.\d{5}|hep-th/\d{7}|doi:10\.\d{4}/\S{1,9}|local:[a-z-]{2,9})", fullmatch=True
)


@given(st.sets(ids, min_size=2, max_size=20))
@example({"doi:10.1000/a-b", "doi:10.1000/a/b"})
@example({"hep-th/9711200", "local:hep-th-9711200"})
def test_keys_are_unique(found: set[str]) -> None:
    """No two papers share a key, and LaTeX cannot stumble over one."""
    keys = [Cited(replace(MOMA, id=id)).key for id in found]
    assert len({key.lower() for key in keys}) == len({id.lower() for id in found})
    assert all(re.fullmatch(r"[a-z0-9][A-Za-z0-9.-]*", key) for key in keys)
