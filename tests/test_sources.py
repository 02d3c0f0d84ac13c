"""Where papers come from: what any source owes the corridor, and how arXiv's replies are read."""

import os
import subprocess
import sys
import time
from abc import abstractmethod
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.query import parse
from paperlens.settings import Arxiv
from paperlens.sources import Source, feed
from paperlens.sources.arxiv_org import ArxivOrg
from paperlens.sources.authors import names
from paperlens.sources.replies import Refused, Unusable
from tests.loopback import Answer, Asked, Host

CATEGORIES = frozenset({"cs.LG", "cs.CV"})
NOW = datetime(2026, 8, 13, 9, tzinfo=UTC)
SINCE = datetime(2026, 8, 10, tzinfo=UTC)
PDF = b"%PDF-1.7 a paper"
LIMIT = 1_000_000
FIELDS = (
    "id", "title", "published", "summary", "updated", "dc__creator", "arxiv__announce_type",
)  # fmt: skip
ODD_TEXT = st.text("a0:/.-v<&;,(){}\\ 26", max_size=30)


def entry(number: str = "2608.00001v1", kind: str = "new", **changed: str) -> str:
    """An entry of arXiv's Atom announcements; a field given as "" is left out."""
    fields = {
        "id": f"oai:arXiv.org:{number}",
        "title": f"Title of {number}",
        "updated": "2026-08-13T04:00:14.318279+00:00",
        "summary": f"arXiv:{number} Announce Type: {kind} \nAbstract: About {number}.",
        "published": "2026-08-13T00:00:00-04:00",
        "arxiv:announce_type": kind,
        "dc:rights": "http://creativecommons.org/licenses/by/4.0/",
        "dc:creator": "Ada Lovelace, Emmy Noether",
    } | {name.replace("__", ":"): value for name, value in changed.items()}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)
    return f'<entry>{inside}<category term="cs.LG"/><category term="cs.CV"/></entry>'


def atom(*entries: str, head: str = "<title>cs.LG updates on arXiv.org</title>") -> bytes:
    """arXiv's Atom announcements."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        '<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{head}<updated>2026-08-13T04:00:13.9+00:00</updated>{''.join(entries)}</feed>"
    ).encode()


def api(*entries: str, total: int | None = None) -> bytes:
    """A page of arXiv's query API."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
        ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
        f"<opensearch:totalResults>{len(entries) if total is None else total}"
        f"</opensearch:totalResults>{''.join(entries)}</feed>"
    ).encode()


def described(number: str, authors: str = "<author><name> Ada  Lovelace</name></author>") -> str:
    """An entry of the query API."""
    return (
        f"<entry><id>http://arxiv.org/abs/{number}</id><title>Title\n of {number}</title>"
        "<updated>2026-08-14T17:00:00Z</updated><published>2026-08-12T17:00:00Z</published>"
        f"<summary> About\n{number} </summary>{authors}<unknown>field</unknown>"
        "<arxiv:comment>5 pages,\n code</arxiv:comment><arxiv:doi>10.1/x</arxiv:doi>"
        "<arxiv:journal_ref>J. of X 1</arxiv:journal_ref>"
        '<category term="cs.CV"/><category term="cs.LG"/>'
        '<arxiv:primary_category term="cs.LG"/></entry>'
    )


def refusal(said: str) -> bytes:
    """The API's way to say no."""
    return api(
        f"<entry><id>https://arxiv.org/api/errors#{said.replace(' ', '_')}</id>"
        f"<title>Error</title><summary>{said}</summary>"
        "<updated>2026-08-14T00:00:00Z</updated></entry>"
    )


