"""The tiny arXiv speaks the real formats of arXiv: feeds, query API, OAI-PMH and PDFs."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from paperlens.demo.server import TinyArxiv
from tests.tiny_arxiv import ASKED, NS, SAMPLE, get, harvest, ids, search, shape, xml

REPLIES = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "arxiv_replies"


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv(SAMPLE.papers, SAMPLE.day, SAMPLE.pdfs, records_per_page=7) as server:
        yield server


def real(name: str) -> ET.Element:
    path = REPLIES / name
    if not path.exists():
        pytest.skip(f"the real replies of arXiv are not at hand: {REPLIES}")
    return ET.fromstring(path.read_bytes())


class TestFeed:
    def test_atom_lists_what_the_categories_cover(self, arxiv: TinyArxiv) -> None:
        """A paper is announced to the readers of any of its categories, new ones first."""
        feed = xml(get(arxiv, f"/atom/{ASKED}"))
        kinds = [e.findtext("arxiv:announce_type", "", NS) for e in feed.findall("a:entry", NS)]
        order = ["new", "cross", "replace", "replace-cross"]
        assert kinds == sorted(kinds, key=order.index)
        wanted = set(ASKED.split("+"))
        covered = [paper.versioned for paper in SAMPLE.papers if wanted & set(paper.categories)]
        assert sorted(ids(feed)) == sorted(covered)

    def test_a_cross_list_is_one_only_to_others(self, arxiv: TinyArxiv) -> None:
        """A new paper is "cross" to readers who did not ask for its primary category."""
        paper = next(p for p in SAMPLE.papers if p.categories[0] == "eess.IV")
        for asked, kind in {"cs.CV": "cross", "eess.IV": "new", "cs.CV+eess.IV": "new"}.items():
            feed = xml(get(arxiv, f"/atom/{asked}"))
            entry = feed.findall("a:entry", NS)[ids(feed).index(paper.versioned)]
            assert entry.findtext("arxiv:announce_type", "", NS) == kind
            told = entry.findtext("a:summary", "", NS)
            head = f"arXiv:{paper.versioned} Announce Type: {kind} \nAbstract: "
            assert told == head + paper.abstract

    def test_accents_are_spelled_in_tex(self, arxiv: TinyArxiv) -> None:
        """The feed gives all authors as one string, and Jiménez as Jim\\'enez."""
        told = get(arxiv, f"/atom/{ASKED}")[2].decode()
        assert r"Marta Jim\'enez Oliva, Tom\'a\v{s} Vrzal, Ingrid Solbakken" in told
        assert "程一诺, Haruto Minase" in told

    def test_rss_has_the_shape_of_the_real_one(self, arxiv: TinyArxiv) -> None:
        """Names, attributes and order of the RSS elements are those of rss.arxiv.org."""
        theirs = real("rss_oai_2026/rss_cs.CL.xml")
        ours = xml(get(arxiv, f"/rss/{ASKED}+astro-ph"))
        assert shape(ours[0]) == shape(theirs[0])
        their_items = {_without_references(item) for item in theirs.iter("item")}
        assert {_without_references(item) for item in ours.iter("item")} == their_items
        assert ours.findtext("channel/pubDate") == "Fri, 20 Nov 2026 00:00:00 -0500"

    def test_a_day_without_papers_is_an_empty_feed(self, arxiv: TinyArxiv) -> None:
        """At weekends the feed is there and has no entries."""
        arxiv.day += timedelta(days=1)
        status, _, body = get(arxiv, f"/atom/{ASKED}")
        assert status == 200
        assert ET.fromstring(body).findall("a:entry", NS) == []

    def test_an_unknown_category_is_named(self, arxiv: TinyArxiv) -> None:
        """Who asks for a category that does not exist gets 400 and a feed that says so."""
        for asked, named in {"cs.CV+cs.XX": "'XX'", "nonsense": "'nonsense'"}.items():
            answer = get(arxiv, f"/atom/{asked}")
            assert answer[0] == 400
            assert xml(answer).findtext("a:title", "", NS).startswith("Feed error for query: ")
            assert named in xml(answer).findtext("a:subtitle", "", NS)

    def test_what_is_known_is_not_sent_again(self, arxiv: TinyArxiv) -> None:
        """ETag and Last-Modified make the second request a 304 without a body."""
        _, headers, _ = get(arxiv, f"/atom/{ASKED}")
        seen = parsedate_to_datetime(headers["Last-Modified"]).date()
        assert seen == SAMPLE.day
        for condition in (
            {"If_None_Match": headers["ETag"]},
            {"If_Modified_Since": headers["Last-Modified"]},
        ):
            assert get(arxiv, f"/atom/{ASKED}", **condition)[::2] == (304, b"")
        assert get(arxiv, f"/atom/{ASKED}", If_None_Match='"other"')[0] == 200
        arxiv.day -= timedelta(days=1)
        assert get(arxiv, f"/atom/{ASKED}", If_None_Match=headers["ETag"])[0] == 200


def _without_references(item: ET.Element) -> str:
    """Its shape but for what only published papers have."""
    steps = shape(item)
    return json.dumps([s for s in steps if not s[0].endswith(("DOI", "journal_reference"))])


