"""The first dialogue: what a reader without a query is asked on a terminal, and what is saved."""

import json
import os
import pty
import re
import select
import subprocess
import sys

import pytest

from paperlens.cli.welcome import expression
from paperlens.demo.server import TinyArxiv
from paperlens.query import parse
from tests.conftest import Shell, pointing_to
from tests.test_front_door import PATIENCE, in_a_terminal

CTRL_C, CTRL_D = "\x03", "\x15\x04"  # Ctrl-D leaves an empty line: Ctrl-U first


@pytest.fixture
def newcomer(paperlens: Shell, arxiv: TinyArxiv) -> Shell:
    """A user who can reach arXiv, has no query yet, and has the key of a model."""
    return paperlens.having(
        **pointing_to(arxiv), OPENAI_API_KEY="sk-not-a-key", OLLAMA_HOST="http://127.0.0.1:9"
    )


def saved(shell: Shell) -> list[dict[str, str]]:
    queries: list[dict[str, str]] = json.loads(shell("query", "list", "--json").out)
    return queries


def left_with(shell: Shell, *turns: tuple[str, str]) -> int:
    """The exit code of `today` in a terminal where each question gets its answer once it stands."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _AS_A_SESSION, "today"],
        env={"TERM": "xterm-256color", **shell.environ},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        for question, answer in turns:
            shown = b""
            while question.encode() not in shown:
                assert select.select([ours], [], [], PATIENCE)[0], shown
                shown += os.read(ours, 65536)
            os.write(ours, answer.encode())
        for _ in range(PATIENCE):
            try:
                return process.wait(1)
            except subprocess.TimeoutExpired:  # pressed before the line was ready to hear it
                os.write(ours, turns[-1][1].encode())
        raise AssertionError("the command does not leave")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


_AS_A_SESSION = (
    "import fcntl, termios\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "from paperlens.__main__ import main\n"
    "main()\n"
)


def test_a_wrong_answer_is_typed_anew(newcomer: Shell) -> None:
    """After a complaint about fields or a number, the line is empty, so the right answer is it."""
    shown = in_a_terminal(newcomer, "today", typed="nonsense\ncomputer vision\n\n\n7\n\n")
    assert "arXiv has no field “nonsense”" in shown
    assert "nonsensecomputer" not in shown
    assert "A number from 1 to 1" in shown
    assert [query["expr"] for query in saved(newcomer)] == ["cat:cs.CV"]


def test_a_wrong_expression_stays_to_be_mended(newcomer: Shell) -> None:
    """The query is shown to be changed; what is wrong with a change can be mended where it is."""
    shown = in_a_terminal(newcomer, "today", typed="cs.CV\n\n AND (a\n)\n\n")
    assert "this parenthesis is never closed" in shown
    assert [query["expr"] for query in saved(newcomer)] == ["cat:cs.CV AND (a)"]


def test_words_in_the_query_language_are_taken_as_such(newcomer: Shell) -> None:
    """Operators mean what they mean in a query; a mistake in them is shown, not quoted."""
    shown = in_a_terminal(
        newcomer, "today", typed="cs.CV\nfoo AND (bar\nti:diffusion ANDNOT survey\n\n\n"
    )
    assert "this parenthesis is never closed" in shown
    (query,) = saved(newcomer)
    assert query["expr"] == "cat:cs.CV AND (ti:diffusion ANDNOT survey)"
    assert query["name"] == "diffusion"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("", "cat:cs.CV"),
        ("diffusion", "cat:cs.CV AND diffusion"),
        ("diffus*", "cat:cs.CV AND diffus*"),
        ("search and rescue", 'cat:cs.CV AND "search and rescue"'),
        ('"score matching"', 'cat:cs.CV AND "score matching"'),
        ('"a, b", diffusion', 'cat:cs.CV AND ("a, b" OR diffusion)'),
        ("au:hinton, x AND y", "cat:cs.CV AND (au:hinton OR (x AND y))"),
        ("a OR b", "cat:cs.CV AND (a OR b)"),
        ('ti:"score matching"', 'cat:cs.CV AND ti:"score matching"'),
    ],
)
def test_what_words_become(words: str, meant: str) -> None:
    """Phrases are quoted, several are alternatives, expressions keep to themselves."""
    assert expression("computer vision", words) == meant
    assert parse(meant)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("answered", range(4))
def test_leaving_in_the_middle_saves_nothing(newcomer: Shell, answered: int, key: str) -> None:
    """Ctrl-C and Ctrl-D at any question leave with 130; neither query nor setting is kept."""
    turns = [("Your fields", "cs.CV\n"), ("Words or", "diffusion\n"), ("The query", "\n")]
    question = [*(asked for asked, _ in turns), "A number"][answered]
    assert left_with(newcomer, *turns[:answered], (question, key)) == 130
    assert saved(newcomer) == []
    assert not (newcomer.home / "paperlens" / "config.toml").exists()


def test_no_more_is_promised_than_is_asked(newcomer: Shell) -> None:
    """The dialogue does not count its questions: how many come depends on what is at hand."""
    shown = in_a_terminal(newcomer, "today", typed="cs.CV\n\n\n\n")
    assert "A few questions" in shown
    assert not re.search(r"\b[Tt]wo questions", shown)
