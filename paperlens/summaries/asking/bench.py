"""Opinions of models on papers: few questions at once, by the doors that summaries go through."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from paperlens.models import Cost, Paper, Verdict
from paperlens.summaries import Spent
from paperlens.summaries.answers import Unfit
from paperlens.summaries.asking import wire
from paperlens.summaries.asking.bills import Bill, Purse, over
from paperlens.summaries.asking.doors import Doors, Errand, Silence
from paperlens.summaries.asking.questions import Wanted, got
from paperlens.summaries.asking.wire import Answer
from paperlens.summaries.asking.workers import as_done
from paperlens.summaries.prompts.tokens import tokens
from paperlens.summaries.verdicts import Heard
from paperlens.summaries.verdicts.answer import read
from paperlens.summaries.verdicts.prompt import (
    ANSWER_TOKENS,
    AT_ONCE,
    FRAME_TOKENS,
    PAPER_TOKENS,
    messages,
    schema,
)

_NOTHING = "the answer scores none of the papers by their ids"
_REST = "papers without a model’s opinion keep their learned places"


class Bench:
    """Judges papers through `llm.model`, then `llm.fallbacks`."""

    def __init__(self, doors: Doors, now: Callable[[], datetime]) -> None:
        self.model = doors.model
        self._doors = doors
        self._now = now

    def hear(
        self, papers: Sequence[Paper], interests: str, language: str
    ) -> Iterator[Heard | Spent]:
        """The verdicts on each handful of papers as they come."""
        wire.make_ready(self.model)
        purse = self._doors.purse()
        handfuls = [tuple(papers[at : at + AT_ONCE]) for at in range(0, len(papers), AT_ONCE)]

        def work(some: tuple[Paper, ...], hand_on: Callable[[Heard | Spent], None]) -> None:
            bill = Bill(self._now().astimezone(UTC).date(), hand_on)
            for heard in self._heard(some, interests, language, purse, bill):
                hand_on(heard)

        yield from as_done(work, handfuls, self._doors.settings.concurrency)

    def estimate(self, papers: int, interests: str) -> Cost:
        """By the first model's price, without repairs."""
        if not papers:
            return Cost()
        questions = -(-papers // AT_ONCE)
        asked = papers * PAPER_TOKENS + questions * (FRAME_TOKENS + tokens(interests))
        answered = papers * ANSWER_TOKENS
        return Cost(wire.price(self.model, asked, answered), asked, answered)

    def _heard(
        self,
        papers: tuple[Paper, ...],
        interests: str,
        language: str,
        purse: Purse,
        bill: Bill,
    ) -> Iterator[Heard]:
        """By the first model that can; what is too long for all of them is asked half by half."""
        ids = tuple(paper.id for paper in papers)
        room = self.estimate(len(papers), interests)
        errand = Errand(f"from {ids[0]} on", room.tokens_in, room.tokens_out, purse, bill)
        wanted = Wanted(
            "opinion",
            partial(messages, papers, interests, language),
            schema(papers),
            room.tokens_out,
            partial(_judged, ids),
        )
        found = self._doors.through(errand, lambda line: (line.model, got(line, wanted)))
        if not isinstance(found, Silence):
            model, verdicts = found
            yield Heard(ids, verdicts, notice=self._doors.doubt(model, bill))
        elif len(papers) > 1 and any(failure.too_long for failure in found.failed):
            half = len(papers) // 2
            for some in (papers[:half], papers[half:]):
                yield from self._heard(some, interests, language, purse, bill)
        else:
            failure = found.failed[0].sentence if found.failed else None
            notice = over(self._doors.settings.budget, _REST) if found.is_broke else None
            yield Heard(ids, failure=failure, notice=notice)


def _judged(ids: Sequence[str], answer: Answer) -> dict[str, Verdict]:
    """A paper that a whole answer leaves out is one that the model has nothing to say of; after an
    answer that was cut off it will be asked about again."""
    found = read(answer.text, ids)
    if not found:
        raise Unfit("the answer is empty" if not answer.text.strip() else _NOTHING)
    return found if answer.cut else dict.fromkeys(ids, Verdict()) | found
