"""What tests of models share: a gateway to a server on loopback, and what is told through it."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from paperlens.document import Reading
from paperlens.models import Cost, Paper, Summary
from paperlens.settings import Llm
from paperlens.summaries import Told
from paperlens.summaries.asking.doors import Doors
from paperlens.summaries.asking.gateway import Gateway
from paperlens.summaries.asking.pacing import Clock
from paperlens.summaries.asking.providers import Kept, nothing_kept
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.templates import load
from tests.openai_server import OpenAIServer, Reply, Request

FOREIGN_WARNINGS = pytest.mark.filterwarnings(r"ignore:::(litellm|pydantic|openai|httpx)(\.|$)")
"""The gateway silences them once in a process; pytest forgets that after each test."""

BRIEF = load("brief", [])
NOW = datetime(2026, 11, 21, tzinfo=UTC)
KEY = "sk-very-secret"
GOOD = {
    "tldr": "A new adapter needs one image.",
    "takeaways": ["It runs in 3 ms.", "It beats the best method by 4.5%.", "Code is released."],
}
ABSTRACT = (
    "Adapters are slow. We propose a new adapter that needs one image. It runs in 3 ms. "
    "It beats the best known method by 4.5%. Code is released."
)


def reading(number: int, text: str = ABSTRACT) -> Reading:
    paper = Paper(f"2404.{number:05}", f"Adapter {number}", ("A. B.",), text, ("cs.CV",), version=1)
    return Reading(paper, text)


class FakeClock(Clock):
    """Time that passes only when somebody waits for it; `waits` are the waits that were had."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, changed: threading.Condition, seconds: float) -> None:  # noqa: ARG002
        self.waits.append(seconds)
        self.time += seconds


def gateway(
    url: str,
    environ: dict[str, str] | None = None,
    spent: float = 0.0,
    clock: Clock | None = None,
    kept: Kept = nothing_kept,
    **llm: Any,
) -> Gateway:
    values: dict[str, Any] = {"model": "openai/test", "api_base": url, "budget": 0.0} | llm
    settings = Llm(**values)
    keys = {"OPENAI_API_KEY": KEY} if environ is None else environ
    own = Extractive(lambda: NOW)
    doors = Doors(settings, keys, lambda: spent, clock or FakeClock(), kept)
    return Gateway(doors, lambda: NOW, own)


def told_by(gateway: Gateway, readings: Sequence[Reading], language: str = "en") -> list[Told]:
    """The papers, in the order of their ids, without the news of what each request took."""
    news = gateway.tell(readings, BRIEF, language)
    return sorted((each for each in news if isinstance(each, Told)), key=lambda told: told.paper)


def tell(
    answer: Callable[[Request], Reply], papers: int = 1, **llm: Any
) -> tuple[list[Told], OpenAIServer]:
    with OpenAIServer(answer) as server:
        readings = [reading(number) for number in range(1, papers + 1)]
        return told_by(gateway(server.url, **llm), readings), server


def says(content: object) -> Callable[[Request], Reply]:
    text = content if isinstance(content, str) else json.dumps(content)
    return lambda _: Reply(text)


def in_turn(replies: Iterable[Reply]) -> Callable[[Request], Reply]:
    left, lock = iter(replies), threading.Lock()

    def answer(_: Request) -> Reply:
        with lock:
            return next(left)

    return answer


class Memory(dict[tuple[str, str], Summary]):
    """Keeps summaries as a library does, and each bill."""

    def __init__(self) -> None:
        self.spent: list[tuple[date, str, Cost]] = []

    def summaries(self, keys: Mapping[str, str]) -> dict[str, Summary]:
        return {paper: self[paper, key] for paper, key in keys.items() if (paper, key) in self}

    def all_summaries(self, ids: Iterable[str]) -> dict[str, dict[str, Summary]]:
        wanted = frozenset(ids)
        found: dict[str, dict[str, Summary]] = {}
        for (paper, name), summary in self.items():
            if paper in wanted:
                found.setdefault(paper, {})[name] = summary
        return found

    def keep_summary(self, paper_id: str, key: str, summary: Summary) -> None:
        self[paper_id, key] = summary

    def spend(self, day: date, model: str, cost: Cost) -> None:
        self.spent.append((day, model, cost))