class SourceContract:
    """What every source owes the corridor. Inherit, and give the three fixtures."""

    @pytest.fixture
    @abstractmethod
    def source(self) -> Source:
        """A source that announces 2608.00001 and 2608.00002, and has the PDF of the first."""

    @pytest.fixture
    @abstractmethod
    def unreachable(self) -> Source:
        """A source whose hosts are gone."""

    def test_it_announces_a_batch(self, source: Source) -> None:
        """A batch has a day and papers, each with its key, version and kind of news."""
        batch = source.announcements(CATEGORIES)
        assert batch.day == date(2026, 8, 13)
        assert [paper.id for paper in batch.papers] == ["2608.00001", "2608.00002"]
        assert all(paper.announced == batch.day and paper.version for paper in batch.papers)
        assert [paper.announce_type for paper in batch.papers] == ["new", "cross"]

    def test_it_describes_papers(self, source: Source) -> None:
        """Details carry what announcements leave out; times are UTC."""
        (paper,) = source.details([ArxivId("2608.00001")])
        assert paper.is_detailed
        assert paper.published is not None
        assert paper.published.utcoffset() is not None
        assert paper.comment == "5 pages, code"

    def test_ids_that_do_not_exist_are_absent(self, source: Source) -> None:
        """An unknown id costs the known ones nothing."""
        ids = [ArxivId("2608.99999"), ArxivId("2608.00002")]
        assert [paper.id for paper in source.details(ids)] == ["2608.00002"]
        assert source.details([ArxivId("2608.99999")]) == ()
        assert source.details([]) == ()

    def test_it_finds_what_was_submitted(self, source: Source) -> None:
        """Papers of a span that answer a question; what is submitted is not yet announced."""
        found = source.submitted([parse("cat:cs.LG"), parse("ti:nothing")], SINCE, NOW)
        assert [paper.id for paper in found.papers] == ["2608.00001", "2608.00002"]
        assert found.is_whole
        assert found.road in {"api", "oai"}
        assert {paper.announced for paper in found.papers} == {None}
        assert source.submitted([], SINCE, NOW).papers == ()

    def test_it_hands_out_pdfs(self, source: Source, tmp_path: Path) -> None:
        """A PDF arrives as the file that was named, in a folder that need not exist."""
        paper = source.announcements(CATEGORIES).papers[0]
        into = source.pdf(paper, tmp_path / "new" / "one.pdf", LIMIT)
        assert into == tmp_path / "new" / "one.pdf"
        assert into.read_bytes().startswith(b"%PDF")

    def test_a_pdf_that_is_not_there_leaves_nothing(self, source: Source, tmp_path: Path) -> None:
        """Whoever asks for a PDF that cannot be had gets a sentence, and no file."""
        paper = source.announcements(CATEGORIES).papers[1]
        with pytest.raises(SourceUnreachable):
            source.pdf(paper, tmp_path / "pdfs" / "two.pdf", LIMIT)
        assert not list(tmp_path.rglob("*two.pdf*"))

    def test_a_pdf_may_be_too_large(self, source: Source, tmp_path: Path) -> None:
        """The limit that the caller gives holds."""
        paper = source.announcements(CATEGORIES).papers[0]
        with pytest.raises(SourceUnreachable, match="larger"):
            source.pdf(paper, tmp_path / "one.pdf", limit=8)

    def test_what_cannot_be_reached_is_one_sentence(
        self, unreachable: Source, tmp_path: Path
    ) -> None:
        """Each road fails with one line that names an address."""
        paper = Paper("2608.00001", "T", (), "", (), version=1)
        for ask in (
            lambda: unreachable.announcements(CATEGORIES),
            lambda: unreachable.submitted([parse("cat:cs.LG")], SINCE, NOW),
            lambda: unreachable.details([ArxivId("2608.00001")]),
            lambda: unreachable.pdf(paper, tmp_path / "one.pdf", LIMIT),
        ):
            with pytest.raises(SourceUnreachable, match=r"^http://\S+: .+") as raised:
                ask()
            assert "\n" not in raised.value.sentence


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as host:
        host.will("/atom/", Answer(atom(entry(), entry("2608.00002v1", "cross"))))
        host.does("/api", papers_asked_for)
        host.will("/pdf/2608.00001v1", Answer(PDF))
        yield host


def papers_asked_for(asked: Asked) -> Answer:
    """The API: every paper of August 2026 below 01000 exists, and a search finds two."""
    query = parse_qs(urlsplit(asked.path).query)
    if "search_query" in query:
        return Answer(api(*(described(f"2608.0000{number}v1") for number in (1, 2))))
    (ids,) = query["id_list"]
    known = [each for each in ids.split(",") if each.startswith("2608.00")]
    return Answer(api(*(described(f"{each}v2") for each in known)))


def arxiv_at(url: str, cache: Path) -> ArxivOrg:
    settings = Arxiv(
        feed_url=f"{url}/atom/",
        api_url=f"{url}/api",
        pdf_url=f"{url}/pdf",
        oai_url=f"{url}/oai",
        delay=0,
        timeout=5,
        retries=2,
    )
    return ArxivOrg(settings, cache, lambda: NOW)


