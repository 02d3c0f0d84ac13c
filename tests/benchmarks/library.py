"""What a library of 100,000 papers costs, command by command, beside small ones.

    python -m tests.benchmarks.library [RUNS]

Whole processes, run in turn over the libraries so that a noisy machine disturbs all alike: medians
of their seconds, and the largest memory any of them took.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import many_papers
from tests.benchmarks.startup import fill_library

SIZES = (100, 10_000, 100_000)
WORDS = many_papers.vocabulary()
COMMANDS = {
    "--version": ["--version"],
    "show": ["show", "{paper}"],
    "mark": ["mark", "{paper}", "--star"],
    "unmark": ["mark", "{paper}", "--clear"],
    "today from the library": ["today", "--offline"],
    "search two rare words": ["search", WORDS[3000], WORDS[4000]],
    "search two words": ["search", WORDS[300], WORDS[400]],
    "search two frequent words": ["search", WORDS[3], WORDS[4]],
    "similar": ["similar", "{paper}"],
    "search after a mark": ["search", WORDS[300], WORDS[401]],
}


@dataclass(frozen=True)
class Cost:
    """Seconds and megabytes of one process."""

    seconds: float
    memory: float


def main() -> None:
    """Build the libraries, measure in turn, print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: Path(folder, str(size)) for size in SIZES}
        imports = {size: _fill(home, size) for size, home in homes.items()}
        costs = _measure(homes, runs)
    print(json.dumps({"import": imports, "commands": _table(costs)}, indent=2))


def _fill(home: Path, size: int) -> dict[str, float]:
    """A library as one morning leaves it, and so many papers brought by an import."""
    environ = _environ(home)
    fill_library(environ)
    papers = home / "papers.jsonl"
    many_papers.write(papers, size)
    cost = _run(["import", str(papers)], environ)
    return {
        "seconds": round(cost.seconds, 2),
        "papers per second (limit 2500)": round(size / cost.seconds),
        "MB (limit 400)": round(cost.memory),
    }


def _environ(home: Path) -> dict[str, str]:
    return {**os.environ, "PAPERLENS_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def _measure(homes: Mapping[int, Path], runs: int) -> dict[str, dict[int, list[Cost]]]:
    costs: dict[str, dict[int, list[Cost]]] = {
        name: {size: [] for size in homes} for name in COMMANDS
    }
    for turn in range(runs + 1):
        for name, words in COMMANDS.items():
            for size, home in homes.items():
                paper = _some_paper(size, turn)
                cost = _run([word.format(paper=paper) for word in words], _environ(home))
                if turn:
                    costs[name][size].append(cost)
    return costs


def _some_paper(size: int, turn: int) -> str:
    lines = many_papers.ids(size)
    return lines[turn * 37 % len(lines)]


def _run(words: Sequence[str], environ: Mapping[str, str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "paperlens", *words],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if status:
        raise SystemExit(f"paperlens {' '.join(words)}: {said.decode()}")
    return Cost(taken, usage.ru_maxrss / 1024)


def _table(costs: Mapping[str, Mapping[int, Sequence[Cost]]]) -> dict[str, dict[str, float]]:
    """Medians, the growth of each command, and what searching takes beyond starting."""
    largest = SIZES[-1]
    version = _median(costs["--version"][largest])
    table = {}
    for name, by_size in costs.items():
        small, middle, large = (_median(by_size[size]) for size in SIZES)
        table[name] = {
            **{f"seconds at {size:,}": round(_median(by_size[size]), 3) for size in SIZES},
            "100,000 to 100 (limit 1.3 but for search)": round(large / small, 2),
            "100,000 to 10,000 (limit 2)": round(large / middle, 2),
            "seconds beyond --version (limit 0.25 for search)": round(large - version, 3),
            "MB (limit 150)": round(max(cost.memory for cost in by_size[largest])),
        }
    return table


def _median(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


if __name__ == "__main__":
    main()
