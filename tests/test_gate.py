"""The one polite door to arXiv: manners, failures survived, and what is said when it gives up."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.errors import PlaceRefused, SourceUnreachable
from paperlens.settings import Arxiv
from paperlens.sources.gate import USER_AGENT, Gate, Stamp, Unchanged
from paperlens.sources.patience import Pulse, asked_to_wait
from paperlens.sources.replies import xml
from tests.loopback import Answer, Host

GOOD = Answer(b"<feed>papers</feed>")
HTML = Answer(b"<!DOCTYPE html><html><body>Back soon</body></html>")


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pulse(self) -> Pulse:
        return Pulse(lambda: self.now, lambda: self.now, self.sleep, lambda: 0.0)


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as host:
        yield host


@pytest.fixture
def clock() -> Clock:
    return Clock()


def gate(folder: Path, clock: Clock, delay: float = 3.0, timeout: float = 30.0) -> Gate:
    return Gate(Arxiv(delay=delay, timeout=timeout), folder / "gate", clock.pulse())


def text(body: bytes) -> str:
    return xml(body).text or ""


def test_it_speaks_under_its_own_name(host: Host, tmp_path: Path, clock: Clock) -> None:
    """Requests carry paperlens' own User-Agent, with its version and address."""
    host.will("/", GOOD)
    assert gate(tmp_path, clock).get(host.url, text).found == "papers"
    assert host.asked[0].headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("paperlens/")


def test_the_first_request_does_not_wait(host: Host, tmp_path: Path, clock: Clock) -> None:
    """Nobody sleeps who need not."""
    host.will("/", GOOD)
    gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == []


def test_requests_are_the_delay_apart(host: Host, tmp_path: Path, clock: Clock) -> None:
    """The second request waits for what is left of the delay, also in another gate."""
    host.will("/", GOOD)
    gate(tmp_path, clock).get(host.url, text)
    clock.now += 1
    gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == [pytest.approx(2)]
    clock.now += 4
    gate(tmp_path, clock).get(host.url, text)
    assert len(clock.slept) == 1


def test_a_clock_set_back_costs_one_delay(host: Host, tmp_path: Path, clock: Clock) -> None:
    """When the clock was set back by a day, nobody waits a day."""
    host.will("/", GOOD)
    gate(tmp_path, clock).get(host.url, text)
    clock.now -= 86_400
    gate(tmp_path, clock).get(host.url, text)
    assert sum(clock.slept) == pytest.approx(3)


def test_a_damaged_note_of_the_last_request_is_ignored(
    host: Host, tmp_path: Path, clock: Clock
) -> None:
    """The note is in the cache: it may be broken or gone."""
    host.will("/", GOOD)
    gate(tmp_path, clock).get(host.url, text)
    (tmp_path / "gate" / "last-request").write_text("yesterday?")
    gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == []


def test_processes_take_turns(host: Host, tmp_path: Path) -> None:
    """Several processes make one request at a time, each a delay after the other."""
    host.will("/", GOOD)
    script = (
        "import sys; from pathlib import Path\n"
        "from paperlens.settings import Arxiv\n"
        "from paperlens.sources.gate import Gate\n"
        "gate = Gate(Arxiv(delay=0.15), Path(sys.argv[2]))\n"
        "for _ in range(2): gate.get(sys.argv[1], bytes)\n"
    )
    command = [sys.executable, "-c", script, host.url, str(tmp_path)]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(30) for process in running] == [0, 0, 0]
    arrived = sorted(asked.at for asked in host.asked)
    assert len(arrived) == 6
    assert min(after - before for before, after in pairwise(arrived)) >= 0.15


