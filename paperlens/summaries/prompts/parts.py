"""Papers that are too long for one prompt: read in parts, with notes of each, and told from those.

Only where a template wants the whole paper, or a model's window is smaller than what the template
grants: an ordinary paper takes one request.
"""

from collections.abc import Sequence
from dataclasses import replace

from paperlens.document import Reading
from paperlens.summaries.prompts import Message, framed, instructions, room
from paperlens.summaries.prompts.excerpts import excerpt
from paperlens.summaries.prompts.tokens import tokens
from paperlens.summaries.templates import Template

MOST = 16
_EVERYTHING = 10**9
_WORDS_OF_NOTES = 250
_TOKENS_OF_NOTES = 600
_LONGEST_NOTES = 4000


def in_parts(
    reading: Reading, template: Template, window: int | None = None
) -> tuple[list[Message], ...]:
    """The prompts that ask for notes of each part; none where one prompt holds what is read."""
    asked = instructions(template, "en", show_schema=True)
    granted = _EVERYTHING if template.whole else room(reading, template, asked)
    text = excerpt(reading, template.sections, granted)
    if tokens(text) <= room(reading, template, asked, window):
        return ()
    noting = _noting(template, 1, 1)
    held = replace(template, tokens=template.tokens if window is None else window)
    most = room(reading, held, noting, None if window is None else window - _TOKENS_OF_NOTES)
    if tokens(text) > MOST * most:
        text = excerpt(reading, template.sections, (MOST - 1) * most)
    pieces = _pieces(text, most)[:MOST]
    return tuple(
        framed(reading, piece, _noting(template, place, len(pieces)))
        for place, piece in enumerate(pieces, start=1)
    )


def from_notes(reading: Reading, notes: Sequence[str]) -> Reading:
    """The paper as its notes tell it, in the place of its text."""
    told = [" ".join(note[:_LONGEST_NOTES].split()) for note in notes]
    parts = [f"Part {place}: {note}" for place, note in enumerate(told, start=1) if note]
    abstract = reading.paper.abstract.strip()
    return replace(
        reading, text="\n\n".join([*([abstract] if abstract else []), *parts]), document=None
    )


def _noting(template: Template, place: int, count: int) -> str:
    wanted = "\n".join(f"- {field.meaning}" for field in template.fields)
    return (
        f"This is part {place} of {count} of the paper. From notes of all its parts a summary will "
        f"be written that says:\n{wanted}\n\nNote what this part says of that, in at most "
        f"{_WORDS_OF_NOTES} words and in the paper's language. Keep names, numbers and formulas as "
        "they are. Answer with the notes and nothing else."
    )


def _pieces(text: str, most: int) -> list[str]:
    """The text in as few pieces of about the same size as fit, parted between paragraphs."""
    paragraphs = [each for whole in text.split("\n\n") for each in _bounded(whole, most)]
    sizes = [tokens(paragraph) + 2 for paragraph in paragraphs]
    share = sum(sizes) / max(1, -(-sum(sizes) // most))
    pieces: list[list[str]] = [[]]
    held = 0
    for paragraph, size in zip(paragraphs, sizes, strict=True):
        if pieces[-1] and (held + size > most or held >= share):
            pieces.append([])
            held = 0
        pieces[-1].append(paragraph)
        held += size
    return ["\n\n".join(piece) for piece in pieces]


def _bounded(paragraph: str, most: int) -> list[str]:
    """A paragraph that is longer than a piece, cut between words."""
    if tokens(paragraph) <= most:
        return [paragraph]
    half = len(paragraph) // 2
    space = paragraph.find(" ", half)
    at = space if 0 <= space < half + half // 2 else half
    return [*_bounded(paragraph[:at], most), *_bounded(paragraph[at:], most)]
