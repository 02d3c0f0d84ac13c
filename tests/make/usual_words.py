"""Write down how usual words are in abstracts, in papers of a thousand.

    python -m tests.make.usual_words

Counted as the taste counts terms, in SciTLDR's training split; it stands in for a library that is
still small. What is in fewer than two papers of a hundred is left out.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from paperlens.models import Paper
from paperlens.taste.words import counted

DATA = Path(__file__).parents[3] / "shared" / "data" / "scitldr" / "train.jsonl"
WORDS = Path(__file__).parents[2] / "paperlens" / "taste" / "usual.txt"
SELDOM = 20


def main() -> None:
    """Count, sort, write."""
    if not DATA.exists():
        sys.exit(f"the abstracts are not at {DATA}")
    papers = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = Counter(
        term
        for one in papers
        for term in counted(Paper("", one["title"], (), " ".join(one["source"]), ()))
    )
    rates = {term: round(1000 * count / len(papers)) for term, count in found.items()}
    usual = sorted((term for term in rates if rates[term] >= SELDOM), key=lambda t: (-rates[t], t))
    lines = [f"{rates[term]} {term}\n" for term in usual]
    WORDS.write_text("".join(lines), encoding="utf-8")
    print(f"{len(usual)} words in {WORDS.name}")


if __name__ == "__main__":
    main()