class TestArxivOrg(SourceContract):
    @pytest.fixture
    def source(self, host: Host, tmp_path: Path) -> Source:
        return arxiv_at(host.url, tmp_path / "cache")

    @pytest.fixture
    def unreachable(self, tmp_path: Path) -> Source:
        return arxiv_at("http://127.0.0.1:9", tmp_path / "cache")


class TestRequests:
    """What is asked of arXiv, and how often."""

    def test_one_feed_request_for_all_categories(self, host: Host, tmp_path: Path) -> None:
        """The union of categories is one address, in an order that makes it one in the cache."""
        arxiv_at(host.url, tmp_path).announcements(frozenset({"math.AG", "cs.LG", "cs.CV"}))
        assert [asked.path for asked in host.asked] == ["/atom/cs.CV+cs.LG+math.AG"]

    def test_no_categories_no_request(self, host: Host, tmp_path: Path) -> None:
        """Nothing is asked where nothing is wanted."""
        assert arxiv_at(host.url, tmp_path).announcements(frozenset()).papers == ()
        assert host.asked == []

    def test_details_come_a_hundred_to_a_request(self, host: Host, tmp_path: Path) -> None:
        """250 ids are three requests, each of which asks for at least as many results as ids."""
        ids = [ArxivId(f"2608.{number:05d}") for number in range(250)]
        papers = arxiv_at(host.url, tmp_path).details([*ids, *ids])
        assert [paper.id for paper in papers] == [each.number for each in ids]
        queries = [parse_qs(urlsplit(asked.path).query) for asked in host.asked]
        assert [query["id_list"][0].count(",") + 1 for query in queries] == [100, 100, 50]
        assert {query["max_results"][0] for query in queries} == {"100"}

    def test_published_papers_are_found_by_doi(self, host: Host, tmp_path: Path) -> None:
        """Twenty DOIs to a request, quoted; what the search brings besides them does not count."""
        other = described("2608.00002v1").replace("10.1/x", "10.1/y")
        host.does("/api", lambda _: Answer(api(described("2608.00001v2"), other)))
        asked = [*(f"10.1234/(a){number}" for number in range(20)), "10.1/X", '10.1/"']
        papers = arxiv_at(host.url, tmp_path).with_dois(asked)
        assert [paper.id for paper in papers] == ["2608.00001"]
        queries = [parse_qs(urlsplit(each.path).query)["search_query"][0] for each in host.asked]
        assert [query.count('doi:"10.1') for query in queries] == [20, 1]
        assert queries[1] == 'doi:"10.1/x"'

    def test_everything_the_api_says_is_kept(self, host: Host, tmp_path: Path) -> None:
        """Authors, comment, doi, journal, dates, version; the primary category first."""
        (paper,) = arxiv_at(host.url, tmp_path).details([ArxivId("2608.00001")])
        assert paper == Paper(
            id="2608.00001",
            title="Title of 2608.00001v2",
            authors=("Ada Lovelace",),
            abstract="About 2608.00001v2",
            categories=("cs.LG", "cs.CV"),
            version=2,
            published=datetime(2026, 8, 12, 17, tzinfo=UTC),
            updated=datetime(2026, 8, 14, 17, tzinfo=UTC),
            comment="5 pages, code",
            doi="10.1/x",
            journal_ref="J. of X 1",
        )

    def test_an_unchanged_feed_is_read_from_the_cache(self, host: Host, tmp_path: Path) -> None:
        """The feed is asked for conditionally; 304 means the one that was kept."""
        full = Answer(atom(entry()), headers={"ETag": '"x"'})
        host.will("/atom/", full, Answer(status=304))
        first = arxiv_at(host.url, tmp_path).announcements(CATEGORIES)
        assert arxiv_at(host.url, tmp_path).announcements(CATEGORIES) == first
        assert host.asked[1].headers["if-none-match"] == '"x"'

    @pytest.mark.parametrize("damage", [b"", b"{}\n", b"\xff\x00", b'{"url": 1}\n<feed/>'])
    def test_a_damaged_cache_is_ignored(self, damage: bytes, host: Host, tmp_path: Path) -> None:
        """The cache may be deleted or broken at any time; then the feed is asked for in full."""
        host.will("/atom/", Answer(atom(entry()), headers={"ETag": '"x"'}))
        arxiv_at(host.url, tmp_path).announcements(CATEGORIES)
        (kept,) = (tmp_path / "feeds").iterdir()
        kept.write_bytes(damage or kept.read_bytes()[:-1])
        assert arxiv_at(host.url, tmp_path).announcements(CATEGORIES).papers
        assert "if-none-match" not in host.asked[1].headers

    def test_old_ids_are_asked_for_as_arxiv_has_them(self, host: Host, tmp_path: Path) -> None:
        """An id with a slash keeps it, in the API and in the address of its PDF."""
        host.will("/api", Answer(api(described("hep-th/9711200v3"))))
        host.will("/pdf/hep-th/9711200v3", Answer(PDF))
        source = arxiv_at(host.url, tmp_path)
        (paper,) = source.details([ArxivId.parse("hep-th/9711200")])
        assert source.pdf(paper, tmp_path / "old.pdf", LIMIT).read_bytes() == PDF


