"""`paperlens summarize`, end to end: papers, files and JSON; without a model and with one."""

import json
from typing import Any

import pymupdf
import pytest

from paperlens.demo import Sample
from paperlens.demo.server import FOREVER, TinyArxiv
from tests.conftest import Ran, Shell, pointing_to
from tests.openai_server import OpenAIServer, Reply, Request

ONE, OTHER = "2611.90012", "2611.90027"
GIVEN = {
    "title": "Snow on roofs",
    "abstract": "Snow is heavy. We propose to weigh it with a lamp. It saves 40% of all roofs.",
}


@pytest.fixture
def shell(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    """A user who can reach arXiv and has asked for nothing yet."""
    return paperlens.having(**pointing_to(arxiv))


def papers_of(ran: Ran) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = json.loads(ran.out)["papers"]
    return papers


def test_a_paper_is_summarised_by_its_own_sentences(shell: Shell, arxiv: TinyArxiv) -> None:
    """Without a model an arXiv id is enough, and one request: the abstract is told, in full."""
    ran = shell("summarize", ONE, "--json")
    assert ran.code == 0, ran.err
    (paper,) = papers_of(ran)
    assert json.loads(ran.out)["command"] == "summarize"
    assert (paper["id"], paper["error"]) == (ONE, None)
    assert paper["summary"]["model"] == "extractive"
    assert paper["summary"]["source"] == "abstract"
    assert paper["summary"]["fields"]["tldr"] in paper["abstract"]
    assert [request.route for request in arxiv.requests] == ["api"]


def test_the_newest_summary_is_shown_afterwards(shell: Shell, arxiv: TinyArxiv) -> None:
    """`show` has paper and summary without asking, by the id and by the number on the page."""
    told = papers_of(shell("summarize", ONE, "--json"))[0]["summary"]
    asked = len(arxiv.requests)
    assert papers_of(shell("show", ONE, "--json"))[0]["summary"] == told
    assert papers_of(shell("show", "1", "--json"))[0]["id"] == ONE
    assert len(arxiv.requests) == asked


def test_every_paper_is_shown_in_full_in_the_order_of_naming(shell: Shell) -> None:
    """However many are named, none is left to a list; a paper named twice stands once."""
    words = [OTHER, ONE, f"https://arxiv.org/abs/{OTHER}"]
    assert [paper["id"] for paper in papers_of(shell("summarize", *words, "--json"))] == [
        OTHER,
        ONE,
    ]
    page = shell("summarize", *words, COLUMNS="100")
    assert page.code == 0
    assert page.out.index(OTHER) < page.out.index(ONE)
    assert "more" not in page.out.splitlines()[-3]


def test_json_with_title_and_abstract_needs_nobody(paperlens: Shell) -> None:
    """A paper from another program is told as it is given, and known by an id of ours."""
    ran = paperlens("summarize", "-", "--jsonl", stdin=json.dumps(GIVEN))
    assert ran.code == 0, ran.err
    paper = json.loads(ran.out)
    assert paper["id"].startswith("local:snow-on-roofs-")
    assert paper["summary"]["fields"]["tldr"] == "We propose to weigh it with a lamp."
    assert json.loads(paperlens("show", paper["id"], "--jsonl").out)["summary"] == paper["summary"]


def test_what_search_finds_can_be_piped_in(shell: Shell, arxiv: TinyArxiv) -> None:
    """JSON Lines of the library come back as summaries, and arXiv is not asked again."""
    shell("show", ONE, OTHER)
    asked = len(arxiv.requests)
    found = shell("search", "--jsonl").out
    ran = shell("summarize", "-", "--json", stdin=found)
    assert {paper["id"] for paper in papers_of(ran)} == {ONE, OTHER}
    assert len(arxiv.requests) == asked


def test_json_with_an_id_alone_is_looked_up(shell: Shell) -> None:
    """Lines of ids and of JSON may be mixed."""
    lines = f'{{"id": "{ONE}"}}\n\n{OTHER}\n'
    assert [p["id"] for p in papers_of(shell("summarize", "-", "--json", stdin=lines))] == [
        ONE,
        OTHER,
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"title": "Snow"}', "line 1: "),
        ('{"title": ', "line 1: is not JSON"),
        ("[" * 5, '"[[[[["'),
        ('{"id": 3}', "line 1: "),
        ("", "names no paper"),
    ],
)
def test_what_names_no_paper_is_refused(paperlens: Shell, line: str, said: str) -> None:
    """A line that is no paper is the user's mistake, named with its line."""
    ran = paperlens("summarize", "-", stdin=line)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_local_file_that_arxiv_stamped_is_that_paper(
    shell: Shell, arxiv: TinyArxiv, sample: Sample
) -> None:
    """A PDF is told under its own title, fetched from nowhere, under the id in its margin."""
    (shell.home / "mine.pdf").write_bytes(sample.pdfs[ONE])
    ran = shell("summarize", "mine.pdf", "--json")
    assert ran.code == 0, ran.err
    (paper,) = papers_of(ran)
    assert paper["id"] == ONE
    assert paper["title"] == next(each.title for each in sample.papers if each.id == ONE)
    assert paper["authors"] == []
    assert paper["summary"]["fields"]["tldr"] in paper["abstract"]
    assert arxiv.requests == []
    shown = papers_of(shell("show", ONE, "--json"))[0]
    assert shown["authors"] != []
    assert shown["summary"] == paper["summary"]


