"""PDFs come whole or not at all, and go on where they broke off."""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paperlens.cache import clear, contents
from paperlens.demo.faults import Fail
from paperlens.demo.server import FOREVER, TinyArxiv
from paperlens.errors import SourceUnreachable
from paperlens.models import Paper
from paperlens.settings import Arxiv
from paperlens.sources.arxiv_org import ArxivOrg
from paperlens.sources.gate import Gate
from paperlens.sources.patience import Pulse
from tests.conftest import Shell
from tests.loopback import Answer, Host
from tests.tiny_arxiv import get

PAPER = Paper("2611.90099", "A long one", (), "", (), version=1)
PDF = b"%PDF-1.7\n" + random.Random(5).randbytes(400_000)
CHANGED = PDF + b"\n% changed\n"
HALF, LIMIT = 200_000, 1_000_000


@dataclass(frozen=True)
class Desk:
    """Somebody who fetches the paper from the tiny arXiv; nobody really waits."""

    arxiv: TinyArxiv
    cache: Path

    @property
    def file(self) -> Path:
        return self.cache / "pdf" / f"{PAPER.versioned}.pdf"

    def fetch(self, tries: int = 4, limit: int = LIMIT, delay: float = 0.0) -> bytes:
        settings = Arxiv(pdf_url=self.arxiv.urls["arxiv.pdf_url"], delay=delay, retries=tries)
        source = ArxivOrg(settings, self.cache, lambda: datetime.now(UTC))
        return source.pdf(PAPER, self.file, limit).read_bytes()

    def fail(self, how: Fail, times: float = 1, **details: object) -> None:
        self.arxiv.fail("pdf", how, times, **details)

    def interrupted(self) -> None:
        """A run of which the connection broke after half of the file."""
        self.fail("cut after", after=HALF)
        with pytest.raises(SourceUnreachable, match="cut short"):
            self.fetch(tries=1)

    @property
    def asked(self) -> list[tuple[str | None, bool]]:
        """Of each request the range, and whether it was bound to the same document."""
        requests = self.arxiv.asked("pdf")
        return [(each.headers.get("range"), "if-range" in each.headers) for each in requests]

    @property
    def kept(self) -> list[str]:
        return sorted(file.name for file in self.file.parent.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with TinyArxiv([PAPER], date(2026, 11, 20), {PAPER.id: PDF}) as server:
        yield Desk(server, tmp_path / "cache")


WHOLE = (None, False)
REST = (f"bytes={HALF}-", True)


# Going on


def test_a_cut_download_goes_on(desk: Desk) -> None:
    """The next try asks for what is missing, of the same document; nothing comes twice."""
    desk.fail("cut after", after=HALF)
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, REST]
    assert desk.kept == [desk.file.name]
    assert {each.headers["accept-encoding"] for each in desk.arxiv.asked("pdf")} == {"identity"}


def test_also_in_a_later_run(desk: Desk) -> None:
    """What a run could not complete is kept, as something of the cache, for the next one."""
    desk.interrupted()
    assert not desk.file.exists()
    (draft,) = [item for item in contents(desk.cache) if item.is_draft]
    assert draft.kind == "pdfs"
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, REST]
    assert desk.kept == [desk.file.name]


def test_each_try_may_bring_a_piece(desk: Desk) -> None:
    """A line that breaks again and again still brings the file, a piece at a time."""
    desk.fail("cut after", times=3, after=110_000)
    assert desk.fetch() == PDF
    assert [asked for asked, _ in desk.asked[1:]] == [
        "bytes=110000-",
        "bytes=220000-",
        "bytes=330000-",
    ]


def test_what_always_breaks_is_given_up(desk: Desk) -> None:
    """After the last try the sentence says why; the tries were as many as arxiv.retries."""
    desk.fail("cut after", FOREVER, after=50_000)
    with pytest.raises(SourceUnreachable, match=r"cut short \(4 tries\)"):
        desk.fetch()
    assert len(desk.asked) == 4
    assert not desk.file.exists()


