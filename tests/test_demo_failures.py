"""The tiny arXiv fails when it is told to, keeps a log, and closes cleanly whatever happens."""

import http.client
import socket
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from paperlens.demo.faults import Fail
from paperlens.demo.server import FOREVER, Route, TinyArxiv
from tests.tiny_arxiv import NS, SAMPLE, TARGETS, Answer, get, xml


@pytest.fixture
def arxiv() -> Iterator[TinyArxiv]:
    with TinyArxiv(SAMPLE.papers, SAMPLE.day, SAMPLE.pdfs, records_per_page=7) as server:
        yield server


class TestFailures:
    @pytest.mark.parametrize("route", TARGETS)
    @pytest.mark.parametrize("how", ["429", "503", "403"])
    def test_refusals(self, arxiv: TinyArxiv, route: Route, how: Fail) -> None:
        """Each route can refuse for a while, with Retry-After if told so, and recovers."""
        arxiv.fail(route, how, times=2, retry_after=30)
        for _ in range(2):
            status, headers, _ = get(arxiv, TARGETS[route])
            assert (status, headers["Retry-After"]) == (int(how), "30")
        assert get(arxiv, TARGETS[route])[0] == 200
        arxiv.fail(route, how, times=FOREVER)
        assert "Retry-After" not in get(arxiv, TARGETS[route])[1]
        arxiv.heal()
        assert get(arxiv, TARGETS[route])[0] == 200

    @pytest.mark.parametrize("route", TARGETS)
    def test_broken_connections(self, arxiv: TinyArxiv, route: Route) -> None:
        """A reply may be cut short, or the connection reset in its middle."""
        arxiv.fail(route, "cut")
        with pytest.raises(http.client.IncompleteRead):
            get(arxiv, TARGETS[route])
        arxiv.fail(route, "reset")
        with pytest.raises(ConnectionResetError):
            get(arxiv, TARGETS[route])
        assert get(arxiv, TARGETS[route])[0] == 200

    def test_silence_does_not_hold_up_the_end(self) -> None:
        """A server that says nothing still closes at once, whoever is waiting for it."""
        with TinyArxiv(SAMPLE.papers, SAMPLE.day) as arxiv:
            arxiv.fail("feed", "silence")
            place = urlsplit(arxiv.address)
            waiting = socket.create_connection((place.hostname, place.port), timeout=5)
            waiting.sendall(b"GET /atom/cs.CV HTTP/1.1\r\nHost: x\r\n\r\n")
            idle = socket.create_connection((place.hostname, place.port), timeout=5)
            waiting.settimeout(0.05)
            with pytest.raises(TimeoutError):
                waiting.recv(1)
        waiting.settimeout(5)
        with waiting, idle:
            assert waiting.recv(1) == b""

    def test_after_the_end_connections_are_refused(self) -> None:
        """A closed server refuses connections, as an unreachable arXiv does."""
        with TinyArxiv([], SAMPLE.day) as arxiv:
            pass
        with pytest.raises(ConnectionRefusedError):
            get(arxiv, "/atom/cs.CV")

    @pytest.mark.parametrize("route", ["feed", "api", "oai"])
    def test_spoiled_pages(self, arxiv: TinyArxiv, route: Route) -> None:
        """Pages come empty, short, without authors, or with fields that nobody knows."""
        target = TARGETS[route]
        whole = _entries(get(arxiv, target))
        assert whole
        for how, entries in (("empty page", 0), ("short page", len(whole) // 2)):
            arxiv.fail(route, how)
            assert len(_entries(get(arxiv, target))) == entries
        arxiv.fail(route, "no authors")
        nameless = get(arxiv, target)
        assert len(_entries(nameless)) == len(whole)
        assert not [e for e in xml(nameless).iter() if e.tag.endswith(("author", "creator"))]
        arxiv.fail(route, "unknown fields")
        strange = get(arxiv, target)
        assert len(list(xml(strange).iter("{http://example.org/x}mood"))) == len(whole)

    @pytest.mark.parametrize("route", TARGETS)
    def test_spoiled_replies(self, arxiv: TinyArxiv, route: Route) -> None:
        """Replies come as HTML with status 200, empty, of the wrong type, or far too large."""
        arxiv.fail(route, "html")
        status, headers, body = get(arxiv, TARGETS[route])
        assert status == 200
        assert headers["Content-Type"].startswith("text/html")
        assert b"<!DOCTYPE html>" in body
        arxiv.fail(route, "empty body")
        assert get(arxiv, TARGETS[route])[2] == b""
        arxiv.fail(route, "wrong type", content_type="image/png")
        assert get(arxiv, TARGETS[route])[1]["Content-Type"] == "image/png"
        arxiv.fail(route, "oversize", megabytes=2)
        assert len(get(arxiv, TARGETS[route])[2]) > 2_000_000

    def test_an_entity_bomb(self, arxiv: TinyArxiv) -> None:
        """The bomb is small on the wire and would be a gigabyte if it were expanded."""
        arxiv.fail("api", "entity bomb")
        body = get(arxiv, TARGETS["api"])[2]
        assert len(body) < 2000
        assert b"<!ENTITY e9 " in body

    def test_totals_and_error_entries(self, arxiv: TinyArxiv) -> None:
        """The API may change its mind about the total, or slip an error into a page."""
        arxiv.fail("api", "other total")
        total = xml(get(arxiv, TARGETS["api"])).findtext("os:totalResults", "", NS)
        assert int(total) == len(SAMPLE.papers) + 7
        arxiv.fail("api", "error entry")
        titles = [e.findtext("a:title", "", NS) for e in _entries(get(arxiv, TARGETS["api"]))]
        assert titles[-1] == "Error"

    def test_failures_can_be_aimed(self, arxiv: TinyArxiv) -> None:
        """A failure may skip requests, or wait for the one that it is meant for."""
        arxiv.fail("feed", "503", skip=1)
        assert [get(arxiv, "/atom/cs.CV")[0] for _ in range(3)] == [200, 503, 200]
        arxiv.fail("feed", "403", when=lambda request: "math" in request.path)
        assert get(arxiv, "/atom/cs.CV")[0] == 200
        assert get(arxiv, "/atom/math.NT")[0] == 403


def _entries(answer: Answer) -> list[ET.Element]:
    return [e for e in xml(answer).iter() if e.tag.endswith(("}entry", "}record"))]


class TestLog:
    def test_requests_are_kept(self, arxiv: TinyArxiv) -> None:
        """Each request is remembered with path, query, headers and time, in order."""
        get(arxiv, "/api/query?id_list=2611.90012&max_results=5", User_Agent="reader/1")
        get(arxiv, "/atom/cs.CV+cs.LG")
        first, second = arxiv.requests
        assert first.query == {"id_list": "2611.90012", "max_results": "5"}
        assert (first.headers["user-agent"], first.route, second.route) == (
            "reader/1",
            "api",
            "feed",
        )
        assert second.path == "/atom/cs.CV+cs.LG"
        assert first.time <= second.time
        assert arxiv.asked("feed") == [second]

    def test_urls_are_settings(self, arxiv: TinyArxiv) -> None:
        """`urls` fits into the settings of paperlens."""
        from paperlens.settings import Settings

        settings = Settings().having(arxiv.urls)
        assert settings.arxiv.feed_url == f"{arxiv.address}/atom"

    def test_connections_are_kept_alive(self, arxiv: TinyArxiv) -> None:
        """Several requests may use one connection."""
        connection = http.client.HTTPConnection(urlsplit(arxiv.address).netloc, timeout=5)
        try:
            for _ in range(2):
                connection.request("GET", "/atom/cs.CV")
                assert connection.getresponse().read()
                assert connection.sock is not None
        finally:
            connection.close()

    def test_nothing_is_printed(self, arxiv: TinyArxiv, capfd: pytest.CaptureFixture[str]) -> None:
        """The server writes to no stream."""
        get(arxiv, "/nowhere")
        assert capfd.readouterr() == ("", "")
