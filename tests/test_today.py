"""`paperlens today`, end to end, against an arXiv on loopback."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import FOREVER, TinyArxiv
from tests.conftest import Ran, Shell, pointing_to


def papers_of(ran: Ran) -> list[dict[str, object]]:
    """The papers of a --json report."""
    papers: list[dict[str, object]] = json.loads(ran.out)["papers"]
    return papers


def timeless(notices: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without what only says that the sample day is not today."""
    return [notice for notice in notices if notice["code"] != "feed-late"]


def ids_of(ran: Ran) -> list[object]:
    return [paper["id"] for paper in papers_of(ran)]


def test_reports_the_papers_that_saved_queries_match(reader: Shell, arxiv: TinyArxiv) -> None:
    """`today` shows what was announced today and matches, each paper once: those with the words
    in their titles first, then the newest."""
    ran = reader("today", "--json")
    assert ran.code == 0, ran.err
    ids = ids_of(ran)
    assert "2611.90012" in ids
    assert "2611.90047" in ids
    assert len(ids) == len(set(ids))
    scores = {paper["id"]: paper["score"] for paper in papers_of(ran)}
    assert ids == sorted(ids, key=lambda id: (scores[id], id), reverse=True)
    in_title = ["in the title" in " ".join(paper["why"]) for paper in papers_of(ran)]
    assert in_title == sorted(in_title, reverse=True)
    assert [request.route for request in arxiv.requests] == ["feed", "api"]


def test_one_feed_request_covers_all_queries(reader: Shell, arxiv: TinyArxiv) -> None:
    """The feed is asked once, for the union of the categories of all queries."""
    reader("today")
    (asked,) = arxiv.asked("feed")
    assert set(asked.path.rpartition("/")[2].split("+")) == {"cs.CV", "cs.CL"}
    assert asked.headers["user-agent"].startswith("paperlens/")


def test_the_second_time_is_the_same_report_without_asking(reader: Shell, arxiv: TinyArxiv) -> None:
    """A second `today` prints the same papers from the library and asks arXiv nothing."""
    first = reader("today", "--json")
    asked = len(arxiv.requests)
    second = reader("today", "--json")
    assert len(arxiv.requests) == asked
    assert papers_of(first) == papers_of(second)
    assert second.code == 0


def test_all_views_show_the_same_report(reader: Shell) -> None:
    """Terminal, JSON, JSON Lines and Markdown render one and the same report."""
    titles = [str(paper["title"]) for paper in papers_of(reader("today", "--json"))]
    lines = [json.loads(line)["title"] for line in reader("today", "--jsonl").out.splitlines()]
    assert lines == titles
    plain = " ".join(reader("today", "-n", "50", COLUMNS="200").out.split())
    markdown = reader("today", "--markdown").out
    for title in (t for t in titles if "$" not in t):
        assert title in plain
        assert title in markdown


def test_json_is_as_documented(reader: Shell) -> None:
    """The JSON document has exactly the documented keys, and unknown values are null."""
    report = json.loads(reader("today", "--json").out)
    assert set(report) == {
        "schema", "command", "generated", "batch", "notices", "cost", "papers",
    }  # fmt: skip
    assert report["schema"] == "paperlens.report/1"
    assert report["batch"] == "2026-11-20"
    paper = report["papers"][0]
    assert set(paper) == {
        "id", "version", "title", "authors", "abstract", "categories", "published", "updated",
        "announced", "announce_type", "comment", "doi", "journal_ref", "license", "url", "pdf_url",
        "links", "queries", "score", "why", "mark", "tags", "note", "summary", "affiliation",
        "figures", "error", "also",
    }  # fmt: skip
    assert paper["mark"] == "new"
    assert paper["note"] is None
    assert set(paper["summary"]) == {
        "template", "language", "model", "source", "fields", "checks", "cost_usd", "tokens_in",
        "tokens_out", "created",
    }  # fmt: skip
    assert paper["summary"]["model"] == "extractive"
    assert paper["summary"]["fields"]["tldr"] in paper["abstract"]


def test_the_api_adds_what_the_feed_leaves_out(reader: Shell, sample: Sample) -> None:
    """Comments, exact dates and exact names come from one API request by id."""
    truth = {paper.id: paper for paper in sample.papers}
    for paper in papers_of(reader("today", "--json")):
        exact = truth[str(paper["id"])]
        assert exact.published is not None
        assert paper["published"] == exact.published.isoformat().replace("+00:00", "Z")
        assert paper["comment"] == exact.comment
        assert paper["authors"] == list(exact.authors)
        assert paper["doi"] == exact.doi