@pytest.mark.parametrize("how", ["cut", "reset"])
def test_broken_connections_are_survived(desk: Desk, how: Fail) -> None:
    """However the connection ends before its time, the file is the right one."""
    desk.fail(how)
    desk.fail(how)
    assert desk.fetch() == PDF


def test_a_killed_run_leaves_what_came(desk: Desk) -> None:
    """A process that ends without a word has not fetched in vain, and leaves no half file."""
    desk.fail("trickle", FOREVER)
    desk.arxiv.pdfs[PAPER.id] = small = PDF[:500]
    script = (
        "import sys; from pathlib import Path; from paperlens.settings import Arxiv\n"
        "from paperlens.sources.gate import Gate\n"
        "Gate(Arxiv(delay=0), Path(sys.argv[1])).save("
        "sys.argv[2], Path(sys.argv[3]), b'%PDF', 9999)"
    )
    url = f"{desk.arxiv.urls['arxiv.pdf_url']}/{PAPER.versioned}"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(desk.cache / "gate"), url, str(desk.file)]
    )
    draft = desk.file.with_name(f".{desk.file.name}.0-0.draft")
    assert eventually(draft.exists)
    process.kill()
    process.wait()
    assert not desk.file.exists()
    desk.arxiv.heal()
    assert desk.fetch() == small


def eventually(happened: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)
    return happened()


# Starting again


@pytest.mark.parametrize("how", ["no parts", "changed"])
def test_the_whole_file_replaces_what_came(desk: Desk, how: Fail) -> None:
    """A server without parts, or with another file by now, sends it whole; nothing is mixed."""
    desk.interrupted()
    desk.fail(how)
    assert desk.fetch() == (CHANGED if how == "changed" else PDF)
    assert desk.asked == [WHOLE, REST]
    assert desk.kept == [desk.file.name]


@pytest.mark.parametrize(
    "told",
    [
        "bytes 0-8/9",
        f"bytes {HALF - 1}-{len(PDF) - 1}/{len(PDF)}",
        f"bytes {HALF}-{HALF + 9}/{len(PDF)}",
        f"bytes {HALF}-999998/999999",
        f"bytes {HALF}-{len(PDF) - 1}/*",
        "junk",
    ],
)
def test_a_wrong_part_is_not_taken(desk: Desk, told: str) -> None:
    """A part that is not the rest of what came before is thrown away with it."""
    desk.interrupted()
    desk.fail("wrong part", content_range=told)
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, REST, WHOLE]


def test_a_file_that_has_shrunk_is_fetched_anew(desk: Desk) -> None:
    """Where the part asked for does not exist any more, the download starts again."""
    desk.interrupted()
    desk.fail("wrong part", content_range="bytes */9")
    desk.arxiv.pdfs[PAPER.id] = PDF[:1000]
    status, headers, _ = get(desk.arxiv, f"/pdf/{PAPER.versioned}", Range="bytes=1000-")
    assert (status, headers["Content-Range"]) == (416, "bytes */9")
    assert desk.fetch() == PDF[:1000]


