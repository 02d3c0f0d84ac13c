"""What most tests start from: a home of their own, a tiny arXiv, and the real command line."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from paperlens.arxiv_week import expected_day
from paperlens.demo import Sample, sample_day
from paperlens.demo.server import TinyArxiv
from tests.nursery import nursery
from tests.schemas import refuse_strangers

# A loaded machine is no fault, and two thousand tests have four minutes.
settings.register_profile("suite", deadline=None, max_examples=40)
settings.load_profile("suite")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs the real command line in a home of its own, and nothing of this machine's settings.

    What a command prints as JSON is held against its published schema.
    """

    home: Path
    environ: Mapping[str, str]

    def __call__(self, *words: str, stdin: str = "", **environ: str) -> Ran:
        with TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("in", "out", "err")]
            streams[0].write_text(stdin, "utf-8")
            code = nursery().run(words, {**self.environ, **environ}, self.home, streams)
            out, err = (file.read_bytes().decode() for file in streams[1:])
        refuse_strangers(words, out)
        return Ran(code, out, err)

    def fresh(self, *words: str, **environ: str) -> Ran:
        """The same in a process of its own from the first byte on, under this one's limits."""
        done = subprocess.run(
            [sys.executable, "-m", "paperlens", *words],
            env={**self.environ, **environ},
            cwd=self.home,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        refuse_strangers(words, done.stdout)
        return Ran(done.returncode, done.stdout, done.stderr)

    def having(self, **environ: str) -> "Shell":
        return Shell(self.home, {**self.environ, **environ})


@pytest.fixture
def paperlens(tmp_path: Path) -> Shell:
    """paperlens on a fresh machine from which arXiv cannot be reached."""
    home = tmp_path / "home"
    home.mkdir()
    nowhere = "http://127.0.0.1:9"
    return Shell(
        home,
        {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PAPERLENS_HOME": str(home / "paperlens"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PAPERLENS_ARXIV_FEED_URL": f"{nowhere}/atom",
            "PAPERLENS_ARXIV_API_URL": f"{nowhere}/api/query",
            "PAPERLENS_ARXIV_OAI_URL": f"{nowhere}/oai",
            "PAPERLENS_ARXIV_PDF_URL": f"{nowhere}/pdf",
            "PAPERLENS_ARXIV_DELAY": "0",
            "PAPERLENS_ARXIV_RETRIES": "1",
            "PAPERLENS_ARXIV_TIMEOUT": "5",
        },
    )


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The demo's invented day."""
    return sample_day()


@pytest.fixture
def arxiv(sample: Sample) -> Iterator[TinyArxiv]:
    """An arXiv on loopback that announces the sample day."""
    with TinyArxiv(sample.papers, sample.day, sample.pdfs) as server:
        yield server


@pytest.fixture
def arxiv_now(sample: Sample) -> Iterator[TinyArxiv]:
    """The same day as if it were the latest, for roads that ask what was submitted of late."""
    day = expected_day(datetime.now(UTC))
    passed = day - sample.day
    papers = [
        replace(
            paper,
            announced=paper.announced and paper.announced + passed,
            published=paper.published and paper.published + passed,
            updated=paper.updated and paper.updated + passed,
        )
        for paper in sample.papers
    ]
    with TinyArxiv(papers, day, sample.pdfs) as server:
        yield server


@pytest.fixture
def reader_now(paperlens: Shell, arxiv_now: TinyArxiv) -> Shell:
    """A user on that day, with one saved query."""
    shell = paperlens.having(**pointing_to(arxiv_now))
    assert shell("query", "add", "diffusion", "cat:cs.CV AND diffusion").code == 0
    return shell


@pytest.fixture
def reader(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    """A user who can reach arXiv and has two saved queries."""
    shell = paperlens.having(**pointing_to(arxiv))
    assert shell("query", "add", "diffusion", "cat:cs.CV AND diffusion").code == 0
    assert shell("query", "add", "words", 'cat:cs.CL AND "language model"').code == 0
    return shell


def pointing_to(arxiv: TinyArxiv) -> dict[str, str]:
    """The environment under which paperlens talks to this server."""
    return {"PAPERLENS_" + key.replace(".", "_").upper(): url for key, url in arxiv.urls.items()}
