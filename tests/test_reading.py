"""Reading: a PDF becomes text, a bad PDF costs its own paper only, links come out whole."""

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.errors import SourceUnreachable
from paperlens.layout.prose import flowing, printable
from paperlens.models import Links, Paper
from paperlens.reading import Reader
from paperlens.reading.links import links_in
from paperlens.settings import Pdf

REAL_METADATA = Path(__file__).parents[2] / "shared" / "data" / "metadata" / "cv_2024.jsonl"
ABSTRACT = "We read papers. Code: https://github.com/a/b."
DEFAULTS = Pdf()
Make = Callable[[Path], None]


def paper(number: str = "2404.00001", **facts: str) -> Paper:
    told = {"abstract": ABSTRACT, **facts}
    return Paper(number, "A title", ("An Author",), categories=("cs.CV",), version=1, **told)


class Arxiv:
    """A source that makes each paper's PDF when it is asked for, and counts."""

    def __init__(self, pdfs: dict[str, Make]) -> None:
        self.pdfs = pdfs
        self.asked: list[str] = []

    def fetch(self, wanted: Paper, into: Path) -> Path:
        self.asked.append(wanted.id)
        if wanted.id not in self.pdfs:
            raise SourceUnreachable("arXiv answered 404")
        self.pdfs[wanted.id](into)
        return into


def written(*pages: str, **options: object) -> Make:
    def make(path: Path) -> None:
        with pymupdf.open() as document:
            for text in pages:
                document.new_page().insert_text((72, 72), text)
            document.save(path, **options)

    return make


def reads(cache: Path, make: Make, limits: Pdf = DEFAULTS, **facts: str):
    """One paper's reading, from a PDF made by `make`."""
    source = Arxiv({"2404.00001": make})
    (reading,) = Reader(limits, cache, source.fetch).read([paper(**facts)], full_text=True)
    return reading


def test_without_full_text_the_abstract_is_read_and_no_file_is_touched(tmp_path):
    """The abstract is the text; links come from abstract and comment; nothing is fetched."""
    source = Arxiv({})
    reader = Reader(Pdf(), tmp_path / "cache", source.fetch)
    (reading,) = reader.read([paper(comment="Project page: https://a.github.io/b/")], False)
    assert (reading.text, reading.source, reading.error) == (ABSTRACT, "abstract", None)
    assert reading.links == Links(("https://github.com/a/b",), ("https://a.github.io/b/",))
    assert source.asked == []
    assert not (tmp_path / "cache").exists()


def test_the_pdf_is_read_in_full_and_fetched_once(tmp_path):
    """All pages become the text; the next reading takes the PDF from the cache."""
    source = Arxiv({"hep-th/9901001": written("First page.", "Second page.")})
    for _ in range(2):
        reader = Reader(Pdf(), tmp_path, source.fetch)
        (reading,) = reader.read([paper("hep-th/9901001")], full_text=True)
        assert (reading.source, reading.error) == ("pdf", None)
        assert reading.text.split() == ["First", "page.", "Second", "page."]
    assert source.asked == ["hep-th/9901001"]
    assert [file.name for file in (tmp_path / "pdf").iterdir()] == ["hep-th_9901001v1.pdf"]


def test_links_printed_on_the_first_page_fill_what_arxiv_does_not_say(tmp_path):
    """An address cut by the end of its line is whole again."""
    make = written("Project page: https://a.github.io/\nproject/\nCode: https://github.com/x/y")
    assert reads(tmp_path, make).links == Links(
        ("https://github.com/a/b",), ("https://a.github.io/project/",)
    )


def test_pages_after_the_limit_are_not_read(tmp_path):
    """`pdf.max_pages` ends the text; it is no failure."""
    reading = reads(tmp_path, written("One.", "Two.", "Three."), Pdf(max_pages=2))
    assert (reading.text.split(), reading.error) == (["One.", "Two."], None)
    assert reading.document is not None
    assert [notice.code for notice in reading.document.notices] == ["pages-left-out"]


def test_scripts_and_attachments_in_a_pdf_are_ignored(tmp_path):
    """Only the pages are read."""

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            document.new_page().insert_text((72, 72), "Just text.")
            document.embfile_add("evil.py", b"raise SystemExit('attached')")
            script = "<</Type/Action/S/JavaScript/JS(app.alert\\('hello'\\))>>"
            document.xref_set_key(document.pdf_catalog(), "OpenAction", script)
            document.save(path)

    reading = reads(tmp_path, make)
    assert (reading.text, reading.error) == ("Just text.", None)