def test_a_local_file_of_nobodys_is_known_by_its_title(paperlens: Shell, sample: Sample) -> None:
    """A PDF without an id has one of ours, under which `show` and `search` find it."""
    with pymupdf.open(stream=sample.pdfs[ONE]) as document:
        page = document[0]
        page.add_redact_annot((0, 0, 60, page.rect.height))
        page.apply_redactions()
        document.save(paperlens.home / "mine.pdf")
    (paper,) = papers_of(paperlens("summarize", "mine.pdf", "--json"))
    assert paper["id"].startswith("local:")
    assert paper["url"] is None
    shown = papers_of(paperlens("show", paper["id"], "--json"))[0]
    assert (shown["title"], shown["summary"]) == (paper["title"], paper["summary"])


def test_one_bad_paper_costs_itself_only(shell: Shell) -> None:
    """What cannot be had is named, the others are told, and the exit code is 3."""
    bad = shell.home / "bad.pdf"
    bad.write_text("no PDF")
    ran = shell("summarize", ONE, "2611.99999", str(bad), "none.pdf", "--json")
    assert ran.code == 3
    assert [paper["id"] for paper in papers_of(ran)] == [ONE]
    said = " ".join(notice["text"] for notice in json.loads(ran.out)["notices"])
    for name in ("2611.99999", "bad.pdf", "none.pdf"):
        assert name in said
        assert f"{name}" in ran.err


