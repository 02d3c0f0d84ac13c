"""A summary in another language is told again from the one there is, not from the paper."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from paperlens.document import Reading
from paperlens.models import Summary
from paperlens.summaries import key
from paperlens.summaries.prompts import messages
from paperlens.summaries.prompts import translation as translated
from paperlens.summaries.templates import Template
from tests.test_prompt import BRIEF, DEEP, LONG, content, size, usual

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def summary(language: str = "en", model: str = "m", **more: object) -> Summary:
    fields = {"tldr": "Snow is weighed.", "takeaways": ("One.", "Two.", "Three.")}
    return Summary("brief", language, model, "pdf", fields, NOW, **more)  # type: ignore[arg-type]


def found(
    reading: Reading, shelf: dict[str, Summary], template: Template, model: str, language: str
) -> Summary | None:
    return translated.in_another_language(
        shelf, language, lambda other: key(reading, template, model, other)
    )


def kept(reading: Reading, *summaries: Summary) -> dict[str, Summary]:
    return {key(reading, BRIEF, "m", each.language): each for each in summaries}


def test_a_summary_in_another_language_is_translated() -> None:
    """The newest of the same paper, text, template and model; English before others."""
    reading = usual(1)
    english, german = summary(), replace(summary("de"), created=NOW + timedelta(1))
    french = replace(german, language="fr", created=NOW + timedelta(2))
    assert found(reading, kept(reading, german, english), BRIEF, "m", "zh") == english
    assert found(reading, kept(reading, french, german), BRIEF, "m", "zh") == french


@pytest.mark.parametrize("change", ["text", "template", "model", "language"])
def test_only_a_summary_that_differs_in_nothing_else_is_translated(change: str) -> None:
    """Another text, template or model is another summary."""
    reading = usual(1)
    wanted, template, model, language = {
        "text": (replace(reading, text="New."), BRIEF, "m", "zh"),
        "template": (reading, DEEP, "m", "zh"),
        "model": (reading, BRIEF, "n", "zh"),
        "language": (reading, BRIEF, "m", "en"),
    }[change]
    assert found(wanted, kept(reading, summary()), template, model, language) is None


def test_a_translation_costs_a_tenth() -> None:
    """The prompt has the summary, not the paper, fenced as data."""
    asked = translated.messages(summary(), BRIEF, "ja", show_schema=False)
    assert size(asked) * 10 < size(messages(usual(LONG), BRIEF, "ja", False))
    assert "Snow is weighed." in content(asked)
    assert "Japanese (ja)" in content(asked)
    assert content(asked).startswith("<summary-")


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"tldr": "雪。", "takeaways": ("一", "二", "三")}, ()),
        ({"tldr": "雪。", "takeaways": ("一", "二")}, ("takeaways",)),
        ({"tldr": None, "takeaways": ("一", "二", "三")}, ("tldr",)),
    ],
)
def test_what_a_translation_lost_is_named(
    fields: dict[str, str | tuple[str, ...] | None], lost: tuple[str, ...]
) -> None:
    """As many items, and null only where there was null."""
    problems = translated.losses(fields, summary())
    assert len(problems) == len(lost)
    assert all(name in problem for name, problem in zip(lost, problems, strict=True))
