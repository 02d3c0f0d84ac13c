"""How well PDFs are read, in the numbers that were promised.

    python -m tests.benchmarks.reading [--typeset] [--real] [--speed] [NAME...]
    python -m tests.benchmarks.reading --why NAME          what lowers its numbers
    python -m tests.benchmarks.reading --show NAME -o DIR  its pages: truth green, ours red

Without a set: all of them. Real papers are fetched by apt into `--folder`, or a folder that is gone
afterwards.
"""

import json
import sys
import tempfile
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.reading import scores, speed
from tests.benchmarks.reading.command import readings
from tests.benchmarks.reading.counts import Score
from tests.benchmarks.reading.order import differences, order
from tests.benchmarks.reading.packages import NotFetched, fetch, known_papers
from tests.benchmarks.reading.pages import draw, words_of
from tests.benchmarks.reading.table import table

TYPESET = Path(__file__).parents[2] / "typeset"
TYPESET_LIMITS = {
    "figures inside": 0.95,
    "crops clean": 1.0,
    "captions": 0.98,
    "headings": 0.97,
    "order": 0.98,
    "bare pages": 1.0,
}
REAL_LIMITS = {"captions": 0.97, "crops right": 0.9, "headings": 0.95}

Scorer = Callable[[Mapping[str, Any], Mapping[str, Any], Path], Score]


def main() -> None:
    """Measure the sets that are asked for, and print a table of each."""
    asked = _asked()
    met: set[str] = set()
    if asked.typeset:
        truths = {file.stem: json.loads(file.read_text("utf-8")) for file in TYPESET.glob("*.json")}
        files = {name: TYPESET / f"{name}.pdf" for name in sorted(truths)}
        met |= _measure("typeset papers", truths, files, asked, score_typeset, TYPESET_LIMITS)
    if asked.real or asked.speed:
        with tempfile.TemporaryDirectory(prefix="paperlens-papers-") as passing:
            met |= _measure_real(asked, asked.folder or Path(passing))
    if unknown := set(asked.names) - met:
        sys.exit(f"no such document: {', '.join(sorted(unknown))}")


def _measure_real(asked: Namespace, folder: Path) -> set[str]:
    truths = known_papers()
    wanted = {name: truths[name] for name in asked.names or truths if name in truths}
    try:
        files = fetch(wanted, folder)
    except NotFetched as why:
        print(f"real papers: {why}")
        return set(wanted)
    if missing := [name for name in wanted if name not in files]:
        print(f"not as they were looked at, so left out: {', '.join(missing)}", file=sys.stderr)
    if asked.real:
        _measure("real papers", truths, files, asked, score_real, REAL_LIMITS)
    if asked.speed and files:
        print(speed.table(sorted(files.values())))
    return set(wanted)


def score_typeset(truth: Mapping[str, Any], paper: Mapping[str, Any], file: Path) -> Score:
    """All that TeX wrote down."""
    return (
        scores.figures_inside(truth, paper)
        | scores.clean_crops(truth, paper, words_of(file))
        | scores.captions(truth, paper)
        | scores.nothing_invented(truth, paper)
        | scores.headings(truth, paper)
        | order(truth, paper)
        | scores.captions(truth, paper, "tables")
        | scores.figures_inside(truth, paper, "tables")
        | scores.facts(truth, paper)
    )


def score_real(truth: Mapping[str, Any], paper: Mapping[str, Any], file: Path) -> Score:
    """What can be counted by looking."""
    last = truth.get("pages_checked")
    return (
        scores.captions(truth, paper)
        | scores.right_crops(truth, paper, words_of(file, last))
        | scores.nothing_invented(truth, paper)
        | scores.headings(truth, paper)
        | scores.captions(truth, paper, "tables")
    )


def _asked() -> Namespace:
    parser = ArgumentParser(
        prog="python -m tests.benchmarks.reading",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these documents")
    parser.add_argument("--typeset", action="store_true", help="papers that TeX told the truth of")
    parser.add_argument("--real", action="store_true", help="papers of Debian packages")
    parser.add_argument("--speed", action="store_true", help="time and memory over the real papers")
    parser.add_argument("--why", action="store_true", help="say what was missed")
    parser.add_argument("--show", action="store_true", help="draw pages instead of counting")
    parser.add_argument("-o", dest="into", type=Path, default=Path("shown"), help="for --show")
    parser.add_argument("--folder", type=Path, help="where real papers are kept")
    asked = parser.parse_args()
    if not (asked.typeset or asked.real or asked.speed):
        asked.typeset = asked.real = True
        asked.speed = not asked.names
    return asked


def _measure(
    title: str,
    truths: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, Path],
    asked: Namespace,
    score: Scorer,
    limits: Mapping[str, float],
) -> set[str]:
    chosen = {name: file for name, file in files.items() if name in (asked.names or files)}
    if not chosen:
        return set()
    told = readings(list(chosen.values()))
    if asked.show:
        for name, file in chosen.items():
            pictures = draw(file, truths[name], told[name], asked.into)
            print(f"{name}: {len(pictures)} pages in {asked.into}")
        return set(chosen)
    reached = {name: score(truths[name], told[name], file) for name, file in chosen.items()}
    print(f"\n{title}\n{table(reached, limits)}", flush=True)
    for name, paper in told.items():
        if paper["error"]:
            print(f"{name} was not read: {paper['error']}")
    if asked.why:
        for name, each in reached.items():
            truth = truths[name]
            disorder = differences(truth, told[name]) if "paragraphs" in truth else ()
            print(*(f"{name}: {fault}" for fault in (*each.missed, *disorder)), sep="\n")
    return set(chosen)


if __name__ == "__main__":
    main()
