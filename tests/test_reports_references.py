"""Reports as bibliographies: BibTeX, RIS and CSL-JSON, for LaTeX and for reference managers."""

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.bibliography import Fault, Reference, references
from paperlens.bibliography.bibtex_names import plain
from paperlens.models import Decision, Entry, Paper, Report
from paperlens.reports import render
from paperlens.reports.text import readable
from paperlens.unseen import one_line
from tests.conftest import Shell

from .test_reports_examples import NOW, hostile_text, realistic, report_of

FORMS = ("bibtex", "ris", "csl")
MOMA = realistic().entries[0].paper
PREPRINT = replace(MOMA, doi=None, journal_ref=None)


UNDECIDED = Decision()
OF_CSL = {  # those of its variables that we use; it allows no others
    "DOI", "URL", "abstract", "annote", "archive", "archive_location", "author", "container-title",
    "id", "issue", "issued", "keyword", "note", "number", "page", "publisher", "title", "type",
    "volume",
}  # fmt: skip


def of(*papers: Paper, decision: Decision = UNDECIDED) -> Report:
    entries = tuple(Entry(paper, decision=decision) for paper in papers)
    return Report("export", NOW, entries=entries)


def bibtex_of(*papers: Paper, decision: Decision = UNDECIDED) -> str:
    return render(of(*papers, decision=decision), "bibtex")


def fields(written: str) -> list[dict[str, str]]:
    """The fields of each entry as a strict parser finds them, and its kind and key."""
    library = parse_string(written, parse_stack=[])
    assert not library.failed_blocks
    return [
        {"kind": entry.entry_type, "key": entry.key}
        | {field.key: str(field.value)[1:-1] for field in entry.fields}
        for entry in library.entries
    ]


def csl_of(*papers: Paper, decision: Decision = UNDECIDED) -> list[dict[str, Any]]:
    return list(json.loads(render(of(*papers, decision=decision), "csl")))


def read_back(written: str) -> list[Reference]:
    records = list(references(BytesIO(written.encode())))
    assert not [record for record in records if isinstance(record, Fault)], records
    return [record for record in records if isinstance(record, Reference)]


# RIS and CSL


def test_a_preprint_in_ris() -> None:
    """The tags that reference managers read, one a line, an article."""
    decision = Decision(tags=("to read",), note="compare")
    assert render(of(PREPRINT, decision=decision), "ris") == (
        """TY  - JOUR
ID  - song2024-2404.05674
TI  - MoMA: an α-Adapter for Personalized Images
AU  - Song, Kunpeng
AU  - Núñez, José
AU  - 王小明
T2  - arXiv preprint arXiv:2404.05674
PY  - 2024
DA  - 2024/04/08/
AN  - arXiv:2404.05674
UR  - https://arxiv.org/abs/2404.05674v1
AB  - We present MoMA. It is tuning-free.
KW  - to read
N1  - arXiv:2404.05674 [cs.CV, cs.LG] Comment: ECCV 2024
N1  - compare
ER  - \n"""
    )


def test_a_preprint_in_csl() -> None:
    """An item of type article, as Zotero tells preprints; names in their parts."""
    paper = replace(PREPRINT, authors=("Ludwig van Beethoven Jr", "CMS Collaboration"))
    (item,) = csl_of(paper, decision=Decision(tags=("a", "b"), note="mine"))
    assert item == {
        "id": "beethoven2024-2404.05674",
        "type": "article",
        "title": "MoMA: an α-Adapter for Personalized Images",
        "author": [
            {
                "family": "Beethoven",
                "given": "Ludwig",
                "non-dropping-particle": "van",
                "suffix": "Jr",
            },
            {"literal": "CMS Collaboration"},
        ],
        "publisher": "arXiv",
        "number": "arXiv:2404.05674",
        "archive": "arXiv",
        "archive_location": "2404.05674",
        "issued": {"date-parts": [[2024, 4, 8]]},
        "URL": "https://arxiv.org/abs/2404.05674v1",
        "abstract": "We present MoMA. It is tuning-free.",
        "keyword": "a, b",
        "note": "arXiv:2404.05674 [cs.CV, cs.LG] Comment: ECCV 2024",
        "annote": "mine",
    }


