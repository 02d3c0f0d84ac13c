"""Where results go: files by their names, standard output by any of its names."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import Shell

COMMANDS = (["demo"], ["export"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_suffix_that_names_no_form(reader: Shell, command: list[str]) -> None:
    """A file whose name asks for a form that paperlens does not write is not written."""
    ran = reader(*command, "-o", "day.docx")
    assert ran.code == 2
    assert ".jsonl" in ran.err
    assert not (reader.home / "day.docx").exists()


@pytest.mark.parametrize("command", ["text", "figures"])
def test_only_reports_are_pages(paperlens: Shell, command: str) -> None:
    """What a PDF holds is not written under a name that promises a page."""
    ran = paperlens(command, "paper.pdf", "-o", "paper.html")
    assert (ran.code, ran.out) == (2, "")
    assert "only reports are written as .html" in ran.err
    assert not (paperlens.home / "paper.html").exists()


def test_a_form_asked_for_is_stronger_than_the_name(reader: Shell) -> None:
    """`--markdown` and `--to` say what is written, whatever the file is called."""
    assert reader("demo", "--json", "-o", "day.html").code == 0
    assert json.loads((reader.home / "day.html").read_text())["papers"]
    reader("today")
    assert reader("export", "--to", "jsonl", "-o", "day.blog").code == 0
    assert json.loads((reader.home / "day.blog").read_text().splitlines()[0])["id"]


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_by_its_names(reader: Shell, name: str) -> None:
    """Standard output is added to, as the shell was asked, and never replaced."""
    reader("today")
    file = reader.home / "all.jsonl"
    file.write_text("first\n")
    with file.open("a") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "paperlens", "export", "1", "--to", "jsonl", "-o", name],
            env={**reader.environ},
            cwd=reader.home,
            stdout=stream,
            check=False,
        )
    assert done.returncode == 0
    first, second = file.read_text().splitlines()
    assert first == "first"
    assert json.loads(second)["id"]
    assert not (reader.home / "-").exists()


def test_what_is_no_regular_file_is_written_as_it_is(reader: Shell) -> None:
    """An export into a device is no file that paperlens keeps account of."""
    reader("today")
    for _ in range(2):
        assert reader("export", "-o", "/dev/null").code == 0


def paged(shell: Shell, pager: str, *words: str) -> tuple[int, str]:
    """Run `show 1 --pager` on a terminal, or another command; the exit code, and what was said
    beside the report."""
    terminal, stdout = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "paperlens", *(words or ("show", "1")), "--pager"],
            env={**shell.environ, "PAGER": pager},
            cwd=shell.home,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(stdout)
        os.close(terminal)
    return done.returncode, done.stderr


def test_an_interrupt_is_for_the_pager(reader: Shell) -> None:
    """Ctrl-C while a pager runs does not end paperlens, which waits for it."""
    reader("today")
    pager = reader.home / "pager.sh"
    pager.write_text("#!/bin/sh\nkill -INT $PPID\ncat > seen.txt\n")
    pager.chmod(0o755)
    assert paged(reader, str(pager)) == (0, "")
    assert "arxiv.org/abs/" in (reader.home / "seen.txt").read_text()


def test_a_pager_that_is_left_early_is_no_failure(reader: Shell) -> None:
    """Who has read enough leaves, however much is still to come; the colours are for `less -R`."""
    reader("today")
    assert paged(reader, "head -c 1", "today") == (0, "")
    pager = reader.home / "pager.sh"
    pager.write_text("#!/bin/sh\necho $LESS > less.txt\ncat > seen.txt\n")
    pager.chmod(0o755)
    wide = reader.having(TERM="xterm-256color", COLUMNS="120")
    assert paged(wide, str(pager), "today") == (0, "")
    assert "R" in (reader.home / "less.txt").read_text()
    seen = (reader.home / "seen.txt").read_text("utf-8")
    assert "\x1b[1m" in seen
    assert "─" * 100 in seen, "as wide as COLUMNS says"


def test_a_pager_that_cannot_be_read_is_named(reader: Shell) -> None:
    """A quote without its end in PAGER is one line that says so; exit 2."""
    reader("today")
    code, said = paged(reader, 'less "')
    assert code == 2
    assert "PAGER" in said
