"""Whether a paper's words come whole and in order: its heads and paragraphs against our sections.

Matter before the paper proper is nobody's paragraph, and references count only where the truth has
their words. Pure.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from tests.benchmarks.reading.counts import Count, Score
from tests.benchmarks.reading.words import alike, words

_SHOWN = 12

Json = Mapping[str, Any]


def order(truth: Json, paper: Json) -> Score:
    """Edit similarity over words, as so many words of so many."""
    wanted, told = _words_of_truth(truth), _words_told(truth, paper)
    likeness, longer = alike(wanted, told), max(len(wanted), len(told))
    return Score({"order": Count(likeness * longer, longer)})


def differences(truth: Json, paper: Json) -> list[str]:
    """Where words are lost, left over or exchanged, the most first."""
    wanted, told = _words_of_truth(truth), _words_told(truth, paper)
    steps = SequenceMatcher(None, wanted, told, autojunk=False).get_opcodes()
    wrong = [step for step in steps if step[0] != "equal"]
    wrong.sort(key=lambda step: min(step[1] - step[2], step[3] - step[4]))
    return [
        f"words: {_start(wanted[begin:end])} became {_start(told[start:stop])}"
        for _, begin, end, start, stop in wrong
    ]


def _start(some: list[str]) -> str:
    more = f" … ({len(some)} words)" if len(some) > _SHOWN else ""
    return f"‘{' '.join(some[:_SHOWN])}{more}’"


def _words_told(truth: Json, paper: Json) -> list[str]:
    tells_references = any(each.get("kind") == "reference" for each in truth["paragraphs"])
    silent = {"front"} if tells_references else {"front", "references"}
    return words(
        "\n".join(
            f"{section['heading'] or ''}\n{'' if section['kind'] in silent else section['text']}"
            for section in paper["sections"]
        )
    )


def _words_of_truth(truth: Json) -> list[str]:
    """Each head followed by its paragraphs; paragraphs before any head come first."""
    under: dict[int | None, list[str]] = {}
    for paragraph in truth["paragraphs"]:
        text = f"{paragraph.get('label') or ''} {paragraph['text']}"
        under.setdefault(paragraph["section"], []).append(text)
    heads = [
        ["" if head.get("is_optional") else head["text"], *under.get(number, [])]
        for number, head in enumerate(truth["headings"])
    ]
    return words("\n".join([*under.get(None, []), *chain.from_iterable(heads)]))
