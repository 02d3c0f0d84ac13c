"""OAI-PMH as the last resort: what was submitted in a span, found among all that changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.demo.faults import Fail
from paperlens.demo.harvest import answer as harvest_reply
from paperlens.demo.server import FOREVER, TinyArxiv
from paperlens.errors import SourceUnreachable
from paperlens.models import Announcement, Paper
from paperlens.query import parse
from paperlens.settings import Arxiv
from paperlens.sources.arxiv_org import ArxivOrg
from paperlens.sources.caught import Span
from paperlens.sources.oai import choose, sets
from paperlens.sources.oai_records import read
from paperlens.sources.replies import Refused, Unusable
from tests.invented_arxiv import DAY, NOW, OAI_PAGE, ask, ids, paper, papers, source_at, tiny
from tests.loopback import Answer, Asked, Host
from tests.tiny_arxiv import get

MANY = papers(3 * OAI_PAGE - 10)
PASSING: tuple[Fail, ...] = (
    "429", "503", "html", "empty body", "wrong type", "empty page", "no authors",
    "unknown fields", "entity bomb", "cut", "reset", "silence",
)  # fmt: skip
LASTING: tuple[Fail, ...] = (
    "429", "503", "403", "html", "empty body", "empty page", "oversize", "entity bomb", "cut",
    "reset", "silence",
)  # fmt: skip


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    """An arXiv whose API is down."""
    with tiny(MANY) as server:
        server.fail("api", "503", FOREVER)
        yield server


@pytest.fixture
def host() -> Iterator[Host]:
    """A host without an API."""
    with Host() as host:
        yield host


def source_of(host: Host, cache: Path) -> ArxivOrg:
    addresses = {"api_url": f"{host.url}/api", "oai_url": f"{host.url}/oai"}
    return ArxivOrg(Arxiv(**addresses, delay=0, timeout=5, retries=2), cache, lambda: NOW)


def reply(*records: str, token: str = "", error: str = "") -> Answer:
    """A page of OAI-PMH."""
    inside = (
        f"<ListRecords>{''.join(records)}<resumptionToken>{token}</resumptionToken></ListRecords>"
    )
    told = f'<error code="{error}">so it is</error>' if error else inside
    return Answer(
        f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{told}</OAI-PMH>'.encode()
    )


def record(number: str, day: str = "2026-11-13", created: str = "2026-11-12", **more: str) -> str:
    """A record of the format arXiv, which tells no version; `more` is put in place of fields."""
    fields = {
        "id": number,
        "created": created,
        "authors": "<author><keyname>Hall</keyname><forenames>Marshall</forenames>"
        "<suffix>Jr.</suffix><affiliation>Caltech</affiliation></author>"
        "<author><keyname>ATLAS Collaboration</keyname></author>",
        "title": "On\n  groups",
        "categories": "cs.CV math.GR",
        "comments": "5 pages",
        "journal-ref": "J. 1",
        "doi": "10.1/x",
        "license": "http://example.org/by",
        "abstract": "  About\n groups. ",
    } | more
    told = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return (
        f"<record><header><identifier>oai:arXiv.org:{number}</identifier>"
        f"<datestamp>{day}</datestamp><setSpec>cs:cs:CV</setSpec></header>"
        f'<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">{told}</arXiv></metadata></record>'
    )


def asked(request: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}


def oai(host: Host) -> list[dict[str, str]]:
    return [asked(request) for request in host.asked if request.path.startswith("/oai")]


def harvest(host: Host, cache: Path, *answers: Answer) -> Announcement:
    host.will("/oai", *answers)
    return ask(source_of(host, cache))


def test_everything_comes_page_after_page(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Tokens are followed to the end, and each paper is told as the API would tell it."""
    found = ask(source_at(arxiv, tmp_path))
    assert (found.road, found.is_whole, found.seen) == ("oai", True, len(MANY))
    assert sorted(found.papers, key=lambda p: p.id) == [replace(p, announced=None) for p in MANY]
    first, *others = [request.query for request in arxiv.asked("oai")]
    assert first == {
        "verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-11-11", "set": "cs"
    }  # fmt: skip
    assert [set(query) for query in others] == [{"verb", "resumptionToken"}] * 2


