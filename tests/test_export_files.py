"""Exports of several files: where they go, what is kept, and what a second one does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperlens.demo.server import TinyArxiv
from paperlens.library import Library
from paperlens.publishing import publish
from paperlens.reports import Leaf
from tests.conftest import Shell

PRESETS = ("hexo", "dendron", "obsidian")


@pytest.fixture
def vault(reader: Shell) -> Path:
    """A reader with a report has exported it as notes."""
    assert reader("today").code == 0
    ran = reader("export", "--to", "obsidian", "-o", "vault")
    assert ran.code == 0, ran.err
    return reader.home / "vault"


def stamps(folder: Path) -> dict[str, tuple[int, bytes]]:
    """When each file was written, and what is in it."""
    return {
        str(file.relative_to(folder)): (file.stat().st_mtime_ns, file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def notes(vault: Path) -> list[Path]:
    return sorted(vault.glob("papers/[0-9h]*.md"))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_second_export_writes_nothing(reader: Shell, preset: str) -> None:
    """The same state makes the same bytes, and files that have them are not touched."""
    reader("today")
    for words in ([], ["1", "2"], ["3"], ["--all"]):
        export = ("export", *words, "--to", preset, "-o", "folder")
        assert reader(*export).code == 0
        before = stamps(reader.home / "folder")
        again = reader(*export)
        assert (again.code, " 0 files written" in again.err) == (0, True)
        assert stamps(reader.home / "folder") == before


@pytest.mark.parametrize("form", ["markdown", "json", "jsonl"])
def test_a_second_export_of_one_file_writes_nothing(reader: Shell, form: str) -> None:
    """Also of papers asked for by id: times are those of the papers, not of the clock."""
    reader("today")
    for words in ([], ["1", "2"], ["--all"]):
        export = ("export", *words, "--to", form, "-o", "file.txt")
        assert reader(*export).code == 0
        file = reader.home / "file.txt"
        before = (file.stat().st_mtime_ns, file.read_bytes())
        assert reader(*export).code == 0
        assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_what_the_reader_wrote_is_kept_and_named(reader: Shell, vault: Path) -> None:
    """A note that was changed stays, the others go on; exit 3, and --force overwrites."""
    mine, other = notes(vault)[:2]
    was = other.read_bytes()
    mine.write_text("my own words")
    other.unlink()
    ran = reader("export", "--to", "obsidian", "-o", "vault")
    assert ran.code == 3
    assert f"error: {mine} is not as paperlens wrote it, so it is kept\n" in ran.err
    assert "hint: --force" in ran.err
    assert mine.read_text() == "my own words"
    assert other.read_bytes() == was
    assert reader("export", "--to", "obsidian", "-o", "vault", "--force").code == 0
    assert mine.read_text() != "my own words"


def test_a_note_follows_its_paper(reader: Shell, vault: Path) -> None:
    """What paperlens wrote and nobody changed is written anew when there is news."""
    assert reader("mark", "1", "--star", "--note", "zyxwv").code == 0
    assert reader("export", "--to", "obsidian", "-o", "vault").code == 0
    assert sum("zyxwv" in note.read_text() for note in notes(vault)) == 1


def test_what_stands_in_the_way_is_named(reader: Shell, vault: Path) -> None:
    """A link is never followed, a folder never replaced, a pipe not waited for; the rest is
    written."""
    linked, blocked, piped = notes(vault)[:3]
    elsewhere = reader.home / "elsewhere.md"
    elsewhere.write_text("precious")
    for file in (linked, blocked, piped):
        file.unlink()
    os.mkfifo(piped)
    linked.symlink_to(elsewhere)
    blocked.mkdir()
    ran = reader("export", "--to", "obsidian", "-o", "vault", "--force")
    assert ran.code == 3
    assert f"{linked} is a link" in ran.err
    assert f"{blocked} is a folder" in ran.err
    assert f"{piped} is no file" in ran.err
    assert elsewhere.read_text() == "precious"


def test_a_folder_that_is_a_link_or_a_file(reader: Shell, vault: Path) -> None:
    """Folders below the one named are looked at as well; the one named may be a link."""
    papers = vault / "papers"
    papers.rename(reader.home / "moved")
    papers.symlink_to(reader.home / "moved")
    ran = reader("export", "--to", "obsidian", "-o", "vault")
    assert (ran.code, f"{papers} is a link" in ran.err) == (2, True)
    (reader.home / "alias").symlink_to(vault)
    papers.unlink()
    assert reader("export", "--to", "obsidian", "-o", "alias").code == 0
    assert notes(vault)


def test_a_day_shown_again_has_the_same_posts(reader: Shell) -> None:
    """A post for each saved query, also when the report came out of the library."""
    assert reader("today").code == 0
    assert reader("export", "--to", "hexo", "-o", "blog").code == 0
    posts = sorted(file.name for file in (reader.home / "blog").rglob("*.md"))
    assert posts == ["2026-11-20-diffusion.md", "2026-11-20-words.md"]
    assert reader("today", "--all").code == 0
    again = reader("export", "--to", "hexo", "-o", "again")
    assert again.code == 0
    assert sorted(file.name for file in (reader.home / "again").rglob("*.md")) == posts


def test_without_a_folder_a_single_text_is_printed(reader: Shell) -> None:
    """One note goes to standard output or into the file named; several need a folder."""
    reader("today")
    ran = reader("export", "--to", "dendron")
    assert ran.code == 0
    assert ran.out.startswith("---\nid: ")
    assert reader("export", "--to", "dendron", "-o", "day.md").code == 0
    assert (reader.home / "day.md").read_text() == ran.out
    assert reader("export", "1", "--to", "obsidian").out.startswith("---\ntitle: ")
    assert reader("export", "1", "--to", "hexo").out.startswith("---\ntitle: ")
    several = reader("export", "--to", "obsidian")
    assert (several.code, several.out) == (2, "")
    assert "-o FOLDER" in several.err


def test_pictures_come_from_the_cache_only(reader: Shell, arxiv: TinyArxiv) -> None:
    """A picture that was cut is exported; one that the cache has lost leaves no broken link."""
    assert reader("show", "2611.90012", "--json").code == 0
    assert reader("figures", "2611.90012").code == 0
    asked = len(arxiv.requests)
    for preset in PRESETS:
        assert reader("export", "2611.90012", "--to", preset, "-o", preset).code == 0
        assert list((reader.home / preset).rglob("*.png"))
        (note,) = (reader.home / preset).rglob("*2611*90012.md")
        assert note.read_text().count("![") == len(list((reader.home / preset).rglob("*.png")))
    assert reader("cache", "clear", "figures").code == 0
    ran = reader("export", "2611.90012", "--to", "hexo", "-o", "bare")
    assert ran.code == 0
    (note,) = (reader.home / "bare").rglob("*.md")
    assert "![" not in note.read_text()
    assert len(arxiv.requests) == asked


def test_a_killed_export_is_carried_on(paperlens: Shell) -> None:
    """Killed between files, every file there is whole; the next export goes on, forcing nothing."""
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from paperlens.library import Library\n"
        "from paperlens.publishing import publish\n"
        "from paperlens.reports import Leaf\n"
        "def leaves():\n"
        "    for n in range(1000):\n"
        "        yield Leaf(f'papers/{n}.md', b'first ' * 2000)\n"
        "print('begun', flush=True)\n"
        "publish(leaves(), Path('vault'), Library(Path('library')))\n"
    )
    folder = paperlens.home / "vault" / "papers"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=paperlens.home, stdout=subprocess.PIPE
    )
    while process.poll() is None and not (folder / "20.md").exists():
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()
    whole = [file for file in folder.iterdir() if file.suffix == ".md"]
    assert 20 <= len(whole) < 1000
    assert {file.read_bytes() for file in whole} == {b"first " * 2000}

    def changed() -> Iterator[Leaf]:
        for n in range(1000):
            yield Leaf(f"papers/{n}.md", b"second")

    account = Library(paperlens.home / "library")
    outcome = publish(changed(), paperlens.home / "vault", account)
    assert (outcome.written, outcome.changed, outcome.obstacles) == (1000, (), ())


def test_a_folder_that_cannot_be_made(reader: Shell) -> None:
    """A file where a folder should be is one line that names it."""
    reader("today")
    (reader.home / "file").write_text("in the way")
    ran = reader("export", "--to", "obsidian", "-o", "file/vault")
    assert ran.code == 2
    assert "file" in ran.err
    assert len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize("preset", PRESETS)
def test_a_day_without_papers_makes_no_file(reader: Shell, preset: str) -> None:
    """Nothing new is no post and no note, and no failure."""
    assert reader("today", "--expr", "cat:cs.CV AND ti:nowheretobefound").code == 0
    ran = reader("export", "--to", preset, "-o", "folder")
    assert (ran.code, "0 files written" in ran.err) == (0, True), ran.err
    assert not list((reader.home / "folder").rglob("*.md"))
