"""Papers told by models: many at once, within the day's budget, at the pace their servers bear.

Answers are judged by us, keys and providers' words never leave, and a paper that every model fails
is told by its own sentences.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from paperlens.document import Reading
from paperlens.models import Cost, Summary
from paperlens.summaries import Spent, Told
from paperlens.summaries.asking import wire
from paperlens.summaries.asking.bills import Bill, over
from paperlens.summaries.asking.conversation import converse
from paperlens.summaries.asking.doors import Doors, Errand, Silence
from paperlens.summaries.asking.questions import Line
from paperlens.summaries.asking.workers import as_done
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.templates import Template

ABSTRACT = 1200  # tokens, with the frame around it


class Gateway:
    """Tells papers through `llm.model`, then `llm.fallbacks`, then the paper's own sentences."""

    def __init__(self, doors: Doors, now: Callable[[], datetime], fallback: Extractive) -> None:
        self.model = doors.model
        self._doors = doors
        self._now = now
        self._fallback = fallback

    def warm(self) -> None:
        """Begin the long imports while something else is being waited for."""
        wire.warm(self.model)

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,
        others: Mapping[str, Summary] | None = None,
    ) -> Iterator[Told | Spent]:
        """Each paper as its answer arrives; those with nothing to read never reach a model."""
        legible = [reading for reading in readings if reading.text.strip()]
        blank = [reading for reading in readings if not reading.text.strip()]
        yield from self._fallback.tell(blank, template, language)
        if legible:
            wire.make_ready(self.model)
            purse = self._doors.purse()

            def work(reading: Reading, hand_on: Callable[[Told | Spent], None]) -> None:
                bill = Bill(self._now().astimezone(UTC).date(), hand_on)
                id = reading.paper.id
                errand = Errand(id, template.tokens, template.answer_tokens, purse, bill)
                hand_on(self._told(reading, template, language, errand, (others or {}).get(id)))

            yield from as_done(work, legible, self._doors.settings.concurrency)

    def estimate(self, papers: int, template: Template, full_text: bool) -> Cost:
        """By the first model's price, without repairs; papers seldom fill all their room."""
        asked = papers * (template.tokens if full_text else min(template.tokens, ABSTRACT))
        answered = papers * template.answer_tokens
        usd = wire.price(self.model, asked, answered) if papers else 0.0
        return Cost(usd, asked, answered)

    def _told(
        self,
        reading: Reading,
        template: Template,
        language: str,
        errand: Errand,
        other: Summary | None,
    ) -> Told:
        """By the first model that can; what failed tries have cost is not forgotten."""

        def summary(line: Line) -> Summary:
            fields, checks = converse(line, reading, template, language, other)
            return Summary(
                template=template.name,
                language=language,
                model=line.model,
                source=reading.source,
                fields=fields,
                created=self._now(),
                checks=checks,
                cost=errand.bill.cost,
            )

        told = self._doors.through(errand, summary)
        if isinstance(told, Silence):
            return self._stand_in(reading, template, errand, told)
        notice = self._doors.doubt(told.model, errand.bill)
        return Told(reading.paper.id, told, notice=notice, bill=errand.bill.costs)

    def _stand_in(
        self, reading: Reading, template: Template, errand: Errand, silence: Silence
    ) -> Told:
        failed = silence.failed
        return Told(
            reading.paper.id,
            replace(self._fallback.summary(reading, template), cost=errand.bill.cost),
            error=failed[0].sentence if failed else None,
            refused=bool(failed) and all(failure.refused for failure in failed),
            notice=over(self._doors.settings.budget) if silence.is_broke else None,
            bill=errand.bill.costs,
        )
