"""How long reading takes beside a bare loop of `page.get_text()`, and what memory.

All run in turn, so that a noisy machine disturbs them alike; imports and the start of processes are
excluded on every side. Medians of the seconds, and of the ratios within a round.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from paperlens.reading.sandbox import Child, Sandbox

ROUNDS = 3
SECONDS = 60.0
MAX_PAGES = 200
BARE = """
import sys, time, pymupdf

def loop(files):
    count = 0
    for file in files:
        with pymupdf.open(file) as document:
            for page in document:
                page.get_text()
                count += 1
    return count

loop(sys.argv[1:2])
start = time.perf_counter()
count = loop(sys.argv[1:])
print(time.perf_counter() - start, count)
"""
SPEED_OF_TEXT, TIME_OF_ALL, MEGABYTES = 0.8, 4.0, 300


def table(files: Sequence[Path]) -> str:
    """Measure, and say it against the limits."""
    loops: dict[str, list[float]] = {"bare": [], "one": [], "all": []}
    pages = 0
    for _ in range(ROUNDS):
        seconds, pages = _bare(files)
        loops["bare"].append(seconds)
        loops["one"].append(_one_child(files))
        loops["all"].append(_all_children(files))
    bare = loops["bare"]
    alone, together = (_ratio(loops[way], bare) for way in ("one", "all"))
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return "\n".join(
        (
            f"\nspeed: {len(files)} files, {pages} pages, medians of {ROUNDS} rounds",
            _line("bare page.get_text(), one process", bare, pages, ""),
            _line("all but crops, one child", loops["one"], pages, _times(alone)),
            _line("all but crops, as commands read", loops["all"], pages, _times(together)),
            f"limits: everything but the crops at most {TIME_OF_ALL:g} times the bare loop;"
            f" text at least {SPEED_OF_TEXT:g} of its speed:"
            f" {1 / together:.2f} as commands read, {1 / alone:.2f} in one child",
            f"largest process {largest:.0f} MB (limit {MEGABYTES})",
        )
    )


def _bare(files: Sequence[Path]) -> tuple[float, int]:
    command = [sys.executable, "-c", BARE, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, count = done.stdout.split()
    return float(seconds), int(count)


def _one_child(files: Sequence[Path]) -> float:
    child = Child(SECONDS)
    try:
        _read(files[0])(child)
        return _seconds(lambda: [_read(file)(child) for file in files])
    finally:
        child.end()


def _all_children(files: Sequence[Path]) -> float:
    """Through the sandbox; reading the first file once for each child starts them all."""
    with Sandbox(SECONDS) as sandbox:

        def read(some: Sequence[Path]) -> None:
            for begun in [sandbox.soon(_read(file)) for file in some]:
                begun.result()

        read([files[0]] * 4)
        return _seconds(lambda: read(files))


def _read(file: Path) -> Callable[[Child], object]:
    """The one place that knows how a child is asked."""
    return lambda child: child.ask("read", path=str(file), max_pages=MAX_PAGES)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ratio(taken: Sequence[float], bare: Sequence[float]) -> float:
    return statistics.median(ours / theirs for ours, theirs in zip(taken, bare, strict=True))


def _times(ratio: float) -> str:
    return f"{ratio:.2f} times"


def _line(name: str, taken: Sequence[float], pages: int, ratio: str) -> str:
    seconds = statistics.median(taken)
    return f"{name:36}{seconds:8.2f} s{pages / seconds:8.0f} pages/s  {ratio}"
