"""Heads of sections, told from the text around them by how they are set. Pure.

No list of names: what counts is the look, the white around, numbers that go on, heads that look
alike, and the PDF's own outline.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperlens.layout.flow import Placed
from paperlens.layout.headings.candidates import Candidate, Setting
from paperlens.layout.headings.levels import levels_of
from paperlens.layout.headings.looks import Looks
from paperlens.layout.headings.names import is_references
from paperlens.layout.headings.numbering import Number
from paperlens.layout.headings.outline import Outline, titled_lines
from paperlens.layout.headings.running_in import running_in
from paperlens.layout.headings.standing import standing
from paperlens.layout.typography import Typography

_STEP = re.compile(r"\s*\d{1,3}:\s")
_PAGE_NUMBER = re.compile(r"[^\W\d]\S*[.\s]+\d{1,3}$")
_ENOUGH = 3.75
_LIKELY = 3.0


_Counted = tuple[Candidate, Number | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """A head: its first line in the flow and how many there are; where a head runs into its
    paragraph, `run_in` is how many letters of its last line are the head's."""

    index: int
    count: int
    text: str
    level: int
    page: int
    run_in: int = 0


def headings_of(
    lines: Sequence[Placed], typography: Typography, outline: Outline = ()
) -> tuple[Heading, ...]:
    """The heads in reading order."""
    setting = Setting(lines, Looks(lines, typography), typography.size, typography.leading)
    found = list(_candidates(setting, titled_lines(lines, outline)))
    heads = list(_without_citations(_accepted(found)))
    levels = levels_of(heads)
    return tuple(
        Heading(head.index, head.count, head.text, level, head.page, head.run_in)
        for (head, _), level in zip(heads, levels, strict=True)
    )


def _candidates(setting: Setting, titled: dict[int, int]) -> Iterator[Candidate]:
    index = 0
    while index < len(setting.lines):
        known = titled.get(index, 0)
        if not known and not setting.looks.stands_out(setting.lines[index].line):
            index += 1
            continue
        found = (None if known else running_in(setting, index)) or standing(setting, index, known)
        if (
            found
            and found.merit > 0
            and not (_is_program(setting, found) or _is_in_contents(setting, found))
        ):
            yield found
            index += max(1, found.count - bool(found.run_in))
        else:
            index += 1


def _is_program(setting: Setting, head: Candidate) -> bool:
    """Whether numbered steps follow: `Require:` and `end for` are bold as well."""
    after = setting.lines[head.index : head.index + head.count + 4]
    return not head.numbers and any(_STEP.match(placed.line.text) for placed in after)


def _is_in_contents(setting: Setting, head: Candidate) -> bool:
    """Whether it ends with a page's number, and so does the line above or below."""
    first, last = head.index - 1, head.index + head.count
    here = setting.lines[last - 1].line.text
    return _PAGE_NUMBER.search(here) is not None and any(
        _PAGE_NUMBER.search(setting.lines[n].line.text)
        for n in (first, last)
        if 0 <= n < len(setting.lines)
    )


def _accepted(candidates: Sequence[Candidate]) -> list[_Counted]:
    numbered = [
        (candidate, *_counted)
        for candidate, _counted in zip(candidates, _numbers(candidates), strict=True)
    ]
    likes = _likes([(candidate, points) for candidate, _, points in numbered])
    return [
        (candidate, number)
        for (candidate, number, points), bonus in zip(numbered, likes, strict=True)
        if candidate.merit + points + bonus + 4.0 * candidate.is_in_outline >= _ENOUGH
    ]


def _without_citations(heads: Sequence[_Counted]) -> Iterator[_Counted]:
    """Titles of journals stand out from references as heads do."""
    is_among_references = False
    for head, number in heads:
        if not head.run_in:
            is_among_references = is_references(head.text)
        if not (head.run_in and is_among_references):
            yield head, number


def _numbers(candidates: Sequence[Candidate]) -> Iterator[tuple[Number | None, float]]:
    """Each one's number, and what it says: a number that goes on makes a head likely."""
    last: dict[str, Number] = {}
    for candidate in candidates:
        number, points = _best(candidate.numbers, last)
        if number and candidate.merit + points >= _LIKELY and points > -1:
            last[number.scheme] = number
        yield number, points


def _best(numbers: Sequence[Number], last: dict[str, Number]) -> tuple[Number | None, float]:
    readings = [(_goes_on(number, last.get(number.scheme)), -n) for n, number in enumerate(numbers)]
    if not readings:
        return None, 0.0
    points, order = max(readings)
    return numbers[-order], points


def _goes_on(number: Number, last: Number | None) -> float:
    if last is None:
        return 1.5 if set(number.path) == {1} or number.depth > 1 else 1.0
    if number.may_follow(last):
        return 1.75
    if number.path > last.path:
        return 0.5
    return 1.0 if number.path[-1] == 1 and number.depth == 1 else -1.0


def _likes(candidates: Sequence[tuple[Candidate, float]]) -> list[float]:
    """What heads that look alike say for one another."""
    groups = defaultdict[tuple[object, ...], list[float]](list)
    keys = [
        (each.look.font, each.look.size, each.run_in > 0, each.look.is_capitals)
        for each, _ in candidates
    ]
    for key, (each, points) in zip(keys, candidates, strict=True):
        groups[key].append(each.merit + points + 2.0 * each.is_in_outline)
    return [_bonus(groups[key]) for key in keys]


def _bonus(merits: Sequence[float]) -> float:
    usual = sorted(merits)[len(merits) // 2]
    if usual < 2.5 and len(merits) > 2:
        return -1.0
    return min(1.0, 0.35 * (len(merits) - 1)) if usual >= _LIKELY else 0.0