def test_a_published_paper_in_csl() -> None:
    """It is an article of its journal, with its year alone: the day was that of the preprint."""
    (item,) = csl_of(replace(MOMA, journal_ref="Nature 521 (2015) 436–444"))
    assert (item["type"], item["container-title"]) == ("article-journal", "Nature")
    assert (item["volume"], item["page"]) == ("521", "436–444")
    assert item["issued"] == {"date-parts": [[2015]]}


# There and back


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_is_imported_as_the_same_paper(form: str) -> None:
    """Id, version, words, people, classes, day, comment, tags and note come back."""
    decision = Decision(tags=("to read", "faces"), note="compare")
    papers = (
        replace(PREPRINT, title="On Flows & 100% of {x}", announced=None, announce_type=None),
        Paper("doi:10.1038/nature14539", "Deep learning", ("Yann LeCun",), "Layers.", (),
              doi="10.1038/nature14539", journal_ref="Nature 521 (2015) 436–444"),
        Paper("local:on-x-1234abcd", r"On $\unheard$", ("A. One",), "", ()),
    )  # fmt: skip
    back = read_back(render(of(*papers, decision=decision), form))
    assert [record.holding.known.decision for record in back] == [decision] * 3
    told = [replace(record.paper, address=None) for record in back]
    title = "On Flows & 100% of x" if form == "bibtex" else papers[0].title
    assert told == [replace(papers[0], updated=None, title=title), *papers[1:]]
    assert not back[0].lacks_details


@pytest.mark.parametrize(("form", "suffix"), [("bibtex", "bib"), ("ris", "ris"), ("csl", "json")])
def test_a_bibliography_is_a_library_for_another_machine(
    reader: Shell, form: str, suffix: str
) -> None:
    """What `export` writes for other programs, `import` reads, without asking arXiv."""
    reader("today")
    reader("mark", "1", "--tag", "thesis")
    assert reader("export", "--to", form, "-o", f"x.{suffix}").code == 0
    elsewhere = reader.having(PAPERLENS_HOME=str(reader.home / "elsewhere"), **_nowhere())
    ran = elsewhere("import", f"x.{suffix}")
    assert (ran.code, ran.err) == (0, "")
    here, there = (_papers(shell) for shell in (reader, elsewhere))
    assert there == here
    assert [paper["tags"] for paper in there.values()].count(["thesis"]) == 1


def _nowhere() -> dict[str, str]:
    return {"PAPERLENS_ARXIV_API_URL": "http://127.0.0.1:9/api/query"}


def _papers(shell: Shell) -> dict[str, dict[str, Any]]:
    told = [json.loads(line) for line in shell("search", "--jsonl").out.splitlines()]
    kept = ("version", "authors", "categories", "comment", "tags", "url")
    return {paper["id"]: {name: paper[name] for name in kept} for paper in told}


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("bib", "@"), ("ris", "TY  - "), ("atom", "<?xml"), ("xml", "<?xml")],
)
def test_a_suffix_chooses_the_form(reader: Shell, suffix: str, start: str) -> None:
    """`-o x.bib` needs no --to; the file is as it would be with one."""
    assert reader("today", "-o", f"x.{suffix}").code == 0
    assert Path(reader.home, f"x.{suffix}").read_text().startswith(start)


def test_a_second_export_changes_no_byte(reader: Shell) -> None:
    """The same state gives the same file."""
    reader("today")
    for form in (*FORMS, "atom"):
        first = reader("export", "--all", "--to", form)
        assert first.code == 0
        assert reader("export", "--all", "--to", form).out == first.out


# Hostile words