def test_goes_on_when_the_api_refuses(reader: Shell, arxiv: TinyArxiv) -> None:
    """A 429 of the API costs comments and dates, not the day; the report says so."""
    arxiv.fail("api", "429", FOREVER)
    ran = reader("today", "--json")
    assert ran.code == 0, ran.err
    assert "2611.90012" in ids_of(ran)
    assert "feed-only" in [n["code"] for n in json.loads(ran.out)["notices"]]


@pytest.mark.parametrize("how", ["429", "503", "html", "empty body", "cut", "reset", "entity bomb"])
def test_a_failing_feed_is_made_up_for_by_the_api(
    reader_now: Shell, arxiv_now: TinyArxiv, how: str
) -> None:
    """Without the feed the API brings the same new papers, and the report says by which road."""
    arxiv_now.fail("feed", how, FOREVER)  # type: ignore[arg-type]
    ran = reader_now("today", "--json")
    assert ran.code == 0, ran.err
    assert "2611.90012" in ids_of(ran)
    assert [n["code"] for n in json.loads(ran.out)["notices"]] == ["feed-refused"]
    assert "via arXiv’s API" in reader_now("today", "--refresh").out.replace("'", "’")


@pytest.mark.parametrize("how", ["429", "503", "html", "empty body", "cut", "reset", "entity bomb"])
def test_no_road_at_all_on_the_first_day_exits_4(reader: Shell, arxiv: TinyArxiv, how: str) -> None:
    """With nothing from arXiv and nothing in the library, `today` says so in one line: exit 4."""
    for route in ("feed", "api", "oai"):
        arxiv.fail(route, how, FOREVER)  # type: ignore[arg-type]
    ran = reader("today")
    assert ran.code == 4
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_a_failing_feed_loses_nothing_of_the_day(reader_now: Shell, arxiv_now: TinyArxiv) -> None:
    """What the feed brought in the morning stays in the report when only the API is there later."""
    first = reader_now("today", "--json")
    arxiv_now.fail("feed", "503", FOREVER)
    assert ids_of(reader_now("today", "--json", "--refresh")) == ids_of(first)


def test_a_failing_arxiv_later_shows_what_the_library_holds(
    reader: Shell, arxiv: TinyArxiv
) -> None:
    """When arXiv is gone, the last batch is shown again, with a notice, and the exit code is 0."""
    first = reader("today", "--json")
    for route in ("feed", "api", "oai"):
        arxiv.fail(route, "503", FOREVER)  # type: ignore[arg-type]
    second = reader("today", "--json", "--refresh")
    assert second.code == 0
    assert ids_of(second) == ids_of(first)
    assert "arxiv-unreachable" in [n["code"] for n in json.loads(second.out)["notices"]]


def test_a_new_day_shows_only_what_is_new(reader: Shell, arxiv: TinyArxiv) -> None:
    """What was reported on one day is not reported on the next, though arXiv lists it again."""
    first = ids_of(reader("today", "--json"))
    old = next(paper for paper in arxiv.papers if paper.id == "2611.90012")
    monday = date(2026, 11, 23)
    another = replace(old, title="Another diffusion", abstract="Nothing like it.")
    arxiv.papers += [
        replace(old, announced=monday, announce_type="cross", categories=("cs.LG", "cs.CV")),
        replace(another, announced=monday, id="2611.95000"),
    ]
    arxiv.day = monday
    second = reader("today", "--json", "--refresh")
    assert ids_of(second) == ["2611.95000"]
    assert set(ids_of(reader("today", "--json", "--all", "--refresh"))) == {
        "2611.95000",
        "2611.90012",
    }
    assert "2611.90012" in first


