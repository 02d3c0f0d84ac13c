"""Heads on lines of their own, unlike the text around in letters and white. Pure."""

import re
from itertools import pairwise
from math import inf

from paperlens.layout.headings.candidates import Candidate, Setting
from paperlens.layout.headings.looks import Look, is_in_capitals
from paperlens.layout.headings.numbering import numbers_of
from paperlens.layout.prose import flowing

_MOST_LINES, _MOST_WORDS = 4, 28
_A_SENTENCE = 8
_NEXT_SENTENCE = re.compile(r"[a-z]{3}\. [A-Z]")
_CONTENTS = re.compile(r"(?:\. ){4}|\.{5}")
_STATEMENT = re.compile(
    r"[^\W\d_]+\.?\s*\(?[A-Z]?\d+[a-z]?(?:\.\d+)*\)?\s*(?:\([^()]*\)|\[[^\[\]]*\])?[.:]?$"
)
_FOREIGN = re.compile(r"[^\w\s(§\[“\"'‘¿¡（【《「第]")
_SIGNS = re.compile(r"[=<>≤≥∈∑∫→←{}\\|_^~#$]|\d{3}")


def standing(setting: Setting, index: int, titled: int = 0) -> Candidate | None:
    """The head that begins here on a line of its own, if one may; the outline calls `titled` lines
    from here a title."""
    line = setting.lines[index].line
    look = setting.looks.of_line(line)
    strength = look.strength
    if strength <= 1.0 and is_in_capitals(line.text):
        strength += 1.5
    if strength <= 0 and not titled:
        return None
    count = titled or _count(setting, index, look)
    own = setting.lines[index : index + count]
    if not count or _is_mixed(setting, index, count):
        return None
    text = flowing(["\n".join(placed.line.text for placed in own)])
    numbers = numbers_of(text)
    merit = strength + _place(setting, index, count) + _wording(text, bool(numbers))
    return Candidate(
        index, count, text, own[0].page, look, merit, numbers, is_in_outline=titled > 0
    )


def _count(setting: Setting, index: int, look: Look) -> int:
    """How many lines from here look alike and stand close; 0 for more than any head has."""
    lines, count = setting.lines, 1
    while index + count < len(lines):
        after = index + count
        line = lines[after].line
        other = setting.looks.of_line(line)
        if (other.font, other.size) != (look.font, look.size):
            break
        if look.strength <= 0 and not is_in_capitals(line.text):
            break
        rise = setting.rise(after)
        if rise > 1.5 * max(look.size, setting.leading * 0.8) or rise == inf:
            break
        if numbers_of(line.text) and numbers_of(lines[index].line.text):
            break
        count += 1
        if count > _MOST_LINES:
            return 0
    return count


def _is_mixed(setting: Setting, index: int, count: int) -> bool:
    """Whether much of it is set like running text, or in cells."""
    letters = plain = 0
    for placed in setting.lines[index : index + count]:
        spans = placed.line.spans
        is_capital = is_in_capitals(placed.line.text)
        for span in spans:
            letters += len(span.text)
            if setting.looks.of(span).strength == 0 and not is_capital:
                plain += len(span.text)
        gaps = (b.box.left - a.box.right for a, b in pairwise(spans[1:]))
        if any(gap > 2.5 * placed.line.size for gap in gaps):
            return True
    return 0 < 0.3 * letters < plain < letters


def _place(setting: Setting, index: int, count: int) -> float:
    lines = setting.lines
    first, last = lines[index], lines[index + count - 1]
    above, below = setting.white_above(index), setting.rise(index + count) / setting.leading
    if above == inf:
        points = 0.75
    else:
        points = 1.5 if above >= 1.35 else 1.0 if above >= 1.18 else 0.0 if above >= 1.08 else -1.5
    if below == inf:
        points -= 0.5
    elif below > 1.1:
        points += 0.5
    if index + count >= len(lines):
        points -= 1.0
    indent = first.line.box.left - first.left
    if setting.is_centred(index):
        points += 0.5
    elif indent > 2.5 * setting.size:
        points -= 1.5
    if last.line.box.right < last.right - 0.1 * (last.right - last.left):
        points += 0.5
    elif below < 1.4 and lines[index + count].line.text[:1].islower():
        points -= 2.5
    return points


def _wording(text: str, is_numbered: bool) -> float:
    points = 0.0
    words = len(text.split())
    if text.endswith((".", "!", ":")) and (words >= _A_SENTENCE or not is_numbered):
        points -= 1.0
    if words >= _A_SENTENCE and _NEXT_SENTENCE.search(text):
        points -= 1.5
    if _CONTENTS.search(text):
        points -= 4.0
    if text.endswith((",", ";", "-", "–", "=", "(")):
        points -= 2.0
    if text[:1].islower() and not is_numbered:
        points -= 2.0
    if _FOREIGN.match(text):
        points -= 3.0
    if _STATEMENT.match(text):
        points -= 2.5
    if words > _MOST_WORDS:
        points -= 3.0
    letters = sum(map(str.isalpha, text))
    if letters < 2 or letters < 0.4 * len(text.replace(" ", "")):
        points -= 3.0
    return points - min(2.0, 0.7 * len(_SIGNS.findall(text)))
