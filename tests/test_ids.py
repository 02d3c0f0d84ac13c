"""How papers are named on the command line and on standard input."""

import subprocess
import sys

import pytest

from tests.conftest import Shell


def test_a_byte_order_mark_before_the_first_id(reader: Shell) -> None:
    """A list that an editor began with a byte order mark is read all the same."""
    reader("today")
    assert reader("show", "-", stdin="\ufeff1\n").code == 0


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("2404.05674v" + "9" * 5000, "2404.05674v"),
        ("9" * 5000, "999"),
    ],
    ids=["version", "number"],
)
def test_no_number_is_too_long_for_an_answer(paperlens: Shell, word: str, said: str) -> None:
    """A number that nobody could mean is the user's mistake, told in a line."""
    ran = paperlens("show", word)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\n\n", "names no paper"),
        (b"2404.05674\n\xff\n", "not text in UTF-8"),
        (b"2404.05674\n{]\n", "line 2"),
        (b"{" + b'"a":[' * 100_000, "line 1"),
        (
            b'{"title": "T", "abstract": "A"}\n',
            "paperlens summarize takes papers by title and abstract",
        ),
    ],
    ids=["blank", "bytes", "broken", "deep", "no id"],
)
def test_standard_input_that_names_nothing(paperlens: Shell, data: bytes, said: str) -> None:
    """What cannot be papers on standard input is said, with its line; exit 2."""
    done = subprocess.run(
        [sys.executable, "-m", "paperlens", "show", "-"],
        input=data,
        env={**paperlens.environ, "PYTHONIOENCODING": "utf-8"},
        cwd=paperlens.home,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_the_last_report_may_have_no_papers(reader: Shell) -> None:
    """After a report without papers, `show 1` says so, and not that there is no report."""
    assert reader("query", "add", "none", "cat:cs.CV AND ti:nosuchwordatall").code == 0
    assert reader("today", "none").code == 0
    ran = reader("show", "1")
    assert ran.code == 2
    assert "the last report has no paper" in ran.err