def test_a_replacement_is_no_news(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """A new version of a paper that the reader never kept is not reported."""
    shell = paperlens.having(**pointing_to(arxiv))
    ids = ids_of(shell("today", "--json", "--expr", "cat:cs.CV AND diffusion"))
    assert "2610.94417" not in ids


def test_named_queries_only(reader: Shell) -> None:
    """`today NAME` reports that query's papers, and `today` afterwards still reports the others."""
    some = ids_of(reader("today", "words", "--json"))
    assert "2611.90012" not in some
    everything = ids_of(reader("today", "--json"))
    assert set(some) < set(everything)


def test_numbers_are_those_of_the_last_report(reader: Shell) -> None:
    """`show 1` is the first paper of the report that was printed last."""
    (first, *_) = ids_of(reader("today", "words", "--json"))
    reader("today", "words")
    (shown,) = papers_of(reader("show", "1", "--json"))
    assert shown["id"] == first


def test_an_expression_leaves_no_trace_in_what_is_new(reader: Shell) -> None:
    """`--expr` looks without counting: the papers are still news for the saved queries."""
    once = ids_of(reader("today", "--json", "--expr", "cat:cs.CV AND diffusion"))
    assert once
    assert set(once) <= set(ids_of(reader("today", "--json")))


def test_limit_is_how_many_are_summarised(reader: Shell) -> None:
    """`-n` papers are summarised and shown in full; the rest are listed."""
    papers = papers_of(reader("today", "--json", "-n", "2"))
    assert [paper["summary"] is not None for paper in papers[:3]] == [True, True, False]
    assert papers_of(reader("today", "--json", "--no-summary"))[0]["summary"] is None
    assert "because" not in reader("today", "--no-summary").out


def test_nothing_new_says_why(reader: Shell) -> None:
    """A report without papers says what was announced and that none matched."""
    ran = reader("today", "--expr", "cat:cs.CV AND xylophone")
    assert ran.code == 0
    assert "none matches" in " ".join(ran.out.split())


def test_offline_never_asks(reader: Shell, arxiv: TinyArxiv) -> None:
    """`--offline` shows what the library holds, exits 4 when it holds nothing, and never asks."""
    assert reader("today", "--offline").code == 4
    assert arxiv.requests == []
    shown = reader("today", "--json")
    asked = len(arxiv.requests)
    assert ids_of(reader("today", "--offline", "--json")) == ids_of(shown)
    assert len(arxiv.requests) == asked


def test_without_a_query_off_a_terminal(paperlens: Shell) -> None:
    """With no saved query and nobody to ask, `today` names the command to run and exits 2."""
    ran = paperlens("today")
    assert ran.code == 2
    assert "paperlens query add" in ran.err
    assert ran.out == ""


def test_a_query_without_a_category(paperlens: Shell, arxiv_now: TinyArxiv) -> None:
    """A query that names no category is searched for, or looks in `arxiv.categories`."""
    shell = paperlens.having(**pointing_to(arxiv_now))
    ran = shell("today", "--expr", "diffusion", "--json")
    assert "2611.90012" in ids_of(ran)
    assert [request.route for request in arxiv_now.requests] == ["api"]
    ran = shell("today", "--expr", "diffusion", "--json", PAPERLENS_ARXIV_CATEGORIES="cs.CV")
    assert "2611.90012" in ids_of(ran)


def test_a_mistake_in_a_query_has_a_caret(paperlens: Shell) -> None:
    """A query that cannot be read is shown with a caret under the place."""
    ran = paperlens("query", "add", "diffusion", "cat:cs.CV AND ")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == 'error: query "diffusion": expected a word after AND'
    assert ran.err.splitlines()[2].rstrip().endswith("^")


def test_written_to_a_file_whole(reader: Shell) -> None:
    """`-o FILE` writes the form that the suffix names and prints nothing."""
    ran = reader("today", "-o", "today.md")
    assert (ran.code, ran.out) == (0, "")
    assert (reader.home / "today.md").read_text().startswith("# ")
    reader("today", "-o", "today.json")
    assert json.loads((reader.home / "today.json").read_text())["command"] == "today"
    ran = reader("today", "-o", "no/such/folder.md")
    assert ran.code == 2
    assert "no/such/folder.md" in ran.err


def test_plain_off_a_terminal(reader: Shell) -> None:
    """Off a terminal there are no colours and no control codes, whatever the papers say."""
    assert "\x1b" not in reader("today").out


def test_interrupted_it_leaves_at_once(reader: Shell, arxiv: TinyArxiv) -> None:
    """Ctrl-C while arXiv is silent: exit 130, no traceback."""
    arxiv.fail("feed", "silence", FOREVER)
    with subprocess.Popen(
        [sys.executable, "-m", "paperlens", "today"],
        env={**reader.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            while not arxiv.asked("feed"):
                assert process.poll() is None
                os.sched_yield()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert out == ""


def test_a_reader_that_leaves_early_is_no_error(reader: Shell) -> None:
    """Output that nobody reads any more, as after `| head -1`, ends quietly."""
    ours, theirs = os.pipe()
    os.close(ours)
    with open(theirs, "wb") as nobody:  # noqa: PTH123 - an open file, not a path
        done = subprocess.run(
            [sys.executable, "-m", "paperlens", "today", "--json"],
            env={**reader.environ},
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_query_for_comments_is_answered_by_the_api(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """The feed has no comments: a query that asks for them is matched once the API has told."""
    shell = paperlens.having(**pointing_to(arxiv))
    ran = shell("today", "--json", "--expr", 'cat:cs.CV AND co:"3 figures"')
    found = papers_of(ran)
    assert "2611.90012" in [paper["id"] for paper in found]
    assert all("3 figures" in str(paper["comment"]) for paper in found)


def test_a_day_without_comments_is_completed_later(reader: Shell, arxiv: TinyArxiv) -> None:
    """What the API refused to tell is asked for again, and the report then has it."""
    arxiv.fail("api", "429", FOREVER)
    assert papers_of(reader("today", "--json"))[0]["comment"] is None
    arxiv.heal()
    papers = papers_of(reader("today", "--json", "--refresh"))
    assert "3 pages, 3 figures, 1 table" in [paper["comment"] for paper in papers]


def test_tags_of_a_query_are_tags_of_its_papers(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """`query add --tag` puts the tag on what the query finds."""
    shell = paperlens.having(**pointing_to(arxiv))
    shell("query", "add", "sky", "cat:astro-ph.*", "--tag", "stars", "--weight", "2")
    papers = papers_of(shell("today", "--json"))
    assert papers
    assert all(paper["tags"] == ["stars"] for paper in papers)


def test_a_heavier_query_comes_first(reader: Shell) -> None:
    """Papers of the query with the larger weight stand before the others."""
    reader("query", "add", "sky", "cat:astro-ph.*", "--weight", "3")
    queries = [paper["queries"] for paper in papers_of(reader("today", "--json"))]
    assert queries == sorted(queries, key=lambda names: names != ["sky"])
    assert queries[0] == ["sky"]


def test_a_category_that_arxiv_does_not_have_costs_only_itself(
    reader: Shell, arxiv: TinyArxiv
) -> None:
    """One query with a wrong category is named; the others are served. Alone, it exits 2."""
    reader("query", "add", "odd", "cat:cs.CVV AND splat")
    ran = reader("today", "--json")
    assert ran.code == 0, ran.err
    assert "2611.90012" in ids_of(ran)
    (notice,) = timeless(json.loads(ran.out)["notices"])
    assert notice["code"] == "unknown-category"
    assert "odd" in notice["text"]
    assert "cs.CV" in notice["text"]
    alone = reader("today", "--expr", "cat:cs.CVV AND splat")
    assert alone.code == 2
    assert "cs.CV" in alone.err
    assert len(arxiv.asked("feed")) == 1


def test_what_was_never_asked_is_not_said_to_be_missing(reader: Shell) -> None:
    """Offline, a query that no report had is answered with that, not with "none matches"."""
    reader("today")
    shown = " ".join(reader("today", "--offline", "--expr", "cat:stat.ML").out.split())
    assert "has not been asked" in shown
    assert "none matches" not in shown


def test_lost_papers_are_fetched_again(reader: Shell, arxiv: TinyArxiv) -> None:
    """When papers of the last report are gone from the library, arXiv is asked again."""
    first = ids_of(reader("today", "--json"))
    for shard in (reader.home / "paperlens" / "data" / "papers").glob("*.json"):
        shard.unlink()
    asked = len(arxiv.requests)
    assert ids_of(reader("today", "--json")) == first
    assert len(arxiv.requests) > asked


def test_an_empty_day_says_so_once(reader: Shell) -> None:
    """The reason for an empty report stands in it once, also when it is shown again."""
    reader("query", "edit", "diffusion", "cat:cs.CV AND xylophone")
    for _ in range(2):
        notices = timeless(json.loads(reader("today", "diffusion", "--json").out)["notices"])
        assert [notice["code"] for notice in notices] == ["nothing-new"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_nowhere(reader: Shell, closed: str) -> None:
    """With standard streams closed, as daemons have them, a command still does its work."""
    command = f"{sys.executable} -m paperlens today {closed}"
    done = subprocess.run(
        ["bash", "-c", command], env={**reader.environ}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_no_bug(reader: Shell) -> None:
    """Standard output that cannot be written is one line and exit 2."""
    command = f"{sys.executable} -m paperlens today > /dev/full"
    done = subprocess.run(
        ["bash", "-c", command], env={**reader.environ}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "error: standard output cannot be written: No space left on device\n"