def test_nothing_at_all_is_the_reason_alone(shell: Shell, arxiv: TinyArxiv) -> None:
    """When nothing that was named can be had, the exit code says why, and no page is printed."""
    ran = shell("summarize", "none.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert "none.pdf" in ran.err
    assert shell("summarize", "2611.99999").code == 2
    for route in ("api", "oai"):
        arxiv.fail(route, "503", FOREVER)  # type: ignore[arg-type]
    assert shell("summarize", ONE).code == 4


def test_a_paper_without_text_is_named(paperlens: Shell) -> None:
    """Where nothing can be read nothing is made up: the paper says so, and the exit code is 3."""
    paperlens("import", "-", stdin="@article{a, title={Snow on roofs}, author={Doe, Jane}}")
    id = json.loads(paperlens("search", "--jsonl").out)["id"]
    ran = paperlens("summarize", id, "--json", "--model", "openai/test", "--template", "deep")
    assert ran.code == 3
    assert papers_of(ran)[0]["summary"] is None
    assert papers_of(ran)[0]["error"] == "there is no text to summarise"


def test_a_template_that_asks_for_more_reads_the_full_text(shell: Shell, sample: Sample) -> None:
    """`deep` without a model opens the PDF, `brief` does not; what no sentence says is null."""
    assert ONE in sample.pdfs
    summary = papers_of(shell("summarize", ONE, "--template", "deep", "--json"))[0]["summary"]
    assert summary["template"] == "deep"
    assert summary["fields"]["tldr"]
    assert set(summary["fields"]) > {"prior_work", "method_steps", "limitations"}


class Model:
    """Answers every question about a template, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Reply:
        asked = request["messages"][1]["content"]
        self.asked.append(asked)
        if "Chinese" in asked:
            tldr, points = (
                "本文提出一种新的方法。",
                ["第一个结论很重要。", "第二个结论。", "第三点。"],
            )
        else:
            tldr, points = asked.splitlines()[1], [f"{word}." for word in ("One", "Two", "Three")]
        return Reply(json.dumps({"tldr": tldr, "takeaways": points}))


def test_a_model_is_asked_once_and_never_paid_twice(shell: Shell) -> None:
    """The second time the summary is the kept one, whatever comment its template got meanwhile; a
    changed word asks again."""
    shell("templates", "new", "mine")
    mine = shell.home / "paperlens" / "templates" / "mine.toml"
    words = ("summarize", ONE, "--model", "openai/test", "--template", "mine", "--abstract")
    model = Model()
    with OpenAIServer(model) as server:
        with_model = shell.having(PAPERLENS_LLM_API_BASE=server.url, OPENAI_API_KEY="sk-x")
        first = with_model(*words, "--json")
        assert first.code == 0, first.err
        assert papers_of(first)[0]["summary"]["model"] == "openai/test"
        mine.write_text(mine.read_text("utf-8") + "\n# a remark\n", "utf-8")
        again = with_model(*words, "--json")
        assert papers_of(again) == papers_of(first)
        assert json.loads(again.out)["cost"] == {"usd": 0.0, "tokens_in": 0, "tokens_out": 0}
        assert len(model.asked) == 1
        mine.write_text(mine.read_text("utf-8").replace("busy", "patient"), "utf-8")
        with_model(*words)
        assert "patient researcher" in model.asked[1]


def test_a_model_that_refuses_leaves_own_sentences(shell: Shell) -> None:
    """No server: every paper has its extractive summary, the reason is told, the exit code is 5."""
    ran = shell(
        "summarize", ONE, "--model", "openai/test", "--abstract", "--json",
        PAPERLENS_LLM_API_BASE="http://127.0.0.1:9/v1", OPENAI_API_KEY="sk-x",
    )  # fmt: skip
    assert ran.code == 5
    assert papers_of(ran)[0]["summary"]["model"] == "extractive"
    assert "no model server answers" in papers_of(ran)[0]["error"]


def test_files_and_streams_are_served_like_those_of_other_reports(shell: Shell) -> None:
    """`-o FILE.md` writes Markdown and leaves standard output empty."""
    ran = shell("summarize", ONE, "-o", "told.md")
    assert (ran.code, ran.out) == (0, "")
    assert "# Summaries" in (shell.home / "told.md").read_text("utf-8")


def test_another_language_is_translated_not_read_again(shell: Shell) -> None:
    """With an English summary at hand a Chinese one is made from it, and both are kept."""
    model = Model()
    with OpenAIServer(model) as server:
        with_model = shell.having(PAPERLENS_LLM_API_BASE=server.url, OPENAI_API_KEY="sk-x")
        words = ("summarize", ONE, "--model", "openai/test", "--abstract", "--json")
        english = papers_of(with_model(*words))[0]["summary"]
        chinese = papers_of(with_model(*words, "--lang", "zh"))[0]["summary"]
        assert (english["language"], chinese["language"]) == ("en", "zh")
        assert chinese["fields"]["tldr"] == "本文提出一种新的方法。"
        read, translated = model.asked
        assert read.startswith("<paper-")
        assert translated.startswith("<summary-")
        assert english["fields"]["tldr"] in translated
        assert papers_of(with_model(*words))[0]["summary"] == english
        assert papers_of(with_model(*words, "--lang", "zh"))[0]["summary"] == chinese
        assert len(model.asked) == 2
        with_model(*words, "--lang", "zh", "--refresh")
        assert model.asked[2].startswith("<paper-")
