"""How one summary is got out of a model: by the best form of answer that its server bears.

A JSON Schema first; where that is refused, a JSON object; then the schema in the prompt alone. An
answer that does not fit is sent back once with what is wrong with it; one that had no room to end
is asked for once more with room.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from paperlens.document import Reading
from paperlens.models import Checks, Summary
from paperlens.summaries.answers import Unfit, read
from paperlens.summaries.answers.judging import faults, unfounded
from paperlens.summaries.asking.failures import Failed, cut_off, declined, unusable
from paperlens.summaries.asking.wire import Answer, Form
from paperlens.summaries.checking import check, source_of
from paperlens.summaries.prompts import Message, messages, repair, translation
from paperlens.summaries.prompts.parts import from_notes, in_parts
from paperlens.summaries.templates import Fields, Template

_SCHEMA, _OBJECT, _PROMPT = range(3)
_MORE_ROOM = 4


@dataclass
class Bearing:
    """What a model's server has been seen to bear; learned once, for every paper after."""

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


Ask = Callable[[Question], Answer]
Judged = tuple[Fields, Checks]


def converse(
    ask: Ask,
    model: str,
    bearing: Bearing,
    reading: Reading,
    template: Template,
    language: str,
    window: int | None = None,
    other: Summary | None = None,
) -> Judged:
    """The summary's fields and what its paper bears out of them, or `Failed`. A paper that turns
    out too long is read in parts; where there is a summary in another language, that is translated,
    and the paper not read again."""
    errand = _Errand(ask, model, bearing, reading, template, language, other)
    try:
        return _told(errand, window)
    except Failed as failure:
        if not failure.too_long:
            raise
    return _told(errand, (window or template.tokens) // 2)


@dataclass(frozen=True, slots=True)
class _Errand:
    ask: Ask
    model: str
    bearing: Bearing
    reading: Reading
    template: Template
    language: str
    other: Summary | None = None

    def messages(self, reading: Reading, show_schema: bool, window: int | None) -> list[Message]:
        if self.other:
            return translation.messages(self.other, self.template, self.language, show_schema)
        return messages(reading, self.template, self.language, show_schema, window)


def _told(errand: _Errand, window: int | None) -> Judged:
    reading = _condensed(errand, window)
    for form in range(errand.bearing.form, _PROMPT + 1):
        asked = errand.messages(reading, form != _SCHEMA, window)
        is_trial = form != _PROMPT and form not in errand.bearing.borne
        try:
            form_asked = _response_format(form, errand.template)
            answer = errand.ask(Question(asked, form_asked, is_trial=is_trial))
        except Failed as failure:
            if failure.unfit_form and is_trial:
                continue
            raise
        errand.bearing.learn(form)
        return _fitting(errand, asked, answer, form)
    raise AssertionError("the last form either answers or fails")


def _condensed(errand: _Errand, window: int | None) -> Reading:
    """The paper itself where one prompt holds it, else as notes of its parts tell it."""
    parts = () if errand.other else in_parts(errand.reading, errand.template, window)
    if not parts:
        return errand.reading
    return from_notes(errand.reading, [errand.ask(Question(part)).text for part in parts])


def _fitting(errand: _Errand, asked: list[Message], answer: Answer, form: int) -> Judged:
    """The fields of this answer, or of the one that mends it."""
    try:
        return _judged(errand, answer)
    except Unfit as unfit:
        again, room = _again(asked, answer, unfit, errand.template)
    answer = errand.ask(Question(again, _response_format(form, errand.template), room))
    try:
        return _judged(errand, answer)
    except Unfit as unfit:
        raise _failed(errand.model, answer, unfit) from None


def _judged(errand: _Errand, answer: Answer) -> Judged:
    fields = read(answer.text, errand.template)
    problems = faults(fields, errand.reading, errand.template, errand.language)
    if errand.other:
        problems += translation.losses(fields, errand.other)
    if problems:
        raise Unfit(*problems)
    checks = check(fields, source_of(errand.reading), errand.language)
    if problems := unfounded(fields, checks):
        raise Unfit(*problems)
    return fields, checks


def _again(
    asked: list[Message], answer: Answer, unfit: Unfit, template: Template
) -> tuple[list[Message], int | None]:
    """What to ask after an answer that does not fit, and the room to grant for it."""
    if answer.cut:
        return asked, _MORE_ROOM * max(template.answer_tokens, answer.cost.tokens_out)
    return [*asked, *repair(answer.text, unfit.problems)], None


def _failed(model: str, answer: Answer, unfit: Unfit) -> Failed:
    if answer.declined:
        return declined(model)
    return cut_off(model) if answer.cut else unusable(model, unfit.problems[0])


def _response_format(form: int, template: Template) -> Form:
    if form == _SCHEMA:
        named = {"name": "summary", "schema": template.schema, "strict": True}
        return {"type": "json_schema", "json_schema": named}
    return {"type": "json_object"} if form == _OBJECT else None
