"""How near the extractive summariser's `tldr` comes to people's, on SciTLDR's dev split.

    python -m tests.benchmarks.extractive [FILE.jsonl]

ROUGE-1/2/L as `rouge-score` counts them, stemmed, the best over the references, in percent; beside
it the first sentence and the best possible one. And how many abstracts are told in a second of one
processor. The weights were fitted without this split. Needs rouge-score.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paperlens.document import Reading
from paperlens.models import Paper
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import load

DEV = Path(__file__).parents[3] / "shared" / "data" / "scitldr" / "dev.jsonl"
MEASURES = ("rouge1", "rouge2", "rougeL")
RUNS = 3

Rouge = tuple[float, ...]


def main() -> None:
    """Measure and print the table."""
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError:
        sys.exit("this benchmark needs rouge-score: pip install rouge-score")
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else DEV
    if not file.exists():
        sys.exit(f"SciTLDR is not at {file}")
    papers = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    scorer = RougeScorer(MEASURES, use_stemmer=True)

    def rouge(paper: dict[str, Any], sentence: str) -> Rouge:
        scores = [scorer.score(target, sentence) for target in paper["target"]]
        return tuple(max(score[name].fmeasure for score in scores) for name in MEASURES)

    tldrs, per_second = _tell(papers)
    table = {
        "extractive": _mean([rouge(*each) for each in zip(papers, tldrs, strict=True)]),
        "first sentence": _mean([rouge(paper, _split(paper)[0]) for paper in papers]),
        "best sentence": _mean([_best(paper, rouge) for paper in papers]),
        "abstracts": len(papers),
        "abstracts per second": round(per_second),
    }
    print(json.dumps(table, indent=2))


def _tell(papers: Sequence[dict[str, Any]]) -> tuple[list[str], float]:
    """Every paper's `tldr`, and how many were told in a second of the fastest run."""
    readings = [
        Reading(Paper(str(number), paper["title"], (), text, (), version=1), text)
        for number, paper in enumerate(papers)
        for text in [_text(paper)]
    ]
    extractive, brief = Extractive(lambda: datetime.now(UTC)), load("brief", [])
    took = []
    told = []
    for _ in range(RUNS):
        begin = time.process_time()
        told = list(extractive.tell(readings, brief, "en"))
        took.append(time.process_time() - begin)
    return [str(each.summary.fields["tldr"]) for each in told], len(papers) / min(took)


def _text(paper: dict[str, Any]) -> str:
    return " ".join(paper["source"])


def _split(paper: dict[str, Any]) -> Sequence[str]:
    return sentences(_text(paper))


def _best(paper: dict[str, Any], rouge: Callable[[dict[str, Any], str], Rouge]) -> Rouge:
    """What the sentence with the highest ROUGE-1 reaches."""
    return max(rouge(paper, sentence) for sentence in _split(paper))


def _mean(scores: Sequence[Rouge]) -> dict[str, float]:
    columns = zip(*scores, strict=True)
    return {
        name: round(100 * statistics.mean(column), 2)
        for name, column in zip(MEASURES, columns, strict=True)
    }


if __name__ == "__main__":
    main()
