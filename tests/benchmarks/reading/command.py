"""The real command line, asked to read: what it prints, by the names of the files."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

UNREAD: dict[str, Any] = {
    "sections": [],
    "affiliations": [],
    "keywords": None,
    "links": {"code": [], "project": []},
    "figures": [],
    "tables": [],
    "error": None,
}
PART_DONE = 3


def readings(files: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What `text` and `figures --tables` tell of each file, as one reading of each. One that could
    not be read tells nothing but its error."""
    told = {file.stem: dict(UNREAD) for file in files}
    for paper in _ask("text", files):
        told[_name(paper)] |= _known(paper)
    for paper in _ask("figures", files, "--tables"):
        told[_name(paper)] |= _known(paper)
    return told


def _ask(command: str, files: Sequence[Path], *options: str) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "paperlens", command, *map(str, files), *options, "--json"]
    with tempfile.TemporaryDirectory(prefix="paperlens-reading-") as home:
        done = subprocess.run(
            words,
            cwd=home,
            env={**os.environ, "PAPERLENS_HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode not in (0, PART_DONE):
        sys.exit(f"paperlens {command} ended with {done.returncode}: {done.stderr.strip()}")
    papers: list[dict[str, Any]] = json.loads(done.stdout)["papers"]
    return papers


def _name(paper: dict[str, Any]) -> str:
    return Path(paper["file"]).stem


def _known(paper: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in paper.items() if value is not None}