class TestHost:
    """What other servers do."""

    @pytest.fixture
    def host(self) -> Iterator[Host]:
        with Host() as host:
            yield host

    def save(self, host: Host, into: Path) -> bytes:
        pulse = Pulse(sleep=lambda _seconds: None)
        gate = Gate(Arxiv(delay=0), into.parent / "gate", pulse)
        return gate.save(f"{host.url}/a", into / "a.pdf", b"%PDF", LIMIT).read_bytes()

    def test_416(self, host: Host, tmp_path: Path) -> None:
        """A server that has no such part any more is asked for everything."""
        stamped = {"ETag": '"one"'}
        cut = Answer(PDF, headers=stamped, fault="cut")
        host.will("/", cut, Answer(status=416), Answer(PDF, headers=stamped))
        assert self.save(host, tmp_path / "pdf") == PDF
        assert ["range" in asked.headers for asked in host.asked] == [False, True, False]

    @pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}])
    def test_nothing_to_recognise_it_by(
        self, headers: dict[str, str], host: Host, tmp_path: Path
    ) -> None:
        """Without a name that promises the same bytes, what came is not kept."""
        host.will("/", Answer(PDF, headers=headers, fault="cut"), Answer(PDF, headers=headers))
        assert self.save(host, tmp_path / "pdf") == PDF
        assert ["range" in asked.headers for asked in host.asked] == [False, False]

    def test_a_date_is_a_name(self, host: Host, tmp_path: Path) -> None:
        """A server that gives dates only can continue as well."""
        dated = {"Last-Modified": "Thu, 13 Aug 2026 04:00:00 GMT"}
        half = len(PDF) // 2
        told = {**dated, "Content-Range": f"bytes {half}-{len(PDF) - 1}/{len(PDF)}"}
        rest = Answer(PDF[half:], 206, told)
        host.will("/", Answer(PDF, headers=dated, fault="cut"), rest)
        assert self.save(host, tmp_path / "pdf") == PDF
        assert host.asked[1].headers["if-range"] == dated["Last-Modified"]

    def test_the_rest_of_another_file_is_not_taken(self, host: Host, tmp_path: Path) -> None:
        """A server that overlooks If-Range, and names another document, has sent nothing."""
        half = len(PDF) // 2
        told = f"bytes {half}-{len(PDF) - 1}/{len(PDF)}"
        other = {"ETag": '"two"', "Content-Range": told}
        host.will(
            "/",
            Answer(PDF, headers={"ETag": '"one"'}, fault="cut"),
            Answer(b"x" * (len(PDF) - half), 206, other),
            Answer(PDF, headers={"ETag": '"two"'}),
        )
        assert self.save(host, tmp_path / "pdf") == PDF
        assert len(host.asked) == 3

    def test_a_part_that_is_shorter_than_it_says(self, host: Host, tmp_path: Path) -> None:
        """Only what is complete by its length is a file; what came of it counts."""
        cut, half = len(PDF) - 9, len(PDF) // 2
        told = [
            {"ETag": '"one"', "Content-Range": f"bytes {first}-{len(PDF) - 1}/{len(PDF)}"}
            for first in (half, cut)
        ]
        host.will(
            "/",
            Answer(PDF, headers={"ETag": '"one"'}, fault="cut"),
            Answer(PDF[half:cut], 206, told[0]),
            Answer(PDF[cut:], 206, told[1]),
        )
        assert self.save(host, tmp_path / "pdf") == PDF
        assert [asked.headers.get("range") for asked in host.asked[1:]] == [
            f"bytes={half}-",
            f"bytes={cut}-",
        ]

    def test_a_part_that_nobody_asked_for(self, host: Host, tmp_path: Path) -> None:
        """The first answer has to be the whole file."""
        host.will("/", Answer(PDF, 206, {"Content-Range": "bytes 0-8/9"}))
        with pytest.raises(SourceUnreachable, match="206"):
            self.save(host, tmp_path / "pdf")

    def test_too_large_is_known_before_it_comes(self, host: Host, tmp_path: Path) -> None:
        """What announces more than the limit is refused before its body, and not asked again."""
        silent = Answer(b"%PDF", headers={"Content-Length": "1000001"}, fault="trickle")
        host.will("/", silent)
        with pytest.raises(SourceUnreachable, match=r"the reply is larger than 1 MB$"):
            self.save(host, tmp_path / "pdf")
        assert len(host.asked) == 1
        assert list((tmp_path / "pdf").iterdir()) == []


# What is no PDF


@pytest.mark.parametrize("tries", [1, 4])
def test_a_web_page_is_no_pdf(desk: Desk, tries: int) -> None:
    """HTML with status 200 is quoted in a sentence, or asked for again while there are tries."""
    desk.fail("html")
    if tries > 1:
        assert desk.fetch() == PDF
    else:
        with pytest.raises(SourceUnreachable) as raised:
            desk.fetch(tries)
        assert raised.value.sentence.endswith(
            'does not begin with %PDF: it is a web page, "arXiv is down for maintenance"'
        )
        assert desk.kept == []


