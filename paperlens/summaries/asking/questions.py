"""How one answer is got out of a model: by the best form of answer that its server bears.

A JSON Schema first; where that is refused, a JSON object; then the schema in the prompt alone. An
answer that does not fit is sent back once with what is wrong with it; one that had no room to end
is asked for once more with room. Summaries and verdicts are both asked for so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from paperlens.summaries.answers import Unfit
from paperlens.summaries.asking.failures import Failed, cut_off, declined, unusable
from paperlens.summaries.asking.wire import Answer, Form
from paperlens.summaries.prompts import Message, repair

_SCHEMA, _OBJECT, _PROMPT = range(3)
_MORE_ROOM = 4

Result = TypeVar("Result")


@dataclass
class Bearing:
    """What a model's server has been seen to bear; learned once, for every question after."""

    form: int = _SCHEMA
    borne: set[int] = field(default_factory=set)

    def learn(self, form: int) -> None:
        self.form = max(self.form, form)
        self.borne.add(form)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: `room` is what the answer may take, `is_trial` whether there is another
    form to ask it in, should the server stumble over this one."""

    messages: list[Message]
    form: Form = None
    room: int | None = None
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one model; `window` is how many tokens it holds, where that is known."""

    model: str
    ask: Callable[[Question], Answer]
    bearing: Bearing
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Result]):
    """What is to be got: `name` is what people call it, `tokens` what it takes at most.

    `messages` spells out the schema in the prompt when told to; `read` raises `Unfit` for an answer
    that is none.
    """

    name: str
    messages: Callable[[bool], list[Message]]
    schema: Mapping[str, Any]
    tokens: int
    read: Callable[[Answer], Result]


def got(line: Line, wanted: Wanted[Result]) -> Result:
    """What the model gives, in the first form that its server bears, or `Failed`."""
    for form in range(line.bearing.form, _PROMPT + 1):
        asked = wanted.messages(form != _SCHEMA)
        is_trial = form != _PROMPT and form not in line.bearing.borne
        try:
            form_asked = _response_format(form, wanted)
            answer = line.ask(Question(asked, form_asked, is_trial=is_trial))
        except Failed as failure:
            if failure.unfit_form and is_trial:
                continue
            raise
        line.bearing.learn(form)
        return _fitting(line, wanted, asked, answer, form)
    raise AssertionError("the last form either answers or fails")


def _fitting(
    line: Line, wanted: Wanted[Result], asked: list[Message], answer: Answer, form: int
) -> Result:
    """What this answer holds, or the one that mends it."""
    try:
        return wanted.read(answer)
    except Unfit as unfit:
        again, room = _again(asked, answer, unfit, wanted.tokens)
    answer = line.ask(Question(again, _response_format(form, wanted), room))
    try:
        return wanted.read(answer)
    except Unfit as unfit:
        raise _failed(line.model, answer, unfit, wanted.name) from None


def _again(
    asked: list[Message], answer: Answer, unfit: Unfit, tokens: int
) -> tuple[list[Message], int | None]:
    """What to ask after an answer that does not fit, and the room to grant for it."""
    if answer.cut:
        return asked, _MORE_ROOM * max(tokens, answer.cost.tokens_out)
    return [*asked, *repair(answer.text, unfit.problems)], None


def _failed(model: str, answer: Answer, unfit: Unfit, name: str) -> Failed:
    if answer.declined:
        return declined(model)
    return cut_off(model) if answer.cut else unusable(model, name, unfit.problems[0])


def _response_format(form: int, wanted: Wanted[Result]) -> Form:
    if form == _SCHEMA:
        named = {"name": wanted.name, "schema": wanted.schema, "strict": True}
        return {"type": "json_schema", "json_schema": named}
    return {"type": "json_object"} if form == _OBJECT else None
