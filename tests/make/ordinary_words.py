"""Write down which words are ordinary in abstracts, the most frequent first.

    python -m tests.make.ordinary_words

A word counts once for each text that has it in small letters, in SciTLDR's training split and in
half of the papers of `cv_2024.jsonl`; what is found in fewer than three is left out. The checks of
summaries tell names from words by it, and telling words from common ones.
"""

import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
WORDS = Path(__file__).parents[2] / "paperlens" / "summaries" / "checking" / "ordinary.txt"
SELDOM = 3
_WORD = re.compile(r"(?<![\w-])[a-z]{2,24}(?![\w])")


def main() -> None:
    """Count, sort, write."""
    if not DATA.exists():
        sys.exit(f"the abstracts are not at {DATA}")
    counted = Counter(word for text in _texts() for word in set(_WORD.findall(text)))
    words = sorted(counted, key=lambda word: (-counted[word], word))
    frequent = [word for word in words if counted[word] >= SELDOM]
    WORDS.write_text(textwrap.fill(" ".join(frequent), 98) + "\n", encoding="utf-8")
    print(f"{len(frequent)} words in {WORDS.name}")


def _texts() -> Iterator[str]:
    for line in (DATA / "scitldr" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        yield " ".join([*paper["source"], *paper["target"]])
    lines = (DATA / "metadata" / "cv_2024.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (json.loads(line)["abstract"] for line in lines[::2])


if __name__ == "__main__":
    main()
