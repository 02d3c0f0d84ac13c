"""How one summary is got out of a model: by the best form of answer that its server bears.

A JSON Schema first; where that is refused, a JSON object; then the schema in the prompt alone. An
answer that does not fit is sent back once with what is wrong with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paperlens.document import Reading
from paperlens.summaries.answers import Unfit, read
from paperlens.summaries.failures import Failed
from paperlens.summaries.prompt import Message, messages, repair
from paperlens.summaries.templates import Fields, Template

Form = dict[str, Any] | None
Ask = Callable[[list[Message], Form], str]

_SCHEMA, _OBJECT, _PROMPT = range(3)


@dataclass
class Bearing:
    """What a model's server has been seen to bear; learned once, for every paper after."""

    form: int = _SCHEMA


def converse(
    ask: Ask, model: str, bearing: Bearing, reading: Reading, template: Template, language: str
) -> Fields:
    """The summary's fields, or `Failed`."""
    for form in range(bearing.form, _PROMPT + 1):
        asked = messages(reading, template, language, show_schema=form != _SCHEMA)
        try:
            answer = ask(asked, _response_format(form, template))
        except Failed as failure:
            if failure.unfit_form and form != _PROMPT:
                continue
            raise
        bearing.form = max(bearing.form, form)
        return _fitting(ask, model, form, asked, answer, template)
    raise AssertionError("the last form either answers or fails")


def _fitting(
    ask: Ask, model: str, form: int, asked: list[Message], answer: str, template: Template
) -> Fields:
    try:
        return read(answer, template)
    except Unfit as unfit:
        again = ask([*asked, *repair(answer, unfit.problems)], _response_format(form, template))
    try:
        return read(again, template)
    except Unfit as unfit:
        raise Failed(
            f"{model} gave no usable summary ({unfit.problems[0]}): try another model"
        ) from None


def _response_format(form: int, template: Template) -> Form:
    if form == _SCHEMA:
        named = {"name": "summary", "schema": template.schema, "strict": True}
        return {"type": "json_schema", "json_schema": named}
    return {"type": "json_object"} if form == _OBJECT else None
