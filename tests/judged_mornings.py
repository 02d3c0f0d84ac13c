"""A morning on which a model is asked what it thinks of fifty-five alike papers."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from paperlens.arxiv_week import expected_day
from paperlens.ask import Ask
from paperlens.cli.daily import run
from paperlens.cli.output import Delivery
from paperlens.context import Context
from paperlens.demo.server import TinyArxiv
from paperlens.models import Paper, SavedQuery
from tests.conftest import pointing_to
from tests.gateways import KEY
from tests.openai_server import OpenAIServer, Reply, Request
from tests.schemas import refuse

NOW = datetime.now(UTC)
TODAY = expected_day(NOW)
FAVOURITE = "2611.00030"
QUERY = SavedQuery("all", "cat:cs.CV")
INTERESTS = "Cameras that are cheap."


def a_paper(number: int) -> Paper:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(hours=12)
    return Paper(
        f"2611.{number:05}", f"Cameras {number}", ("An Author",), f"On camera {number}.",
        ("cs.CV",), version=1, published=moment, updated=moment, announced=TODAY,
        announce_type="new",
    )  # fmt: skip


PAPERS = [a_paper(number) for number in range(1, 56)]
LEARNED = [paper.id for paper in reversed(PAPERS)]  # all else being equal, the newest first


def ids_asked(request: Request) -> list[str]:
    fenced = request["messages"][1]["content"].partition("</papers-")[0]
    return re.findall(r"^(\d{4}\.\d{5}): ", fenced, re.MULTILINE)


def opinions(request: Request, *, but: tuple[str, ...] = ()) -> str:
    """All papers are dull, save one."""
    told = [
        {"id": id, "score": 9 if id == FAVOURITE else 2, "why": f"Of {id}."}
        for id in ids_asked(request)
        if id not in but
    ]
    return json.dumps({"opinions": told})


def fair(request: Request) -> Reply:
    return Reply(opinions(request))


class Morning:
    """A reader in this process, whose model is asked for opinions and for no summaries."""

    def __init__(self, home: Path, arxiv: TinyArxiv, **llm: str) -> None:
        llm = {"model": "openai/test", "timeout": "5", "retries": "1"} | llm
        self.environ = {
            "PAPERLENS_HOME": str(home),
            "PAPERLENS_ARXIV_DELAY": "0",
            "OPENAI_API_KEY": KEY,
            **pointing_to(arxiv),
            **{f"PAPERLENS_LLM_{name.upper()}": value for name, value in llm.items()},
        }

    def world(self, base: str) -> Context:
        environ = self.environ | {"PAPERLENS_LLM_API_BASE": base}
        return Context(environ, StringIO(), StringIO(), StringIO(), now=lambda: NOW)

    def report(
        self, answer: Callable[[Request], Reply] = fair, interests: str = INTERESTS, **more: Any
    ) -> tuple[dict[str, Any], list[Request]]:
        """The JSON of a report with its exit code as "code", and what the model was asked."""
        with OpenAIServer(answer) as server:
            world = self.world(server.url)
            ask = Ask((QUERY,), summaries=False, judge=True, interests=interests, **more)
            code = run(world, ask, Delivery("json", quiet=True))
        assert isinstance(world.stdout, StringIO)
        report = json.loads(world.stdout.getvalue())
        refuse("report", report)
        return {**report, "code": code}, server.requests
