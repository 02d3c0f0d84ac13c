"""What is wrong with an answer that has the right form: a summary of nothing, or of something else.

Pure, and in words that can be sent back to the model; nothing of the answer is quoted.
"""

import re
from collections.abc import Iterator

from paperlens.document import Reading
from paperlens.models import Checks
from paperlens.summaries.answers.languages import code_of, is_foreign
from paperlens.summaries.answers.likeness import is_about_another, says_nothing_of
from paperlens.summaries.answers.nothing_said import open_slots
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import Fields, Template

_SHINGLE = 4
_REPEATED = 0.6
_READ_FOR_LANGUAGE = 4000
_FEWEST_SENTENCES = 3
_UNFOUNDED = 0.65  # faithful answers have a quarter at most, those to another paper almost all
_ITEM = re.compile(r"(?P<field>.+)\[(?P<place>\d+)\]")


def faults(fields: Fields, reading: Reading, template: Template, language: str) -> tuple[str, ...]:
    """Each a sentence that says what must be otherwise."""
    texts = [(where, text) for where, value in fields.items() for text in _texts(value)]
    source = "\n".join((reading.paper.title, reading.paper.abstract, reading.text))
    found = [*_slots(texts, source), *_orders_repeated(texts, template)]
    foreign = _foreign(fields, language)
    found += [f'{where} must be written in the language "{language}"' for where in foreign]
    if not foreign and _is_elsewhere(fields, reading, source, language):
        found.append("the answer must be about the paper between the marks")
    return tuple(dict.fromkeys(found))


def unfounded(fields: Fields, checks: Checks) -> tuple[str, ...]:
    """What must be otherwise in an answer most of whose sentences its paper does not bear out; one
    that says little is given the benefit of the doubt."""
    told = sum(len(sentences(text)) for value in fields.values() for text in _texts(value))
    foreign = [each.field for each in checks.unverified if each.kind == "sentence"]
    if told < _FEWEST_SENTENCES or len(foreign) < _UNFOUNDED * told:
        return ()
    where = ", ".join(dict.fromkeys(map(_place, foreign)))
    return (
        "most of the answer is not in the paper",
        f"the paper does not say what stands in {where}",
    )


def _place(path: str) -> str:
    """As people count: "takeaways[1]" is the second item."""
    item = _ITEM.fullmatch(path)
    return f'item {int(item["place"]) + 1} of "{item["field"]}"' if item else f'"{path}"'


def _slots(texts: list[tuple[str, str]], source: str) -> Iterator[str]:
    for where, text in texts:
        if any(slot not in source for slot in open_slots(text)):
            yield f'"{where}" has a place that was not filled in'


def _orders_repeated(texts: list[tuple[str, str]], template: Template) -> Iterator[str]:
    """Sentences that mostly consist of the instructions."""
    orders = [template.instructions, *(field.meaning for field in template.fields)]
    known = {shingle for order in orders for shingle in _shingles(order)}
    for where, text in texts:
        said = _shingles(text)
        if said and len(said & known) / len(said) >= _REPEATED:
            yield f'"{where}" must tell of the paper, not repeat the instructions'


def _foreign(fields: Fields, language: str) -> list[str]:
    """Fields that are in another language; the answer, where only the whole is long enough."""
    whole = {f'"{where}"': " ".join(_texts(value)) for where, value in fields.items()}
    found = [where for where, text in whole.items() if is_foreign(text, language)]
    everything = " ".join(whole.values())
    return found or (["the answer"] if is_foreign(everything, language) else [])


def _is_elsewhere(fields: Fields, reading: Reading, source: str, language: str) -> bool:
    said = [text for value in fields.values() for text in _texts(value)]
    alike = not is_foreign(source[:_READ_FOR_LANGUAGE], language)
    if is_about_another(said, source, alike):
        return True
    described = f"{reading.paper.title}\n{reading.paper.abstract}"
    if not alike or not reading.paper.abstract or code_of(language) != "en":
        return False
    texts = [value for value in fields.values() if isinstance(value, str)]
    return any(says_nothing_of(text, described) for text in texts[:1])


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _texts(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()
