"""A report as JSON, by the contract."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.reports import render
from paperlens.reports.json import lines

from .test_reports_examples import hostile_text, realistic, report_of

DOCUMENT_KEYS = {"schema", "command", "generated", "batch", "notices", "cost", "papers"}
PAPER_KEYS = {
    *("id", "version", "title", "authors", "abstract", "categories", "published", "updated"),
    *("announced", "announce_type", "comment", "doi", "journal_ref", "license", "url", "pdf_url"),
    *("links", "queries", "score", "why", "mark", "tags", "note", "summary", "affiliation"),
    *("figures", "error", "also"),
}
SUMMARY_KEYS = {
    *("template", "language", "model", "source", "fields", "checks"),
    *("cost_usd", "tokens_in", "tokens_out", "created"),
}


def test_the_document_has_exactly_the_keys_of_the_contract() -> None:
    """Schema, command, times, notices, cost and papers; unknown is null."""
    told = json.loads(render(realistic(), "json"))
    assert set(told) == DOCUMENT_KEYS
    assert told["schema"] == "paperlens.report/1"
    assert (told["generated"], told["batch"]) == ("2024-04-09T08:00:00Z", "2024-04-09")
    assert told["cost"] == {"usd": 0.0131, "tokens_in": 8000, "tokens_out": 412}
    assert told["notices"] == [{"code": "feed-only", "text": "Comments come later."}]
    first, second, _ = told["papers"]
    assert set(first) == PAPER_KEYS
    assert set(first["summary"]) == SUMMARY_KEYS
    assert first["url"] == "https://arxiv.org/abs/2404.05674v1"
    assert first["title"] == "MoMA: an $\\alpha$-Adapter for Personalized Images"
    assert (second["mark"], second["tags"], second["note"]) == ("star", ["thesis"], "compare")
    assert (second["summary"], second["score"]) == (None, None)
    assert second["error"] == "the PDF could not be fetched"


def test_lines_are_the_same_papers_one_a_line() -> None:
    """Each line of JSON Lines is one paper of the document, in its order."""
    report = realistic()
    told = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    assert told == json.loads(render(report, "json"))["papers"]
    assert render(replace(report, entries=()), "jsonl") == ""


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_hostile_text_parses_back_equal(data: st.DataObject) -> None:
    """What papers say comes back to the letter, but for halves of surrogate pairs; nothing in
    the stream steers a terminal or breaks a line."""
    report = report_of(lambda: data.draw(hostile_text))
    document = render(report, "json")
    papers: list[dict[str, Any]] = json.loads(document.encode().decode())["papers"]
    for entry, told in zip(report.entries, papers, strict=True):
        assert told["title"] == _whole(entry.paper.title)
        assert told["comment"] == _whole(entry.paper.comment or "")
        assert told["why"] == [_whole(reason) for reason in entry.why]
        assert told["error"] == _whole(entry.error or "")
    assert all(letter == "\n" or letter.isprintable() or ord(letter) > 0x9F for letter in document)
    told_lines = list(lines(report))
    assert [json.loads(line) for line in told_lines] == papers
    assert all(len(line.splitlines()) == 1 for line in told_lines)


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
