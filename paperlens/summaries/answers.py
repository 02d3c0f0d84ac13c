"""What a model said, read tolerantly and judged strictly: pure functions over untrusted text.

Fences and chatter around the JSON are forgiven. What is missing, empty, a placeholder or a refusal
is not: such an answer is `Unfit`, with the problems in words that can be sent back to the model.
"""

import json
import re
from collections.abc import Iterator

from paperlens.summaries.templates import Field, Fields, Template

_LONGEST = 200_000
_MOST_STARTS = 50
_THOUGHT = "</think>"
_LONGEST_TEXT = 4000

_PLACEHOLDER = re.compile(
    r"\W*(?:x{2,}|tbd|tba|todo|n/?a|none|null|unknown|placeholder"
    r"|string|text|sentence|lorem ipsum.*"
    r"|not (?:available|provided|specified|applicable)|insert .*|your .* here)?\W*"
    r"|[\[<{【][^\[\]<>{}【】]{0,200}[\]>}】]\W*",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\W*(?:i(?:['’]m| am) (?:sorry|unable|not able)|i (?:cannot|can['’]t|can not|won['’]t)\b"
    r"|sorry,|as an ai\b|i apologi[sz]e)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)])\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class Unfit(Exception):
    """An answer that does not fit its template; the problems quote nothing of it."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


def read(answer: str, template: Template) -> Fields:
    """The template's fields out of an answer."""
    said = answer[:_LONGEST].rpartition(_THOUGHT)[2].strip()
    if not said:
        raise Unfit("the answer is empty")
    wanted = {field.name for field in template.fields}
    given = next((each for each in _objects(said) if wanted & each.keys()), None)
    if given is None:
        refuses = _REFUSAL.match(said)
        raise Unfit(
            "the answer refuses" if refuses else "the answer is no JSON object with our fields"
        )
    problems: list[str] = []
    fields = {
        field.name: _value(field, given.get(field.name), problems) for field in template.fields
    }
    if problems:
        raise Unfit(*problems)
    return fields


def _objects(said: str) -> Iterator[dict[str, object]]:
    """The JSON objects that begin anywhere in the answer."""
    decoder = json.JSONDecoder(strict=False)
    at = said.find("{")
    for _ in range(_MOST_STARTS):
        if at == -1:
            return
        try:
            given, end = decoder.raw_decode(said, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(given, dict):
                yield given
        at = said.find("{", end)


def _value(field: Field, given: object, problems: list[str]) -> str | tuple[str, ...] | None:
    if field.kind == "text":
        if not isinstance(given, str):
            problems.append(f'"{field.name}" must be a text')
            return None
        return _sentence(field, given, f'"{field.name}"', problems)
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        problems.append(f'"{field.name}" must be a list of texts')
        return None
    if len(given) < field.least:
        problems.append(f'"{field.name}" must have at least {field.least} items')
    items = [
        _sentence(field, item, f'item {place} of "{field.name}"', problems)
        for place, item in enumerate(given[: field.most], start=1)
    ]
    if len(set(items)) < len(items):
        problems.append(f'"{field.name}" must not repeat an item')
    return tuple(items)


def _sentence(field: Field, given: str, where: str, problems: list[str]) -> str:
    text = " ".join(_CONTROL.sub(" ", _BULLET.sub("", given)).split())
    if len(text) > _LONGEST_TEXT:
        problems.append(f"{where} is too long")
    elif _PLACEHOLDER.fullmatch(text) or text == field.meaning:
        problems.append(f"{where} is empty or a placeholder")
    elif _REFUSAL.match(text):
        problems.append(f"{where} refuses")
    return text
