"""How long a reader waits for triage, in a library of 100,000 papers, 300 of them reported.

    python -m tests.benchmarks.triage [RUNS] [HOME]

Real processes on a terminal: from the start to the title of the first paper, and from a key to the
screen that answers it. HOME is a library made by an earlier run, which takes a minute.
"""

import json
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

from tests.benchmarks.library import _environ, _fill

SIZE, REPORTED = 100_000, 300
KEYS = "jjjkjjsjxj"
LIMITS = {"first paper": 0.5, "key": 0.05}


def main() -> None:
    """Measure and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[2] if len(sys.argv) > 2 else folder)
        if not (home / "data").exists():
            _fill(home, SIZE)
        _report(home)
        starts, answers = [], []
        for _ in range(runs + 1):
            start, keys = _sitting(home)
            starts.append(start)
            answers += keys
    table = {
        "first paper": {"median": _median(starts[1:]), "worst": round(max(starts[1:]), 3)},
        "key": {"median": _median(answers), "worst": round(max(answers), 3)},
        "limits": LIMITS,
    }
    print(json.dumps(table, indent=2))


def _report(home: Path) -> None:
    """As if the newest papers had been reported today."""
    from itertools import islice

    from paperlens.holdings import ReportRecord
    from paperlens.library import Library

    library, now = Library(home / "data"), datetime.now(UTC)
    papers = tuple(islice(library.ids(), REPORTED))
    library.record(ReportRecord("today", now, now.date(), now, papers=papers))


def _sitting(home: Path) -> tuple[float, list[float]]:
    """Seconds to the first paper, and to the answer of each key."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, pack("HHHH", 40, 140, 0, 0))
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "paperlens", "triage"],
        env={"TERM": "xterm-256color", **_environ(home)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        shown = b""
        while "▌".encode() not in shown:
            shown += os.read(ours, 65536)
        first = time.perf_counter() - begun
        _settle(ours)
        return first, [_answer(ours, key) for key in KEYS]
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _answer(terminal: int, key: str) -> float:
    begun = time.perf_counter()
    os.write(terminal, key.encode())
    os.read(terminal, 65536)
    taken = time.perf_counter() - begun
    _settle(terminal)
    return taken


def _settle(terminal: int) -> None:
    """Until nothing was written for a while."""
    while select.select([terminal], [], [], 1.0)[0]:
        os.read(terminal, 65536)


def _median(seconds: list[float]) -> float:
    return round(statistics.median(seconds), 3)


if __name__ == "__main__":
    main()
