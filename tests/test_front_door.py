"""What everybody meets first: help, errors, streams, exit codes, completion, start-up."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperlens import __version__
from paperlens.demo.server import FOREVER, TinyArxiv
from tests.conftest import Shell
from tests.make.pages import commands

HEAVY = {
    "litellm", "pymupdf", "arxiv", "requests", "httpx", "tinydb", "numpy", "sqlite3", "jinja2",
    "textual",
}  # fmt: skip
PATIENCE = 30
NETWORK = {"litellm", "pymupdf", "arxiv", "requests", "httpx", "textual"}


def imported_by(shell: Shell, *words: str) -> set[str]:
    """The modules that a command has imported by its end, and the packages that they are in."""
    script = (
        "import sys\n"
        f"sys.argv = ['paperlens', *{list(words)!r}]\n"
        "from paperlens.__main__ import main\n"
        "try: main()\n"
        "finally:\n"
        "    found = {*sys.modules, *(m.split('.')[0] for m in sys.modules)}\n"
        "    print('\\nIMPORTED', *found, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**shell.environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.rpartition("IMPORTED ")[2].split())


def test_version(paperlens: Shell) -> None:
    """`--version` prints the name and the version."""
    ran = paperlens("--version")
    assert (ran.code, ran.out) == (0, f"paperlens {__version__}\n")


def test_bare_call_shows_the_help(paperlens: Shell) -> None:
    """`paperlens` alone shows the help, in panels, and exits 0."""
    ran = paperlens()
    assert ran.code == 0
    for panel in ("Daily", "Papers", "Library", "Setup"):
        assert f"─ {panel} ─" in ran.out


def test_every_command_has_long_help_with_an_example() -> None:
    """Each command's help says what it does and shows an example."""
    from tests.make.pages import help_of

    for words in commands():
        text = help_of(words)
        assert f"Usage: {' '.join(('paperlens', *words))}" in text
        if words not in {(), ("query",), ("config",), ("cache",), ("templates",), ("interests",)}:
            assert "Example" in text, words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tody"], "today"),
        (["today", "--limt", "3"], "--limit"),
        (["query", "ad", "x", "y"], "add"),
        (["config", "get", "llm.modle"], "llm.model"),
        (["config", "set", "arxiv.dely", "3"], "arxiv.delay"),
        (["today", "nosuch"], "query list"),
        (["show", "2404.0567x"], "2404.0567x"),
        (["export", "--to", "markdwn"], "markdown"),
        (["templates", "show", "breif"], "brief"),
        (["today", "--json", "--jsonl", "--expr", "cat:cs.CV"], "exclude each other"),
        (["today", "-n", "-1"], "--limit"),
    ],
)
def test_a_mistake_is_one_line_with_the_nearest_right_word(
    paperlens: Shell, words: list[str], said: str
) -> None:
    """Unknown words end in one clear line on standard error that names the right one; exit 2."""
    ran = paperlens(*words)
    assert ran.code == 2
    assert ran.out == ""
    error, *hints = ran.err.splitlines()
    assert error.startswith("error: ")
    assert said in ran.err
    assert all(line.startswith("hint: ") for line in hints)


def test_a_misspelled_query_names_the_nearest(reader: Shell) -> None:
    """A query that does not exist is answered with the nearest saved name."""
    ran = reader("today", "difusion")
    assert ran.code == 2
    assert "diffusion" in ran.err


