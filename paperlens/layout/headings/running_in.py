"""Heads that run into their paragraph: its first words, set apart from the rest. Pure."""

import re
from itertools import pairwise
from math import inf

from paperlens.layout.headings.candidates import Candidate, Setting
from paperlens.layout.headings.looks import Look
from paperlens.layout.headings.numbering import numbers_of
from paperlens.layout.lines import joined
from paperlens.layout.page import Line
from paperlens.layout.prose import flowing

_MOST_WORDS, _MOST_LETTERS = 14, 120
_FEW_WORDS = 8
_MOST_BETWEEN = 40
_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){1,4}\.?\s*")
_LETTER = re.compile(r"\s*\(?[a-zA-Z\d]{1,3}[.)]\s*")
_OTHER = 1.25  # the strength of letters of another font that says nothing of itself
_WIDE_SPACE = 0.48  # of the letters' size
_STATEMENT = re.compile(
    r"[^\W\d_]+\.?\s*(?:\(?[A-Z]{0,2}\d+[a-z]?(?:\.\d+)*\)?|[A-Z]|[IVX]+)"
    r"\s*(?:\([^()]*\)|\[[^\[\]]*\])?[.:]?$"
)
_CLAIM = re.compile(
    r"(?:proofs?|remarks?|examples?|definitions?|theorem|lemma|corollary|proposition|claim|case"
    r"|step|assumptions?|conjecture|observation|fact|exercise|solution|question|hypothesis|problem"
    r"|beweis|satz|bemerkung|preuve|théorème|lemme|remarque)\b(?:\s+of\b.*|\s*[\d(].*|[\s.:]*)$",
    re.I,
)
_ENDS = (".", ":", "—", "–", "?", "!", "。", "：")
_SENTENCE_ENDS = (*_ENDS, ";", ")", "”", '"', "’", "]", "；")


def running_in(setting: Setting, index: int) -> Candidate | None:
    """The head that the paragraph beginning here begins with, if it may have one."""
    placed = setting.lines[index]
    spans = placed.line.spans
    is_numbered = len(spans) > 2 and _NUMBER.fullmatch(spans[0].text) is not None
    look = setting.looks.of(spans[is_numbered])
    if look.strength <= 0:
        return None
    over = 1 if _is_whole(setting, index, look) else 0
    if over and not _goes_on(setting, index, look):
        return None
    line = setting.lines[index + over].line
    count = _lead(setting, line, look)
    if not 0 < count < len(line.spans):
        return None
    lead = joined(line.spans[:count])
    rest = line.spans[count]
    gap = rest.box.left - line.spans[count - 1].box.right
    if not lead.rstrip().endswith(_ENDS) and rest.text.lstrip()[:1] in _ENDS:
        lead += rest.text[: rest.text.index(rest.text.lstrip()[0]) + 1]
    text = flowing(["\n".join([placed.line.text] * over + [lead])])
    numbers = numbers_of(text)
    merit = _strength(setting, look, setting.looks.of(rest))
    if merit <= 0:
        return None
    merit += _place(setting, index) + _wording(
        text, gap > _WIDE_SPACE * line.size, numbers[0].length if numbers else 0
    )
    return Candidate(index, over + 1, _bare(text), placed.page, look, merit, numbers, len(lead))


def _is_whole(setting: Setting, index: int, look: Look) -> bool:
    """Whether the head fills its first line."""
    placed = setting.lines[index]
    if placed.line.box.right < placed.right - 4 * setting.size:
        return False
    return all(setting.looks.of(span)[:2] == look[:2] for span in placed.line.spans)


def _goes_on(setting: Setting, index: int, look: Look) -> bool:
    if index + 1 >= len(setting.lines) or setting.rise(index + 1) > 1.3 * setting.leading:
        return False
    after = setting.lines[index + 1].line.spans
    return len(after) > 1 and setting.looks.of(after[0])[:2] == look[:2]


def _lead(setting: Setting, line: Line, look: Look) -> int:
    """How many spans at a line's begin are set apart from the rest, all that lies between them
    included."""
    own = [n for n, span in enumerate(line.spans) if _is_like(setting.looks.of(span), look)]
    last = own[0]
    for this, after in pairwise(own):
        between = "".join(span.text for span in line.spans[this + 1 : after])
        has_ended = line.spans[this].text.rstrip().endswith(_ENDS)
        if (has_ended and not _LETTER.fullmatch(line.spans[this].text)) or len(
            between
        ) > _MOST_BETWEEN:
            break
        if between.lstrip().startswith((".", ":")):
            break
        last = after
    return last + 1


def _is_like(look: Look, first: Look) -> bool:
    return look[:2] == first[:2] or (look.strength >= 1.0 and look.strength >= first.strength)


def _strength(setting: Setting, look: Look, rest: Look) -> float:
    """How far the head stands out from its own paragraph."""
    if (
        rest.size > 1.15 * look.size
        or rest.size >= 1.06 * setting.size
        or (rest.is_bold and not look.is_bold)
    ):
        return 0.0
    is_alike = look.is_bold == rest.is_bold and look.is_italic == rest.is_italic
    if is_alike and not look.is_capitals and (not look.is_rare or rest.is_rare):
        return 0.0
    strength = max(look.strength, _OTHER) if look.is_rare else look.strength
    if look.size <= 0.94 * setting.size and abs(rest.size - look.size) < 0.6:
        strength += 1.0
    if rest.is_bold and look.is_bold:
        strength -= 1.0
    return strength


def _place(setting: Setting, index: int) -> float:
    """What the lines around say: a paragraph that begins here, and no item of a list."""
    placed = setting.lines[index]
    points = _begins(setting, index)
    if index + 1 < len(setting.lines) and setting.rise(index + 1) < 1.5 * setting.leading:
        hanging = setting.lines[index + 1].line.box.left - placed.line.box.left
        if hanging > 0.8 * setting.size:
            points -= 2.5
    return points


def _begins(setting: Setting, index: int) -> float:
    placed, above = setting.lines[index], setting.white_above(index)
    if index == 0:
        return 0.5
    before = setting.lines[index - 1]
    has_ended = before.line.text.rstrip().endswith(_SENTENCE_ENDS)
    if above == inf:
        return 0.5 if has_ended else 0.0
    if above >= 1.18:
        return 1.0
    indent = placed.line.box.left - placed.left
    is_under = before.line.box.left - before.left > indent - 0.3 * setting.size
    if 0.5 * setting.size < indent < 4 * setting.size and not is_under:
        return 0.5 if has_ended else -1.5
    is_short = before.line.box.right < before.right - 0.08 * (before.right - before.left)
    return 0.0 if is_short and has_ended else -0.5 if has_ended else -2.0


def _wording(text: str, is_apart: bool, number: int) -> float:
    words = len(text.split())
    points = 0.0
    if text.endswith(_ENDS):
        points = 1.0 if text.endswith(("?", "!")) else 1.5
    if not points:
        points = 1.0 if is_apart else -1.0
    if words > _MOST_WORDS or len(text) > _MOST_LETTERS:
        points -= 4.0
    elif words > _FEW_WORDS:
        points -= 1.0
    if text[:1].islower() and not number:
        points -= 2.0
    name = text[number:]
    if 2 * sum(map(str.isalpha, name)) < max(len(name), 1):
        points -= 3.0
    if _STATEMENT.match(text) or _CLAIM.match(text):
        points -= 4.0
    return points


def _bare(text: str) -> str:
    """Without the punctuation that leads to the paragraph."""
    bare = text.rstrip().rstrip(".:。：—–").rstrip()
    return bare or text
