"""The sentences in which a paper says what it is about, and the language they are in. Pure."""

from collections.abc import Sequence

from paperlens.document import Document, Reading
from paperlens.summaries.extractive.passages import prose
from paperlens.summaries.extractive.words import words_of
from paperlens.summaries.sentences import sentences
from paperlens.summaries.topics import topics_of

_LONGEST_READ = 20_000
_MOST_SENTENCES = 200
_FRAME = frozenset(("introduction", "conclusion"))
_ENGLISH = frozenset(("the", "of", "and", "we", "is", "are", "that", "this", "with", "by", "which"))


def abstract_of(reading: Reading) -> tuple[str, ...]:
    """Its sentences, or those of what says the same where arXiv has none."""
    abstract = reading.paper.abstract.strip()
    if not abstract and reading.document:
        return _frame(reading.document)
    text = (abstract or reading.text)[:_LONGEST_READ].strip()
    return sentences(text)[:_MOST_SENTENCES]


def _frame(document: Document) -> tuple[str, ...]:
    """The printed abstract; else what begins and ends a paper; else all that it says."""
    told = tuple(zip(document.sections, topics_of(document.sections), strict=True))
    body = tuple((section, topics) for section, topics in told if section.kind == "body")
    choices = (
        (section for section, _ in told if section.kind == "abstract"),
        (section for section, topics in body if topics & _FRAME),
        (section for section, _ in body),
    )
    for sections in choices:
        found = tuple(each for section in sections for each in prose(section))
        if found:
            return found[:_MOST_SENTENCES]
    return ()


def language_of(told: Sequence[str]) -> str:
    """arXiv wants English abstracts; anything else is "und", undetermined, rather than guessed."""
    words = words_of(" ".join(told))
    return "en" if sum(word in _ENGLISH for word in words) * 20 >= len(words) else "und"
