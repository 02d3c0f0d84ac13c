"""Keys in the system keyring: kept by `config set-key`, used by models, never shown."""

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import TinyArxiv
from paperlens.summaries.asking.providers import KeyState, key_of
from tests.conftest import Shell, pointing_to
from tests.gateways import FOREIGN_WARNINGS, GOOD, KEY, gateway, reading, says, told_by
from tests.openai_server import OpenAIServer
from tests.test_gateway_failures import Model, all_that_is_left_by, status

pytestmark = FOREIGN_WARNINGS


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def shell(paperlens: Shell, keyring: Path) -> Shell:
    """A machine with a system keyring, which is empty."""
    return paperlens.having(
        PYTHON_KEYRING_BACKEND="tests.keyrings.InAFile", TEST_KEYRING=str(keyring)
    )


def test_a_key_is_read_from_standard_input_and_kept(shell: Shell, keyring: Path) -> None:
    """It goes into the keyring under the provider's name, and nowhere else."""
    ran = shell("config", "set-key", "openai", stdin=f"{KEY}\n")
    assert (ran.code, ran.out, ran.err) == (0, "", "the key of openai is in the system keyring\n")
    assert json.loads(keyring.read_text()) == {"paperlens/openai": KEY}
    assert KEY not in all_that_is_left_by(ran, shell)


def test_doctor_knows_of_a_key_that_is_kept(shell: Shell) -> None:
    """It says where the key is, never the key."""
    assert shell("config", "set-key", "openai", stdin=KEY).code == 0
    assert shell("config", "set", "llm.model", "openai/test").code == 0
    told = shell("doctor").out
    assert "openai/test: its key is in the system keyring for openai" in told
    assert KEY not in told


def test_a_key_is_forgotten(shell: Shell, keyring: Path) -> None:
    """`--delete` takes it out, and says when there was none."""
    shell("config", "set-key", "openai", stdin=KEY)
    assert (
        shell("config", "set-key", "openai", "--delete").err == "the key of openai is forgotten\n"
    )
    assert json.loads(keyring.read_text()) == {}
    ran = shell("config", "set-key", "openai", "--delete")
    assert (ran.code, ran.err) == (0, "no key of openai is kept\n")


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        (["openai"], "", "there is no key on standard input"),
        (["openai"], "two words\n", "that is no key"),
        (["openai"], "sk-…\n", "that is no key"),
        (["opnai"], KEY, "openai"),
        (["bedrock"], KEY, "needs more than one key"),
        (["openai", KEY], "", "stays in the shell's history"),
        ([KEY + "0123456789"], "", "that names no provider"),
    ],
)
def test_what_is_no_key_is_not_kept(
    shell: Shell, keyring: Path, words: list[str], stdin: str, said: str
) -> None:
    """One line says what is wrong, without the key; exit 2."""
    ran = shell("config", "set-key", *words, stdin=stdin)
    assert ran.code == 2
    assert said in ran.err
    assert KEY not in ran.err
    assert not keyring.exists()


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ("keyring.backends.fail.Keyring", "there is no system keyring here"),
        ("tests.keyrings.Locked", "the system keyring is locked"),
    ],
)
@pytest.mark.parametrize("words", [[], ["--delete"]])
def test_without_a_keyring_the_variable_is_named(
    shell: Shell, backend: str, said: str, words: list[str]
) -> None:
    """A machine without one, or with one that stays locked, is told what to do instead; exit 2."""
    there = shell.having(PYTHON_KEYRING_BACKEND=backend)
    ran = there("config", "set-key", "openai", *words, stdin=KEY)
    assert ran.code == 2
    assert said in ran.err
    assert "hint: set OPENAI_API_KEY instead" in ran.err
    assert "sk-" not in ran.err


def test_a_key_that_is_typed_is_not_shown(shell: Shell, keyring: Path) -> None:
    """On a terminal it is asked for, and its letters do not appear."""
    root = str(Path(__file__).parent.parent)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "paperlens", "config", "set-key", "groq"],
        env={**shell.environ, "PYTHONPATH": root, "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            asked = said_on(ours, until=b"Key of groq: ")
            os.write(ours, f"{KEY}\n".encode())
            said = asked + said_on(ours, until=b"in the system keyring")
            assert process.wait(20) == 0
        finally:
            process.kill()
            os.close(ours)
    assert KEY.encode() not in said
    assert json.loads(keyring.read_text()) == {"paperlens/groq": KEY}


def said_on(terminal: int, until: bytes) -> bytes:
    """What comes from a terminal up to these words."""
    said = b""
    while until not in said:
        assert select.select([terminal], [], [], 20)[0], said
        said += os.read(terminal, 4096)
    return said


def test_a_kept_key_is_used_where_no_variable_is_set() -> None:
    """It goes to its own provider; the environment is stronger; a fallback does not get it."""
    kept = {"openai": "sk-kept"}.get
    with OpenAIServer(says(GOOD)) as server:
        told_by(gateway(server.url, {}, kept=kept), [reading(1)])
        told_by(gateway(server.url, kept=kept), [reading(1)])
        told_by(gateway(server.url, {}, kept=kept, model="xinference/x"), [reading(1)])
    assert server.keys[:2] == ["Bearer sk-kept", f"Bearer {KEY}"]
    assert "sk-kept" not in str(server.keys[2])


def test_how_it_stands_with_a_kept_key() -> None:
    """It is at hand, or unusable, and the remedy is the command that keeps another."""
    key = key_of("openai/x", "", {}, {"openai": "sk-kept"}.get)
    assert (key.state, key.remedy) == (KeyState.AT_HAND, "run paperlens config set-key openai")
    assert "sk-kept" not in repr(key)
    assert key_of("openai/x", "", {}, {"openai": "sk kept"}.get).state is KeyState.UNUSABLE
    assert key_of("openai/x", "", {"OPENAI_API_KEY": KEY}, {}.get).state is KeyState.AT_HAND


def test_a_kept_key_serves_a_morning_and_is_nowhere(
    shell: Shell, arxiv: TinyArxiv, sample: Sample
) -> None:
    """`today` finds it in the keyring; refused, the command is named; nothing leaks it."""
    shell("config", "set-key", "openai", stdin=KEY)
    refused = {"2611.90012": status(401, "", f"wrong key {KEY}")}
    with OpenAIServer(Model(sample, refused)) as server:
        there = shell.having(
            **pointing_to(arxiv),
            PAPERLENS_TODAY_FULL_TEXT="false",
            PAPERLENS_LLM_MODEL="openai/test",
            PAPERLENS_LLM_API_BASE=server.url,
            PAPERLENS_LLM_CONCURRENCY="1",
        )
        ran = there("today", "--expr", "cat:cs.CV", "--json")
    assert set(server.keys) == {f"Bearer {KEY}"}
    errors = [paper["error"] for paper in json.loads(ran.out)["papers"]]
    assert "openai/test refused the key (401): run paperlens config set-key openai" in errors
    assert KEY not in all_that_is_left_by(ran, there)
