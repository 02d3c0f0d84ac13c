"""Settings: one table, three places, and errors that name the place."""

from pathlib import Path

import pytest

from paperlens.configuration import resolve, write
from paperlens.errors import SettingError
from paperlens.settings import TABLE, parse
from tests.conftest import Shell


def config(shell: Shell, text: str) -> Path:
    """Write config.toml."""
    file = Path(shell.environ["PAPERLENS_HOME"], "config.toml")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_command_line_over_environment_over_file_over_default(paperlens: Shell) -> None:
    """The stronger place wins."""
    assert paperlens("config", "get", "today.limit").out == "10\n"
    config(paperlens, "[today]\nlimit = 7\n")
    assert paperlens("config", "get", "today.limit").out == "7\n"
    assert paperlens("config", "get", "today.limit", PAPERLENS_TODAY_LIMIT="3").out == "3\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[llm]\n\nmodle = 'x'\n", 3, "llm.model"),
        ("[llm]\nmodel = 3\n", 2, "must be text"),
        ("[arxiv]\ncategories = [\n  'cs.CV',\n]\ndelay = 'soon'\n", 5, "a number"),
        ("[arxiv]\ndelay = -1\n", 2, "at least 0"),
        ("llm.budget = 1\nlimit = 3\n", 2, "limit"),
        ("[today]\nlimit = \n", 2, "line 2"),
        ("[today\n", 1, "line 1"),
        ("[today]\nlimit = true\n", 2, "whole number"),
        ("[arxiv]\nfeed_url = 'ftp://x'\n", 2, "http"),
        ("# mine\n[lmm]\n", 2, "llm"),
        ("llm = 3\n", 1, "llm is a section"),
        ("[LLM]\nModel = 'x'\n", 2, "llm.model"),
        ("[today]\nlimit = 2026-11-21\n", 2, "not 2026-11-21"),
        ("[llm]\nmodel = true\n", 2, "not true"),
        ("[llm.model]\nname = 'x'\n", 1, "not a table"),
        ("[llm]\nfallbacks = [1, 'b']\n", 2, 'not [1, "b"]'),
        (f"[arxiv]\ndelay = 1{'0' * 400}\n", 2, "so large a number"),
    ],
)
def test_a_mistake_names_file_line_and_what_was_expected(
    paperlens: Shell, text: str, line: int, said: str
) -> None:
    """An error in config.toml says where and what; exit 2, and nothing is guessed."""
    file = config(paperlens, text)
    ran = paperlens("config", "list")
    assert ran.code == 2
    assert str(file) in ran.err
    assert f"line {line}" in ran.err
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_variable_that_nobody_knows(paperlens: Shell) -> None:
    """A misspelled PAPERLENS_ variable is an error with the nearest name; others are not ours."""
    ran = paperlens("config", "list", PAPERLENS_LLM_MODLE="x")
    assert ran.code == 2
    assert "PAPERLENS_LLM_MODEL" in ran.err
    assert paperlens("config", "list", PAPERLENS_UNRELATED="x").code == 0


def test_three_seconds_for_arxiv(paperlens: Shell) -> None:
    """Less than three seconds between requests is refused for arxiv.org, not for loopback."""
    url = "https://rss.arxiv.org/atom"
    ran = paperlens("config", "list", PAPERLENS_ARXIV_FEED_URL=url, PAPERLENS_ARXIV_DELAY="1")
    assert ran.code == 2
    assert "at least 3" in ran.err
    assert paperlens("config", "list", PAPERLENS_ARXIV_DELAY="0").code == 0


def test_less_than_three_seconds_in_the_file_is_shown_there(paperlens: Shell) -> None:
    """Where config.toml asks for less, the line is named."""
    file = config(paperlens, "[arxiv]\nfeed_url = 'https://rss.arxiv.org/atom'\ndelay = 1\n")
    of_arxiv = {"PAPERLENS_ARXIV_FEED_URL", "PAPERLENS_ARXIV_DELAY"}
    environ = {name: told for name, told in paperlens.environ.items() if name not in of_arxiv}
    ran = Shell(paperlens.home, environ)("config", "list")
    assert ran.code == 2
    assert f"{file}, line 3: arxiv.delay must be at least 3" in ran.err


def test_set_keeps_comments_and_order(paperlens: Shell) -> None:
    """`config set` changes one value and leaves the rest of the file as its owner wrote it."""
    file = config(paperlens, "# mine\n[today]\nlimit = 7  # a few\n\n[llm]\nmodel = 'x/y'\n")
    assert paperlens("config", "set", "today.limit", "5").code == 0
    assert paperlens("config", "set", "arxiv.categories", "cs.CV, cs.LG").code == 0
    text = file.read_text()
    assert text.startswith("# mine\n[today]\nlimit = 5  # a few\n")
    assert "model = 'x/y'" in text
    assert paperlens("config", "get", "arxiv.categories").out == '["cs.CV", "cs.LG"]\n'


