"""The sentences of a paper from which a summary can be put together, and where each of them stands.

Those of the abstract come first; where the paper itself was read, those of its sections follow,
with what the sections are about. Captions, headings and broken lines are left out, and so is what
sounds like background in the midst of an abstract.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from paperlens.document import Document, Reading, Section
from paperlens.summaries.extractive.cues import Seen, beginning, leading_up, see
from paperlens.summaries.sentences import sentences
from paperlens.summaries.topics import topics_of

_READ = frozenset(("body", "appendix"))
_LONGEST_SECTION = 40_000
_MOST_PASSAGES = 2_000
_FEWEST_WORDS, _MOST_WORDS = 5, 60
_LEAST_LETTERS = 0.7
_OF_FLOATS = frozenset(("Figure", "Fig", "Figures", "Figs", "Table", "Tables", "Tab"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the topics of its section.

    `leads_up` tells of an abstract's sentence whether it only sets the background, and `nearness`
    of any other which share of its words the title and the abstract have, too.
    """

    seen: Seen
    topics: frozenset[str]
    in_abstract: bool
    leads_up: bool | None
    nearness: float

    @property
    def text(self) -> str:
        return self.seen.text


def passages(reading: Reading, abstract: tuple[str, ...]) -> tuple[Passage, ...]:
    """In reading order; `abstract` are its sentences, or those of what stands for it."""
    seen = tuple(map(see, abstract))
    leads_up, begin = leading_up(seen), beginning(seen)
    known = frozenset[str]().union(see(reading.paper.title).content, *(s.content for s in seen))
    told = [
        Passage(sentence, frozenset(), True, index < begin, 0.0)
        for index, sentence in enumerate(seen)
        if index < begin or index not in leads_up
    ]
    if reading.source != "abstract" and reading.document:
        told += _of_sections(reading.document, known, frozenset(abstract))
    return tuple(told)


def prose(section: Section) -> tuple[str, ...]:
    """The whole sentences of a section."""
    text = section.text[:_LONGEST_SECTION]
    return tuple(sentence for sentence in sentences(text) if _is_prose(sentence))


def _of_sections(
    document: Document, known: frozenset[str], told: frozenset[str]
) -> Iterator[Passage]:
    left = _MOST_PASSAGES
    for section, topics in zip(document.sections, topics_of(document.sections), strict=True):
        if section.kind not in _READ or (section.kind == "appendix" and not topics):
            continue
        for sentence in prose(section)[: max(left, 0)]:
            left -= 1
            if sentence not in told:
                seen = see(sentence)
                near = len(seen.content & known) / max(1, len(seen.content))
                yield Passage(seen, topics, False, None, near)


def _is_prose(sentence: str) -> bool:
    words = sentence.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or sentence[-1] not in ".!?。！？":
        return False
    letters = sum(each.isalpha() for each in sentence)
    if words[0].rstrip(".") in _OF_FLOATS:
        return False
    opens = sentence.lstrip("\"'“‘(")[:1]
    begins = opens.isalnum() or opens == "$"
    return (
        begins and not opens.islower() and letters >= _LEAST_LETTERS * (len(sentence) - len(words))
    )
