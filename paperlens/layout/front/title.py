"""A paper's title, and where the lines about its authors end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperlens.layout.flow import Placed
from paperlens.layout.headings import Heading
from paperlens.layout.headings.names import is_abstract, is_appendix, is_references, keywords_label
from paperlens.layout.headings.numbering import numbers_of
from paperlens.layout.prose import joined_lines
from paperlens.layout.typography import Typography

_MOST_LINES, _FIRST_LINES = 6, 90
_LARGE = 1.35
_IN_PROSE = 0.5  # the most words with a capital that running text has
_ROW = 3
_MOST_OF = 0.65  # of a column's width, which lines of text fill at least
_Look = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Title:
    """The title's text and the lines of the flow from `begin` to `end` that print it."""

    text: str
    begin: int
    end: int


def title_of(
    lines: Sequence[Placed], headings: Sequence[Heading], typography: Typography
) -> Title | None:
    """The largest letters above the first page's text; None where the text just goes on."""
    first = byline_end(lines, headings, 0)
    above = range(min(first, len(lines)))
    sizes = [lines[n].line.size for n in above if _may_be_title(lines[n])]
    if not sizes:
        return None
    size = max(sizes)
    begin = next(n for n in above if lines[n].line.size == size and _may_be_title(lines[n]))
    if not typography.is_larger(size):
        begin = next((n for n in above if _stands_out(lines[n])), -1)
        if begin < 0:
            return None
        size = lines[begin].line.size
    end = _end(lines, begin, first)
    if _is_section(lines, headings, begin, end, first, size / typography.size):
        return None
    return Title(_text(lines[begin:end]), begin, end)


def byline_end(lines: Sequence[Placed], headings: Sequence[Heading], begin: int) -> int:
    """Where the paper's own text begins: at an abstract, a head, or running text."""
    prose = next(
        (n for n in range(begin, min(len(lines), _FIRST_LINES)) if _is_prose(lines, n)), None
    )
    last = prose if prose is not None else min(len(lines), begin + _FIRST_LINES)
    page = lines[0].page if lines else 1
    last = next((n for n in range(begin, last) if lines[n].page != page), last)
    looks = {_look(lines[head.index]) for head in headings if head.index > last}
    for head in headings:
        if begin <= head.index < last and _opens_text(head, lines, last, looks):
            return head.index
    return last


def _may_be_title(placed: Placed) -> bool:
    text = placed.line.text.strip()
    letters = sum(map(str.isalpha, text))
    is_code = " " not in text and any(map(str.isdigit, text))
    return letters > 2 and letters > 0.5 * len(text.replace(" ", "")) and not is_code


def _stands_out(placed: Placed) -> bool:
    return _may_be_title(placed) and (placed.line.is_bold or placed.line.text.isupper())


def _end(lines: Sequence[Placed], begin: int, first: int) -> int:
    """The line after the last that is set like the first."""
    end = begin + 1
    while end < min(first, begin + _MOST_LINES) and _is_like(lines[begin], lines[end]):
        end += 1
    return end


def _is_like(first: Placed, other: Placed) -> bool:
    a, b = first.line, other.line
    return (
        abs(a.size - b.size) < 0.6
        and (a.font == b.font or a.is_bold == b.is_bold)
        and other.gap < 1.3 * a.size
    )


def _is_section(
    lines: Sequence[Placed],
    headings: Sequence[Heading],
    begin: int,
    end: int,
    first: int,
    larger: float,
) -> bool:
    """Whether it is a section's head or its text, as on a page from the middle of a paper."""
    text = _text(lines[begin:end])
    if text[:1].islower() or is_references(text) or is_appendix(text) or is_abstract(text):
        return True
    if any(number.scheme != "letter" for number in numbers_of(lines[begin].line.text)):
        return True
    font, size = lines[begin].line.font, lines[begin].line.size
    likes = [
        head
        for head in headings
        if head.index >= end
        and lines[head.index].line.font == font
        and abs(lines[head.index].line.size - size) < 0.3
    ]
    return end >= first and (larger < _LARGE or len(likes) > 0)


def _opens_text(head: Heading, lines: Sequence[Placed], prose: int, looks: set[_Look]) -> bool:
    if is_abstract(head.text) or keywords_label(head.text):
        return True
    if any(number.scheme != "letter" for number in numbers_of(head.text)):
        return True
    is_near = head.index + head.count >= prose
    first = lines[head.index].line
    is_even = len({(span.font, span.size) for span in first.spans}) == 1
    return is_near and is_even and _look(lines[head.index]) in looks


def _look(placed: Placed) -> _Look:
    return placed.line.font, round(placed.line.size, 1)


def _is_prose(lines: Sequence[Placed], begin: int) -> bool:
    """Whether lines of running text begin here: long ones of one size, with few capitals."""
    row = lines[begin : begin + _ROW]
    if len(row) < _ROW or any(placed.column != row[0].column for placed in row):
        return False
    size = row[1].line.size
    widths = [placed.line.box.width for placed in row]
    if any(abs(placed.line.size - size) > 0.6 for placed in row):
        return False
    gaps = [placed.gap for placed in row[1:]]
    is_spaced_out = max(gaps) < 1.6 * size and max(gaps) - min(gaps) < 0.2 * size
    if max(gaps) > size and not is_spaced_out:
        return False
    if max(widths) < 14 * size or min(widths[:2]) < 0.7 * max(widths):
        return False
    if widths[1] < _MOST_OF * (row[1].right - row[1].left):
        return False
    words = [word for placed in row for word in placed.line.text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _ROW and capitals <= _IN_PROSE * len(words)


def _text(title: Sequence[Placed]) -> str:
    parts = []
    for placed in title:
        raised = placed.line.baseline - 0.15 * placed.line.size
        spans = placed.line.spans
        while (
            len(spans) > 1
            and spans[-1].baseline < raised
            and spans[-1].size < 0.85 * placed.line.size
        ):
            spans = spans[:-1]
        kept = "".join(span.text for span in spans)
        parts.append(placed.line.text if len(spans) == len(placed.line.spans) else kept)
    return joined_lines(parts).strip(" *∗†‡")