def test_set_keeps_who_may_read(paperlens: Shell) -> None:
    """A config.toml that only its owner may read stays so."""
    file = config(paperlens, "[today]\nlimit = 7\n")
    file.chmod(0o600)
    assert paperlens("config", "set", "today.limit", "5").code == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_set_keeps_the_ends_of_lines(paperlens: Shell) -> None:
    """A config.toml with the line ends of Windows keeps them, and new lines end so too."""
    file = config(paperlens, "")
    file.write_bytes(b"# mine\r\n[today]\r\nlimit = 7\r\n")
    assert paperlens("config", "set", "today.limit", "5").code == 0
    assert file.read_bytes() == b"# mine\r\n[today]\r\nlimit = 5\r\n"
    assert paperlens("config", "set", "llm.budget", "2").code == 0
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") > 3


def test_a_config_that_cannot_be_read_is_named_once(paperlens: Shell) -> None:
    """What is no file, no text or no number anybody can read is one line; exit 2."""
    file = config(paperlens, "")
    for data, said in [(b"\n[llm]\nmodel='\xff'\n", "line 3"), (b"a = " + b"9" * 5000, "digits")]:
        file.write_bytes(data)
        ran = paperlens("config", "list")
        assert ran.code == 2
        assert said in ran.err
    file.unlink()
    file.mkdir()
    ran = paperlens("config", "list")
    assert ran.code == 2
    assert ran.err == f"error: {file}: cannot be read: Is a directory\n"


def test_a_byte_order_mark_is_no_mistake(paperlens: Shell) -> None:
    """A config.toml that an editor began with a byte order mark is read all the same."""
    config(paperlens, "\ufeff[today]\nlimit = 7\n")
    assert paperlens("config", "get", "today.limit").out == "7\n"


def test_set_refuses_what_does_not_fit(paperlens: Shell) -> None:
    """A value of the wrong type is refused, and nothing is written."""
    ran = paperlens("config", "set", "today.limit", "many")
    assert ran.code == 2
    assert "whole number" in ran.err
    assert not Path(paperlens("config", "path").out.strip()).exists()


def test_list_is_toml_and_says_where_from(paperlens: Shell) -> None:
    """`config list` prints every setting, valid as TOML, with the place it comes from."""
    import tomllib

    config(paperlens, "[today]\nlimit = 7\n")
    out = paperlens("config", "list", PAPERLENS_LLM_MODEL="a/b").out
    listed = tomllib.loads(out)
    assert {f"{s}.{k}" for s, keys in listed.items() for k in keys} == set(TABLE)
    assert listed["llm"]["model"] == "a/b"
    (limit,) = [line for line in out.splitlines() if line.startswith("today.limit")]
    assert limit.endswith("config.toml")
    assert "# PAPERLENS_LLM_MODEL" in out


def test_edit_opens_the_editor_and_checks(paperlens: Shell) -> None:
    """`config edit` runs $EDITOR on the file and says what is wrong with the result."""
    editor = paperlens.home / "editor.sh"
    editor.write_text("#!/bin/sh\necho '[llm]\nmodle = 1' > \"$1\"\n")
    editor.chmod(0o755)
    ran = paperlens("config", "edit", EDITOR=str(editor))
    assert ran.code == 2
    assert "llm.model" in ran.err
    assert paperlens("config", "edit", EDITOR="/no/such/editor").code == 2


@pytest.mark.parametrize("key", list(TABLE))
def test_every_setting_can_be_written_and_read_back(key: str, tmp_path: Path) -> None:
    """What `config set` writes is what is read; the default of each setting is a fitting value."""
    file = tmp_path / "config.toml"
    default = TABLE[key].default
    write(file, key, default)
    assert resolve(file, {}).settings[key] == default
    assert type(resolve(file, {}).settings[key]) is type(default)


def test_text_becomes_the_type_of_the_setting() -> None:
    """On the command line and in the environment every value is text; it becomes the right type."""
    assert parse("today.full_text", "no") is False
    assert parse("arxiv.delay", "4") == 4.0
    assert parse("llm.fallbacks", "") == ()
    assert parse("llm.fallbacks", '["a/b", "c/d"]') == ("a/b", "c/d")
    for key, text in [
        ("today.limit", "1.5"),
        ("arxiv.delay", "nan"),
        ("arxiv.delay", "inf"),
        ("llm.fallbacks", "[1]"),
    ]:
        with pytest.raises(SettingError):
            parse(key, text)
