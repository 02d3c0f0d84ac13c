"""A report as an Atom feed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.models import Report
from paperlens.reports import render
from paperlens.reports.text import readable
from paperlens.unseen import one_line

from .test_reports_examples import hostile_text, realistic, report_of

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")
OURS = {"p", "b", "ul", "li", "h4", "a"}
ONCE_IN_A_FEED = ("id", "title", "updated", "subtitle", "generator")


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(render(report, "atom").encode())


def entries(report: Report) -> list[ET.Element]:
    return parsed(report).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or ""


class Markup(HTMLParser):
    """The tags, the addresses and the words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.targets, self.words = set[str](), list[str](), ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= ({"href"} if tag == "a" else set())
        self.targets += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def refuse_what_the_rfc_forbids(feed: ET.Element) -> None:
    """The musts of RFC 4287 that concern what we write."""
    assert feed.tag == f"{ATOM}feed"
    assert [feed.findall(f"{ATOM}{name}")[1:] for name in ONCE_IN_A_FEED] == [[]] * 5
    assert feed.find(f"{ATOM}author") is not None
    ids = [text(one, "id") for one in [feed, *feed.findall(f"{ATOM}entry")]]
    assert all(map(IRI.fullmatch, ids))
    assert len({*ids}) == len(ids)
    for entry in feed.findall(f"{ATOM}entry"):
        text(entry, "title")
        assert MOMENT.fullmatch(text(entry, "updated"))
        for name in ("summary", "content", "published", "rights"):
            assert len(entry.findall(f"{ATOM}{name}")) <= 1
        links = [link.attrib for link in entry.findall(f"{ATOM}link")]
        assert [link["rel"] for link in links].count("alternate") == 1
        assert all(IRI.fullmatch(link["href"]) for link in links)
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
        assert all(text(author, "name") for author in entry.findall(f"{ATOM}author"))


def test_a_paper_in_a_feed() -> None:
    """Title, authors, classes, dates, links, the summary in short and all that a digest tells."""
    report = realistic()
    feed = parsed(report)
    refuse_what_the_rfc_forbids(feed)
    assert text(feed, "title") == "paperlens · Today"
    assert text(feed, "subtitle").startswith("Tuesday 9 April 2024 · 312 announced · 3 for you")
    first, second, _ = feed.findall(f"{ATOM}entry")
    assert text(first, "title") == "MoMA: an α-Adapter for Personalized Images"
    assert text(first, "published") == "2024-04-08T00:00:00Z"
    assert text(first, "summary") == "One photograph is enough."
    names = [text(author, "name") for author in first.findall(f"{ATOM}author")]
    assert names == ["Kunpeng Song", "José Núñez", "王小明"]
    labels = {each.get("term"): each.get("label") for each in first.findall(f"{ATOM}category")}
    assert labels == {
        "cs.CV": "Computer Vision and Pattern Recognition",
        "cs.LG": "Machine Learning",
    }
    assert [(link.get("rel"), link.get("href")) for link in first.findall(f"{ATOM}link")] == [
        ("alternate", "https://arxiv.org/abs/2404.05674v1"),
        ("related", "https://arxiv.org/pdf/2404.05674v1"),
        ("related", "https://doi.org/10.1007/978-3-031-73661-2_7"),
        ("related", "https://github.com/bytedance/MoMA"),
        ("related", "https://moma.github.io/"),
    ]
    told = Markup(text(first, "content"))
    assert told.tags == {"p", "b", "ul", "li", "a"}
    for part in ("No tuning.", "Not in the paper: “87.31%”", "Abstract: We present MoMA.",
                 "Because: “personalized” in the title", "github.com/bytedance/MoMA"):  # fmt: skip
        assert part in told.words
    assert "thesis" in [each.get("term") for each in second.findall(f"{ATOM}category")]
    assert "My note: compare" in Markup(text(second, "content")).words


def test_key_phrases_are_bold_in_a_feed() -> None:
    """No reader sees the stars of `**key phrases**`, in a summary or in its first sentence."""
    report = realistic()
    first, *rest = report.entries
    assert first.summary
    fields = {"tldr": "It is **fast <i>**.", "method": ("An **adapter**.", "2**3")}
    told = replace(first, summary=replace(first.summary, fields=fields))
    entry = entries(replace(report, entries=(told, *rest)))[0]
    assert text(entry, "summary") == "It is fast <i>."
    content = text(entry, "content")
    for part in ("It is <b>fast &lt;i&gt;</b>.", "<li>An <b>adapter</b>.</li><li>2**3</li>"):
        assert part in content


def test_a_withdrawn_paper_says_so_first() -> None:
    """Nobody reads a summary for long before knowing, in the report's language."""
    feed = entries(replace(realistic(), language="zh"))
    withdrawn = [entry for entry in feed if text(entry, "content").startswith("<p><b>已撤稿</b>")]
    assert len(withdrawn) == 1
    assert all("<b>摘要：</b> " in text(entry, "content") for entry in feed)


def test_a_paper_keeps_its_id_from_day_to_day() -> None:
    """Neither the day nor the version is in an id: only `updated` tells that there is news."""
    today = realistic()
    paper = replace(
        today.entries[0].paper, version=2, announced=date(2024, 5, 2), updated=None, title="Other"
    )
    later = replace(
        today, batch=date(2024, 5, 2), entries=(replace(today.entries[0], paper=paper),)
    )
    before, after = entries(today)[0], entries(later)[0]
    assert text(after, "id") == text(before, "id")
    assert text(after, "updated") == "2024-05-02T04:00:00Z" > text(before, "updated")
    assert text(parsed(later), "id") == text(parsed(today), "id")
    assert text(parsed(replace(today, command="search")), "id") != text(parsed(today), "id")


def test_a_feed_is_as_new_as_its_newest_paper() -> None:
    """When it was written says nothing: the same papers are the same bytes."""
    report = realistic()
    later = replace(report, generated=datetime(2025, 1, 1, tzinfo=UTC))
    assert render(later, "atom") == render(report, "atom")
    empty = parsed(replace(report, entries=()))
    refuse_what_the_rfc_forbids(empty)
    assert text(empty, "updated") == "2024-04-09T08:00:00Z"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hostile_words_are_words_in_a_feed(data: st.DataObject) -> None:
    """Well-formed whatever papers say: as they said it, with no markup and no address of theirs."""
    report = report_of(lambda: data.draw(hostile_text.filter(readable)))
    feed = parsed(report)
    refuse_what_the_rfc_forbids(feed)
    for entry, told in zip(report.entries, feed.findall(f"{ATOM}entry"), strict=True):
        assert text(told, "title") == readable(entry.paper.title)
        assert text(told, "rights") == one_line(entry.paper.license)
        names = [text(author, "name") for author in told.findall(f"{ATOM}author")]
        assert names == [readable(name) for name in entry.paper.authors]
        html = Markup(text(told, "content"))
        assert html.tags <= OURS
        assert all(target.startswith(("https://github.com/a/b", "https://x.example/"))
                   for target in html.targets)  # fmt: skip
        assert _abstract(html.words) == readable(entry.paper.abstract)
    assert all(one_line(line) or line == "" for line in _texts(feed))


def _abstract(words: str) -> str:
    return words.partition("Abstract: ")[2].rpartition("Comment: ")[0]


def _texts(feed: ET.Element) -> Iterator[str]:
    for element in feed.iter():
        yield (element.text or "").strip("\n")
        yield from element.attrib.values()