class TestApi:
    def test_an_entry_has_the_shape_of_the_real_one(self, arxiv: TinyArxiv) -> None:
        """Elements, attributes and their order are those of the API in 2026."""
        theirs = real("atom_2026/api_1207.7214.xml")
        ours = xml(search(arxiv, id_list="2611.90084"))
        assert shape(ours) == shape(theirs)
        entry, their_entry = ours.find("a:entry", NS), theirs.find("a:entry", NS)
        assert entry is not None
        assert their_entry is not None
        assert shape(entry) == shape(their_entry)
        assert ours.findtext("a:id", "", NS).startswith("https://arxiv.org/api/")

    def test_facts_are_exact(self, arxiv: TinyArxiv) -> None:
        """The API knows dates, comments, and authors in their own spelling."""
        paper = SAMPLE.papers[0]
        entry = xml(search(arxiv, id_list=paper.id)).find("a:entry", NS)
        assert entry is not None
        names = [author.findtext("a:name", "", NS) for author in entry.findall("a:author", NS)]
        assert tuple(names) == paper.authors
        assert entry.findtext("arxiv:comment", "", NS) == paper.comment
        assert entry.findtext("a:published", "", NS) == "2026-11-18T19:05:33Z"
        assert entry.findtext("a:title", "", NS) == paper.title

    def test_ids_come_with_and_without_version(self, arxiv: TinyArxiv) -> None:
        """Ids that exist are served in their order; the others are absent."""
        asked = "hep-th/9901984,2611.90012v1,2611.90012v7,0000.0000,2610.94417"
        feed = xml(search(arxiv, id_list=asked, max_results=100))
        assert ids(feed) == ["hep-th/9901984v3", "2611.90012v1", "2610.94417v2"]
        assert feed.findtext("os:totalResults", "", NS) == "3"
        assert feed.findtext("os:itemsPerPage", "", NS) == "100"

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({"id_list": "abc"}, "incorrect id format for abc"),
            ({"id_list": "2611.90012", "start": "x"}, "start must be an integer"),
            ({"id_list": "2611.90012", "max_results": "-1"}, "max_results must be non-negative"),
        ],
    )
    def test_nonsense_is_answered_with_an_error_entry(
        self, arxiv: TinyArxiv, query: dict[str, str], said: str
    ) -> None:
        """A request that makes no sense gets 400 and one entry called Error."""
        answer = search(arxiv, **query)
        feed = xml(answer)
        assert answer[0] == 400
        assert [e.findtext("a:summary", "", NS) for e in feed.findall("a:entry", NS)] == [said]

    def test_an_error_has_the_shape_of_the_real_one(self, arxiv: TinyArxiv) -> None:
        """The page that carries an error is built as the API builds it."""
        theirs, ours = real("atom_2026/api_error_start.xml"), xml(search(arxiv, start="x"))
        assert shape(ours) == shape(theirs)

    def test_searches_are_answered_by_the_query_language(self, arxiv: TinyArxiv) -> None:
        """`search_query` selects by arXiv's language, and by ids as well if both are given."""
        found = ids(xml(search(arxiv, search_query="cat:astro-ph.EP OR cat:q-bio.NC")))
        assert sorted(found) == ["2611.90084v1", "2611.90090v1"]
        both = search(arxiv, search_query="cat:q-bio.NC", id_list="2611.90084,2611.90090")
        assert ids(xml(both)) == ["2611.90090v1"]
        assert search(arxiv, search_query="cat:cs.CV AND")[0] == 400

    def test_pages_and_sorting(self, arxiv: TinyArxiv) -> None:
        """Pages of a sorted result fit together, and the last one is short."""
        everything = ",".join(paper.id for paper in SAMPLE.papers)
        asked = {"id_list": everything, "sortBy": "submittedDate", "max_results": 7}
        pages = [ids(xml(search(arxiv, start=start, **asked))) for start in (0, 7, 14, 21)]
        assert [len(page) for page in pages] == [7, 7, 4, 0]
        newest_first = sorted(SAMPLE.papers, key=lambda p: str(p.published), reverse=True)
        assert [name for page in pages for name in page] == [
            paper.versioned for paper in newest_first
        ]
        oldest = ids(xml(search(arxiv, **asked, sortOrder="ascending")))
        assert oldest[0] == "hep-th/9901984v3"
        by_update = ids(xml(search(arxiv, **(asked | {"sortBy": "lastUpdatedDate"}))))
        assert by_update[0] == max(SAMPLE.papers, key=lambda p: str(p.updated)).versioned

    def test_tomorrow_is_not_known_today(self) -> None:
        """A version is seen from the day of its announcement on."""
        first = replace(SAMPLE.papers[0], announced=date(2026, 11, 18))
        second = replace(first, version=2, announced=date(2026, 11, 20), announce_type="replace")
        with TinyArxiv([first, second], date(2026, 11, 18)) as arxiv:
            assert ids(xml(search(arxiv, id_list=first.id))) == [f"{first.id}v1"]
            arxiv.day = date(2026, 11, 20)
            assert ids(xml(search(arxiv, id_list=first.id))) == [f"{first.id}v2"]
            assert ids(xml(search(arxiv, id_list=f"{first.id}v1"))) == [f"{first.id}v1"]
            arxiv.day = date(2026, 11, 17)
            assert ids(xml(search(arxiv, id_list=first.id))) == []


