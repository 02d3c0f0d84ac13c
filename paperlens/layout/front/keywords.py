"""The keywords that a paper prints, and the lines that they take. Pure."""

import re
from collections.abc import Iterable, Sequence

from paperlens.layout.flow import Placed
from paperlens.layout.headings import Heading
from paperlens.layout.headings.names import keywords_label
from paperlens.layout.page import Line
from paperlens.layout.prose import joined_lines

_FIRST_LINES, _MOST_LINES = 160, 8
_PARTERS = (r"\s*[;；]\s*", r"\s*[·•∙⋅|]\s*", r"\s+[–—]+\s+|—", r"\s*[,，、]\s*")
_LONGEST = 120

Found = tuple[tuple[str, ...] | None, frozenset[int]]


def keywords_of(
    lines: Sequence[Placed], headings: Sequence[Heading], notes: Iterable[str] = ()
) -> Found:
    """The keywords, None where a paper prints none, and the indexes of their lines."""
    heads = {head.index for head in headings}
    for index, placed in enumerate(lines[:_FIRST_LINES]):
        label = _label(placed.line)
        if label:
            taken = _taken(lines, index, heads)
            words = _words([placed.line.text[label:], *(lines[n].line.text for n in taken[1:])])
            if words:
                return words, frozenset(taken)
    for note in notes:
        text = note.lstrip(" 0123456789*∗†")
        label = keywords_label(text)
        words = _words([text[label:]]) if label else ()
        if words:
            return words, frozenset()
    return None, frozenset()


def _label(line: Line) -> int:
    """How many letters of a line announce keywords, with a sign or by their font alone."""
    first, label = line.spans[0].text, keywords_label(line.text)
    is_label = len(line.spans) > 1 and keywords_label(first) == len(first) > 0
    return len(first) if is_label and not label else label


def _taken(lines: Sequence[Placed], index: int, heads: set[int]) -> list[int]:
    """The lines of the keywords: they end where white, a head or other letters begin."""
    taken = [index]
    label_alone = _label(lines[index].line) >= len(lines[index].line.text)
    for n in range(index + 1, min(index + _MOST_LINES, len(lines))):
        this, last = lines[n], lines[n - 1]
        is_first = label_alone and n == index + 1
        if n in heads or this.page != last.page or this.column != last.column:
            break
        if not is_first and (
            this.gap > 0.75 * this.line.size or abs(this.line.size - last.line.size) > 0.6
        ):
            break
        if _label(this.line) and not is_first:
            break
        taken.append(n)
    return taken


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    text = joined_lines([text for text in texts if text.strip()]).strip()
    text = re.sub(
        r"\s*(?:PACS|MSC|JEL|Mathematics Subject|CCS Concepts|ACM Reference)\b.*", "", text
    )
    parter = next((each for each in _PARTERS if re.search(each, text)), _PARTERS[-1])
    words = (word.strip(" .,;:·—–") for word in re.split(parter, text))
    return tuple(word for word in words if 1 < len(word) < _LONGEST)
