"""How a summary is got out of a model: the paper at once or in parts, judged before it is taken."""

from dataclasses import dataclass
from functools import partial

from paperlens.document import Reading
from paperlens.models import Checks, Summary
from paperlens.summaries.answers import Unfit, read
from paperlens.summaries.answers.judging import faults, unfounded
from paperlens.summaries.asking.failures import Failed
from paperlens.summaries.asking.questions import Line, Question, Wanted, got
from paperlens.summaries.asking.wire import Answer
from paperlens.summaries.checking import check, source_of
from paperlens.summaries.prompts import Message, messages, translation
from paperlens.summaries.prompts.parts import from_notes, in_parts
from paperlens.summaries.templates import Fields, Template

Judged = tuple[Fields, Checks]


def converse(
    line: Line, reading: Reading, template: Template, language: str, other: Summary | None = None
) -> Judged:
    """The summary's fields and what its paper bears out of them, or `Failed`. A paper that turns
    out too long is read in parts; where there is a summary in another language, that is translated,
    and the paper not read again."""
    errand = _Errand(line, reading, template, language, other)
    try:
        return _told(errand, line.window)
    except Failed as failure:
        if not failure.too_long:
            raise
    return _told(errand, (line.window or template.tokens) // 2)


@dataclass(frozen=True, slots=True)
class _Errand:
    line: Line
    reading: Reading
    template: Template
    language: str
    other: Summary | None = None

    def messages(self, reading: Reading, window: int | None, show_schema: bool) -> list[Message]:
        if self.other:
            return translation.messages(self.other, self.template, self.language, show_schema)
        return messages(reading, self.template, self.language, show_schema, window)


def _told(errand: _Errand, window: int | None) -> Judged:
    reading = _condensed(errand, window)
    template = errand.template
    return got(
        errand.line,
        Wanted(
            "summary",
            partial(errand.messages, reading, window),
            template.schema,
            template.answer_tokens,
            partial(_judged, errand),
        ),
    )


def _condensed(errand: _Errand, window: int | None) -> Reading:
    """The paper itself where one prompt holds it, else as notes of its parts tell it."""
    parts = () if errand.other else in_parts(errand.reading, errand.template, window)
    if not parts:
        return errand.reading
    return from_notes(errand.reading, [errand.line.ask(Question(part)).text for part in parts])


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
