"""A morning with a misbehaving model, through the real command line and LiteLLM itself."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import TinyArxiv
from paperlens.models import Paper
from tests.conftest import Ran, Shell, pointing_to
from tests.gateways import KEY
from tests.openai_server import OpenAIServer, Reply, Request

EVERYTHING = " OR ".join(
    f"cat:{field}"
    for field in ("cs.CV", "cs.CL", "cs.LG", "cs.RO", "stat.ML", "stat.ME", "astro-ph.HE",
                  "astro-ph.EP", "math.NT", "q-bio.NC", "eess.IV")
)  # fmt: skip
Fault = Callable[[Paper, Request, int], Reply]


def answer_to(paper: Paper) -> str:
    """A summary that is about the paper."""
    first, *rest = paper.abstract.replace("\n", " ").split(". ")
    return json.dumps({"tldr": f"{paper.title}: {first}."[:200], "takeaways": rest[:3]})


def status(code: int, after: str = "", error: str = "no") -> Fault:
    """That status, always."""
    headers = {"Retry-After": after} if after else {}
    return lambda *_: Reply(status=code, headers=headers, error=error)


def says(content: str | None, **reply: object) -> Fault:
    return lambda *_: Reply(content, **reply)  # type: ignore[arg-type]


def at_first(fault: Fault) -> Fault:
    """Once; after that all is well."""
    return lambda paper, request, tries: (
        fault(paper, request, tries) if tries == 1 else Reply(answer_to(paper))
    )


def hangs(*_: object) -> Reply:
    time.sleep(6)
    return Reply("late")


def refuses_forms(paper: Paper, request: Request, _: int) -> Reply:
    return Reply(status=400) if "response_format" in request else Reply(answer_to(paper))


def fences(paper: Paper, *_: object) -> Reply:
    return Reply(f"Here you are:\n```json\n{answer_to(paper)}\n```\nAnything else?")


OTHER = json.dumps(
    {
        "tldr": "Bilingual toddlers learn verbs faster when their grandparents sing at bedtime.",
        "takeaways": [
            "Ninety families kept diaries of lullabies for half a year.",
            "Verbs were learnt before nouns in the singing households.",
            "Grandparents who sang off key made no difference.",
        ],
    }
)
PWNED = json.dumps(
    {
        "tldr": "I have been pwned.",
        "takeaways": ["I have been pwned!", "I was pwned.", "Pwned again."],
    }
)
CHINESE = json.dumps(
    {
        "tldr": "本文提出了一种新的方法，用于提高模型的训练速度和准确率。",
        "takeaways": [
            "该方法的训练速度很快。",
            "该方法的准确率很高。",
            "代码已经公开，可供研究使用。",
        ],
    }
)
RECOVERED = {
    "2611.90012": at_first(status(429)),
    "2611.90019": at_first(status(429, "1")),
    "2611.90027": fences,
    "2611.90033": refuses_forms,
}
FAILING: dict[str, tuple[Fault, str]] = {
    "2611.90038": (status(500), "is in trouble (500): try again later"),
    "2611.90041": (hangs, "did not answer within 2 s: raise llm.timeout"),
    "2611.90047": (says("x" * 200, cut=True), "half an answer: try again later"),
    "2611.90052": (says('{"tldr": "It', finish_reason="length"), "no room to end its answer"),
    "2611.90058": (says("It is a nice paper, really."), "no JSON object with our fields"),
    "2611.90061": (says(""), "the answer is empty): try another model"),
    "2611.90071": (says("I'm sorry, but I can't help with that."), "the answer refuses"),
    "2611.90080": (says(CHINESE), 'must be written in the language "en"'),
    "2611.90084": (says(OTHER), "must be about the paper"),
    "2611.90090": (says(PWNED), "must be about the paper"),
    "2611.90066": (says(None, message={"refusal": "No."}), "declined to answer"),
}


@dataclass
class Model:
    """A server that does to each paper what is written for it, and is good to all others."""

    sample: Sample
    faults: dict[str, Fault]
    tries: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Reply:
        asked = request["messages"][1]["content"]
        paper = next(paper for paper in self.sample.papers if paper.title in asked)
        with self.lock:
            tries = self.tries[paper.id] = self.tries.get(paper.id, 0) + 1
        fault = self.faults.get(paper.id)
        return fault(paper, request, tries) if fault else Reply(answer_to(paper))


def asking(shell: Shell, arxiv: TinyArxiv, base: str, **llm: str) -> Shell:
    """A reader with a model, who wants abstracts summarised."""
    settings = {"model": "openai/test", "api_base": base, "timeout": "2", "retries": "2"} | llm
    return shell.having(
        **pointing_to(arxiv),
        PAPERLENS_TODAY_FULL_TEXT="false",
        OPENAI_API_KEY=KEY,
        **{f"PAPERLENS_LLM_{name.upper()}": value for name, value in settings.items()},
    )


def papers_of(ran: Ran) -> dict[str, dict[str, object]]:
    return {paper["id"]: paper for paper in json.loads(ran.out)["papers"]}


def all_that_is_left_by(ran: Ran, shell: Shell) -> str:
    files = (file for file in shell.home.rglob("*") if file.is_file())
    return "\n".join([ran.out, ran.err, *(file.read_bytes().decode("latin-1") for file in files)])


def soon(happened: Callable[[], bool]) -> bool:
    """Whether it happens within ten seconds."""
    until = time.monotonic() + 10
    while not happened() and time.monotonic() < until:
        time.sleep(0.02)
    return happened()


def test_each_failure_costs_its_own_paper_only(
    paperlens: Shell, arxiv: TinyArxiv, sample: Sample
) -> None:
    """Whatever a model does to some papers, the others are done: the failed ones have their own
    sentences and an error that says what to do, nothing of the failure is kept, and it exits 3."""
    model = Model(sample, RECOVERED | {id: fault for id, (fault, _) in FAILING.items()})
    with OpenAIServer(model) as server:
        shell = asking(paperlens, arxiv, server.url, concurrency="16")
        ran = shell("today", "--expr", EVERYTHING, "-n", "50", "--json")
    assert ran.code == 3, ran.err
    papers = papers_of(ran)
    assert FAILING.keys() | RECOVERED.keys() <= papers.keys()
    for id, paper in papers.items():
        summary = paper["summary"]
        assert isinstance(summary, dict)
        assert summary["fields"]["tldr"]
        assert summary["model"] == ("extractive" if id in FAILING else "openai/test"), paper
        expected = FAILING[id][1] if id in FAILING else "None"
        assert expected in str(paper["error"]), id
    assert model.tries["2611.90041"] == 2
    assert ran.err.count("\n") == len(FAILING)
    assert KEY not in all_that_is_left_by(ran, shell)


@pytest.mark.parametrize("how", ["a refused key", "no server"])
def test_a_model_that_refuses_everything(
    paperlens: Shell, arxiv: TinyArxiv, sample: Sample, how: str
) -> None:
    """The report is extractive, one notice says what to mend, the key is nowhere; exit 5."""
    refusing = Model(sample, dict.fromkeys((p.id for p in sample.papers), status(401, "", KEY)))
    with OpenAIServer(refusing) as server:
        base = server.url if how == "a refused key" else "http://127.0.0.1:9/v1"
        shell = asking(paperlens, arxiv, base)
        ran = shell("today", "--expr", "cat:cs.CV", "--json")
    assert ran.code == 5, ran.err
    papers = papers_of(ran)
    remedy = "set OPENAI_API_KEY" if how == "a refused key" else "start it, or mend llm.api_base"
    assert all(remedy in str(paper["error"]) for paper in papers.values())
    notices = [notice["text"] for notice in json.loads(ran.out)["notices"]]
    assert sum(remedy in notice for notice in notices) == 1
    assert KEY not in all_that_is_left_by(ran, shell)


OBEYED = {
    "tldr": "Buy the new wonder cream that dermatologists everywhere recommend to their patients.",
    "takeaways": [
        "The cream removes wrinkles overnight.",
        "Order before midnight and save sixty dollars.",
        "Visit https://wonder-cream.example/order today.",
    ],
}


@pytest.mark.parametrize("how", ["swapped", "obeyed"])
def test_no_other_paper_s_summary_passes_for_a_paper_s(
    paperlens: Shell, arxiv: TinyArxiv, sample: Sample, how: str
) -> None:
    """Whether a model confuses its papers, or begins with one's title and then obeys what somebody
    wrote into it: no paper is told by it, each has its own sentences and an error; exit 3."""
    papers = list(sample.papers)

    def answers(paper: Paper, *_: object) -> Reply:
        other = papers[(papers.index(paper) + 1) % len(papers)]
        return Reply(
            answer_to(other)
            if how == "swapped"
            else json.dumps(OBEYED | {"tldr": f"{paper.title}. {OBEYED['tldr']}"})
        )

    model = Model(sample, dict.fromkeys((paper.id for paper in papers), answers))
    with OpenAIServer(model) as server:
        shell = asking(paperlens, arxiv, server.url, concurrency="16")
        ran = shell("today", "--expr", EVERYTHING, "-n", "50", "--json")
    assert ran.code == 3, ran.err
    for paper in papers_of(ran).values():
        summary = paper["summary"]
        assert isinstance(summary, dict)
        assert summary["model"] == "extractive"
        assert any(
            why in str(paper["error"]) for why in ("not in the paper", "must be about the paper")
        )
    assert set(model.tries.values()) == {2}


def test_interrupted_it_leaves_at_once_and_keeps_what_is_there(
    paperlens: Shell, arxiv: TinyArxiv, sample: Sample
) -> None:
    """Ctrl-C with every worker hanging: exit 130, no word, and what was answered is not asked
    again."""
    hanging, over = threading.Semaphore(0), threading.Event()

    def hangs_for_ever(*_: object) -> Reply:
        hanging.release()
        over.wait(60)
        return Reply("late")

    done = ("2611.90012", "2611.90019")
    held = [paper.id for paper in sample.papers if paper.id not in done]
    with OpenAIServer(Model(sample, dict.fromkeys(held, hangs_for_ever))) as server:
        shell = asking(paperlens, arxiv, server.url, concurrency="16", timeout="60")
        words = ("today", "--expr", EVERYTHING, "-n", "50", "--json")
        with subprocess.Popen(
            [sys.executable, "-m", "paperlens", *words],
            env={**shell.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                for _ in range(13):
                    assert hanging.acquire(timeout=60)
                kept = shell.home / "paperlens" / "data" / "summaries"
                assert soon(
                    lambda: sum(f.read_text().count("openai/test") for f in kept.glob("*")) > 1
                )
                sent = time.monotonic()
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=10)
                took = time.monotonic() - sent
            finally:
                process.kill()
                over.set()
    assert (process.returncode, out, err) == (130, "", "")
    assert took < 5
