"""Replies that arXiv really gave, read with nothing lost: another path finds each field again.

They are not part of the repository: where they are absent, these tests are skipped. Of OAI-PMH's
formats, Dublin Core is left out: it is never asked for, since it tells no versions.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.dom import minidom

import pytest

from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.settings import Arxiv
from paperlens.sources import feed, oai_records
from paperlens.sources.api import QueryApi
from paperlens.sources.gate import Gate
from tests.loopback import Answer, Host

REPLIES = Path(__file__).parents[1].parent / "shared" / "data" / "arxiv_replies"
PAGES = sorted(
    file
    for pattern in ("atom_*/*.xml", "xiv_*.xml")
    for file in REPLIES.glob(pattern)
    if "/api/errors#" not in file.read_text("utf-8")
)
ERRORS = sorted(file for file in REPLIES.glob("atom_*/*") if file not in PAGES)
FEEDS = sorted(REPLIES.glob("*/rss_*.xml"))

pytestmark = pytest.mark.skipif(
    not REPLIES.is_dir(), reason="the recorded replies of arXiv are not at hand"
)
RAW, APART = sorted(REPLIES.glob("*/oai_raw_*.xml")), sorted(REPLIES.glob("*/oai_arxiv_*.xml"))
each_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
each_error = pytest.mark.parametrize("file", ERRORS, ids=lambda file: file.stem)
each_record = pytest.mark.parametrize("file", RAW + APART, ids=lambda file: file.stem)
each_feed = pytest.mark.parametrize("file", FEEDS, ids=lambda file: file.stem)


def asked(file: Path, cache: Path, ids: list[ArxivId]) -> tuple[Paper, ...]:
    """What the API's road makes of a recorded reply."""
    with Host() as host:
        host.will("/", Answer(file.read_bytes()))
        gate = Gate(Arxiv(delay=0, retries=1), cache)
        return QueryApi(f"{host.url}/api/query", gate).papers(ids)


def texts(node: minidom.Element, tag: str) -> list[str]:
    """The text of each element of this name on one line, without control characters."""
    found = ("".join(part.data for part in each.childNodes) for each in elements(node, tag))
    return [" ".join(re.sub(r"(?!\s)[\x7f-\x9f]", "", text).split()) for text in found]


def elements(node: minidom.Element | minidom.Document, tag: str) -> list[minidom.Element]:
    return list(node.getElementsByTagName(tag))


def only(node: minidom.Element, tag: str) -> str | None:
    return next(iter(texts(node, tag)), None)


@each_page
def test_every_field_of_every_entry_is_kept(file: Path, tmp_path: Path) -> None:
    """Ids, versions, titles, abstracts, authors, categories, comments, references and dates."""
    entries = elements(minidom.parseString(file.read_bytes()), "entry")
    ids = [ArxivId.parse(only(entry, "id") or "") for entry in entries]
    papers = asked(file, tmp_path, ids or [ArxivId("1207.7214")])
    assert [paper.versioned for paper in papers] == [str(each) for each in ids]
    for paper, entry in zip(papers, entries, strict=True):
        assert paper.title == only(entry, "title")
        assert paper.abstract == only(entry, "summary")
        assert list(paper.authors) == [name.replace("\xad", "") for name in texts(entry, "name")]
        assert paper.comment == only(entry, "arxiv:comment")
        assert paper.doi == only(entry, "arxiv:doi")
        assert paper.journal_ref == only(entry, "arxiv:journal_ref")
        terms = {each.getAttribute("term") for each in elements(entry, "category")}
        (primary,) = elements(entry, "arxiv:primary_category")
        assert set(paper.categories) == terms
        assert paper.categories[0] == primary.getAttribute("term")
        for moment, tag in ((paper.published, "published"), (paper.updated, "updated")):
            assert moment is not None
            assert moment.strftime("%Y-%m-%dT%H:%M:%SZ") == only(entry, tag)