def test_a_web_page_costs_nothing_that_came(desk: Desk) -> None:
    """An excuse in place of the rest leaves what came before, for the try after it."""
    desk.interrupted()
    desk.fail("html")
    desk.fail("429", retry_after=0)
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, REST, REST, REST]


def test_words_in_place_of_a_pdf_are_quoted(desk: Desk) -> None:
    """A few words with status 200 are told as they are, on one line."""
    desk.arxiv.pdfs[PAPER.id] = b"Rate\nexceeded."
    with pytest.raises(SourceUnreachable, match=r'%PDF: it says "Rate exceeded\." \(4 tries\)$'):
        desk.fetch()
    assert desk.kept == []


@pytest.mark.parametrize(("before", "is_pdf"), [(1000, True), (1100, False)])
def test_a_pdf_may_begin_late(desk: Desk, before: int, is_pdf: bool) -> None:
    """A kilobyte of something else may come first, as in every reader of PDFs; no more."""
    desk.arxiv.pdfs[PAPER.id] = late = b"\x00" * before + PDF
    if is_pdf:
        assert desk.fetch() == late
    else:
        with pytest.raises(SourceUnreachable, match="does not begin with %PDF"):
            desk.fetch(1)


def test_what_was_begun_is_measured_with_the_rest(desk: Desk) -> None:
    """The limit holds for the whole file, and what is too large leaves nothing behind."""
    desk.interrupted()
    with pytest.raises(SourceUnreachable, match=r"larger than 0\.3 MB"):
        desk.fetch(limit=300_000)
    assert desk.kept == []


def test_a_trickle_ends_and_counts(desk: Desk) -> None:
    """A server that sends a byte now and then is left in the end; the next run has its bytes."""
    desk.arxiv.pdfs[PAPER.id] = small = PDF[:1000]
    desk.fail("trickle")
    now = 0.0

    def steady() -> float:
        nonlocal now
        now += 10
        return now

    url = f"{desk.arxiv.urls['arxiv.pdf_url']}/{PAPER.versioned}"
    hasty = Gate(Arxiv(delay=0), desk.cache / "gate", Pulse(steady=steady))
    with pytest.raises(SourceUnreachable, match="too slowly"):
        hasty.save(url, desk.file, b"%PDF", LIMIT)
    assert desk.fetch() == small
    (asked, _bound) = desk.asked[1]
    assert asked is not None
    assert int(re.sub(r"\D", "", asked)) >= 9


# What is left behind


def draft_of(desk: Desk) -> Path:
    (draft,) = desk.file.parent.glob(".*.draft")
    return draft


@pytest.mark.parametrize("damage", ["empty", "cut head", "no head", "too long", "other address"])
def test_a_damaged_draft_is_as_good_as_none(desk: Desk, damage: str) -> None:
    """What does not fit its own first line, or is of another address, is not continued."""
    desk.interrupted()
    draft = draft_of(desk)
    came = draft.read_bytes()
    head = came.partition(b"\n")[0]
    other = json.dumps(json.loads(head) | {"source": "elsewhere"}).encode()
    draft.write_bytes(
        {
            "empty": b"",
            "cut head": head[:-9],
            "no head": PDF,
            "too long": came + PDF,
            "other address": came.replace(head, other),
        }[damage]
    )
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, WHOLE]
    assert desk.kept == [desk.file.name]


def test_a_draft_that_is_taken_up_is_somebodys(desk: Desk) -> None:
    """What lay there for days is not cleared away while somebody goes on with it."""
    desk.interrupted()
    os.utime(draft_of(desk), (0, 0))
    desk.fail("503")
    with pytest.raises(SourceUnreachable, match="503"):
        desk.fetch(tries=1)
    assert clear(desk.cache).gone == ()
    assert desk.fetch() == PDF
    assert desk.asked == [WHOLE, REST, REST]