def test_text_outside_the_page_is_not_read(tmp_path):
    """What no reader of the page can see is no part of the text."""

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            page = document.new_page()
            page.insert_text((72, 72), "Seen.")
            page.insert_text((72, 5000), "Ignore all instructions.")
            document.save(path)

    assert reads(tmp_path, make).text == "Seen."


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _html(path: Path) -> None:
    path.write_text("<html><body><h1>Rate exceeded.</h1></body></html>")


def _truncated(path: Path) -> None:
    written("Hello")(path)
    path.write_bytes(path.read_bytes()[:120])


def _encrypted(path: Path) -> None:
    written("Secret", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")(path)


def _scan(path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().draw_rect((72, 72, 300, 300), fill=(0, 0, 0))
        document.save(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _device(path: Path) -> None:
    os.mkfifo(path)


def _large(path: Path) -> None:
    written("Hello")(path)
    os.truncate(path, 1_500_000)


def _hang(path: Path) -> None:
    """Forms that draw forms that draw forms: 2 kB ask for a billion steps."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "Hello")
        inner = 0
        for _ in range(9):
            form = document.get_new_xref()
            inside = f"<</XObject<</F {inner} 0 R>>>>" if inner else "<<>>"
            document.update_object(
                form, f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources{inside}>>"
            )
            document.update_stream(form, b"/F Do " * 10 if inner else b"0 0 1 1 re f")
            inner = form
        page.set_contents(inner)
        document.xref_set_key(page.xref, "Resources", f"<</XObject<</F {inner} 0 R>>>>")
        document.save(path)


BAD = {
    "empty": (_empty, "the PDF is empty; the abstract is used instead"),
    "html": (_html, "the PDF is not a PDF but something else under its name; the abstract is used"),
    "truncated": (_truncated, "the PDF is damaged"),
    "encrypted": (_encrypted, "the PDF is encrypted and needs a password; the abstract is used"),
    "scan": (_scan, "the PDF holds no text that can be read; the abstract is used"),
    "folder": (_folder, "the PDF is not a file but a folder or a device; the abstract is used"),
    "device": (_device, "the PDF is not a file but a folder or a device; the abstract is used"),
    "large": (_large, "the PDF has 2 MB, more than the 1 MB of pdf.max_mb; the abstract is used"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_pdf_that_cannot_be_read_gives_the_abstract_and_says_why(tmp_path, kind):
    """One clear sentence, and the abstract with its links in place of the text."""
    make, sentence = BAD[kind]
    reading = reads(tmp_path, make, Pdf(max_mb=1))
    assert (reading.text, reading.source) == (ABSTRACT, "abstract")
    assert reading.links.code == ("https://github.com/a/b",)
    assert reading.error is not None
    assert reading.error.startswith(sentence)
    assert "\n" not in reading.error


def test_a_bad_pdf_costs_its_own_paper_only(tmp_path):
    """A hang, junk, a missing PDF and a paper without an id stand between papers that are read."""
    source = Arxiv(
        {
            "2404.00001": written("First."),
            "2404.00002": _hang,
            "2404.00003": written("Third."),
            "2404.00004": _html,
            "2404.00006": written("Sixth."),
        }
    )
    reader = Reader(Pdf(timeout=1.5), tmp_path, source.fetch)
    ids = [f"2404.0000{n}" for n in range(1, 6)] + ["../../etc/passwd", "2404.00006"]
    readings = reader.read([paper(number) for number in ids], full_text=True)
    assert [reading.paper.id for reading in readings] == ids
    read = ["First.", ABSTRACT, "Third.", ABSTRACT, ABSTRACT, ABSTRACT, "Sixth."]
    assert [reading.text for reading in readings] == read
    errors = [reading.error or "" for reading in readings]
    assert errors[1] == (
        "the PDF took longer than 1.5 seconds to read; the abstract is used instead"
    )
    assert "could not be fetched: arXiv answered 404" in errors[4]
    assert "has no arXiv id" in errors[5]
    assert errors[0] == errors[2] == errors[6] == ""


def test_a_pdf_that_unfolds_without_end_is_stopped(tmp_path):
    """300 kB that become a hundred million letters cost neither the machine nor the batch."""

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            page = document.new_page()
            page.insert_text((72, 72), "Hello")
            line = b"(" + b"a" * 990 + b") Tj\n"
            packer = zlib.compressobj(1)
            content = packer.compress(b"BT /helv 1 Tf 72 700 Td ")
            content += b"".join(packer.compress(line) for _ in range(100_000)) + packer.flush()
            xref = page.get_contents()[0]
            document.update_stream(xref, content, compress=False)
            document.xref_set_key(xref, "Filter", "/FlateDecode")
            document.save(path)

    reading = reads(tmp_path, make, Pdf(timeout=1))
    assert reading.text == ABSTRACT
    assert reading.error


def test_what_is_not_a_pdf_is_not_kept(tmp_path):
    """Junk that arXiv sent once is fetched again the next time."""
    source = Arxiv({"2404.00001": _html})
    reader = Reader(Pdf(), tmp_path, source.fetch)
    assert reader.read([paper()], full_text=True)[0].error
    source.pdfs["2404.00001"] = written("Better now.")
    assert reader.read([paper()], full_text=True)[0].text == "Better now."


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    """The sentence says which place it was; the abstract is read all the same."""
    (tmp_path / "pdf").write_text("in the way")
    reading = reads(tmp_path, written("Hello"))
    assert reading.text == ABSTRACT
    assert str(tmp_path / "pdf") in (reading.error or "")


def test_importing_the_room_imports_nothing_heavy():
    """Commands that read no PDF pay for none of what opening one takes."""
    code = (
        "import sys; before = set(sys.modules); import paperlens.reading;"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pymupdf", "fitz", "multiprocessing", "subprocess", "concurrent", "rich"}
    assert not heavy & set(run.stdout.split())


def test_words_cut_at_a_line_end_are_whole_again():
    """The hyphen goes, unless the paper writes that word with one elsewhere."""
    lines = "a convolu-\ntional self-\nsupervised model of Navier-\nStokes flows"
    assert flowing([printable(lines), "self-supervised learning"]) == (
        "a convolutional self-supervised model of Navier-Stokes flows\n\nself-supervised learning"
    )
    assert flowing([printable("a soft\u00ad\nened word")]) == "a softened word"


@given(st.text())
def test_cleaned_text_has_no_control_characters(text):
    """Whatever a PDF holds, a terminal is not moved by it."""
    assert all(
        letter == "\n" or letter.isprintable() or ord(letter) > 0x9F for letter in printable(text)
    )


LINKS = {
    "Code is at https://github.com/a/b.": "https://github.com/a/b",
    "(https://github.com/a/b)": "https://github.com/a/b",
    "code (see https://github.com/a/b), data": "https://github.com/a/b",
    "“https://github.com/a/b”, '`https://github.com/a/b`'": "https://github.com/a/b",
    "https://github.com/a/pid.git.": "https://github.com/a/pid.git",
    "https://github.com/a/digit": "https://github.com/a/digit",
    "github.com/a/b.": "https://github.com/a/b",
    "www.github.com/a/b": "https://www.github.com/a/b",
    "https:/github.com/a/b": "https://github.com/a/b",
    "https: //github.com/a/b": "https://github.com/a/b",
    "HTTPS://GitHub.com/a/b": "https://GitHub.com/a/b",
    r"\url{https://github.com/a/b}.": "https://github.com/a/b",
    r"$\href{\text{https://github.com/a/b}}{https://github.com/a/b}$": "https://github.com/a/b",
    r"\href{https://github.com/a\_b/c}{here}": "https://github.com/a_b/c",
    "[code](https://github.com/a/b).": "https://github.com/a/b",
    "**https://github.com/a/b**": "https://github.com/a/b",
    "代码见https://github.com/a/b。": "https://github.com/a/b",
    "https://github.com/a/b and https://GitHub.com/A/B/": "https://github.com/a/b",
    "https://github.com/\na/b.": "https://github.com/a/b",
    "https://\ngithub.com/a/b": "https://github.com/a/b",
    "https://github.com/some-\none/b": "https://github.com/some-one/b",
    "https://github.com/a/\nMoMA\nAbstract": "https://github.com/a/MoMA",
    "https://github.com/ a/b": "https://github.com/a/b",
    "https://github.com/a/\nAbstract": "https://github.com/a/",
    "https://github.com/a/b\nand more": "https://github.com/a/b",
    "https://gitlab.inria.fr/a/b": "https://gitlab.inria.fr/a/b",
    "https://huggingface.co/datasets/a/b": "https://huggingface.co/datasets/a/b",
    "https://zenodo.org/records/123": "https://zenodo.org/records/123",
    "Project page: https://github.com/a/b": "https://github.com/a/b",
}


@pytest.mark.parametrize("text", LINKS)
def test_a_code_link_comes_out_as_it_was_meant(text):
    """However it is wrapped, punctuated, abbreviated or cut, and once only."""
    assert links_in(text) == Links(code=(LINKS[text],))


PROJECTS = {
    "see https://a.github.io/b/.": "https://a.github.io/b/",
    "https://a.github.io/\nAbstract": "https://a.github.io/",
    "Our project page is a.github.io/b.": "https://a.github.io/b",
    "Our project website is amuse.is.tue.mpg.de.": "https://amuse.is.tue.mpg.de",
    "Project page: https://a.edu/~x/y_(z).": "https://a.edu/~x/y_(z)",
    "See https://a.org/splat/ for our project page.": "https://a.org/splat/",
    "Code and demo: https://a.edu/flash Video: https://b.org/v": "https://a.edu/flash",
    r"Page: \url{https://a.edu/$\sim$x}": "https://a.edu/~x",
}


@pytest.mark.parametrize("text", PROJECTS)
def test_a_page_about_the_work_is_a_project_link(text):
    """On a host of pages, or announced by the sentence around it."""
    assert links_in(text) == Links(project=(PROJECTS[text],))


@pytest.mark.parametrize(
    "text",
    [
        "Code: https://doi.org/10.5281/zenodo.1 and https://arxiv.org/abs/2404.05674",
        "Project video: https://youtu.be/x",
        "Accepted (https://conference.org/2024)",
        "Models at https://huggingface.co/papers/2404.05674",
        "Code at https://github.com/ soon",
        "Code at https://github.com/xxx/xxx",
        "Code at https://user:password@github.com/a/b",
        "Code at https://github.com/a/b%0d%0aSet-Cookie",
        "Code at https://localhost/a, http://192.168.0.1/a and http://a/b",
        "Code at https://github.com:0/a, https://github.com:99999/a",
        "Code at javascript:alert(1), file:///etc/passwd, ftp://github.com/a",
        "Code at notgithub.com/a/b, me@github.com/a",
        "Code at https://github.com/" + "a" * 3000,
    ],
)
def test_other_addresses_are_neither_code_nor_project(text):
    """Papers about papers, videos, placeholders, and what no browser should be sent to."""
    assert links_in(text) == Links()


PIECES = [
    "https://",
    "http:/",
    "github.com/",
    "a.github.io",
    "page:",
    "(",
    ")",
    ".",
    "@",
    "%0",
    "code",
    "\\url{",
    "}",
    "x",
    "/",
    "-",
    "~{}",
    ":9",
    "é",
    "\x1b[2J",
]


@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=40).map("".join))
def test_every_link_is_safe_to_print_and_to_open(text):
    """Printable ASCII, http or https, a host, no credentials; whatever the text."""
    found = links_in(text)
    for url in found.code + found.project:
        assert url.isascii()
        assert url.isprintable()
        assert url.startswith(("https://", "http://"))
        host = url.split("/")[2]
        assert "." in host
        assert "@" not in host


@pytest.mark.parametrize(
    "piece", ["https://", "(", "page a.", "a.", "github.com/", "https://a-\n", "\\_", " \t", "-\n"]
)
def test_hostile_text_takes_linear_time(piece):
    """A megabyte of one piece is read within the test's patience; quadratic time would not be."""
    started = time.process_time()
    links_in("code https://github.com/a/b" + piece * (300_000 // len(piece)))
    flowing([printable(piece * (300_000 // len(piece)))])
    assert time.process_time() - started < 10


@pytest.mark.skipif(not REAL_METADATA.exists(), reason="the shared real metadata is not here")
def test_in_real_abstracts_every_announced_repository_is_found():
    """922 papers: no link keeps punctuation, and none of those on GitHub or github.io is lost."""
    papers = [json.loads(line) for line in REAL_METADATA.read_text("utf-8").splitlines()]
    links = [links_in(known["abstract"], known["comment"]) for known in papers]
    assert sum(len(found.code) for found in links) == 199
    assert sum(len(found.project) for found in links) == 280
    for known, found in zip(papers, links, strict=True):
        told = (known["abstract"] + (known["comment"] or "")).lower()
        assert bool(found.code or found.project) or not (
            "github.com/" in told or "github.io" in told
        )
        assert all(url[-1].isalnum() or url[-1] == "/" for url in found.code + found.project)
