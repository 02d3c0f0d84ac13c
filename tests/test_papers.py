"""`text` and `figures`: papers and files as text and pictures, on the real command line."""

import json
from hashlib import sha256
from pathlib import Path

import pymupdf
import pytest

from paperlens.demo.server import TinyArxiv
from tests.conftest import Shell, pointing_to

TYPESET = Path(__file__).parent / "typeset"
ONE = "2611.90058"


@pytest.fixture
def shell(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    """A user who can reach arXiv and has no queries."""
    return paperlens.having(**pointing_to(arxiv))


def papers(out: str, schema: str = "paperlens.text/1") -> list[dict]:
    told = json.loads(out)
    assert told["schema"] == schema
    return told["papers"]


def asked_for_pdfs(arxiv: TinyArxiv) -> int:
    return len(arxiv.asked("pdf"))


def test_a_paper_becomes_markdown_section_by_section(shell):
    """Title, authors, then each section under its head; nothing else on standard output."""
    ran = shell("text", ONE)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if line.startswith("## ")]
    assert f"<https://arxiv.org/abs/{ONE}v1>" in lines


def test_text_as_json_is_the_contract(shell):
    """One document with the keys that scripts rely on, for papers and files alike."""
    ran = shell("text", ONE, str(TYPESET / "article.pdf"), "--json")
    assert ran.code == 0, ran.err
    one, two = papers(ran.out)
    assert (one["id"], one["file"], two["id"]) == (ONE, None, None)
    assert two["file"] == str(TYPESET / "article.pdf")
    for paper in (one, two):
        assert paper["title"]
        assert paper["pages"] > 0
        assert paper["error"] is None
        assert set(paper["links"]) == {"code", "project"}
        assert {"affiliations", "figures", "notices"} <= set(paper)
        for section in paper["sections"]:
            assert {"heading", "level", "page", "text"} <= set(section)
            assert 1 <= section["page"] <= paper["pages"]


def test_a_pdf_is_fetched_once_and_read_once(shell, arxiv):
    """The second command asks arXiv for nothing and gives the same; without the PDF as well."""
    first = shell("text", ONE, "--json")
    for _ in range(2):
        assert shell("text", ONE, "--json").out == first.out
        for pdf in (shell.home / "paperlens" / "cache" / "pdf").iterdir():
            pdf.unlink()
    assert asked_for_pdfs(arxiv) == 1


def test_one_section_by_name_or_number(shell):
    """Only what stands under that head, in any case; an unknown one names those there are."""
    told = papers(shell("text", str(TYPESET / "article.pdf"), "--json").out)[0]
    heading = next(
        each["heading"]
        for each in told["sections"]
        if each["level"] == 1 and each["heading"][0] == "2"
    )
    number, _, name = heading.partition(" ")
    by_name = shell("text", str(TYPESET / "article.pdf"), "--section", name.upper())
    assert by_name.out.startswith(f"## {heading}\n")
    assert shell("text", str(TYPESET / "article.pdf"), "--section", number).out == by_name.out
    unknown = shell("text", str(TYPESET / "article.pdf"), "--section", "no such thing")
    assert unknown.code == 2
    assert name in unknown.err


def test_a_section_that_one_paper_lacks_costs_that_paper_only(shell):
    """The other's section is there, in JSON as well, and the code is 3."""
    names = ("article.pdf", "aps-letter.pdf")
    files = [str(TYPESET / name) for name in names]
    ran = shell("text", *files, "--section", "references", "--json")
    assert ran.code == 3
    has, lacks = papers(ran.out)
    assert [section["kind"] for section in has["sections"]] == ["references"]
    assert 'there is no section "references"' in lacks["error"]
    assert shell("text", *files, "--section", "references").out.startswith("## References")