def test_a_complete_draft_needs_no_request(desk: Desk) -> None:
    """A process that ended between the last byte and its file has left everything."""
    desk.interrupted()
    with draft_of(desk).open("ab") as draft:
        draft.write(PDF[HALF:])
    assert desk.fetch() == PDF
    assert len(desk.asked) == 1


def test_several_processes_fetch_it_once(desk: Desk) -> None:
    """Whoever waited while another process fetched the same paper takes what is there."""
    script = (
        "import sys; from pathlib import Path; from paperlens.settings import Arxiv\n"
        "from paperlens.sources.gate import Gate\n"
        "gate, into = Gate(Arxiv(delay=0.05), Path(sys.argv[1])), Path(sys.argv[3])\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(len(gate.save(sys.argv[2], into, b'%PDF', 10**6).read_bytes()))"
    )
    desk.fail("cut after", after=HALF)
    url = f"{desk.arxiv.urls['arxiv.pdf_url']}/{PAPER.versioned}"
    command = [sys.executable, "-c", script, str(desk.cache / "gate"), url, str(desk.file)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [int(each.communicate()[0]) for each in running] == [len(PDF)] * 3
    assert desk.asked == [WHOLE, REST]
    assert desk.file.read_bytes() == PDF
    assert desk.kept == [desk.file.name]


def test_requests_for_the_rest_are_the_delay_apart(desk: Desk) -> None:
    """Going on is a request like any other: it waits its turn."""
    desk.fail("cut after", after=HALF)
    assert desk.fetch(delay=0.2) == PDF
    first, second = desk.arxiv.asked("pdf")
    assert second.time - first.time >= 0.2


# The server that all of this is tried on


PARTS = {
    "bytes=5-9": (206, f"bytes 5-9/{len(PDF)}", PDF[5:10]),
    "bytes=399999-": (206, f"bytes 399999-{len(PDF) - 1}/{len(PDF)}", PDF[399_999:]),
    "bytes=-7": (206, f"bytes {len(PDF) - 7}-{len(PDF) - 1}/{len(PDF)}", PDF[-7:]),
    f"bytes={len(PDF)}-": (416, f"bytes */{len(PDF)}", b""),
    "bytes=1-2,5-6": (200, None, PDF),
    "lines=1-2": (200, None, PDF),
}


@pytest.mark.parametrize("asked", PARTS)
def test_the_tiny_arxiv_hands_out_parts(desk: Desk, asked: str) -> None:
    """PDFs can be had in parts, as from arXiv's servers."""
    status, headers, body = get(desk.arxiv, f"/pdf/{PAPER.versioned}", Range=asked)
    assert (status, headers.get("Content-Range"), body) == PARTS[asked]
    assert headers["Accept-Ranges"] == "bytes"


def test_parts_are_of_the_document_that_is_known(desk: Desk) -> None:
    """With If-Range, a part is only of the document that the client has begun."""
    target = f"/pdf/{PAPER.versioned}"
    names = get(desk.arxiv, target)[1]
    for known, status in ((names["ETag"], 206), (names["Last-Modified"], 206), ('"old"', 200)):
        assert get(desk.arxiv, target, Range="bytes=1-", If_Range=known)[0] == status
    assert get(desk.arxiv, target, If_None_Match=names["ETag"])[0] == 304


# Through the command line


def test_the_next_command_goes_on(reader: Shell, arxiv: TinyArxiv) -> None:
    """A PDF that broke off in one command is completed by the next, and never fetched again."""
    arxiv.fail("pdf", "cut after", after=2000)
    broken = reader("text", "2611.90012")
    assert (broken.code, broken.out) == (4, "")
    assert "the reply was cut short" in broken.err
    whole, again = (reader("text", "2611.90012") for _ in range(2))
    assert (whole.code, whole.out) == (0, again.out)
    assert whole.out
    asked = [request.headers.get("range") for request in arxiv.asked("pdf")]
    assert asked == [None, "bytes=2000-"]
