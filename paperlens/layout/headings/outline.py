"""The PDF's own outline, found again among the lines of its pages. Pure.

An outline may be old, cut, or name figures alone: a title counts only where its page prints it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from paperlens.layout.flow import Placed
from paperlens.layout.headings.numbering import numbers_of

Outline = Sequence[tuple[int, str, int]]
_WORD = re.compile(r"[^\W\d_]{2}")
_ROMAN = re.compile(r"[IVX]{2,5}\b")
_MOST_LINES = 4
_SHORTEST = 2


def titled_lines(lines: Sequence[Placed], outline: Outline) -> dict[int, int]:
    """By the line that each title begins on: how many lines it takes."""
    titles, begins = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    for _, title, page in outline:
        letters = _letters(title)
        if len(letters) >= _SHORTEST:
            titles[page].add(letters)
            begins[page].add(_begin(title))
    found: dict[int, int] = {}
    for index, placed in enumerate(lines):
        wanted = begins.get(placed.page)
        if wanted and (_begin(placed.line.text) in wanted or _ROMAN.match(placed.line.text)):
            count = _count(lines, index, titles[placed.page])
            if count:
                found[index] = count
    return found


def _begin(text: str) -> str:
    """The first letters of the first word: what most lines that begin no title fail by."""
    word = _WORD.search(text)
    return word[0].casefold() if word else ""


def _count(lines: Sequence[Placed], index: int, wanted: set[str]) -> int:
    """How many lines from here make a title; 0 where none begins."""
    text = lines[index].line.text
    numbers = numbers_of(text)
    for start in {0, *(number.length for number in numbers)}:
        letters = _letters(text[start:])
        if not letters:
            continue
        begun = [title for title in wanted if title.startswith(letters)]
        for count in range(1, _MOST_LINES + 1):
            if letters in begun:
                return count
            begun = [title for title in begun if title.startswith(letters)]
            if not begun or index + count >= len(lines):
                break
            letters += _letters(lines[index + count].line.text)
    return 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
