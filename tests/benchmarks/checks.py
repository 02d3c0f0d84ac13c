"""How often checks doubt what is true, and how often they notice what is not.

    python -m tests.benchmarks.checks [PAPER.pdf ...]

True: sentences of real abstracts lightly rewritten by rules, held against their own abstracts;
2 % of them may be doubted. Beside them SciTLDR's TLDRs, which people wrote knowing the whole paper,
so that some of what they say is not in the abstract. False: the rewritten sentences with one lie
planted in each, held against the abstract, then against a text as long as a whole paper; there the
other seventy abstracts truly say some of what a foreign sentence says. Every planted number, link
and name shall be noticed, and 95 % of other papers' sentences. Real papers that are named are held
against sentences of the abstracts, none of which they say.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from paperlens.models import Unverified
from paperlens.summaries.checking import Source, check
from paperlens.summaries.sentences import sentences
from tests.benchmarks.lies import LIES, Abstract, Chance, Planter, rewritten

DATA = Path(__file__).parents[3] / "shared" / "data"
SEED = 20240405
OF_A_PAPER = 70
PAPERS_IN_FULL = 40
RUNS = 5


Telling = Callable[[Abstract, random.Random], Iterable[str]]


def main() -> None:
    """Measure and print the table."""
    if not DATA.exists():
        sys.exit(f"the abstracts are not at {DATA}")
    arxiv, scitldr = papers_of_arxiv(), papers_of_scitldr()
    around = " ".join(paper.text for paper in arxiv[-OF_A_PAPER:])
    table: dict[str, object] = {
        "doubted though true, in percent of sentences": {
            "arXiv, rewritten": doubted(arxiv, rewritten),
            "SciTLDR, rewritten": doubted(scitldr, rewritten),
            "SciTLDR, people's TLDRs": doubted(scitldr, lambda paper, _: paper.tldrs),
        },
        "lies noticed, in percent": {
            "arXiv": noticed(arxiv),
            "SciTLDR": noticed(scitldr),
            "arXiv, in a whole paper's length": noticed(arxiv[:PAPERS_IN_FULL], around),
        },
        "milliseconds for 100 kB": speed(arxiv),
    }
    if sys.argv[1:]:
        table["sentences of the abstracts noticed, in percent"] = {
            Path(name).name: foreign(Path(name), arxiv) for name in sys.argv[1:]
        }
    print(json.dumps(table, indent=2, ensure_ascii=False))


def papers_of_arxiv() -> list[Abstract]:
    """Not those in `ordinary.txt`; but bounds and rules were set by looking at these."""
    lines = (DATA / "metadata" / "cv_2024.jsonl").read_text(encoding="utf-8").splitlines()
    papers = map(json.loads, lines[1::2])
    return [Abstract(paper["title"], paper["abstract"]) for paper in papers]


def papers_of_scitldr() -> list[Abstract]:
    """Not in `ordinary.txt` either; but bounds and rules were set by looking at these too."""
    lines = (DATA / "scitldr" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Abstract(paper["title"], " ".join(paper["source"]), tuple(paper["target"]))
        for paper in map(json.loads, lines)
    ]


def doubted(papers: Sequence[Abstract], telling: Telling) -> Mapping[str, float]:
    """How many of the sentences that are told of papers are doubted, by the kind of doubt."""
    chance = random.Random(SEED)
    told_of_all = 0
    found: Counter[str] = Counter()
    for paper in papers:
        source = Source.of([paper.title, paper.text])
        for told in telling(paper, chance):
            doubts = _doubts(told, source)
            told_of_all += 1
            found.update({doubt.kind for doubt in doubts} | ({"any"} if doubts else set()))
    return {kind: round(100 * found[kind] / told_of_all, 2) for kind in sorted(found)} | {
        "sentences": told_of_all
    }


def noticed(papers: Sequence[Abstract], around: str = "") -> Mapping[str, str]:
    """Of each kind of lie, how many are noticed as what they are."""
    return {
        name: _share([is_noticed for _, is_noticed in planted(papers, planter, kind, around)])
        for name, (planter, kind) in LIES.items()
    }


def foreign(paper: Path, others: Sequence[Abstract]) -> str:
    """How many sentences of other papers are noticed against the text of a PDF."""
    told = [sys.executable, "-m", "paperlens", "text", str(paper)]
    text = subprocess.run(told, check=True, capture_output=True, text=True).stdout
    source = Source.of([], [text])
    chance = random.Random(SEED)
    lies = [chance.choice(sentences(other.text)) for other in others]
    return _share([bool(_doubts(lie, source)) for lie in lies])


def planted(
    papers: Sequence[Abstract], planter: Planter, kind: str, around: str = ""
) -> Iterator[tuple[str, bool]]:
    """One lie for each paper that has room for it, and whether it was noticed."""
    chance = random.Random(SEED)
    for paper in papers:
        other = chance.choice([each for each in papers if each is not paper])
        whole = Abstract(paper.title, f"{paper.text} {around}")
        told = rewritten(paper, chance)
        chance.shuffle(told)
        lies = (planter(Chance(each, whole, other, chance)) for each in told)
        lie = next((each for each in lies if each), None)
        if lie:
            source = Source.of([paper.title, paper.text], [around])
            yield lie, any(doubt.kind == (kind or doubt.kind) for doubt in _doubts(lie, source))


def speed(papers: Sequence[Abstract]) -> Mapping[str, float]:
    """The fastest of some runs: taking a source apart, and checking a summary of ten sentences."""
    text = " ".join(paper.text for paper in papers)[:100_000]
    fields = {"takeaways": tuple(rewritten(papers[0], random.Random(SEED))[:10])}
    took: dict[str, list[float]] = {"source": [], "check": []}
    for _ in range(RUNS):
        begin = time.process_time()
        source = Source.of([papers[0].title], [text])
        between = time.process_time()
        check(fields, source, "en")
        took["source"].append(between - begin)
        took["check"].append(time.process_time() - between)
    return {name: round(1000 * min(each), 1) for name, each in took.items()}


def _doubts(told: str, source: Source) -> tuple[Unverified, ...]:
    return check({"tldr": told}, source, "en").unverified


def _share(noticed: Sequence[bool]) -> str:
    return f"{100 * sum(noticed) / max(1, len(noticed)):.1f} of {len(noticed)}"


if __name__ == "__main__":
    main()