def test_only_what_may_match_is_kept(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Of all that changed, only what can answer a question is handed on; the rest is counted."""
    found = ask(source_at(arxiv, tmp_path), "cat:cs.CV AND ti:7", "cat:cs.CV AND ti:9")
    assert ids(found) == ["2611.00007", "2611.00009"]
    assert found.count == len(MANY)


@pytest.mark.parametrize("how", PASSING)
def test_a_failure_that_passes_costs_nothing(how: Fail, arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Whatever happens to the second page, everything comes."""
    arxiv.fail("oai", how, skip=1)
    found = ask(source_at(arxiv, tmp_path))
    assert ids(found) == ids(MANY)
    assert (found.road, found.is_whole) == ("oai", True)


@pytest.mark.parametrize("how", LASTING)
def test_a_failure_that_lasts_keeps_what_came(how: Fail, arxiv: TinyArxiv, tmp_path: Path) -> None:
    """With one page read and no more to be had, that page is told, and what failed."""
    arxiv.fail("oai", how, FOREVER, skip=1)
    found = ask(source_at(arxiv, tmp_path, retries=2))
    assert len(found.papers) == OAI_PAGE
    assert (found.road, found.is_whole) == ("oai", False)
    assert [n.code for n in found.notices] == ["gap-api-refused", "gap-oai-refused"]


def test_both_roads_together(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """What only one of them knows of a paper is kept; a paper found twice is one paper."""
    arxiv.heal()
    licensed = replace(MANY[0], license="http://example.org/by")
    arxiv.papers[0] = licensed
    arxiv.fail("api", "error entry", FOREVER, when=lambda r: "ti:9" in r.query["search_query"])
    found = ask(source_at(arxiv, tmp_path), "cat:cs.CV AND ti:1", "cat:cs.CV AND ti:9")
    assert sorted(found.papers, key=lambda p: p.id) == [
        replace(licensed, announced=None), replace(MANY[8], announced=None)
    ]  # fmt: skip


def test_changes_are_told_apart(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """An old paper with a new version is a replacement; one with a new comment is no news."""
    then = NOW - timedelta(days=90)
    old = {"published": then, "announced": DAY}
    arxiv.papers = [
        paper(1, **old, updated=NOW - timedelta(days=2), version=2),
        paper(2, **old, updated=then),
        paper(3, version=2),
        paper(4, 24 * 10, announced=DAY - timedelta(days=5)),
    ]
    found = ask(source_at(arxiv, tmp_path))
    assert [(each.versioned, each.announce_type) for each in found.papers] == [
        ("2611.00003v2", None), ("2611.00001v2", "replace")
    ]  # fmt: skip


def test_nothing_changed(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """`noRecordsMatch` is an answer, and the whole of it."""
    arxiv.papers = []
    found = ask(source_at(arxiv, tmp_path))
    assert (found.papers, found.road, found.is_whole, found.seen) == ((), "oai", True, 0)


def test_a_span_of_long_ago_is_not_whole(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """What has changed again since has moved to a later day, which is said."""
    questions, day = [parse("cat:cs.CV")], NOW - timedelta(days=60)
    found = source_at(arxiv, tmp_path).submitted(questions, day - timedelta(days=1), day)
    assert not found.is_whole
    assert found.notices[-1].code == "gap-oai-later"
    query = arxiv.asked("oai")[0].query
    assert (query["from"], query["until"]) == ("2026-09-20", "2026-10-05")


@pytest.mark.parametrize(
    ("expressions", "expected"),
    [
        (["cat:cs.CV"], ("cs",)),
        (["cat:cs.CV OR cat:cs.LG", "cat:cs"], ("cs",)),
        (["cat:hep-th"], ("physics:hep-th",)),
        (["cat:astro-ph.GA", "cat:astro-ph.*"], ("physics:astro-ph",)),
        (["cat:hep-th", "cat:physics.optics"], ("physics",)),
        (["cat:stat.ML", "cat:cs.LG", "cat:quant-ph"], ("cs", "stat", "physics:quant-ph")),
        (["cat:cs.CV", "au:noether"], (None,)),
        (["cat:cs.CV", "cat:cs.NONSENSE"], (None,)),
    ],
)
def test_sets_cover_what_is_asked(expressions: list[str], expected: tuple[str | None, ...]) -> None:
    """A harvest is as narrow as archives allow; a question without a category needs all of it."""
    assert sets([parse(each) for each in expressions]) == expected


def test_several_sets_are_several_harvests(arxiv: TinyArxiv, tmp_path: Path) -> None:
    """Each archive is asked for, and a paper of both is one paper."""
    arxiv.papers += [paper(700, categories=("math.GR", "cs.CV"))]
    found = ask(source_at(arxiv, tmp_path), "cat:cs.CV", "cat:math.GR")
    assert [r.query["set"] for r in arxiv.asked("oai") if "set" in r.query] == ["cs", "math"]
    assert len(found.papers) == found.seen == len(MANY) + 1


class TestTheOtherFormat:
    """A service that knows only the format `arXiv`."""

    def test_it_is_asked_for_and_read(self, host: Host, tmp_path: Path) -> None:
        """All that it tells is kept; what it does not tell, versions and times, stays unknown."""
        no = reply(error="cannotDisseminateFormat")
        found = harvest(host, tmp_path, no, reply(record("2611.00001")))
        assert [query["metadataPrefix"] for query in oai(host)] == ["arXivRaw", "arXiv"]
        assert found.papers == (
            Paper(
                id="2611.00001",
                title="On groups",
                authors=("Marshall Hall Jr.", "ATLAS Collaboration"),
                abstract="About groups.",
                categories=("cs.CV", "math.GR"),
                comment="5 pages",
                doi="10.1/x",
                journal_ref="J. 1",
                license="http://example.org/by",
            ),
        )

    def test_a_new_version_of_an_old_number_is_a_replacement(
        self, host: Host, tmp_path: Path
    ) -> None:
        """Its `created` is the day of the latest version; the number says how old the paper is."""
        records = (
            record("2611.00001"),
            record("2610.00001"),
            record("hep-th/9901001"),
            record("2611.00002", created="2026-11-01"),
            record("1207.7214", created="2012-08-31"),
        )
        found = harvest(host, tmp_path, reply(*records))
        assert [(each.id, each.announce_type) for each in found.papers] == [
            ("2611.00001", None), ("2610.00001", "replace"), ("hep-th/9901001", "replace")
        ]  # fmt: skip


class TestPages:
    """Pages and tokens as a service may give them."""

    def test_an_expired_token_is_survived(self, host: Host, tmp_path: Path) -> None:
        """It goes on from the last day that was seen, and that day's papers are not told twice."""
        expired = reply(error="badResumptionToken")
        again = reply(record("2611.00002", "2026-11-14"), record("2611.00003", "2026-11-15"))
        one = reply(record("2611.00001"), record("2611.00002", "2026-11-14"), token="1")
        found = harvest(host, tmp_path, one, expired, again)
        assert ids(found) == ["2611.00001", "2611.00002", "2611.00003"]
        assert found.is_whole
        assert [query.get("from") for query in oai(host)] == ["2026-11-11", None, "2026-11-14"]

    def test_tokens_that_always_expire_end(self, host: Host, tmp_path: Path) -> None:
        """A service that takes none of its own tokens is left."""

        def no_tokens(request: Asked) -> Answer:
            if "resumptionToken" in asked(request):
                return reply(error="badResumptionToken")
            return reply(record("2611.00001"), token="1")

        host.does("/oai", no_tokens)
        found = ask(source_of(host, tmp_path))
        assert (ids(found), found.is_whole) == (["2611.00001"], False)
        assert len(oai(host)) == 8

    def test_a_token_that_leads_to_itself_ends(self, host: Host, tmp_path: Path) -> None:
        """The same page for ever is not read for ever."""
        found = harvest(host, tmp_path, reply(record("2611.00001"), token="1"))
        assert (ids(found), found.is_whole) == (["2611.00001"], False)
        assert len(oai(host)) == 2

    def test_tokens_are_given_back_as_they_came(self, host: Host, tmp_path: Path) -> None:
        """Whatever characters a token has."""
        token = "a%3Db c+d/é"
        harvest(
            host, tmp_path, reply(record("2611.00001"), token=token), reply(record("2611.2222"))
        )
        assert oai(host)[1]["resumptionToken"] == token

    def test_deleted_and_broken_records_cost_only_themselves(
        self, host: Host, tmp_path: Path
    ) -> None:
        """The first are passed over, the second are named."""
        gone = record("2611.00002").replace("<header>", '<header status="deleted">')
        broken = (record("nonsense"), record("2611.00003", title=""), record("2611.00004", "some"))
        found = harvest(host, tmp_path, reply(gone, *broken, record("2611.00001")))
        assert ids(found) == ["2611.00001"]
        assert found.is_whole
        text = found.notices[-1].text
        assert all(name in text for name in ("nonsense", "2611.00003", "2611.00004"))
        assert "2611.00002" not in text

    def test_a_refusal_is_said_at_once(self, host: Host, tmp_path: Path) -> None:
        """A request that the service calls wrong is not repeated."""
        with pytest.raises(SourceUnreachable, match='/oai: arXiv says "so it is"'):
            harvest(host, tmp_path, reply(error="badArgument"))
        assert len(oai(host)) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Nothing that arrives can break the reader."""
    good = reply(record("2611.00001")).body
    for some in (body, good[:-40] + body + good[-40:], good.replace(b"2026", body[:8])):
        try:
            read(some)
        except (Unusable, Refused):
            continue


@given(st.dictionaries(st.sampled_from(["id", "created", "authors", "title"]), st.text("0-9a/. ")))
def test_any_field_is_read_or_named(fields: dict[str, str]) -> None:
    """Whatever a field contains, the record is a paper or is named."""
    page = read(reply(record("2611.00001", **fields)).body)
    assert len(page.records) + len(page.unreadable) == 1


MOMENTS = st.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 20), timezones=st.just(UTC))
A_WHILE = st.timedeltas(timedelta(0), timedelta(days=100))


@given(MOMENTS, A_WHILE, st.integers(0, 3), st.integers(1, 3), MOMENTS, A_WHILE)
def test_nothing_of_the_span_is_left_out(
    published: datetime, later: timedelta, wait: int, version: int, since: datetime, long: timedelta
) -> None:
    """Whatever version a paper has by now: if its first is of the span, it is told as no other."""
    published = published.replace(microsecond=0)
    number = f"{published + timedelta(days=wait):%y%m}.00001"
    updated = published + timedelta(seconds=int(later.total_seconds())) * (version > 1)
    one = paper(1, id=number, published=published, updated=updated, version=version)
    span = Span(since, since + long)
    for form in ("arXiv", "arXivRaw"):
        query = {"verb": "ListRecords", "metadataPrefix": form}
        body = harvest_reply(query, [one], NOW, 10).encode()
        chosen = [each for each, _ in choose(read(body).records, [], span)]
        if span.since <= published <= span.until:
            assert [each.announce_type for each in chosen] == [None]
        if updated.date() < span.since.date():
            assert chosen == []


def test_the_day_of_a_change_is_arxivs(arxiv: TinyArxiv) -> None:
    """Datestamps are days."""
    page = read(get(arxiv, "/oai?verb=ListRecords&metadataPrefix=arXivRaw")[2])
    assert page.records[0].changed == date(2026, 11, 13)
