"""The documents say what is: pages are fresh, links lead somewhere, examples run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import TinyArxiv
from paperlens.reports import FOLDERS, FORMATS, SUFFIXES
from paperlens.settings import TABLE
from tests.conftest import Shell, pointing_to
from tests.make.pages import commands, pages
from tests.make.picture import PICTURE, picture
from tests.openai_server import OpenAIServer, Reply, Request

HOUSE = Path(__file__).parents[1]
DOCUMENTS = [HOUSE / "README.md", *sorted((HOUSE / "docs").glob("*.md"))]
NOT_RUN = {"try", "test"}  # the two installations: `python -m tests` and .ci/run run them


def summary(request: Request) -> Reply:
    """What a model says of a paper: its own first words, in the form asked for."""
    paper = request["messages"][1]["content"].split(">\n", 1)[1]
    title, _, text = paper.partition("\n")
    points = [sentence.strip() for sentence in text.split(". ")[:3]]
    return Reply(json.dumps({"tldr": title, "takeaways": points}))


def test_generated_pages_are_fresh() -> None:
    """docs/commands.md and docs/settings.md are what the code says now."""
    for page, text in pages().items():
        assert page.read_text("utf-8") == text, f"{page.name}: python -m tests.make.pages"


def test_the_picture_is_fresh() -> None:
    """The README shows the report that `paperlens demo` prints now."""
    assert PICTURE.read_text("utf-8") == picture(), "python -m tests.make.picture"


def test_every_command_and_every_setting_is_documented() -> None:
    """No command and no setting is missing from the docs."""
    told = "".join(page.read_text("utf-8") for page in DOCUMENTS)
    for words in commands():
        assert f"`{' '.join(('paperlens', *words))}`" in told
    for key, row in TABLE.items():
        assert f"`{key}`" in told
        assert f"`{row.environment}`" in told


def test_every_preset_is_documented(paperlens: Shell) -> None:
    """The page on exports has a row for each, and the command's help names it."""
    page = (HOUSE / "docs" / "exports.md").read_text("utf-8")
    told = paperlens("export", "--help").out
    table = page.partition("| preset |")[2].partition("\n\n")[0]
    for name in (*FORMATS, *FOLDERS):
        assert f"`{name}`" in table
        assert re.search(rf"\b{name}\b", told)
    for suffix in SUFFIXES:
        assert f"`{suffix}`" in page


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link in a document is a file of the project."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def examples(page: Path) -> list[str]:
    """The shell blocks of a document that are meant to be typed."""
    found = re.findall(r"(?:<!-- (\w+) -->\n)?```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return [block for name, block in found if name not in NOT_RUN]


@pytest.mark.parametrize(
    "page", [page for page in DOCUMENTS if examples(page)], ids=lambda page: page.name
)
def test_examples_run(page: Path, paperlens: Shell, arxiv: TinyArxiv, sample: Sample) -> None:
    """Every command in README and docs runs as it stands, for a user who has a query."""
    paperlens("query", "add", "mine", "cat:cs.CV")
    commands = paperlens.home / "bin"
    commands.mkdir()
    for name, words in {"paperlens": "-m paperlens", "python3": ""}.items():
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        command.chmod(0o755)
    some_pdf = next(iter(sample.pdfs.values()))
    arxiv.pdfs |= {paper.id: some_pdf for paper in sample.papers if paper.id not in arxiv.pdfs}
    script = "\n".join(["set -e -o pipefail", *examples(page)])
    with OpenAIServer(summary) as model:
        environ = {
            **paperlens.environ,
            **pointing_to(arxiv),
            "PATH": f"{commands}{os.pathsep}{paperlens.environ['PATH']}",
            "PAPERLENS_LLM_API_BASE": model.url,
        }
        done = subprocess.run(
            ["bash", "-c", script],
            env=environ,
            cwd=paperlens.home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
