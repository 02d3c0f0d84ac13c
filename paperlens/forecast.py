"""What `today` would do, without doing it: whom it would ask, what it would send and spend.

How many papers will match is not known before arXiv is asked: then the most there can be is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paperlens.arxiv_week import feed_day, spelled
from paperlens.ask import Ask, Rooms
from paperlens.models import Cost
from paperlens.rank import Question
from paperlens.road import Ways, ways
from paperlens.sources import IDS_AT_ONCE
from paperlens.summaries.verdicts import FIRST
from paperlens.today import understand


@dataclass(frozen=True, slots=True)
class Forecast:
    """`requests` to arXiv, in their order; `papers` to summarise and to be `judged`, at most."""

    requests: tuple[str, ...]
    papers: int
    pdfs: int
    judged: int
    model: str
    cost: Cost

    @property
    def facts(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "schema": "paperlens.forecast/1",
            "requests": list(self.requests),
            "papers": self.papers,
            "pdfs": self.pdfs,
            "judged": self.judged,
            "model": self.model,
            "tokens_in": self.cost.tokens_in,
            "tokens_out": self.cost.tokens_out,
            "usd": self.cost.usd,
        }

    @property
    def sentences(self) -> dict[str, str]:
        """For people."""
        told = {"arXiv": "; ".join(self.requests) or "nothing: the library has the report"}
        if self.pdfs:
            told["PDFs"] = f"up to {self.pdfs}"
        if self.judged:
            told["opinions"] = f"on up to {self.judged} papers, by {self.model}"
        return told | {"summaries": f"up to {self.papers}, by {self.model}", "cost": self._price}

    @property
    def _price(self) -> str:
        tokens = self.cost.tokens_in + self.cost.tokens_out
        if not tokens:
            return "nothing"
        usd = "at an unknown price" if self.cost.usd is None else f"about ${self.cost.usd:.2f}"
        return f"{usd}, up to {tokens:,} tokens"


def forecast(ask: Ask, rooms: Rooms) -> Forecast:
    questions = understand(ask.queries)
    found = ways(ask, questions, rooms)
    papers = _most(ask, found)
    pdfs = papers if ask.full_text or ask.pictures else 0
    judge = rooms.judge if ask.judge and ask.interests.strip() else None
    judged = _held(found, FIRST) if judge else 0
    opinions = judge.estimate(judged, ask.interests) if judge else Cost()
    return Forecast(
        requests=() if found.is_enough else tuple(_requests(found, questions)),
        papers=papers,
        pdfs=pdfs,
        judged=judged,
        model=rooms.summariser.model,
        cost=rooms.summariser.estimate(papers, rooms.template, ask.full_text) + opinions,
    )


def _most(ask: Ask, found: Ways) -> int:
    return _held(found, ask.limit) if ask.summaries else 0


def _held(found: Ways, most: int) -> int:
    """So many, unless the library has the report and it has fewer."""
    return min(len(found.held.papers), most) if found.held and found.is_enough else most


def _requests(found: Ways, questions: Sequence[Question]) -> list[str]:
    told = []
    if found.categories:
        told.append(f"1 request for the feed of {'+'.join(sorted(found.categories))}")
    if found.gap:
        which = "all queries" if len(found.gap.questions) == len(questions) else "queries " + (
            ", ".join(one.saved.name for one in found.gap.questions)
        )  # fmt: skip
        since = spelled(feed_day(found.gap.since))
        told.append(f"a search of the API for {which}, submitted since {since}")
    elif found.held is None:
        told.append("a search of the API, if that feed is empty")
    if found.categories:
        told.append(f"1 request to the API for the details of each {IDS_AT_ONCE} new papers")
    return told