HOSTILE_HERE = st.sampled_from(
    ["@article{x,", "}", "{", "\\", "$\\input{x}$", " and ", ",", '"', "--", "ER  - ", "TY  - JOUR",
     "\\'e", "$\\alpha$", "{\\em x}", "\\$5", "%", "~", "^", "#", "\\textbackslash{}", "\\{", "''"]
)  # fmt: skip
hostile = st.lists(HOSTILE_HERE | hostile_text, min_size=1, max_size=4).map("".join)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hostile_words_stay_in_their_fields_of_bibtex(data: st.DataObject) -> None:
    """A strict parser finds our fields and no other, and in them what the papers said."""
    report = report_of(lambda: data.draw(hostile.filter(readable)))
    plainly = fields(render(report_of(lambda: "word"), "bibtex"))
    found = fields(render(report, "bibtex"))
    for entry, told, usual in zip(report.entries, found, plainly, strict=True):
        assert told.keys() - {"doi", "primaryclass"} <= usual.keys()
        assert told.keys() >= {"title", "author", "journal", "year", "eprint", "url"} - _unsaid(
            entry
        )
        assert _composed(plain(told["comment"])) == _composed(one_line(entry.decision.note))
        for name, text in (("title", entry.paper.title), ("abstract", entry.paper.abstract)):
            assert _letters(plain(told.get(name, ""))) == _letters(readable(text))
            assert _depths(told.get(name, "")) == (0, 0)
    back = read_back(render(report, "bibtex"))
    assert [one.paper.id for one in back] == [entry.paper.id for entry in report.entries]


def _unsaid(entry: Entry) -> set[str]:
    """Fields of which the words hold nothing but what TeX groups with."""
    return {
        name
        for name, text in (("title", entry.paper.title), ("author", "".join(entry.paper.authors)))
        if not _letters(readable(text))
    } | {"journal"}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _letters(text: str) -> str:
    return _composed(re.sub(r"[\s{}\\]", "", text))


def _depths(value: str) -> tuple[int, int]:
    """How many braces are not closed, for programs that count escaped ones and for the others."""
    bare = re.sub(r"\\[{}]", "", value)
    return value.count("{") - value.count("}"), bare.count("{") - bare.count("}")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hostile_words_stay_on_their_lines_of_ris(data: st.DataObject) -> None:
    """Each line has a tag, each record begins and ends once, and values are what they were."""
    report = report_of(lambda: data.draw(hostile.filter(readable)))
    written = render(report, "ris")
    lines = [line for line in written.split("\n") if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert len(written.splitlines()) == written.count("\n")
    assert [line[:2] for line in lines if line[:2] in {"TY", "ER"}] == ["TY", "ER"] * 3
    for entry, told in zip(report.entries, rispy.loads(written), strict=True):
        assert told["title"] == readable(entry.paper.title)
        assert told["abstract"] == readable(entry.paper.abstract)
        assert told["keywords"] == [one_line(tag) for tag in entry.decision.tags]
        assert told["notes"][-1] == one_line(entry.decision.note)
    back = read_back(written)
    assert [one.paper.id for one in back] == [entry.paper.id for entry in report.entries]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hostile_words_are_words_in_csl(data: st.DataObject) -> None:
    """Any reader finds items with ids of their own, texts and numbers where CSL has them."""
    report = report_of(lambda: data.draw(hostile.filter(readable)))
    items = json.loads(render(report, "csl").encode())
    assert len({item["id"] for item in items}) == len(items)
    for entry, item in zip(report.entries, items, strict=True):
        assert item["title"] == readable(entry.paper.title)
        assert item["annote"] == one_line(entry.decision.note)
        assert item.keys() <= OF_CSL
        assert item["issued"]["date-parts"][0][0] in range(1000, 10_000)
        texts = {name: told for name, told in item.items() if name not in {"author", "issued"}}
        assert all(isinstance(told, str) for told in texts.values())
        assert all(told.isprintable() for told in texts.values() if told.isascii())
    back = read_back(json.dumps(items))
    assert [one.paper.id for one in back] == [entry.paper.id for entry in report.entries]


def test_dates_without_a_journal_are_those_of_the_first_version() -> None:
    """Where nothing tells a day, arXiv's number still tells the year; a DOI alone tells none."""
    undated = replace(PREPRINT, published=None)
    assert csl_of(undated)[0]["issued"] == {"date-parts": [[2024]]}
    assert "issued" not in csl_of(replace(undated, id="doi:10.1000/x"))[0]
    early = replace(PREPRINT, published=datetime(2023, 12, 31, 23, tzinfo=UTC))
    assert fields(bibtex_of(early))[0]["year"] == "2023"
