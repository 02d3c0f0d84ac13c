"""`paperlens import` and `paperlens export`: what one library knows, another can take."""

import json
from pathlib import Path
from typing import Any

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import TinyArxiv
from tests.conftest import Shell, pointing_to
from tests.test_front_door import in_a_terminal


@pytest.fixture
def elsewhere(paperlens: Shell) -> Shell:
    """Another machine of the same user, with a library of its own and no way to arXiv."""
    return paperlens.having(PAPERLENS_HOME=str(paperlens.home / "elsewhere"))


def a_line(id: str = "2404.05674", **more: object) -> str:
    told = {"id": id, "title": f"About {id}", "authors": ["A. One"], "abstract": "We do."}
    return json.dumps(told | {"categories": ["cs.CV"]} | more) + "\n"


def shown(shell: Shell, *ids: str) -> list[dict[str, Any]]:
    """But for the score, which follows from each reader's own queries and marks."""
    papers = json.loads(shell("show", *ids, "--json").out)["papers"]
    return [{**one, "score": None, "why": []} for one in papers]


def test_a_library_moves_whole(reader: Shell, elsewhere: Shell, arxiv: TinyArxiv) -> None:
    """Marks, tags, notes, summaries and reports arrive: the export of the copy is the same file."""
    assert reader("today").code == 0
    assert reader("mark", "1", "--star", "--tag", "to-cite", "--note", "first\nsecond").code == 0
    assert reader("mark", "2", "--skip").code == 0
    assert reader("export", "--all", "-o", "library.jsonl").code == 0
    lines = (reader.home / "library.jsonl").read_text().splitlines()
    ran = elsewhere("import", "library.jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{len(lines)} papers: {len(lines)} new, 0 known already\n"
    assert elsewhere("export", "--all", "--to", "jsonl").out.splitlines() == lines
    assert [json.loads(line)["mark"] for line in lines].count("star") == 1
    for query in (
        ("diffusion", "cat:cs.CV AND diffusion"),
        ("words", 'cat:cs.CL AND "language model"'),
    ):
        assert elsewhere("query", "add", *query).code == 0
    here, there = (shell("today", "--offline", "--json").out for shell in (reader, elsewhere))
    assert json.loads(there)["papers"] == json.loads(here)["papers"]
    asked = len(arxiv.asked("feed"))
    again = elsewhere.having(**pointing_to(arxiv))("today", "--jsonl")
    assert again.out == reader("today", "--jsonl").out
    assert len(arxiv.asked("feed")) == asked


def test_a_part_of_a_library_moves_as_well(reader: Shell, elsewhere: Shell) -> None:
    """An export of a few papers carries all that is known of them, and nothing of others."""
    reader("today")
    assert reader("export", "2", "1", "-o", "two.jsonl").code == 0
    assert elsewhere("import", "two.jsonl").out == "2 papers: 2 new, 0 known already\n"
    ids = [json.loads(line)["id"] for line in (reader.home / "two.jsonl").read_text().splitlines()]
    assert shown(elsewhere, *ids) == shown(reader, *ids)


def test_any_report_can_be_imported(reader: Shell, elsewhere: Shell) -> None:
    """`today --jsonl` and a `--json` document are papers like those of an export."""
    for form in ("--jsonl", "--json"):
        told = reader("today", form).out
        assert elsewhere("import", "-", stdin=told).code == 0
    ids = [one["id"] for one in json.loads(reader("today", "--json").out)["papers"]]
    assert [one["summary"] for one in shown(elsewhere, *ids)] == [
        one["summary"] for one in shown(reader, *ids)
    ]


def test_good_records_are_taken_and_bad_ones_named(paperlens: Shell) -> None:
    """Each bad line is named with its number, the others are taken; exit 3."""
    bad = [b'{"id": "2404.00002", "title": 3}', b"{no", b"\x00\xff", b"[]", b'"text"', b"nobody"]
    good = [a_line("2404.00001"), a_line("2404.00003"), a_line("2404.00001", mark="star")]
    lines = [good[0].encode(), *(one + b"\n" for one in bad), *(one.encode() for one in good[1:])]
    (paperlens.home / "mixed.jsonl").write_bytes(b"".join(lines))
    ran = paperlens("import", "mixed.jsonl")
    assert ran.code == 3
    assert ran.out == "3 papers: 2 new, 1 known already\n"
    named = [line.split(": ")[1] for line in ran.err.splitlines()]
    assert named == [f"mixed.jsonl, line {number}" for number in range(2, 8)]
    assert [one["mark"] for one in shown(paperlens, "2404.00001", "2404.00003")] == ["star", "new"]


@pytest.mark.parametrize("first", [b"\x89PNG\r\n\x1a\n\x00\n", b"\xff\xfe\x00\n", b"%PDF-1.7\n"])
def test_a_bad_first_line_costs_only_itself(paperlens: Shell, first: bytes) -> None:
    """What a file begins with does not decide about papers that follow."""
    (paperlens.home / "papers").write_bytes(first + a_line().encode())
    ran = paperlens("import", "papers")
    assert ran.code == 3
    assert ran.out == "1 paper: 1 new, 0 known already\n"


def test_what_is_stored_already_is_not_harmed(paperlens: Shell) -> None:
    """Importing twice is importing once; what was decided here stays."""
    paperlens("import", "-", stdin=a_line(mark="later", note="mine", tags=["a"]))
    other = a_line(mark="skip", note="theirs", tags=["b"], title="About it", version=2)
    assert paperlens("import", "-", stdin=other).out == "1 paper: 0 new, 1 known already\n"
    (paper,) = shown(paperlens, "2404.05674")
    assert (paper["mark"], paper["note"], paper["tags"]) == ("later", "mine", ["a", "b"])
    assert (paper["title"], paper["version"]) == ("About it", 2)


def test_ids_are_looked_up(paperlens: Shell, arxiv: TinyArxiv, sample: Sample) -> None:
    """A list of ids costs one request for each hundred papers; unknown ones are named."""
    ids = [paper.id for paper in sample.papers[:5]]
    shell = paperlens.having(**pointing_to(arxiv))
    ran = shell("import", "-", stdin="\n".join([*ids, "# mine", "2001.00001"]))
    assert ran.code == 3
    assert ran.out == "5 papers: 5 new, 0 known already\n"
    assert 'line 7: "2001.00001" is not a paper' in ran.err
    assert len(arxiv.asked("api")) == 1
    assert shell("import", "-", stdin="\n".join(ids)).out == "5 papers: 0 new, 5 known already\n"
    assert len(arxiv.asked("api")) == 1


def test_bibliographies_are_completed_by_arxiv(
    paperlens: Shell, arxiv: TinyArxiv, sample: Sample
) -> None:
    """Papers known by arXiv's id or by DOI come as arXiv has them; others as the file does."""
    by_id = sample.papers[0]
    by_doi = next(paper for paper in sample.papers if paper.doi)
    (paperlens.home / "mine.bib").write_text(
        f"@misc{{a, title={{A}}, eprint={{{by_id.id}}}, archiveprefix={{arXiv}}}}\n"
        f"@article{{b, title={{B}}, author={{B, B.}}, doi={{{by_doi.doi}}}, keywords={{x, y}}}}\n"
        "@article{c, title={{\\'E}tude of C}, author={C, Chlo{\\'e}}, doi={10.1038/nature14539},"
        " journal={Nature}, year={2015}, note={read twice}}\n"
    )
    ran = paperlens.having(**pointing_to(arxiv))("import", "mine.bib")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "3 papers: 3 new, 0 known already\n"
    one, two, three = shown(paperlens, by_id.id, by_doi.id, "doi:10.1038/nature14539")
    assert (one["title"], one["abstract"]) == (by_id.title, by_id.abstract)
    assert (two["title"], two["tags"]) == (by_doi.title, ["x", "y"])
    assert (three["title"], three["authors"]) == ("Étude of C", ["Chloé C"])
    assert (three["url"], three["pdf_url"]) == ("https://doi.org/10.1038/nature14539", None)
    assert (three["journal_ref"], three["note"]) == ("Nature (2015)", "read twice")


def test_without_arxiv_a_file_is_taken_as_it_is(paperlens: Shell) -> None:
    """What the file tells is kept, what told too little is named; the next import completes it."""
    (paperlens.home / "mine.bib").write_text(
        "@misc{a, title={A}, eprint={2404.05674}, archiveprefix={arXiv}}\n"
    )
    ran = paperlens("import", "mine.bib")
    assert (ran.code, ran.out) == (3, "1 paper: 1 new, 0 known already\n")
    assert "arXiv could not be asked for more: " in ran.err
    ran = paperlens("import", "-", stdin="2404.05675\n")
    assert ran.code == 4
    assert "line 1: 2404.05675 could not be looked up" in ran.err


def test_a_file_that_is_not_there(paperlens: Shell) -> None:
    """A file that cannot be opened is the user's mistake; an empty one brings nothing."""
    assert paperlens("import", "nowhere.bib").code == 2
    Path(paperlens.home / "empty.bib").touch()
    assert paperlens("import", "empty.bib").out == "0 papers: 0 new, 0 known already\n"


def test_a_line_of_any_length_costs_no_memory(paperlens: Shell) -> None:
    """A line longer than a paper can be is passed over, and the next one is read."""
    with (paperlens.home / "long.jsonl").open("w") as stream:
        stream.write(a_line("2404.00001") + '{"id": "')
        stream.writelines("x" * 1_000_000 for _ in range(40))
        stream.write('"}\n' + a_line("2404.00002"))
    ran = paperlens("import", "long.jsonl")
    assert (ran.code, ran.out) == (3, "2 papers: 2 new, 0 known already\n")
    assert "line 2: is longer than 16 MB" in ran.err


def test_damage_met_by_a_search_is_mended(paperlens: Shell) -> None:
    """The index meets a document that is none: the file is set aside, exit 6, once."""
    paperlens("import", "-", stdin=a_line("2404.00001") + a_line("2404.00002"))
    file = Path(paperlens.environ["PAPERLENS_HOME"]) / "data" / "papers" / "2404.json"
    file.write_bytes(file.read_bytes().replace(b'"id": "2404.00001"', b'"idd": "2404.00001"'))
    ran = paperlens("search", "about")
    assert ran.code == 6
    assert "1 entries were saved, 1 lost" in ran.err
    assert [json.loads(line)["id"] for line in paperlens("search", "--jsonl").out.splitlines()] == [
        "2404.00002"
    ]


def test_a_backup_is_taken_without_asking_anybody(paperlens: Shell) -> None:
    """What paperlens wrote itself is as complete as it was, though arXiv could tell more."""
    line = json.dumps({"id": "2404.00001", "title": "T", "authors": [], "abstract": "",
                       "categories": [], "reports": [], "summaries": {}})  # fmt: skip
    ran = paperlens("import", "-", stdin=line)
    assert (ran.code, ran.err) == (0, "")


def test_an_argument_that_is_missing_is_named(paperlens: Shell) -> None:
    """A command without what it needs says what that is."""
    ran = paperlens("import")
    assert (ran.code, ran.err) == (
        2,
        "error: missing argument 'FILE'. (See paperlens import --help)\n",
    )


def test_an_export_of_everything_leaves_the_readers_files_alone(paperlens: Shell) -> None:
    """A file that somebody changed is kept; one that paperlens wrote is written anew."""
    paperlens("import", "-", stdin=a_line())
    assert paperlens("export", "--all", "-o", "mine.jsonl").code == 0
    paperlens("import", "-", stdin=a_line("2404.00009"))
    assert paperlens("export", "--all", "-o", "mine.jsonl").code == 0
    file = paperlens.home / "mine.jsonl"
    assert len(file.read_text().splitlines()) == 2
    file.write_text("changed")
    assert paperlens("export", "--all", "-o", "mine.jsonl").code == 2
    assert file.read_text() == "changed"
    assert paperlens("export", "--all", "1").code == 2


def test_the_bar_is_gone_before_the_result_is_told(paperlens: Shell) -> None:
    """On a terminal a bar shows how far it is; the result stands on a line of its own."""
    (paperlens.home / "mine.jsonl").write_text(a_line())
    shown = in_a_terminal(paperlens, "import", str(paperlens.home / "mine.jsonl"))
    before, _, after = shown.partition("1 paper: 1 new, 0 known already\r\n")
    assert "reading" in before
    assert before.endswith("\x1b[2K")
    assert "indexing" in after