class TestApiFailures:
    """The API fails in its own ways."""

    def ask(self, host: Host, tmp_path: Path, *answers: Answer) -> tuple[Paper, ...]:
        host.will("/api", *answers)
        ids = [ArxivId("2608.00001"), ArxivId("2608.00002")]
        return arxiv_at(host.url, tmp_path).details(ids)

    @pytest.mark.parametrize("status", [200, 400])
    def test_an_error_entry_is_a_sentence(self, status: int, host: Host, tmp_path: Path) -> None:
        """An error never looks like a paper, nor like there being none."""
        with pytest.raises(SourceUnreachable, match='arXiv says "start must be an integer"'):
            self.ask(host, tmp_path, Answer(refusal("start must be an integer"), status))

    def test_an_id_that_is_rejected_costs_only_itself(self, host: Host, tmp_path: Path) -> None:
        """The API rejects a whole list for one id; the others are asked for again."""
        said = Answer(refusal("incorrect id format for 2608.00002"), 400)
        papers = self.ask(host, tmp_path, said, Answer(api(described("2608.00001v1"))))
        assert [paper.id for paper in papers] == ["2608.00001"]

    @pytest.mark.parametrize(
        "bad",
        [
            Answer(b"Rate exceeded."),
            Answer(b"Rate exceeded.", 429),
            Answer(api(total=2)),
            Answer(api(described("2608.00001v1"))[:-9]),
            Answer(b"<html><body>Sorry</body></html>", headers={"Content-Type": "text/html"}),
            Answer(b'<!DOCTYPE a [<!ENTITY b "c">]>' + api()[38:]),
            Answer(api(described("2608.00001v1").replace("2026-08-12T", "someday"))),
        ],
    )
    def test_a_bad_page_is_asked_for_again(self, bad: Answer, host: Host, tmp_path: Path) -> None:
        """Refusals in disguise, empty and broken pages pass; nothing is taken for "no papers"."""
        good = Answer(api(described("2608.00001v1"), described("2608.00002v1")))
        assert len(self.ask(host, tmp_path, bad, good)) == 2

    def test_a_short_page_is_continued(self, host: Host, tmp_path: Path) -> None:
        """A page with fewer entries than it announces is followed by the rest."""
        pages = (Answer(api(described(f"2608.0000{n}v1"), total=2)) for n in (1, 2))
        assert len(self.ask(host, tmp_path, *pages)) == 2
        starts = [parse_qs(urlsplit(asked.path).query)["start"] for asked in host.asked]
        assert starts == [["0"], ["1"]]

    def test_foreign_papers_are_left_out(self, host: Host, tmp_path: Path) -> None:
        """A reply to another question brings nothing."""
        assert self.ask(host, tmp_path, Answer(api(described("2401.00001v1")))) == ()

    def test_a_wrong_content_type_and_no_authors_do_no_harm(
        self, host: Host, tmp_path: Path
    ) -> None:
        """What matters is what a reply contains."""
        page = api(described("2608.00001v1", authors=""))
        (paper,) = self.ask(host, tmp_path, Answer(page, headers={"Content-Type": "text/plain"}))
        assert paper.authors == ()