def test_a_bug_keeps_its_traceback(paperlens: Shell) -> None:
    """An unexpected exception is one line that says where the traceback is; exit 1."""
    script = (
        "from paperlens.cli import doctor\n"
        "from paperlens.cli.app import app\n"
        "@app.command()\n"
        "def broken() -> None:\n"
        "    raise RuntimeError('the moon is full')\n"
        "from paperlens.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "broken"],
        env={**paperlens.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "the moon is full" in line
    assert "RuntimeError: the moon is full" in Path(line.rpartition(" ")[2]).read_text()


def test_a_place_that_cannot_be_written_is_named(paperlens: Shell) -> None:
    """Where a folder of ours cannot be, one line says which; exit 2."""
    obstacle = paperlens.home / "file"
    obstacle.write_text("in the way")
    ran = paperlens("query", "add", "x", "cat:cs.CV", PAPERLENS_HOME=str(obstacle))
    assert ran.code == 2
    assert str(obstacle) in ran.err
    assert len(ran.err.splitlines()) <= 2


def test_help_imports_nothing_heavy(paperlens: Shell) -> None:
    """Help, version and settings are answered without any heavy package."""
    for words in (["--help"], ["today", "--help"], ["--version"], ["config", "get", "llm.model"]):
        assert not imported_by(paperlens, *words) & HEAVY, words


def test_a_command_imports_only_what_it_needs(reader: Shell) -> None:
    """What is answered from the library loads neither the network nor models nor PDFs."""
    reader("today")
    commands = (
        ["today"],
        ["show", "1"],
        ["export", "--to", "json"],
        ["query", "list"],
        ["config", "list"],
        ["templates", "list"],
    )
    for words in commands:
        assert not imported_by(reader, *words) & NETWORK, words
    assert not imported_by(reader, "today", "--refresh") & {"litellm", "pymupdf"}


def test_who_has_marked_nothing_loads_no_taste(reader: Shell) -> None:
    """Nor what only exports need; after the first mark the taste has a say."""
    reader("today")
    learning = {"paperlens.taste.learning", "paperlens.taste.words"}
    for words in (["today"], ["show", "1"]):
        found = imported_by(reader, *words)
        assert not found & {*learning, "paperlens.publishing", "paperlens.reports.json"}, words
    reader("mark", "1", "--star")
    assert learning <= imported_by(reader, "show", "1")


def test_completion_offers_names_ids_presets_templates(reader: Shell) -> None:
    """The shell completes query names, ids in the library, presets, templates and settings."""
    reader("today")

    def offered(line: str) -> str:
        return reader(
            _PAPERLENS_COMPLETE="complete_bash",
            COMP_WORDS=line,
            COMP_CWORD=str(len(line.split(" ")) - 1),
        ).out

    assert "diffusion" in offered("paperlens today di")
    assert "2611.90012" in offered("paperlens show 2611")
    assert "jsonl" in offered("paperlens export --to js")
    assert "brief" in offered("paperlens today --template b")
    assert "llm.model" in offered("paperlens config get llm")
    assert "diffusion" in offered("paperlens query rm di")


def test_show_fetches_what_the_library_does_not_hold(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """`show` of an unknown id asks arXiv once, in any spelling of the id, and remembers."""
    from tests.conftest import pointing_to

    shell = paperlens.having(**pointing_to(arxiv))
    ran = shell("show", "https://arxiv.org/abs/hep-th/9901984", "arXiv:2611.90080v1", "--json")
    assert ran.code == 0, ran.err
    assert [paper["id"] for paper in json.loads(ran.out)["papers"]] == [
        "hep-th/9901984",
        "2611.90080",
    ]
    assert len(arxiv.requests) == 1
    assert shell("show", "-", "--jsonl", stdin="hep-th/9901984\n").code == 0
    assert len(arxiv.requests) == 1
    missing = shell("show", "2611.90081")
    assert missing.code == 2
    assert "2611.90080" in missing.err


def test_show_names_what_cannot_be_had(reader: Shell, arxiv: TinyArxiv) -> None:
    """Of several papers those that are known are shown, the others named; exit 3."""
    reader("today")
    ran = reader("show", "2611.90012", "2611.99999", "2611.99998", "--json")
    assert ran.code == 3
    assert [paper["id"] for paper in json.loads(ran.out)["papers"]] == ["2611.90012"]
    assert "2611.99999" in ran.err
    assert "2611.99998" in ran.err
    plain = reader("show", "2611.90012", "2611.99999")
    assert (plain.code, plain.out.count("2611.99999"), plain.err.count("2611.99999")) == (3, 0, 1)
    arxiv.fail("api", "503", FOREVER)
    ran = reader("show", "2611.90012", "2611.90071", "--json")
    assert ran.code == 3
    assert "2611.90071" in ran.err
    assert reader("show", "2611.90071").code == 4


@pytest.mark.parametrize("word", ["0", "999", "9" * 5000])
def test_a_number_beyond_the_last_report(reader: Shell, word: str) -> None:
    """A number that is no paper of the last report is the user's mistake, however long."""
    reader("today")
    ran = reader("show", word)
    assert ran.code == 2
    assert ran.err.startswith("error: ")


def test_standard_input_without_papers(reader: Shell) -> None:
    """`-` with nothing on standard input is a mistake, not an empty report."""
    ran = reader("show", "-")
    assert ran.code == 2
    assert "standard input" in ran.err


def test_a_dash_is_standard_output(reader: Shell) -> None:
    """`-o -` prints, as elsewhere."""
    ran = reader("today", "--json", "-o", "-")
    assert json.loads(ran.out)["papers"]
    assert not (reader.home / "-").exists()


def test_commands_pipe_into_each_other(reader: Shell) -> None:
    """JSON Lines of one command are the ids of the next."""
    lines = reader("today", "--jsonl").out
    again = reader("show", "-", "--jsonl", stdin=lines)
    assert [json.loads(line)["id"] for line in again.out.splitlines()] == [
        json.loads(line)["id"] for line in lines.splitlines()
    ]
    bad = reader("show", "-", stdin='{"title": "no id"}\n')
    assert bad.code == 2
    assert "line 1" in bad.err


def test_an_export_keeps_what_the_user_changed(reader: Shell) -> None:
    """Exporting again overwrites what paperlens wrote, not what somebody has changed since."""
    reader("today")
    file = reader.home / "day.md"
    assert reader("export", "--to", "markdown", "-o", str(file)).code == 0
    written = file.read_bytes()
    assert reader("export", "1", "--to", "markdown", "-o", str(file)).code == 0
    assert file.read_bytes() != written
    file.write_text("my own words")
    kept = reader("export", "--to", "markdown", "-o", str(file))
    assert kept.code == 2
    assert str(file) in kept.err
    assert file.read_text() == "my own words"
    assert reader("export", "--to", "markdown", "-o", str(file), "--force").code == 0
    assert file.read_bytes() == written
    assert reader("export", "-o", "day.json").code == 0
    assert json.loads((reader.home / "day.json").read_text())["papers"]


def test_the_demo_needs_nothing_and_saves_nothing(paperlens: Shell) -> None:
    """`demo` shows a report of at least ten papers without settings, network, key or trace."""
    before = sorted(paperlens.home.rglob("*"))
    ran = paperlens("demo", "--json", PAPERLENS_ARXIV_DELAY="nonsense", PAPERLENS_LLM_MODEL="x/y")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert report["command"] == "demo"
    assert len(report["papers"]) >= 10
    assert all(paper["summary"]["fields"]["tldr"] for paper in report["papers"][:10])
    assert sorted(paperlens.home.rglob("*")) == before


def test_in_a_terminal_titles_are_links_and_the_cursor_comes_back(reader: Shell) -> None:
    """On a terminal the report has colours and hyperlinks, and what was hidden is shown again."""
    shown = in_a_terminal(reader, "today")
    assert "\x1b]8;" in shown
    assert "https://arxiv.org/abs/2611.90012v1" in shown
    assert -1 < shown.rfind("\x1b[?25l") < shown.rfind("\x1b[?25h")
    assert "\x1b[1m" not in in_a_terminal(reader.having(TERM="dumb"), "today")


def test_the_first_dialogue_makes_a_query(paperlens: Shell, arxiv: TinyArxiv) -> None:
    """Without a query, on a terminal, two answers become a query, and the report follows."""
    from tests.conftest import pointing_to

    shell = paperlens.having(
        **pointing_to(arxiv), OPENAI_API_KEY="sk-not-a-key", OLLAMA_HOST="http://127.0.0.1:9"
    )
    shown = in_a_terminal(
        shell, "today", typed="computer vison\ndiffusion, gaussian splatting\n\n\n"
    )
    assert 'cat:cs.CV AND (diffusion OR "gaussian splatting")' in shown
    assert "OPENAI_API_KEY is set" in shown
    assert "sk-not-a-key" not in shown
    assert "Ask Once, Draw Many" in shown
    (query,) = json.loads(shell("query", "list", "--json").out)
    assert query["expr"] == 'cat:cs.CV AND (diffusion OR "gaussian splatting")'


def in_a_terminal(shell: Shell, *words: str, typed: str = "") -> str:
    """What the command writes to a terminal in which somebody types."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "paperlens", *words],
        env={"TERM": "xterm-256color", "COLUMNS": "100", **shell.environ},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    try:
        shown = b"".join(_until_closed(ours))
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return shown.decode("utf-8", "replace")


def _until_closed(terminal: int) -> Iterator[bytes]:
    """What comes from a terminal; one that is silent for long asks what nobody will answer."""
    while select.select([terminal], [], [], PATIENCE)[0]:
        try:
            yield os.read(terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            return
    raise AssertionError("the command waits for an answer")
