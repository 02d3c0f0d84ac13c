"""Summaries without a model: templates, answers, prompts, the shelf."""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from paperlens.document import Reading
from paperlens.models import Cost, Paper, Summary
from paperlens.summaries import Told, expect, key, summarise
from paperlens.summaries.answers import Unfit, read
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.templates import Template, load

BRIEF = load("brief", [])
NOW = datetime(2026, 11, 21, tzinfo=UTC)
ABSTRACT = (
    "Lidar has been used widely for driving. However, existing generators, e.g. diffusion models, "
    "are slow. In this paper, we propose a generator of Lidar point clouds based on transformers. "
    "It runs 4.5 times faster than Smith et al. (2023) on Fig. 3's task. "
    "Experiments show that it outperforms the state of the art by 12.5%. "
    "Code is at https://github.com/a/b."
)


def reading(text: str = ABSTRACT, number: int = 1, **more: object) -> Reading:
    paper = Paper(f"2404.{number:05}", "A Generator of Lidar Point Clouds", (), text, (), version=1)
    return Reading(paper, text, **more)  # type: ignore[arg-type]


def test_a_long_hostile_answer_is_judged_at_once() -> None:
    """Neither braces nor punctuation without end keep the judge busy."""
    begin = time.process_time()
    for hostile in ("{" * 200_000, json.dumps({"tldr": "." * 150_000 + "x", "takeaways": []})):
        with pytest.raises(Unfit):
            read(hostile, BRIEF)
    assert time.process_time() - begin < 2


def test_an_answer_is_cleaned_but_not_changed() -> None:
    """Bullets and control characters go; more items than wanted are cut."""
    items = ["- One.", "2. Two.", "Three\u202e.\x1b", *(f"No {n}." for n in range(9))]
    fields = read(json.dumps({"tldr": " A\nB. ", "takeaways": items}), BRIEF)
    assert fields["tldr"] == "A B."
    assert fields["takeaways"] == ("One.", "Two.", "Three .", "No 0.", "No 1.", "No 2.", "No 3.")


class Counting:
    """A summariser that counts what it is asked for."""

    def __init__(self, model: str = "extractive") -> None:
        self.model = model
        self.asked: list[str] = []
        self.is_warm = False

    def warm(self) -> None:
        self.is_warm = True

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,
        others: Mapping[str, Summary],
    ) -> Iterator[Told]:
        for told in Extractive(lambda: NOW).tell(readings, template, language, others):
            self.asked.append(told.paper)
            yield told


class Memory(dict[tuple[str, str], Summary]):
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
        raise AssertionError(f"{model} took {cost} on {day}: own sentences cost nothing")


def test_nothing_is_computed_twice() -> None:
    """A paper given twice is told once, and from the shelf ever after; `refresh` tells it again."""
    shelf, counting = Memory(), Counting()
    readings = [reading(number=2), reading(number=1), reading(number=2)]
    told = summarise(readings, counting, BRIEF, "en", shelf)
    assert list(told) == ["2404.00002", "2404.00001"]
    assert len(counting.asked) == 2
    assert summarise(readings, counting, BRIEF, "en", shelf) == told
    assert len(counting.asked) == 2
    summarise(readings, counting, BRIEF, "en", shelf, refresh=True)
    assert len(counting.asked) == 4


def test_a_summariser_gets_ready_only_for_what_it_has_not_told() -> None:
    """While papers are read it begins to get ready, unless it told each of them before."""

    class Model(Counting):
        def tell(self, *asked: Any) -> Iterator[Told]:
            for told in super().tell(*asked):
                yield replace(told, summary=replace(told.summary, model=self.model))

    shelf, first, second = Memory(), Model("openai/x"), Model("openai/x")
    expect(["2404.00001"], first, shelf, refresh=False)
    assert first.is_warm
    summarise([reading(number=1)], first, BRIEF, "en", shelf)
    for papers, refresh, is_warm in (
        ([], True, False),
        (["2404.00001"], False, False),
        (["2404.00001"], True, True),
        (["2404.00001", "2404.00002"], False, True),
    ):
        second.is_warm = False
        expect(papers, second, shelf, refresh)
        assert second.is_warm is is_warm


def test_a_stand_in_never_passes_for_the_models_summary() -> None:
    """An extractive summary in place of a model's is not filed under the model."""
    shelf = Memory()
    summarise([reading()], Counting("openai/x"), BRIEF, "en", shelf)
    assert shelf == {}


def test_each_summary_is_kept_the_moment_it_arrives() -> None:
    """What was told before an interruption is on the shelf."""

    class Interrupted(Counting):
        def tell(
            self,
            readings: Sequence[Reading],
            template: Template,
            language: str,
            others: Mapping[str, Summary],
        ) -> Iterator[Told]:
            yield next(super().tell(readings, template, language, others))
            raise KeyboardInterrupt

    shelf = Memory()
    with pytest.raises(KeyboardInterrupt):
        summarise([reading(number=1), reading(number=2)], Interrupted(), BRIEF, "en", shelf)
    assert len(shelf) == 1


def test_a_key_changes_with_whatever_the_summary_depends_on(tmp_path: Path) -> None:
    """Version, text, source, template, model and language each make another summary."""
    (tmp_path / "brief.toml").write_text(
        'instructions = "x"\n[[fields]]\nname = "a"\nkind = "text"\nmeaning = "A."\n'
    )
    other = load("brief", [tmp_path])
    same = key(reading(), BRIEF, "m", "en")
    assert same == key(reading(), BRIEF, "m", "en")
    different = {
        same,
        key(reading("Other."), BRIEF, "m", "en"),
        key(reading(source="pdf"), BRIEF, "m", "en"),
        key(reading(), other, "m", "en"),
        key(reading(), BRIEF, "n", "en"),
        key(reading(), BRIEF, "m", "zh"),
        key(reading(number=2), BRIEF, "m", "en"),
    }
    assert len(different) == 7


def test_the_extractive_way_imports_nothing_heavy() -> None:
    """Summaries without a model need neither LiteLLM nor anything it brings."""
    code = "import sys, paperlens.summaries, paperlens.summaries.extractive; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"litellm", "openai", "httpx", "requests", "pydantic", "pymupdf", "tinydb", "arxiv"}
    assert not heavy & set(done.stdout.split())
