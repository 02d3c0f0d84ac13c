"""What is weighed of a wording that might tell a paper in one sentence.

Pure functions to named numbers: where its sentence stands, the cues it carries and those around it,
how long it is, what was left out of it, its common words, the words it shares with the title and
with the rest.
`weights.json` says what each name is worth; see `tests/make/fit_extractive.py`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from paperlens.summaries.extractive.cues import CORE, TELLING, Seen
from paperlens.summaries.extractive.trimming import Wording
from paperlens.summaries.extractive.words import PLAIN

Features = dict[str, float]

_SHADES_WHAT_FOLLOWS = frozenset(("starts: but", "negation", "background", "propose", "question"))
_SHADES_WHAT_PRECEDES = frozenset(
    ("starts: but", "starts: detail", "starts: further", "starts: experiments", "propose", "show")
)
_LENGTHS = (6, 9, 12, 15, 18, 21, 24, 27, 30, 34, 38, 44, 52)
_USUAL_SUMMARY = 20
_WORD = 0.5  # less than a cue's: there are so many that each is known from few papers


@dataclass(frozen=True, slots=True)
class Abstract:
    """The sentences, and what they have in common."""

    title: Seen
    told: Sequence[Seen]
    spread: Counter[str]
    pairs: Counter[tuple[str, str]]
    most_of_title: int

    @classmethod
    def of(cls, title: Seen, told: Sequence[Seen]) -> "Abstract":
        return cls(
            title,
            told,
            Counter(word for sentence in told for word in sentence.content),
            Counter(pair for sentence in told for pair in set(pairwise(sentence.stems))),
            max((len(sentence.content & title.content) for sentence in told), default=0),
        )


def of_sentence(abstract: Abstract, index: int) -> Features:
    """What all wordings of a sentence have in common."""
    told = abstract.told
    return (
        {f"at {min(index, 7)}": 1.0, f"before the end {min(len(told) - 1 - index, 3)}": 1.0}
        | dict.fromkeys(told[index].cues, 1.0)
        | dict(_setting(index, told))
        | dict(_neighbours(index, told))
    )


def of_wording(abstract: Abstract, index: int, wording: Wording, seen: Seen) -> Features:
    """What tells one wording of a sentence from another; `seen` is the wording."""
    return (
        dict.fromkeys((f"without {cut}" for cut in wording.cuts), 1.0)
        | dict.fromkeys((f"word {stem}" for stem in seen.kinds), _WORD)
        | dict(_length(seen))
        | dict(_words(index, seen, abstract))
    )


def _length(seen: Seen) -> Iterator[tuple[str, float]]:
    words = len(seen.text.split())
    under = next((bound for bound in _LENGTHS if words < bound), None)
    yield (f"under {under} words" if under else "longer"), 1.0
    yield "commas", min(seen.text.count(","), 5) / 5


def _setting(index: int, told: Sequence[Seen]) -> Iterator[tuple[str, float]]:
    """Cues by place and by what came before: the first "we propose" is not the third."""
    cues, before = told[index].cues, told[:index]
    for name in TELLING:
        if name in cues:
            again = any(name in earlier.cues for earlier in before)
            yield f"{name}, {'again' if again else 'first'}", 1.0
    if all(sentence.cues.isdisjoint(CORE) for sentence in told):
        yield "no core, first", float(not before)
        yield from ((f"no core, {name}", 1.0) for name in ("show", "we", "our") if name in cues)
    elif cues & CORE and all(earlier.cues.isdisjoint(CORE) for earlier in before):
        yield "first core", 1.0
        yield "first core, later", float(bool(before))
    if any(earlier.speaks_of_itself for earlier in before):
        yield "after first self", 1.0
    else:
        yield ("first self" if told[index].speaks_of_itself else "before first self"), 1.0


def _neighbours(index: int, told: Sequence[Seen]) -> Iterator[tuple[str, float]]:
    if index:
        yield from ((f"after {cue}", 1.0) for cue in _SHADES_WHAT_FOLLOWS & told[index - 1].cues)
    if index + 1 < len(told):
        yield from ((f"before {cue}", 1.0) for cue in _SHADES_WHAT_PRECEDES & told[index + 1].cues)


def _words(index: int, seen: Seen, abstract: Abstract) -> Iterator[tuple[str, float]]:
    """Shared words, most of them relative to the length as ROUGE's F measure is."""
    content, title, spread = seen.content, abstract.title, abstract.spread
    size, others = max(1, len(content)), max(1, len(abstract.told) - 1)
    shared, rest = content & title.content, content - title.content
    pairs = set(pairwise(seen.stems))
    per_word = 4 / (len(seen.stems) + _USUAL_SUMMARY)
    yield "title recall", len(shared) / max(1, len(title.content))
    yield "title precision", len(shared) / size
    yield "title overlap", 2 * len(shared) / max(1, len(title.content) + len(content))
    yield "title most", float(bool(shared) and len(shared) == abstract.most_of_title)
    yield "title words", len(shared) * per_word
    yield "title pairs", 2 * len(pairs.intersection(pairwise(title.stems))) * per_word
    elsewhere = sum(map(spread.__getitem__, content)) - len(content)
    yield "central", elsewhere / size / others
    yield "central, sum", elsewhere / others / 10
    found_in = [spread[word] for word in rest]
    yield "words nowhere else", found_in.count(1) * per_word / 2
    yield "words in two", found_in.count(2) * per_word
    yield "words in three", found_in.count(3) * per_word
    yield "words in more", sum(count > 3 for count in found_in) * per_word
    last = len(abstract.told) - 1
    yield "words of the first", len(rest & abstract.told[0].content) * per_word if index else 0.0
    yield (
        "words of the last",
        (len(rest & abstract.told[last].content) * per_word if index < last else 0.0),
    )
    yield "pairs elsewhere", sum(abstract.pairs[pair] > 1 for pair in pairs) * per_word
    yield "plain words", len([word for word in seen.stems if word in PLAIN]) * per_word / 2