class TestOai:
    @pytest.mark.parametrize(("form", "name"), [("arXiv", "arxiv"), ("arXivRaw", "raw")])
    def test_a_record_has_the_shape_of_the_real_one(
        self, arxiv: TinyArxiv, form: str, name: str
    ) -> None:
        """Records look like those of oaipmh.arxiv.org, down to the names of authors."""
        theirs = real(f"rss_oai_2026/oai_{name}_1706.03762.xml")
        paper = "oai:arXiv.org:2610.94417"
        ours = harvest(arxiv, verb="GetRecord", metadataPrefix=form, identifier=paper)
        assert shape(ours) == shape(theirs)
        inside = [f"{{http://arxiv.org/OAI/{form}/}}{each}" for each in (form, "author", "date")]
        for path in ("{http://www.openarchives.org/OAI/2.0/}header", *inside):
            mine, other = next(ours.iter(path), None), next(theirs.iter(path), None)
            assert (mine is None) == (other is None)
            if mine is not None and other is not None:
                assert shape(mine) == shape(other)
        assert ours.findtext(".//oai:setSpec", "", NS) == "cs:cs:LG"

    def test_versions_are_told_by_one_format_only(self, arxiv: TinyArxiv) -> None:
        """arXivRaw has each version with its date; `created` in arXiv is the latest one's day."""
        paper = "oai:arXiv.org:2610.94417"
        raw = harvest(arxiv, verb="GetRecord", metadataPrefix="arXivRaw", identifier=paper)
        versions = [e.get("version") for e in raw.iter("{http://arxiv.org/OAI/arXivRaw/}version")]
        assert versions == ["v1", "v2"]
        apart = harvest(arxiv, verb="GetRecord", metadataPrefix="arXiv", identifier=paper)
        latest = next(each for each in SAMPLE.papers if each.id == "2610.94417").updated
        assert latest is not None
        assert apart.findtext(".//rec:created", "", NS) == latest.date().isoformat()

    def test_pages_are_joined_by_tokens(self, arxiv: TinyArxiv) -> None:
        """Following resumption tokens gives every record once, and the last token is empty."""
        reply = harvest(arxiv, verb="ListRecords", metadataPrefix="arXiv")
        seen: list[str] = []
        for _ in range(3):
            seen += [e.text or "" for e in reply.findall(".//rec:id", NS)]
            token = reply.findtext(".//oai:resumptionToken", "", NS)
            if not token:
                break
            reply = harvest(arxiv, verb="ListRecords", resumptionToken=token)
        assert sorted(seen) == sorted(paper.id for paper in SAMPLE.papers)
        assert reply.find(".//oai:resumptionToken", NS) is not None

    def test_spans_and_sets_select(self, arxiv: TinyArxiv) -> None:
        """`from`, `until` and `set` narrow the harvest."""
        day = SAMPLE.day.isoformat()
        asked = {"verb": "ListRecords", "metadataPrefix": "arXiv", "from": day, "until": day}
        found = harvest(arxiv, set="physics:astro-ph", **asked)
        assert {e.text for e in found.findall(".//rec:id", NS)} == {"2611.90080", "2611.90084"}

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ({"verb": "Nonsense"}, "badVerb"),
            ({"verb": "ListRecords"}, "badArgument"),
            ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
            ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
            (
                {"verb": "ListRecords", "metadataPrefix": "arXiv", "from": "2027-01-01"},
                "noRecordsMatch",
            ),
            (
                {"verb": "GetRecord", "metadataPrefix": "arXiv", "identifier": "oai:arXiv.org:1"},
                "idDoesNotExist",
            ),
        ],
    )
    def test_errors_are_the_protocols_own(
        self, arxiv: TinyArxiv, query: dict[str, str], code: str
    ) -> None:
        """What cannot be answered is refused with a code of OAI-PMH."""
        error = harvest(arxiv, **query).find("oai:error", NS)
        assert error is not None
        assert error.get("code") == code

    def test_it_identifies_itself(self, arxiv: TinyArxiv) -> None:
        """Identify names the repository and the granularity of its dates."""
        reply = harvest(arxiv, verb="Identify")
        assert reply.findtext(".//oai:granularity", "", NS) == "YYYY-MM-DD"


class TestPdf:
    def test_the_sample_papers_are_served(self, arxiv: TinyArxiv) -> None:
        """Three papers have a PDF, with or without version in the address; the others have none."""
        status, headers, body = get(arxiv, "/pdf/2611.90012v1")
        assert (status, headers["Content-Type"], body[:5]) == (200, "application/pdf", b"%PDF-")
        assert get(arxiv, "/pdf/2611.90012")[2] == body
        assert get(arxiv, "/pdf/hep-th/9901984v3")[0] == 404
