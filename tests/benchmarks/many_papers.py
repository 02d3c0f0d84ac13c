"""Libraries of any size for measuring: invented papers, always the same, abstracts of 180 words.

Words are as frequent as words are (Zipf's law), so that searching finds now many, now few.
"""

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

_MONTHS = [f"{year:02}{month:02}" for year in range(18, 26) for month in range(1, 13)]
_SYLLABLES = [f"{c}{v}" for c in "bdfgklmnprstvz" for v in "aeiou"]
_MARKS = ["new"] * 90 + ["star"] * 3 + ["later"] * 2 + ["read"] * 3 + ["skip"] * 2


def vocabulary(size: int = 30_000) -> list[str]:
    """Words that can be read aloud, the frequent ones first."""
    dice = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4)))] = None
    return list(words)


def ids(count: int, months: int = 12) -> list[str]:
    """Of the papers, in their order."""
    chosen = _MONTHS[-months:]
    return [
        f"{chosen[number * months // count]}.{number % (count // months + 1) + 1:05}"
        for number in range(count)
    ]


def papers(count: int, months: int = 12, seed: int = 1) -> Iterator[str]:
    """Lines of JSON as paperlens exports them, spread evenly over the last `months` months."""
    dice = random.Random(seed)
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    for number, paper in enumerate(ids(count, months)):
        month = paper[:4]
        text = dice.choices(words, cum_weights=weights, k=180 + 10 + 6)
        names = iter(text[190:])
        yield json.dumps(
            {
                "id": paper,
                "version": 1,
                "title": " ".join(text[180:190]).capitalize(),
                "authors": [f"{a.title()} {b.title()}" for a, b in zip(names, names, strict=True)],
                "abstract": f"{' '.join(text[:180])}.",
                "categories": [dice.choice(["cs.CV", "cs.LG", "cs.CL", "hep-th"])],
                "published": f"20{month[:2]}-{month[2:]}-{number % 27 + 1:02}T12:00:00Z",
                "updated": f"20{month[:2]}-{month[2:]}-{number % 27 + 1:02}T12:00:00Z",
                "mark": dice.choice(_MARKS),
                "tags": ["tag"] if number % 50 == 0 else [],
                "note": None,
            }
        )


def write(file: Path, count: int, months: int = 12) -> None:
    """The papers as a file that `paperlens import` takes."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in papers(count, months))