class TestFeed:
    """arXiv's announcements, read."""

    def test_an_entry_becomes_a_paper(self) -> None:
        """All that the feed says of a paper is kept, without the words before the abstract."""
        body = atom(entry("2608.00001v3", "replace", arxiv__DOI="10.1/x"))
        assert feed.read(body).papers == (
            Paper(
                id="2608.00001",
                version=3,
                title="Title of 2608.00001v3",
                authors=("Ada Lovelace", "Emmy Noether"),
                abstract="About 2608.00001v3.",
                categories=("cs.LG", "cs.CV"),
                announced=date(2026, 8, 13),
                announce_type="replace",
                doi="10.1/x",
                license="http://creativecommons.org/licenses/by/4.0/",
            ),
        )

    def test_rss_says_the_same(self) -> None:
        """Whoever sets the feed's address to arXiv's RSS gets the same papers."""
        body = (
            b'<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"'
            b' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>cs.LG</title>'
            b"<pubDate>Thu, 13 Aug 2026 00:00:00 -0400</pubDate><item><title>T</title>"
            b'<guid isPermaLink="false">oai:arXiv.org:hep-th/9901001v2</guid>'
            b"<link>https://arxiv.org/abs/hep-th/9901001</link><category>hep-th</category>"
            b"<description>arXiv:hep-th/9901001v2 Announce Type: replace-cross \nAbstract: A"
            b"</description><dc:creator>P. Erd\\H{o}s</dc:creator></item></channel></rss>"
        )
        batch = feed.read(body)
        assert batch.day == date(2026, 8, 13)
        (paper,) = batch.papers
        assert (paper.versioned, paper.authors) == ("hep-th/9901001v2", ("P. Erdős",))
        assert (paper.announce_type, paper.abstract) == ("replace-cross", "A")

    def test_an_empty_feed_has_its_own_day(self) -> None:
        """Saturday's feed is empty, and Saturday's."""
        batch = feed.read(atom().replace(b"08-13T04:00:13", b"08-15T04:00:13"))
        assert (batch.day, batch.papers, batch.notices) == (date(2026, 8, 15), (), ())

    def test_a_feed_is_dated_in_new_york(self) -> None:
        """Before midnight there, it is still yesterday's."""
        batch = feed.read(atom().replace(b"T04:00:13", b"T03:59:59"))
        assert batch.day == date(2026, 8, 12)

    def test_one_stray_date_does_not_move_the_batch(self) -> None:
        """The day is the one most entries give."""
        stray = entry("2608.00009v1", published="2099-01-01T00:00:00-04:00")
        batch = feed.read(atom(stray, entry(), entry("2608.00002v1")))
        assert {paper.announced for paper in batch.papers} == {date(2026, 8, 13)}

    def test_a_bad_entry_costs_only_itself(self) -> None:
        """What cannot be read is counted and named; the rest is served."""
        bad = entry(id="oai:arXiv.org:nonsense", title="Lost")
        untitled = entry("2608.00003v1", title="")
        batch = feed.read(atom(bad, entry(), untitled, "<entry/>"))
        assert [paper.id for paper in batch.papers] == ["2608.00001"]
        (notice,) = batch.notices
        assert notice.code == "feed-entry-unreadable"
        assert notice.text.startswith("3 entries")
        assert batch.count == 4
        for name in ("nonsense", "2608.00003v1", "number 4"):
            assert name in notice.text

    def test_a_paper_listed_twice_is_one_paper(self) -> None:
        """In a feed of several categories new beats cross, and replace beats replace-cross."""
        batch = feed.read(
            atom(
                entry("2608.00001v1", "cross"),
                entry("2608.00001v1", "new"),
                entry("2401.00001v3", "replace"),
                entry("2401.00001v3", "replace-cross"),
            )
        )
        assert [paper.announce_type for paper in batch.papers] == ["new", "replace"]

    def test_text_is_one_clean_line(self) -> None:
        """Line breaks fold; characters that steer terminals or readers are dropped."""
        (paper,) = feed.read(atom(entry(title="Two\n  lines\u202e \x9b31mof &lt;b&gt;"))).papers
        assert paper.title == "Two lines 31mof <b>"

    def test_missing_fields_are_unknown(self) -> None:
        """Without authors, licence and abstract a paper is still a paper."""
        bare = entry(dc__creator="", dc__rights="", summary="", arxiv__announce_type="")
        (paper,) = feed.read(atom(bare)).papers
        assert (paper.authors, paper.abstract) == ((), "")
        assert (paper.license, paper.announce_type, paper.doi) == (None, None, None)

    def test_an_error_feed_is_a_sentence(self) -> None:
        """A feed that reports an error, such as an unknown category, says which."""
        head = "<title>Feed error for query: x</title><subtitle>Bad archive 'x'.</subtitle>"
        with pytest.raises(Refused, match="Bad archive 'x'"):
            feed.read(atom(head=head))

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"Rate exceeded.",
            b"<html><body>Sorry</body></html>",
            b"<OAI-PMH/>",
            atom(entry())[:-20],
            b'<!DOCTYPE f [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + atom()[38:],
            '<!DOCTYPE f [<!ENTITY a "ha">]><feed>&a;</feed>'.encode("utf-16"),
            b'<?xml version="1.0" encoding="no-such"?><feed/>',
        ],
    )
    def test_what_is_no_feed_is_refused(self, body: bytes) -> None:
        """Pages, cut documents and entity bombs are never taken for an empty day."""
        with pytest.raises(Unusable):
            feed.read(body)

    def test_a_full_feed_says_that_it_may_be_cut(self) -> None:
        """arXiv ends a feed at 2,000 entries; the reader should know."""
        entries = (entry(f"2608.{number:05d}v1") for number in range(2000))
        assert [notice.code for notice in feed.read(atom(*entries)).notices] == ["feed-full"]

    def test_a_large_feed_is_read_at_once(self) -> None:
        """1,500 entries are read in far less than the time a reader notices."""
        told = "We study &lt;b&gt; the learning of learning. " * 40
        body = atom(*(entry(f"2608.{n:05}v1", summary=told) for n in range(1500)))
        began = time.perf_counter()
        assert feed.read(body).count == 1500
        assert time.perf_counter() - began < 2

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, body: bytes) -> None:
        """Nothing that arrives can break the reader."""
        for reply in (body, atom()[:-7] + body + b"</feed>"):
            try:
                feed.read(reply)
            except (Unusable, Refused):
                continue

    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ODD_TEXT)))
    def test_any_field_is_read_or_named(self, fields: dict[str, str]) -> None:
        """Whatever a field contains, the entry is a paper or is named in a notice."""
        escaped = {k: v.replace("&", "&amp;").replace("<", "&lt;") for k, v in fields.items()}
        batch = feed.read(atom(entry(**escaped)))
        assert len(batch.papers) + len(batch.notices) == 1


