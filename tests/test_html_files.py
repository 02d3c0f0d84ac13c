"""The page from the command line: what chooses it, and which pictures get into it."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from paperlens.context import Context
from paperlens.models import Figure
from tests.chromium import installed
from tests.conftest import Shell
from tests.make.page import MOST_BYTES, pictures


def test_the_demo_as_a_page_has_its_figures(paperlens: Shell) -> None:
    """`demo -o FILE.html` is a page with the pictures of the papers shown in full."""
    ran = paperlens("demo", "--limit", "20", "-o", "day.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    page = (paperlens.home / "day.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count('<img src="data:image/png;base64,') == 8
    assert "an invented sample day" in page


def test_an_export_has_the_figures_that_were_cut(reader: Shell) -> None:
    """Pictures that `figures` cut stand in the next page; the same state is the same bytes."""
    assert reader("today").code == 0
    assert reader("export", "--to", "html", "-o", "day.html").code == 0
    bare = (reader.home / "day.html").read_bytes()
    assert b"<img" not in bare
    assert reader("export", "2611.90012", "-o", "one.html").code == 0
    assert reader("figures", "2611.90012").code == 0
    for name, words in {"day.html": [], "one.html": ["2611.90012"]}.items():
        assert reader("export", *words, "-o", name).code == 0
        page = (reader.home / name).read_bytes()
        assert page.count(b"<img") == 3
        assert reader("export", *words, "-o", name).code == 0
        assert (reader.home / name).read_bytes() == page


def test_a_picture_from_elsewhere_stays_there(tmp_path: Path) -> None:
    """Only files below the cache's figures are read, whatever a report says or a link points to."""
    world = Context({"PAPERLENS_HOME": str(tmp_path / "home")})
    folder = world.places.cache / "figures" / "2404.05674v1"
    folder.mkdir(parents=True)
    (folder / "figure-1.png").write_bytes(b"ours")
    (tmp_path / "secret.png").write_bytes(b"theirs")
    (folder / "figure-2.png").symlink_to(tmp_path / "secret.png")
    bytes_of = world.reader.picture

    def seen(file: str | None, there: bytes = b"theirs") -> bytes | None:
        digest = sha256(there).hexdigest()
        return bytes_of(Figure("1", "", 1, (0, 0, 1, 1), file, sha256=digest))

    assert seen(str(folder / "figure-1.png"), b"ours") == b"ours"
    for elsewhere in (
        None, "", "\0", "x" * 5000, str(folder), str(folder / "figure-2.png"), "figure-1.png",
        str(folder / "../../../secret.png"), str(tmp_path / "secret.png"), "/dev/zero",
    ):  # fmt: skip
        assert seen(elsewhere) is None, elsewhere


def test_the_pictures_of_the_docs_can_be_taken() -> None:
    """`python -m tests.make.page` takes them again, small enough to be kept."""
    program = installed()
    if program is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    for name, png in pictures(program).items():
        assert re.fullmatch(rb"\x89PNG.{12}.*", png[:40], re.DOTALL), name
        assert len(png) < MOST_BYTES
