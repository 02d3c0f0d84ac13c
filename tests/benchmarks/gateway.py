"""How long a hundred papers take through a model that answers in one second, sixteen at a time.

    python -m tests.benchmarks.gateway [PAPERS] [CONCURRENCY] [SECONDS]

The server is a process of its own. The limit is 1.15 times the waiting that no program can avoid,
and a bare `import litellm`, timed in a process of its own as well. How many are in use counts from
the first request until none is waiting: the last round need not fill all places.
"""

import gc
import json
import math
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection

from tests.gateways import BRIEF, GOOD, Memory, reading
from tests.openai_server import OpenAIServer, Reply, Request

IMPORT = (
    "import os, time; os.environ['LITELLM_LOCAL_MODEL_COST_MAP'] = 'True'; "
    "began = time.perf_counter(); import litellm; print(time.perf_counter() - began)"
)


@dataclass(frozen=True)
class Usage:
    """For how many seconds so many requests were being answered, while papers were waiting."""

    seconds: dict[int, float]

    @classmethod
    def of(cls, came: list[float], went: list[float]) -> "Usage":
        changes = sorted([*((at, 1) for at in came), *((at, -1) for at in went)])
        seconds: dict[int, float] = {}
        now = 0
        for (at, change), (then, _) in pairwise(each for each in changes if each[0] <= max(came)):
            now += change
            seconds[now] = seconds.get(now, 0.0) + then - at
        return cls(seconds)

    @property
    def mean(self) -> float:
        return sum(n * each for n, each in self.seconds.items()) / sum(self.seconds.values())

    @property
    def most(self) -> int:
        return max(self.seconds)

    def share_of(self, number: int) -> float:
        return self.seconds.get(number, 0.0) / sum(self.seconds.values())


def main() -> None:
    """Measure and print."""
    words = [*sys.argv[1:], *("100", "16", "1.0")[len(sys.argv) - 1 :]]
    papers, at_once, seconds = int(words[0]), int(words[1]), float(words[2])
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=_serve, args=(theirs, seconds), daemon=True)
    server.start()
    url = ours.recv()
    bare = min(_bare_import() for _ in range(2))
    took = _tell(url, papers, at_once)
    ours.send("enough")
    came, went = ours.recv()
    used = Usage.of(came, went)
    waiting = math.ceil(papers / at_once) * seconds
    limit = 1.15 * waiting + bare
    told = {
        "papers": papers,
        "requests": len(came),
        "seconds": round(took, 2),
        "bare import litellm": round(bare, 2),
        "unavoidable waiting": waiting,
        "limit": round(limit, 2),
        "within": took <= limit,
        "in use on average": round(used.mean, 2),
        "all in use": f"{used.share_of(at_once):.0%} of the time",
        "most at once": used.most,
    }
    print(json.dumps(told, indent=2))


def _bare_import() -> float:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _tell(url: str, papers: int, at_once: int) -> float:
    """From nothing imported to the last paper kept."""
    from paperlens.settings import Llm
    from paperlens.summaries import summarise
    from paperlens.summaries.asking.doors import Doors
    from paperlens.summaries.asking.gateway import Gateway
    from paperlens.summaries.extractive import Extractive

    readings = [reading(number) for number in range(1, papers + 1)]
    own = Extractive(lambda: datetime.now(UTC))
    settings = Llm(model="openai/test", api_base=url, concurrency=at_once, budget=0.0)
    gc.set_threshold(100_000, 20, 20)  # as the front door does for every command
    began = time.perf_counter()
    gateway = Gateway(Doors(settings, os.environ, lambda: 0.0), lambda: datetime.now(UTC), own)
    gateway.warm()
    told = summarise(readings, gateway, BRIEF, "en", Memory())
    took = time.perf_counter() - began
    failed = [each.error for each in told.values() if each.error]
    assert not failed, failed[0]
    return took


def _serve(pipe: Connection, seconds: float) -> None:
    def answer(_: Request) -> Reply:
        time.sleep(seconds)
        return Reply(json.dumps(GOOD))

    with OpenAIServer(answer) as server:
        pipe.send(server.url)
        pipe.recv()
        pipe.send((server.came, server.went))


if __name__ == "__main__":
    main()
