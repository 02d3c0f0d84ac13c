"""Summaries without a model: the paper's own sentences, put where a template has room for them.

One sentence tells the contribution, a few others carry the claims and results; further fields are
filled by the sentences whose cues and sections suit their roles. All are the paper's own words, so
that the paper supports them fully. What no sentence can fill is None.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from paperlens.document import Reading
from paperlens.models import Checks, Cost, Summary
from paperlens.summaries import EXTRACTIVE, Told
from paperlens.summaries.templates import Template


class Extractive:
    """The summariser that is always there: no key, no network, no cost."""

    model = EXTRACTIVE

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def warm(self) -> None:
        """It is always ready."""

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
        # late, for a report out of the library needs none of it
        from paperlens.summaries.extractive.abstracts import abstract_of, language_of
        from paperlens.summaries.extractive.filling import filled

        told = abstract_of(reading)
        has_abstract = bool(reading.paper.abstract.strip())
        return Summary(
            template=template.name,
            language=language_of(told),
            model=EXTRACTIVE,
            source="abstract" if has_abstract and template.is_told_by_abstracts else reading.source,
            fields=filled(template.fields, reading, told),
            created=self._now(),
            checks=Checks(grounded=1.0),
        )