FAULTS = {
    "the answer is 429": Answer(status=429),
    "the answer is 503": Answer(status=503),
    "cut short": Answer(b"<feed>papers</feed>", fault="cut"),
    "reset": Answer(b"<feed>papers</feed>", fault="reset"),
    "silent for 0.3 seconds": Answer(fault="silence"),
    "a web page came": HTML,
    "the reply is empty": Answer(b""),
    "not complete XML": Answer(b"<feed>pap"),
    'the reply says "Rate exceeded."': Answer(b"Rate exceeded."),
    "document type": Answer(b'<!DOCTYPE f [<!ENTITY a "aa">]><f>&a;</f>'),
    "not what its encoding says": Answer(b"plain", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_is_survived(fault: str, host: Host, tmp_path: Path, clock: Clock) -> None:
    """One failing request is tried again and costs nothing but time."""
    host.will("/", FAULTS[fault], GOOD)
    assert gate(tmp_path, clock, timeout=0.3, delay=0.1).get(host.url, text).found == "papers"
    assert len(host.asked) == 2


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lasting_fault_is_one_sentence(
    fault: str, host: Host, tmp_path: Path, clock: Clock
) -> None:
    """What keeps failing is given up after all tries, with the address and the reason."""
    host.will("/", FAULTS[fault])
    with pytest.raises(SourceUnreachable) as raised:
        gate(tmp_path, clock, timeout=0.3, delay=0.1).get(f"{host.url}/feed?secret=1", text)
    sentence = raised.value.sentence
    assert sentence.startswith(f"{host.url}/feed: ")
    assert fault in sentence
    assert "4 tries" in sentence
    assert "\n" not in sentence
    assert "secret" not in sentence
    assert len(host.asked) == 4


def test_nobody_listens(tmp_path: Path, clock: Clock) -> None:
    """A refused connection is tried once more and then said."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/feed"
        with pytest.raises(SourceUnreachable, match=r"/feed: connection refused \(2 tries\)"):
            gate(tmp_path, clock).get(url, text)


def test_waits_grow(host: Host, tmp_path: Path, clock: Clock) -> None:
    """After each failure the wait is longer, and jittered upwards."""
    host.will("/", Answer(status=503))
    with pytest.raises(SourceUnreachable):
        gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == [3, 6, 12]
    clock.slept.clear()
    jittery = Pulse(lambda: clock.now, lambda: clock.now, clock.sleep, lambda: 1.0)
    with pytest.raises(SourceUnreachable):
        Gate(Arxiv(), tmp_path / "other", jittery).get(host.url, text)
    assert clock.slept == [4.5, 9, 18]


def test_without_a_delay_nothing_waits(host: Host, tmp_path: Path, clock: Clock) -> None:
    """`arxiv.delay = 0` (a host of one's own) means no waiting at all."""
    host.will("/", Answer(status=503))
    with pytest.raises(SourceUnreachable):
        gate(tmp_path, clock, delay=0).get(host.url, text)
    assert sum(clock.slept) == 0


def test_retry_after_is_obeyed(host: Host, tmp_path: Path, clock: Clock) -> None:
    """The server's wish for seconds outweighs our own wait."""
    host.will("/", Answer(status=429, headers={"Retry-After": "20"}), GOOD)
    gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == [20]


def test_retry_after_may_be_a_date(host: Host, tmp_path: Path, clock: Clock) -> None:
    """An HTTP date is measured from the server's own clock, whatever ours says."""
    there = datetime(2026, 8, 13, 4, tzinfo=UTC)
    later = there + timedelta(seconds=25)
    headers = {
        "Date": format_datetime(there, usegmt=True),
        "Retry-After": format_datetime(later, usegmt=True),
    }
    host.will("/", Answer(status=503, headers=headers), GOOD)
    gate(tmp_path, clock).get(host.url, text)
    assert clock.slept == [25]


def test_a_long_retry_after_ends_it_at_once(host: Host, tmp_path: Path, clock: Clock) -> None:
    """Whoever is asked to wait for minutes is told so, and not made to wait."""
    host.will("/", Answer(status=429, headers={"Retry-After": "600"}))
    with pytest.raises(SourceUnreachable, match="arXiv asks to wait 10 minutes"):
        gate(tmp_path, clock).get(host.url, text)
    assert len(host.asked) == 1
    assert clock.slept == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_retry_after_is_understood_or_ignored(wish: str, when: str) -> None:
    """A header of nonsense never breaks anything, nor asks for less than nothing."""
    asked = asked_to_wait({"Retry-After": wish, "Date": when}, 0.0)
    assert asked is None or asked >= 0


@pytest.mark.parametrize("status", [400, 403, 404, 410, 304])
def test_a_plain_no_is_not_asked_again(
    status: int, host: Host, tmp_path: Path, clock: Clock
) -> None:
    """An answer that no try will change is given up at once."""
    host.will("/", Answer(b"no" if status != 304 else b"", status))
    with pytest.raises(SourceUnreachable, match=f"is {status} {HTTPStatus(status).phrase}$"):
        gate(tmp_path, clock).get(host.url, text)
    assert len(host.asked) == 1


def test_a_huge_reply_is_refused(host: Host, tmp_path: Path, clock: Clock) -> None:
    """Nothing larger than the limit is read, however it is sent."""
    host.will("/", Answer(b"<feed>" + b"x" * 3_000_000))
    with pytest.raises(SourceUnreachable, match="the reply is larger than 1 MB"):
        Gate(Arxiv(), tmp_path, clock.pulse(), largest=1_000_000).get(host.url, text)
    assert len(host.asked) == 1


def test_further_tries_may_ask_for_less(host: Host, tmp_path: Path, clock: Clock) -> None:
    """Where addresses of smaller pages are given, they are taken in turn, with the same waits."""
    huge = Answer(b"<feed>" + b"x" * 3_000_000)
    host.will("/", Answer(status=503), huge, GOOD)
    small = Gate(Arxiv(), tmp_path, clock.pulse(), largest=1_000_000)
    smaller = iter([f"{host.url}/2", f"{host.url}/3"])
    assert small.get(f"{host.url}/1", text, lighter=smaller).found == "papers"
    assert [asked.path for asked in host.asked] == ["/1", "/2", "/3"]
    assert clock.slept == [3, 6]


def test_many_requests_may_share_a_deadline(host: Host, tmp_path: Path, clock: Clock) -> None:
    """A row of requests ends after ten silences' time, in the middle of a request's tries too."""
    host.will("/", GOOD)
    one = gate(tmp_path, clock)
    by = one.deadline()
    one.get(host.url, text, by=by)
    clock.now += 295
    host.will("/", Answer(status=503))
    with pytest.raises(SourceUnreachable, match="503"):
        one.get(host.url, text, by=by)
    assert clock.slept == [3]
    clock.now += 300
    with pytest.raises(SourceUnreachable, match="too slowly"):
        one.get(host.url, text, by=by)
    assert len(host.asked) == 3


def test_a_trickle_ends(host: Host, tmp_path: Path) -> None:
    """A server that sends a byte now and then cannot hold a request for ever."""
    host.will("/", Answer(b"<" * 10_000, fault="trickle"))
    hasty = Gate(Arxiv(delay=0, timeout=0.1), tmp_path)
    with pytest.raises(SourceUnreachable, match="too slowly"):
        hasty.get(host.url, text)


def test_unchanged_replies_need_not_be_sent(host: Host, tmp_path: Path, clock: Clock) -> None:
    """What the server gave to recognise its reply is given back to it, and 304 is understood."""
    stamped = {"ETag": '"one"', "Last-Modified": "Thu, 13 Aug 2026 04:00:00 GMT"}
    host.will("/", Answer(GOOD.body, headers=stamped), Answer(status=304))
    one = gate(tmp_path, clock)
    stamp = one.get(host.url, text).stamp
    assert stamp == Stamp('"one"', "Thu, 13 Aug 2026 04:00:00 GMT")
    with pytest.raises(Unchanged):
        one.get(host.url, text, stamp)
    assert host.asked[1].headers["if-none-match"] == '"one"'
    assert host.asked[1].headers["if-modified-since"] == "Thu, 13 Aug 2026 04:00:00 GMT"


def test_proxies_from_the_environment_are_used(
    host: Host, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`http_proxy` sends requests through the proxy."""
    for name in ("HTTP_PROXY", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", host.url)
    host.will("http://feeds.example/", GOOD)
    assert gate(tmp_path, clock).get("http://feeds.example/atom", text).found == "papers"


def test_a_file_is_saved_whole(host: Host, tmp_path: Path, clock: Clock) -> None:
    """A cut PDF is asked for again; what stands at the end is complete, and stands alone."""
    pdf = Answer(b"%PDF-1.7 " + b"x" * 200_000)
    host.will("/", Answer(pdf.body, fault="cut"), HTML, pdf)
    into = tmp_path / "pdfs" / "a.pdf"
    assert gate(tmp_path, clock).save(host.url, into, b"%PDF", 10**6) == into
    assert into.read_bytes() == pdf.body
    assert list(into.parent.iterdir()) == [into]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"%PDF-1.7" + b"x" * 200_000, fault="cut"), "cut short"),
        (HTML, "does not begin with %PDF"),
        (Answer(b"%P"), "does not begin with %PDF"),
        (Answer(b"%PDF" + b"x" * 2_000_000), "larger than 1 MB"),
        (Answer(status=404), "404"),
    ],
)
def test_or_not_at_all(answer: Answer, why: str, host: Host, tmp_path: Path, clock: Clock) -> None:
    """A file that cannot be had leaves an earlier one alone, and no pieces behind."""
    host.will("/", answer)
    into = tmp_path / "pdfs" / "a.pdf"
    into.parent.mkdir()
    into.write_bytes(b"%PDF earlier")
    with pytest.raises(SourceUnreachable, match=why):
        gate(tmp_path, clock).save(host.url, into, b"%PDF", 1_000_000)
    assert into.read_bytes() == b"%PDF earlier"
    assert list(into.parent.iterdir()) == [into]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, clock: Clock) -> None:
    """Without a place to queue in, nothing is asked, and the place is said."""
    (tmp_path / "gate").write_text("a file where a folder should be")
    with pytest.raises(PlaceRefused, match="gate"):
        gate(tmp_path, clock).get("http://127.0.0.1:9/", text)


def test_a_file_that_cannot_be_written_is_named(host: Host, tmp_path: Path, clock: Clock) -> None:
    """A place that takes no file is the user's to mend, and is named."""
    host.will("/", Answer(b"%PDF-1.7"))
    (tmp_path / "pdfs").write_text("a file where a folder should be")
    with pytest.raises(PlaceRefused, match="pdfs cannot be written"):
        gate(tmp_path, clock).save(host.url, tmp_path / "pdfs" / "a.pdf", b"%PDF", 1000)


@pytest.mark.parametrize("url", ["ftp://arxiv.org/x", "nonsense", "http://", "http://[::1"])
def test_a_wrong_address_is_said(url: str, tmp_path: Path, clock: Clock) -> None:
    """An address that is none fails at once, without a traceback."""
    with pytest.raises(SourceUnreachable):
        gate(tmp_path, clock).get(url, text)
    assert clock.slept == []
