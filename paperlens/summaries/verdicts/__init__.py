"""What a model thinks of papers for a reader who says in prose what interests them.

`consult` asks first what is kept and keeps each verdict the moment it arrives, so that no opinion
is paid for twice. Who asks is in `asking/bench.py`, what is said and read in `prompt.py` and
`answer.py`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from paperlens.models import Cost, Notice, Paper, Verdict
from paperlens.summaries import Spent

FIRST = 50


@dataclass(frozen=True, slots=True)
class Heard:
    """What one question brought: verdicts by paper id, or why there are none."""

    asked: tuple[str, ...]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    failure: str | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All verdicts by paper id, what they took in this run, and what a report has to say of it."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    paid: Cost = field(default_factory=Cost)
    notices: tuple[Notice, ...] = ()


class Judge(Protocol):
    """Whoever has opinions."""

    @property
    def model(self) -> str: ...

    def hear(
        self, papers: Sequence[Paper], interests: str, language: str
    ) -> Iterator[Heard | Spent]:
        """Each paper in one question, as they are answered; and what each request took."""
        ...

    def estimate(self, papers: int, interests: str) -> Cost:
        """About what opinions on so many papers cost, at most."""
        ...


class Keeper(Protocol):
    """Whoever keeps verdicts between mornings, and counts what they cost."""

    def verdicts(self, keys: Mapping[str, str]) -> dict[str, Verdict]:
        """Of each paper id the verdict under its key, where there is one."""
        ...

    def keep_verdicts(self, keys: Mapping[str, str], found: Mapping[str, Verdict]) -> None: ...

    def spend(self, day: date, model: str, cost: Cost) -> None: ...


def consult(
    papers: Sequence[Paper],
    judge: Judge,
    interests: str,
    language: str,
    keeper: Keeper,
    refresh: bool = False,
) -> Judgement:
    """The verdicts on these papers; what fails costs those verdicts and is told in a notice."""
    keys = {paper.id: key(paper, interests, judge.model, language) for paper in papers}
    found = {} if refresh else keeper.verdicts(keys)
    missing = [paper for paper in papers if paper.id not in found]
    paid = Cost()
    heard: list[Heard] = []
    for news in judge.hear(missing, interests, language) if missing else ():
        if isinstance(news, Spent):
            keeper.spend(news.day, news.model, news.cost)
            paid += news.cost
        else:
            keeper.keep_verdicts(keys, news.verdicts)
            found |= news.verdicts
            heard.append(news)
    return Judgement(found, paid, _notices(heard, len(papers)))


def key(paper: Paper, interests: str, model: str, language: str) -> str:
    """The name of a verdict: the same whenever asking again would bring nothing new."""
    parts = (paper.id, paper.version, " ".join(interests.split()), model, language)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _notices(heard: Sequence[Heard], papers: int) -> tuple[Notice, ...]:
    found = dict.fromkeys(each.notice for each in heard if each.notice)
    failed = [each for each in heard if each.failure]
    if failed:
        without = sum(len(each.asked) for each in failed)
        which = f"{without} of {papers} papers keep their learned places"
        stand = which if without < papers else "Papers stand in their learned order"
        why = f"{stand}, without the model’s opinion: {failed[0].failure}."
        found[Notice("judge-failed", why)] = None
    return tuple(found)
