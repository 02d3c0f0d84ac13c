"""`paperlens open`: a paper's page in the browser, its PDF in the viewer."""

import json
from pathlib import Path

import pytest

from paperlens.demo import Sample
from tests.conftest import Shell
from tests.sittings import Terminal, triage

OPEN = [*triage()[:-1], "open"]


@pytest.fixture
def programs(reader: Shell) -> Path:
    """A browser and a viewer that write down what they are given."""
    folder = reader.home / "bin"
    folder.mkdir()
    for name in ("browser", "xdg-open", "open"):
        program = folder / name
        program.write_text(f'#!/bin/sh\necho {name} "$1" >> {reader.home}/opened\n')
        program.chmod(0o755)
    return folder


def test_off_a_terminal_the_address_is_printed(reader: Shell) -> None:
    """In a pipe nothing is opened: a line for each paper; a version is kept; nothing is fetched."""
    first = json.loads(reader("today", "--jsonl").out.splitlines()[0])["id"]
    assert reader("open", "1").out == f"https://arxiv.org/abs/{first}v1\n"
    ran = reader("open", "2404.05674v2", "hep-th/9901001", "--pdf")
    assert ran.out == "https://arxiv.org/pdf/2404.05674v2\nhttps://arxiv.org/pdf/hep-th/9901001\n"


def test_on_a_terminal_browser_and_viewer_open(
    reader: Shell, programs: Path, sample: Sample
) -> None:
    """The browser that BROWSER names gets the page, the viewer the PDF, fetched once."""
    paper = next(iter(sample.pdfs))
    environ = {
        **reader.environ,
        "BROWSER": f"{programs}/browser %s &",
        "PATH": f"{programs}:{reader.environ['PATH']}",
    }
    opened = reader.home / "opened"
    with Terminal([*OPEN, paper], environ) as terminal:
        assert terminal.ends() == 0
        terminal.waits_for(opened.exists)
    assert opened.read_text() == f"browser https://arxiv.org/abs/{paper}\n"
    opened.unlink()
    with Terminal([*OPEN, paper, "--pdf"], environ) as terminal:
        assert terminal.ends() == 0
    viewer, file = opened.read_text().split()
    assert viewer in {"xdg-open", "open"}
    assert Path(file).read_bytes() == sample.pdfs[paper]


def test_without_an_address_or_a_browser(reader: Shell) -> None:
    """What cannot be opened is one line that says why; exit 2."""
    line = '{"id": "local:my-notes-0123abcd", "title": "My notes", "abstract": "On things."}\n'
    assert reader("summarize", "-", stdin=line).code == 0
    ran = reader("open", "1")
    assert ran.code == 2
    assert "address" in ran.err
    with Terminal([*OPEN, "2404.05674"], {**reader.environ, "BROWSER": "/nowhere %s"}) as terminal:
        assert terminal.ends() == 2
        assert b"https://arxiv.org/abs/2404.05674" in terminal.seen
