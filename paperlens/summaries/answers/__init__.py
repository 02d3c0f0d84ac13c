"""What a model said, read tolerantly and judged strictly: pure functions over untrusted text.

Whatever surrounds the JSON is forgiven, and how it is written. What is missing, empty, a
placeholder or a refusal is not: such an answer is `Unfit`, with the problems in words that can be
sent back to the model.
"""

import re
from collections.abc import Iterable

from paperlens.summaries.answers.loose_json import objects
from paperlens.summaries.answers.nothing_said import is_placeholder, is_refusal
from paperlens.summaries.templates import Field, Fields, Template

LONGEST = 200_000
_THOUGHT = re.compile(
    r"</think(?:ing)?>|</thought>|</reasoning>|\[/THINK\]|◁/think▷|<\|channel\|>final<\|message\|>"
)
_LONGEST_TEXT = 4000
_FAR_TOO_LONG = 3
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\(?\d{1,2}[.)])\s+")
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)
_UNPARTED = re.compile("[\u3041-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_NOT_OF_A_NAME = re.compile(r"[\s_-]+")


class Unfit(Exception):
    """An answer that does not fit its template; the problems quote nothing of it."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


def read(answer: str, template: Template) -> Fields:
    """The template's fields out of an answer."""
    said = answer[:LONGEST].strip()
    if not said:
        raise Unfit("the answer is empty")
    ends = thought_out(said)
    given = _likeliest(ends, template) or _likeliest(said, template)
    if given is None:
        refuses = is_refusal(ends)
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


def thought_out(said: str) -> str:
    """What stands after a model's thoughts; all of it where it does not think aloud."""
    thoughts = list(_THOUGHT.finditer(said))
    return said[thoughts[-1].end() :].strip() if thoughts else said


def _likeliest(said: str, template: Template) -> dict[str, object] | None:
    """The object with most of our fields, whatever the case of their names; of equals the last."""
    names = {_bare(field.name): field.name for field in template.fields}
    best: dict[str, object] | None = None
    for found in objects(said):
        ours = {names[_bare(key)]: value for key, value in found.items() if _bare(key) in names}
        if ours and _count(ours.values()) >= (_count(best.values()) if best else 0):
            best = ours
    return best


def _count(values: Iterable[object]) -> int:
    return sum(isinstance(value, str | list) and bool(value) for value in values)


def _bare(name: str) -> str:
    return _NOT_OF_A_NAME.sub("", name).casefold()


def _value(field: Field, given: object, problems: list[str]) -> str | tuple[str, ...] | None:
    if field.optional and _is_nothing(given):
        return None
    if field.kind == "text":
        if isinstance(given, list) and given and all(isinstance(item, str) for item in given):
            given = " ".join(given)
        if not isinstance(given, str):
            problems.append(f'"{field.name}" must be a text')
            return None
        return _sentence(field, given, f'"{field.name}"', problems)
    if isinstance(given, str) and len(lines := given.strip().splitlines()) > 1:
        given = [line for line in lines if line.strip()]
    if isinstance(given, str) and field.least == 1:
        given = [given]
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


def _is_nothing(given: object) -> bool:
    """How models say that a paper does not say."""
    if isinstance(given, list):
        return all(map(_is_nothing, given))
    return given is None or (isinstance(given, str) and is_placeholder(given))


def _sentence(field: Field, given: str, where: str, problems: list[str]) -> str:
    text = " ".join(_CONTROL.sub(" ", _BULLET.sub("", given)).split())
    bare = text.strip(" .\"'").casefold()
    if len(text) > _LONGEST_TEXT or (field.words and _words(text) > _FAR_TOO_LONG * field.words):
        problems.append(f"{where} is too long")
    elif is_placeholder(text) or bare in {field.meaning.strip(" .").casefold(), field.name}:
        problems.append(f"{where} is empty or a placeholder")
    elif is_refusal(text):
        problems.append(f"{where} refuses")
    return text


def _words(text: str) -> int:
    """Where words are not parted by spaces, two letters make about one."""
    return len(text.split()) + len(_UNPARTED.findall(text)) // 2
