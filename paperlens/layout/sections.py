"""Text under its heads: the sections of a paper, and what kind each of them is. Pure."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from paperlens.document import Section
from paperlens.layout.flow import Placed
from paperlens.layout.flow.paragraphs import paragraphs
from paperlens.layout.headings import Heading
from paperlens.layout.headings.names import is_abstract, is_appendix, is_references
from paperlens.layout.headings.numbering import Number, numbers_of
from paperlens.layout.page import Line
from paperlens.layout.typography import Typography

_A_FEW = 3


def sections_of(
    lines: Sequence[Placed],
    headings: Sequence[Heading],
    typography: Typography,
    skip: AbstractSet[int] = frozenset(),
) -> tuple[Section, ...]:
    """Lines in `skip` belong to no section, nor do heads among them."""
    heads = [head for head in headings if head.index not in skip]
    kinds = _kinds(heads)
    ends = [head.index for head in heads[1:]] + [len(lines)] * bool(heads)
    first = heads[0].index if heads else len(lines)
    before = [lines[index] for index in range(first) if index not in skip]
    apart = _set_apart(before, typography) if heads and skip else 0
    sections = [
        Section(None, 1, part[0].page, kind, "\n\n".join(paragraphs(part)))
        for part, kind in ((before[:apart], "abstract"), (before[apart:], "body"))
        if part
    ]
    for head, kind, end in zip(heads, kinds, ends, strict=True):
        own = _own(lines, head, end, skip)
        text = "\n\n".join(paragraphs(own))
        sections.append(Section(head.text, head.level, head.page, kind, text))
    return tuple(sections)


def _set_apart(before: Sequence[Placed], typography: Typography) -> int:
    """How many lines after the title are an abstract without a head, set otherwise than the text
    that follows."""
    are_apart = [_is_set_apart(placed, typography) for placed in before]
    for index in range(len(before)):
        if not any(are_apart[index : index + _A_FEW]):
            return index
    return len(before)


def _is_set_apart(placed: Placed, typography: Typography) -> bool:
    """Whether a line is smaller than the body's, or stands between wider margins."""
    box, margin = placed.line.box, typography.size
    is_inset = box.left > placed.left + margin and box.right < placed.right - margin
    return typography.is_smaller(placed.line.size) or is_inset


def _own(lines: Sequence[Placed], head: Heading, end: int, skip: AbstractSet[int]) -> list[Placed]:
    """The lines under a head; what follows a head on its own line is the first of them."""
    begin = head.index + head.count
    own = [lines[index] for index in range(begin, end) if index not in skip]
    if not head.run_in:
        return own
    first = lines[begin - 1]
    rest = _without(first.line, head.run_in)
    return [replace(first, line=rest), *own] if rest else own


def _without(line: Line, letters: int) -> Line | None:
    """A line without its first letters."""
    text = line.text[letters:].lstrip()
    if not text:
        return None
    spans = line.spans
    while len(spans) > 1 and letters >= len(spans[0].text):
        letters -= len(spans[0].text)
        spans = spans[1:]
    first = spans[0]._replace(text=spans[0].text[letters:])
    return replace(line, text=text, spans=(first, *spans[1:]))


def _kinds(heads: Sequence[Heading]) -> list[str]:
    """References go on to a paper's end, where no appendix follows."""
    kinds: list[str] = []
    now, last = "body", list[Number]()
    for head in heads:
        numbers = list(numbers_of(head.text))
        if is_abstract(head.text) and not last:
            kinds.append("abstract")
            continue
        if head.level == 1 and not head.run_in:
            now = _kind(head.text, now, numbers, last)
            last = numbers or last
        kinds.append(now)
    return kinds


def _kind(name: str, before: str, numbers: Sequence[Number], last: Sequence[Number]) -> str:
    """What a head of the first level stands over, after a section of another kind."""
    if is_references(name):
        return "references"
    if is_appendix(name):
        return "appendix"
    goes_on = any(number.may_follow(other) for number in numbers for other in last)
    if before == "references":
        return "body" if goes_on else "appendix" if numbers else "other"
    if before == "appendix":
        return "appendix" if goes_on or (numbers and last) else "body"
    return before