class TestAuthors:
    """The feed's line of authors."""

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ("", ()),
            ("Ada Lovelace", ("Ada Lovelace",)),
            ("A. B, C. D and E. F", ("A. B", "C. D", "E. F")),
            ("A. B, and C. D", ("A. B", "C. D")),
            ("A. B (MIT, Cambridge), C. D (ETH (Zurich) and EPFL)", ("A. B", "C. D")),
            (r"K{\i}z{\i}l, Bernal Jim\'enez Guti\'errez", ("Kızıl", "Bernal Jiménez Gutiérrez")),
            (r"Tu\u{g}\c{c}e O\u{g}uz, {\'A}, B", ("Tuğçe Oğuz", "Á", "B")),
            (
                "The ATLAS and CMS Collaborations, A. B",
                ("The ATLAS and CMS Collaborations", "A. B"),
            ),
            ("Alexander Sanderson", ("Alexander Sanderson",)),
            ("A. B (MIT, C. D", ("A. B MIT", "C. D")),
            ("A. B ((1) MIT, (2) ETH), (1)", ("A. B",)),
            ("王小明,  李雷", ("王小明", "李雷")),
        ],
    )
    def test_names_are_split_and_spelled(self, told: str, expected: tuple[str, ...]) -> None:
        """Commas and "and" separate people, affiliations are left out, accents are Unicode."""
        assert names(told) == expected

    @given(st.text("ab ,(){}\\and", max_size=60))
    def test_any_line_gives_clean_names(self, told: str) -> None:
        """No name is empty or has space around it."""
        assert all(name and name == name.strip() for name in names(told))


def test_the_room_opens_without_anything_heavy() -> None:
    """Importing the room, and arXiv as a source, loads neither requests nor arxiv."""
    script = (
        "import sys, paperlens.sources, paperlens.sources.arxiv_org\n"
        "print(*{'requests', 'arxiv', 'lxml', 'urllib3'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True, env=os.environ
    )
    assert done.stdout.split() == []
