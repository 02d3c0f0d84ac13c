"""How well the ranking learns from a few marks, and how fast.

    python -m tests.benchmarks.taste [FILE] [--draws 5] [--topics 6] [--speed]

`FILE` has a JSON paper with `topics` on each line. N papers of a topic are starred, none skipped,
and all others ranked; the number is the area under the ROC curve, averaged over the largest topics
and some draws. Then the same with as many skips of other topics. The background is all papers of
the file, as it is of a library. `--speed` learns from 500 marks and scores 1,500 papers.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import fmean, stdev
from tempfile import TemporaryDirectory
from typing import Any

PAPERS = Path(__file__).parents[3] / "shared" / "data" / "metadata" / "cv_2024.jsonl"
STARS = (5, 15, 40)
WANTED = {False: (0.925, 0.957, 0.972), True: (0.94, 0.965, 0.978)}


def main() -> None:
    """Measure and print."""
    asked = _parser().parse_args()
    if not asked.file.exists():
        sys.exit(f"skipped: the papers are not at {asked.file}")
    if asked.child:
        _learn_and_score(asked.file, asked.child)
    elif asked.speed:
        _print_speed(asked.file)
    else:
        _print_quality(asked.file, asked.draws, asked.topics, asked.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", type=Path, default=PAPERS)
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--topics", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    return parser


def _print_quality(file: Path, draws: int, topics: int, seed: int) -> None:
    from paperlens.taste.background import FULL, observed
    from paperlens.taste.learning import Lesson, learned
    from paperlens.taste.words import counted

    rows = _rows(file)
    papers = [counted(_paper(row)) for row in rows]
    background = observed(_spaced(papers, FULL))
    largest = Counter(topic for row in rows for topic in row["topics"]).most_common(topics)
    for has_skips in (False, True):
        print("with as many skips" if has_skips else "stars only")
        for stars, wanted in zip(STARS, WANTED[has_skips], strict=True):
            by_topic = {}
            for topic, _ in largest:
                about = [topic in row["topics"] for row in rows]
                found = by_topic[topic] = []
                for draw in range(draws):
                    chance = random.Random(f"{seed} {topic} {stars} {draw}")
                    good = chance.sample([i for i, is_so in enumerate(about) if is_so], stars)
                    bad = chance.sample([i for i, is_so in enumerate(about) if not is_so], stars)
                    lessons = [Lesson(papers[i], 1.0) for i in good]
                    lessons += [Lesson(papers[i], -1.0) for i in bad if has_skips]
                    liking = learned(lessons, background)
                    seen = {*good, *(bad if has_skips else ())}
                    rest = [i for i in range(len(rows)) if i not in seen]
                    found.append(_auc([(liking.of(papers[i]), about[i]) for i in rest]))
            every = [each for found in by_topic.values() for each in found]
            spread = stdev(fmean(found[d] for found in by_topic.values()) for d in range(draws))
            told = "  ".join(f"{fmean(found):.3f}" for found in by_topic.values())
            print(f"  {stars:3} stars  {fmean(every):.4f} ±{spread:.4f} (goal {wanted})  {told}")


def _print_speed(file: Path) -> None:
    """In fresh processes: the second finds the background that the first has left in a cache."""
    with TemporaryDirectory() as folder:
        for told in ("the first time, with no background yet", "after that"):
            done = subprocess.run(
                [sys.executable, "-m", __spec__.name, str(file), "--child", folder],
                capture_output=True,
                text=True,
                check=True,
            )
            print(f"{told}: {done.stdout.strip()}")


def _learn_and_score(file: Path, folder: Path) -> None:
    rows = _rows(file)
    papers = [_paper(rows[number % len(rows)]) for number in range(2_000)]
    start, busy = time.perf_counter(), time.process_time()
    from paperlens.models import Known, Mark
    from paperlens.rank import rank
    from paperlens.taste import FULL, Marked, Taste, counted, observed, read, written

    kept = folder / "taste.json"
    if kept.exists():
        found = read(kept.read_text())
        assert found is not None
        background = found[0]
    else:
        background = observed([counted(paper) for paper in papers[:FULL]])
        kept.write_text(written(background, date(2026, 11, 21)))
    marks = [
        Marked(paper, mark, 1.0 if mark is Mark.STAR else -1.0, counted(paper))
        for paper, mark in zip(papers[:500], [Mark.STAR, Mark.SKIP] * 250, strict=True)
    ]
    taste = Taste(background, marks)
    learned = time.perf_counter()
    for paper in papers[500:]:
        taste.opinion(paper)
    scored, spent = time.perf_counter(), time.process_time() - busy
    rank([Known(paper) for paper in papers[500:]], (), taste, shown=10, explore=0.1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"learned {learned - start:.2f} s, scored {scored - learned:.2f} s, together "
        f"{scored - start:.2f} s ({spent:.2f} s of the processor); ordered with all reasons "
        f"{time.perf_counter() - scored:.2f} s; {memory:.0f} MB"
    )


def _spaced(papers: list[Any], most: int) -> list[Any]:
    """As many of them, from all over the file."""
    return [papers[i * len(papers) // most] for i in range(most)] if most < len(papers) else papers


def _auc(scored: list[tuple[float, bool]]) -> float:
    """Of a good and another paper, how often the good one comes first; ties count half."""
    ranks: dict[float, list[int]] = {}
    for place, (score, _) in enumerate(sorted(scored), 1):
        ranks.setdefault(score, []).append(place)
    good = [score for score, is_so in scored if is_so]
    total = sum(fmean(ranks[score]) for score in good)
    return (total - len(good) * (len(good) + 1) / 2) / (len(good) * (len(scored) - len(good)))


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _paper(row: dict[str, Any]) -> Any:
    from paperlens.models import Paper

    return Paper(row["id"], row["title"], tuple(row["authors"]), row["abstract"], ())


if __name__ == "__main__":
    main()