@each_error
def test_every_refusal_is_a_sentence(file: Path, tmp_path: Path) -> None:
    """An error entry or a plain-text refusal never passes for "no such paper"."""
    said = re.search(r"<summary>(.*)</summary>", file.read_text("utf-8"))
    with pytest.raises(SourceUnreachable) as raised:
        asked(file, tmp_path, [ArxivId("1207.7214")])
    assert (said[1] if said else file.read_text("utf-8").strip()) in raised.value.sentence


@each_feed
def test_every_announcement_is_kept(file: Path) -> None:
    """Each item of a real day is a paper with its title, authors, kind, licence and abstract."""
    items = elements(minidom.parseString(file.read_bytes()), "item")
    batch = feed.read(file.read_bytes())
    assert batch.notices == ()
    assert len(batch.papers) == len(items)
    for paper, item in zip(batch.papers, items, strict=True):
        assert f"oai:arXiv.org:{paper.versioned}" == only(item, "guid")
        assert paper.title == only(item, "title")
        assert paper.announce_type == only(item, "arxiv:announce_type")
        assert paper.license == only(item, "dc:rights")
        assert paper.doi == only(item, "arxiv:DOI")
        assert paper.journal_ref == only(item, "arxiv:journal_reference")
        assert list(paper.categories) == texts(item, "category")
        assert paper.abstract == (only(item, "description") or "").partition("Abstract: ")[2]
        told = (only(item, "dc:creator") or "").split(", ")
        assert len(paper.authors) == len(told)
        plain = [name for name in told if "\\" not in name]
        assert [name for name in paper.authors if name in told] == plain
        assert not any(set(name) & set("\\{}") for name in paper.authors)


@each_feed
def test_the_day_is_the_feed_s_own(file: Path) -> None:
    """The batch bears the date that its channel gives in New York."""
    channel = only(elements(minidom.parseString(file.read_bytes()), "channel")[0], "pubDate") or ""
    day = datetime.strptime(channel, "%a, %d %b %Y %H:%M:%S %z")
    assert day.astimezone(UTC).hour in {4, 5}
    batch = feed.read(file.read_bytes())
    assert batch.day == day.date()
    assert {paper.announced for paper in batch.papers} == {day.date()}


@each_record
def test_every_record_is_kept(file: Path) -> None:
    """Whatever OAI-PMH says of a paper, in the format with its versions and in the one without."""
    document = minidom.parseString(file.read_bytes())
    (told,) = elements(document, "record")
    (record,) = oai_records.read(file.read_bytes()).records
    paper = record.paper
    assert only(told, "identifier") == f"oai:arXiv.org:{paper.id}"
    assert record.changed.isoformat() == only(told, "datestamp")
    assert paper.title == only(told, "title")
    assert paper.abstract == only(told, "abstract")
    assert list(paper.categories) == (only(told, "categories") or "").split()
    assert paper.comment == only(told, "comments")
    assert paper.doi == only(told, "doi")
    assert paper.journal_ref == only(told, "journal-ref")
    assert paper.license == only(told, "license")
    if file in RAW:
        dates = texts(told, "date")
        assert paper.version == len(dates)
        ends = (
            f"{moment:%a, %d %b %Y %H:%M:%S} GMT" for moment in (paper.published, paper.updated)
        )
        assert tuple(ends) == (dates[0], dates[-1])
        assert ", ".join(paper.authors) == only(told, "authors")
    else:
        assert record.submitted.isoformat() == only(told, "created")
        people = elements(told, "author")
        assert list(paper.authors) == [
            " ".join(filter(None, (only(one, "forenames"), only(one, "keyname")))) for one in people
        ]


def test_both_formats_tell_the_same() -> None:
    """Of each recorded paper: so `created` is the day of its latest version, not of its first."""
    for raw, apart in zip(RAW, APART, strict=True):
        (one,) = oai_records.read(raw.read_bytes()).records
        (other,) = oai_records.read(apart.read_bytes()).records
        assert one.submitted == other.submitted
        assert one.changed == other.changed
        dated = {"version": None, "published": None, "updated": None}
        assert replace(one.paper, **dated) == other.paper
