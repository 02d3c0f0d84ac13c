"""How long a terminal report of 100 papers takes above start-up: loading what draws it, drawing.

    python -m tests.benchmarks.terminal [RUNS]

Each run is a process that has loaded the command line before its clock starts; medians, in seconds.
"""

import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO

from paperlens.models import Checks, Entry, Paper, Report, Summary

LIMIT = 0.3
PAPERS = 100
SHAPES = {"10 in full": ("today", 10), "100 in full": ("summarize", PAPERS)}


def main() -> None:
    """Measure and print the table."""
    if sys.argv[1:2] == ["--once"]:
        print(once(*SHAPES[sys.argv[2]]))
        return
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    table = {name: round(statistics.median(_run(name) for _ in range(runs)), 3) for name in SHAPES}
    print(json.dumps({"limit": LIMIT, **table}, indent=2))


def _run(name: str) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.terminal", "--once", name]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def once(command: str, shown: int) -> float:
    """Processor time of this process, so that others on the machine do not count."""
    from paperlens.cli import app, output
    from paperlens.context import Context

    assert app and output
    page = Context(
        {"TERM": "xterm-256color", "COLUMNS": "100", "FORCE_COLOR": "1"}, stdout=StringIO()
    )
    report = _report(command, shown)
    began = time.process_time()
    from paperlens.reports.terminal import print_report

    print_report(report, page.out)
    return time.process_time() - began


def _report(command: str, shown: int) -> Report:
    from tests.benchmarks.many_papers import papers

    now = datetime(2026, 11, 20, 8, tzinfo=UTC)
    entries = []
    for line in papers(PAPERS):
        told = json.loads(line)
        words = told["abstract"].split()
        points = tuple(" ".join(words[start : start + 30]) for start in (30, 60, 90, 120))
        fields = {"tldr": " ".join(words[:30]), "takeaways": points}
        paper = Paper(
            told["id"], f"{told['title']} in $\\mathcal{{O}}(n^2)$", tuple(told["authors"]),
            told["abstract"], tuple(told["categories"]), 1, announced=now.date(),
        )  # fmt: skip
        summary = Summary("brief", "en", "openai/x", "pdf", fields, now, Checks(1.0))
        entries.append(Entry(paper, ("diffusion",), 0.5, ("“word” in the title",), summary=summary))
    return Report(command, now, now.date(), tuple(entries), seen=312, shown=shown)


if __name__ == "__main__":
    main()
