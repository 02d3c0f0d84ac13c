"""How long the front door takes, beside an empty Typer program and, where installed, `llm`.

    python -m tests.benchmarks.startup [RUNS]

Whole processes, run in turn so that a noisy machine disturbs all alike; medians and the medians of
the ratios to the empty program in the same round.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EMPTY = """
import typer
app = typer.Typer()

@app.command()
def main(name: str = "x") -> None:
    "Do nothing."

app()
"""
LIMITS = {"paperlens --help": 1.3, "paperlens show 1": 2.0, "paperlens today": 2.0}


def main() -> None:
    """Measure and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "PAPERLENS_HOME": f"{folder}/home"}
        empty = Path(folder, "empty.py")
        empty.write_text(EMPTY)
        fill_library(environ)
        paperlens = [sys.executable, "-m", "paperlens"]
        commands = {
            "empty Typer program --help": [sys.executable, str(empty), "--help"],
            "paperlens --help": [*paperlens, "--help"],
            "paperlens --version": [*paperlens, "--version"],
            "paperlens show 1": [*paperlens, "show", "1"],
            "paperlens today": [*paperlens, "today", "--offline"],
        }
        if llm := shutil.which("llm"):
            commands["llm --help"] = [llm, "--help"]
        _print_table(_measure(commands, runs, environ))


def fill_library(environ: dict[str, str]) -> None:
    """A library as one morning leaves it."""
    from paperlens.demo import sample_day
    from paperlens.demo.server import TinyArxiv

    sample = sample_day()
    with TinyArxiv(sample.papers, sample.day, sample.pdfs) as arxiv:
        there = environ | {"PAPERLENS_ARXIV_DELAY": "0"}
        for key, url in arxiv.urls.items():
            there["PAPERLENS_" + key.replace(".", "_").upper()] = url
        for query in sample.queries:
            _run(["query", "add", query.name, query.expr], there)
        _run(["today"], there)


def _run(words: list[str], environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "paperlens", *words]
    subprocess.run(command, env=environ, check=True, capture_output=True)


def _measure(
    commands: dict[str, list[str]], runs: int, environ: dict[str, str]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, env=environ, check=True, capture_output=True)
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def _print_table(times: dict[str, list[float]]) -> None:
    base, *_ = times.values()
    table = {
        name: {
            "seconds": round(statistics.median(taken), 3),
            "times the empty program": round(
                statistics.median(a / b for a, b in zip(taken, base, strict=True)), 2
            ),
            "limit": LIMITS.get(name),
        }
        for name, taken in times.items()
    }
    if "llm --help" in times:
        ratios = zip(times["paperlens --help"], times["llm --help"], strict=True)
        table["paperlens --help"]["times llm --help (limit 0.75)"] = round(
            statistics.median(a / b for a, b in ratios), 2
        )
    print(json.dumps(table, indent=2))


if __name__ == "__main__":
    main()
