"""Summaries without a model: the paper's own sentences, put where a template has room for them.

One sentence tells the contribution, a few others carry the claims and results; further fields are
filled by the sentences whose cues and sections suit their roles. All are the paper's own words, so
that the paper supports them fully. What no sentence can fill is None.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from paperlens.document import Document, Reading
from paperlens.models import Checks, Cost, Summary
from paperlens.summaries import EXTRACTIVE, Told
from paperlens.summaries.filling import filled
from paperlens.summaries.passages import prose
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import Template
from paperlens.summaries.topics import topics_of
from paperlens.summaries.words import words_of

_LONGEST_READ = 20_000
_MOST_SENTENCES = 200
_FRAME = frozenset(("introduction", "conclusion"))
_ENGLISH = frozenset(("the", "of", "and", "we", "is", "are", "that", "this", "with", "by", "which"))


class Extractive:
    """The summariser that is always there: no key, no network, no cost."""

    model = EXTRACTIVE

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,  # noqa: ARG002 -- the sentences stay in the paper's own
        others: Mapping[str, Summary] | None = None,  # noqa: ARG002
    ) -> Iterator[Told]:
        """Every reading, at once; `language` is not heeded, nor what was told in others."""
        for reading in readings:
            yield Told(reading.paper.id, self.summary(reading, template))

    def estimate(
        self,
        papers: int,  # noqa: ARG002 -- however many
        template: Template,  # noqa: ARG002
        full_text: bool,  # noqa: ARG002
    ) -> Cost:
        """It takes nothing from anybody."""
        return Cost()

    def summary(self, reading: Reading, template: Template) -> Summary:
        """From the abstract where there is one, as it says in a few sentences what was done."""
        told = _abstract(reading)
        has_abstract = bool(reading.paper.abstract.strip())
        return Summary(
            template=template.name,
            language=_language(told),
            model=EXTRACTIVE,
            source="abstract" if has_abstract and template.is_told_by_abstracts else reading.source,
            fields=filled(template.fields, reading, told),
            created=self._now(),
            checks=Checks(grounded=1.0),
        )


def _abstract(reading: Reading) -> tuple[str, ...]:
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


def _language(told: Sequence[str]) -> str:
    """arXiv wants English abstracts; anything else is "und", undetermined, rather than guessed."""
    words = words_of(" ".join(told))
    return "en" if sum(word in _ENGLISH for word in words) * 20 >= len(words) else "und"
