"""`paperlens doctor` sees what would go wrong, says what to do, and exits with the worst of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Ran, Shell

NO_ARXIV = 4


def data(shell: Shell) -> Path:
    return shell.home / "paperlens" / "data"


def problems(ran: Ran) -> Iterator[tuple[str, str]]:
    """Each problem with what to do about it."""
    lines = [line.strip() for line in ran.out.splitlines()]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if "✗" in line:
            yield line.partition("✗ ")[2], after.removeprefix("→ ") if "→" in after else ""


def only_problem(ran: Ran) -> tuple[str, str]:
    (problem,) = problems(ran)
    return problem


def test_all_is_well(reader: Shell) -> None:
    """Where everything works, there is no problem, and the exit code is 0."""
    reader("today")
    ran = reader("doctor")
    assert (ran.code, list(problems(ran))) == (0, []), ran.out
    assert "every file can be read" in ran.out


def test_what_cannot_be_reached_is_the_exit_code(paperlens: Shell) -> None:
    """Without arXiv, the exit code is that of an arXiv that cannot be reached."""
    assert paperlens("doctor").code == NO_ARXIV


def test_a_template_that_does_not_exist(reader: Shell) -> None:
    """A `today.template` that nobody has is a problem, with the nearest name."""
    ran = reader("doctor", PAPERLENS_TODAY_TEMPLATE="breif")
    told, remedy = only_problem(ran)
    assert ran.code == 2
    assert "breif" in told
    assert "brief" in remedy


def test_a_broken_template(reader: Shell) -> None:
    """A template of the user's that cannot be read is named, whether it is chosen or not."""
    folder = reader.home / "paperlens" / "templates"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("instructions = ")
    ran = reader("doctor")
    told, remedy = only_problem(ran)
    assert ran.code == 2
    assert f"{folder / 'mine.toml'}:1" in told
    assert remedy


@pytest.mark.parametrize("file", ["last.json", "papers/2611.json", "queries.json"])
def test_a_file_of_a_later_paperlens(reader: Shell, file: str) -> None:
    """A file that only a later paperlens can read is found wherever it lies."""
    reader("today")
    place = data(reader) / file
    place.write_bytes(place.read_bytes().replace(b'"schema": 2', b'"schema": 9'))
    ran = reader("doctor")
    assert ran.code == 2
    assert any(str(place) in told and "upgrade" in remedy for told, remedy in problems(ran))


def test_a_library_that_cannot_be_read(reader: Shell) -> None:
    """A folder where a file should be is named."""
    (data(reader) / "last.json").mkdir()
    ran = reader("doctor")
    assert ran.code == 2
    assert str(data(reader) / "last.json") in only_problem(ran)[0]


def test_a_lock_that_is_a_folder(reader: Shell) -> None:
    """What would keep every command from writing is found before one tries."""
    lock = data(reader) / "library.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    ran = reader("doctor")
    told, remedy = only_problem(ran)
    assert ran.code == 2
    assert str(lock) in told
    assert remedy == f"remove {lock}"
    assert str(lock) in reader("query", "add", "x", "cat:cs.CV").err


def test_damage_is_told_and_then_kept_in_view(reader: Shell) -> None:
    """Damage is a problem once, exit 6; the file that was set aside stays a note."""
    reader("today")
    (data(reader) / "papers" / "2611.json").write_bytes(b"garbage")
    first = reader("doctor")
    assert first.code == 6
    assert "papers/2611.json was damaged" in only_problem(first)[0]
    again = reader("doctor")
    assert (again.code, list(problems(again))) == (0, [])
    assert "papers/2611.json.damaged-1" in again.out
    assert "then delete it" in again.out


def test_pressing_tab_does_not_hide_damage(reader: Shell) -> None:
    """A completion leaves a damaged file as it is; the next command tells of the loss, exit 6."""
    file = data(reader) / "queries.json"
    file.write_bytes(file.read_bytes()[:-30])
    before = sorted(file.parent.rglob("*")), file.read_bytes()
    for line in ("paperlens today ", "paperlens show 26"):
        ran = reader(_PAPERLENS_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="2")
        assert (ran.out.strip(), ran.err) == ("", "")
    assert (sorted(file.parent.rglob("*")), file.read_bytes()) == before
    ran = reader("today")
    assert ran.code == 6
    assert "1 lost" in ran.err


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_a_home_that_is_a_file(paperlens: Shell, inside: str) -> None:
    """A home that is a file is no empty library: the place is named, exit 2."""
    obstacle = paperlens.home / "file"
    obstacle.write_text("in the way")
    shell = paperlens.having(PAPERLENS_HOME=str(obstacle / inside))
    ran = shell("query", "list")
    assert (ran.code, ran.out) == (2, "")
    assert f"{obstacle} is not a folder" in ran.err
    assert shell("doctor").code in {2, NO_ARXIV}


def test_a_category_that_arxiv_does_not_have(reader: Shell) -> None:
    """`arxiv.categories` is checked, and the nearest category named."""
    ran = reader("doctor", PAPERLENS_ARXIV_CATEGORIES="cs.CV, cs.CW")
    told, remedy = only_problem(ran)
    assert ran.code == 2
    assert "cs.CW" in told
    assert "arxiv.categories" in remedy
    assert "did you mean" in remedy


def test_a_fallback_without_a_key(reader: Shell) -> None:
    """Models that would be asked when the first fails need their keys as well."""
    ran = reader(
        "doctor",
        PAPERLENS_LLM_MODEL="hosted_vllm/some",
        PAPERLENS_LLM_API_BASE=reader.environ["PAPERLENS_ARXIV_FEED_URL"],
        PAPERLENS_LLM_FALLBACKS="anthropic/claude-haiku-4-5, hosted_vllm/other",
    )
    told, remedy = only_problem(ran)
    assert ran.code == 5
    assert "fallback anthropic/claude-haiku-4-5" in told
    assert remedy.startswith("set ANTHROPIC_API_KEY")
    assert "paperlens config set-key anthropic" in remedy
