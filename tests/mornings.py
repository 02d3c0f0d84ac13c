"""A reader with a clock of their own, who runs `paperlens today` against a tiny arXiv."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from paperlens.arxiv_week import midnight
from paperlens.ask import Ask
from paperlens.cli.daily import run
from paperlens.cli.output import Delivery
from paperlens.context import Context
from paperlens.demo.server import TinyArxiv
from paperlens.models import SavedQuery
from tests.conftest import pointing_to
from tests.schemas import refuse


def morning(day: date, hours: float = 5) -> datetime:
    """So many hours after the feed of that day appears."""
    return midnight(day) + timedelta(hours=hours)


@dataclass
class Reader:
    """What they ask for by default, and where their library is."""

    home: Path
    arxiv: TinyArxiv
    queries: tuple[SavedQuery, ...]

    def world(self, now: datetime) -> Context:
        environ = {
            "PAPERLENS_HOME": str(self.home),
            "PAPERLENS_ARXIV_DELAY": "0",
            "PAPERLENS_ARXIV_RETRIES": "1",
            "PAPERLENS_ARXIV_TIMEOUT": "5",
            **pointing_to(self.arxiv),
        }
        return Context(environ, StringIO(), StringIO(), StringIO(), now=lambda: now)

    def report(self, now: datetime, *queries: SavedQuery, **more: Any) -> dict[str, Any]:
        """The JSON of a report, with its exit code as "code"."""
        world = self.world(now)
        ask = Ask(queries or self.queries, summaries=False, **more)
        code = run(world, ask, Delivery("json", quiet=True))
        assert isinstance(world.stdout, StringIO)
        report = json.loads(world.stdout.getvalue())
        refuse("report", report)
        return {**report, "code": code}

    def today(self, now: datetime, *queries: SavedQuery, **more: Any) -> list[str]:
        """The ids of the report."""
        return [paper["id"] for paper in self.report(now, *queries, **more)["papers"]]