def test_papers_of_one_name_do_not_overwrite_each_others_pictures(shell, tmp_path):
    """Two files called p.pdf give pictures of two names."""
    for folder, name in (("a", "article.pdf"), ("b", "aps.pdf")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.pdf").write_bytes((TYPESET / name).read_bytes())
    files = [str(tmp_path / folder / "p.pdf") for folder in ("a", "b")]
    ran = shell("figures", *files, "--into", str(tmp_path / "into"), "--json")
    told = papers(ran.out, "paperlens.figures/1")
    named = [figure["file"] for paper in told for figure in paper["figures"]]
    assert len(set(named)) == len(named)
    for paper in told:
        for figure in paper["figures"]:
            assert sha256(Path(figure["file"]).read_bytes()).hexdigest() == figure["sha256"]


def test_the_rest_of_a_batch_goes_on(shell, tmp_path):
    """What cannot be read is named with its reason, the others are there, and the code is 3."""
    (tmp_path / "bad.pdf").write_text("<html>")
    (tmp_path / "folder.pdf").mkdir()
    ran = shell(
        "text", str(tmp_path / "bad.pdf"), ONE, str(tmp_path / "folder.pdf"), "2611.99999", "--json"
    )
    assert ran.code == 3
    bad, good, folder, unknown = papers(ran.out)
    assert bad["error"] == "the PDF is not a PDF but something else under its name"
    assert folder["error"] == "the PDF is not a file but a folder or a device"
    assert "2611.99999" in unknown["error"]
    assert good["error"] is None
    assert good["sections"]
    for each in (bad, folder):
        assert f"error: {each['file']}: {each['error']}" in ran.err.splitlines()


@pytest.mark.parametrize(
    "words", [["nowhere.pdf"], ["no paper"], ["2611.99999"], ["nowhere/some.pdf", "none.pdf"]]
)
def test_what_is_not_there_is_the_users_mistake(shell, words):
    """Exit 2 and a sentence that names it."""
    ran = shell("text", *words)
    assert ran.code == 2
    assert words[0] in ran.err


def test_an_address_that_is_not_arxivs_is_no_file(shell):
    """Exit 2, and what to do with a PDF from elsewhere."""
    ran = shell("text", "https://openreview.net/forum?id=x", "https://example.com/y.pdf")
    assert ran.code == 2
    assert "https://openreview.net/forum?id=x is no address of a paper on arXiv" in ran.err
    assert "download the PDF and name the file" in ran.err


def test_a_name_of_two_lines_is_told_in_one(shell, tmp_path):
    """Whatever a file is called, what is wrong with it is one line."""
    file = tmp_path / "two\nlines.pdf"
    file.write_text("no PDF")
    ran = shell("text", str(file))
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1


def test_a_picture_that_cannot_be_made_is_named(shell):
    """The figure is told all the same; exit 3, as the picture is what was asked for."""
    cache = shell.home / "paperlens" / "cache"
    cache.mkdir(parents=True)
    (cache / "figures").write_text("in the way")
    ran = shell("figures", str(TYPESET / "article.pdf"), "--json", "--quiet")
    (paper,) = papers(ran.out, "paperlens.figures/1")
    assert {one["file"] for one in paper["figures"]} == {None}
    assert ran.code == 3
    assert "Figure 1 on page 2 has no picture" in ran.err


def test_pictures_go_into_a_folder_or_nothing_is_begun(shell, arxiv, tmp_path):
    """Where `--into` names a file, that is said before anything is fetched."""
    (tmp_path / "taken").write_text("")
    ran = shell("figures", ONE, "--into", str(tmp_path / "taken"))
    assert ran.code == 2
    assert "taken is no folder" in ran.err
    assert asked_for_pdfs(arxiv) == 0


def test_without_arxiv_the_code_is_4_and_what_is_cached_is_read(shell, arxiv):
    """What was fetched before is there offline, even a paper that the library does not know."""
    assert shell("text", ONE).code == 0
    lost = shell.having(**dict.fromkeys(pointing_to(arxiv), "http://127.0.0.1:9/x"))
    assert lost("text", ONE).code == 0
    ran = lost("text", "2611.90027")
    assert ran.code == 4
    assert "could not be fetched" in ran.err


def test_papers_pipe_in(shell):
    """`-` reads ids, files, or papers as JSON Lines."""
    ran = shell("text", "-", "--jsonl", stdin=f'{{"id": "{ONE}"}}\n{TYPESET / "article.pdf"}\n')
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == [
        None,
        str(TYPESET / "article.pdf"),
    ]


def test_what_figures_tells_of_a_file_can_be_read_on(shell):
    """A line about a PDF without an id names the file, and the next command opens it."""
    told = shell("figures", str(TYPESET / "article.pdf"), "--jsonl").out
    assert json.loads(told)["id"] is None
    (read,) = papers(shell("text", "-", "--json", stdin=told).out)
    assert read["file"] == str(TYPESET / "article.pdf")


def test_figures_are_cut_into_files(shell):
    """Each with number, caption, page, place, and a PNG of its size and hash in the cache."""
    ran = shell("figures", str(TYPESET / "article.pdf"), "--json")
    assert ran.code == 0, ran.err
    (paper,) = papers(ran.out, "paperlens.figures/1")
    truth = json.loads((TYPESET / "article.json").read_text())
    assert [one["number"] for one in paper["figures"]] == [
        one["number"] for one in truth["figures"]
    ]
    assert paper["tables"] == []
    for figure in paper["figures"]:
        png = Path(figure["file"]).read_bytes()
        assert png.startswith(b"\x89PNG")
        picture = pymupdf.Pixmap(png)
        assert (figure["width"], figure["height"]) == (picture.width, picture.height)
        assert figure["sha256"] == sha256(png).hexdigest()
        left, top, right, bottom = figure["bbox"]
        assert abs(picture.width - (right - left) * 150 / 72) < 3
        assert abs(picture.height - (bottom - top) * 150 / 72) < 3
    assert sum(figure["teaser"] for figure in paper["figures"]) == 1


def test_tables_if_wanted_and_pictures_in_a_folder_of_mine(shell, tmp_path):
    """`--tables` adds tables, `--into` copies the pictures under the paper's name."""
    into = tmp_path / "pictures"
    ran = shell("figures", str(TYPESET / "article.pdf"), "--tables", "--into", str(into), "--json")
    (paper,) = papers(ran.out, "paperlens.figures/1")
    assert paper["tables"]
    files = {one["file"] for one in (*paper["figures"], *paper["tables"])}
    assert files == {str(file) for file in into.iterdir()}
    assert {Path(file).name for file in files} >= {"article-figure-1.png", "article-table-1.png"}


def test_figures_off_a_terminal_are_a_plain_list(shell):
    """Number, page, caption and file of each; no colours, no pictures."""
    ran = shell("figures", str(TYPESET / "article.pdf"))
    assert ran.code == 0
    assert "Figure 1" in ran.out
    assert "\x1b" not in ran.out
    assert ".png" in ran.out


def test_show_names_the_figures_of_a_paper_that_was_read(shell):
    """And its affiliation; before, it knows neither."""
    before = papers(shell("show", ONE, "--json").out, "paperlens.report/1")[0]
    assert (before["figures"], before["affiliation"]) == ([], None)
    read = papers(shell("figures", ONE, "--json").out, "paperlens.figures/1")[0]
    after = papers(shell("show", ONE, "--json").out, "paperlens.report/1")[0]
    assert after["figures"] == read["figures"]
    assert after["affiliation"] == papers(shell("text", ONE, "--json").out)[0]["affiliations"][0]


def test_the_version_that_is_asked_for_is_read(shell, arxiv):
    """Versions are kept apart in the cache."""
    assert shell("text", f"{ONE}v1").code == 0
    shell("text", f"{ONE}v7")
    asked = [each.path for each in arxiv.asked("pdf")]
    assert [path.rpartition("v")[2] for path in asked][:2] == ["1", "7"]


def test_a_scan_says_so(shell, tmp_path):
    """No text is no text: nothing is made up."""
    with pymupdf.open() as document:
        page = document.new_page()
        black = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 100, 140), False)
        black.clear_with(90)
        page.insert_image(page.rect, pixmap=black)
        document.save(tmp_path / "scan.pdf")
    ran = shell("text", str(tmp_path / "scan.pdf"))
    assert (ran.code, ran.out) == (3, "")
    assert "is a scan: it holds pictures of pages and no text" in ran.err
