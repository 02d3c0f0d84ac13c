"""Where words stand, and the lines that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ASCENT, DESCENT = 0.75, 0.25
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a baseline, or a box on it. A word has instead the widths of a line and of a
    column for width and depth, and the indent for height."""

    page: int
    x: float
    y: float
    size: float
    width: float = 0
    height: float = 0
    depth: float = 0

    @property
    def box(self) -> Box:
        return (self.x, self.y - self.height, self.x + self.width, self.y + self.depth)

    def is_level_with(self, other: "Spot") -> bool:
        return self.page == other.page and abs(self.y - other.y) < 0.6 * max(self.size, other.size)


Record = Mapping[str, list[Spot]]


@dataclass(slots=True)
class Line:
    """`left` or `right` is None where a broken word hides the margin."""

    spot: Spot
    left: float | None
    right: float | None
    words: int
    word: Spot
    is_guessed: bool = False

    @property
    def page(self) -> int:
        return self.spot.page

    @property
    def bbox(self) -> Box:
        size, y = self.spot.size, self.spot.y
        return (self.left or 0, y - ASCENT * size, self.right or 0, y + DESCENT * size)


def margins(paragraphs: Iterable[Sequence[Line]]) -> dict[int, list[float]]:
    """Where lines end on each page, the last ones of paragraphs left aside."""
    found: dict[int, list[float]] = {}
    for one in paragraphs:
        for line in one[:-1]:
            if line.right and not line.is_guessed:
                found.setdefault(line.page, []).append(line.right)
    return found


def lines(name: str, record: Record, ends: Mapping[int, list[float]] | None = None) -> list[Line]:
    """Of all words NAME:0, NAME:1…; a broken word ends one line and begins the next.

    A label before the words (NAME:l) is on the first line or has one of its own.
    """
    found: list[Line] = []
    if label := record.get(f"{name}:l:a"):
        begins = record[f"{name}:0:a"][-1]
        found.append(Line(label[-1], label[-1].x, label[-1].x, 0, begins))
    number = 0
    while starts := record.get(f"{name}:{number}:a"):
        start, end = starts[-1], record[f"{name}:{number}:z"][-1]
        if not found or not found[-1].spot.is_level_with(start):
            found.append(Line(start, start.x, start.x, 0, start))
        found[-1].words += 1
        if start.is_level_with(end):
            found[-1].right = end.x
        else:
            found[-1].right = None
            found.append(Line(end, None, end.x, 0, start))
        number += 1
    for place, line in enumerate(found):
        around = range(max(0, place - 4), min(len(found), place + 5))
        lefts = [found[at].left for at in around if at]
        indented = [found[0].left - found[0].spot.height] if found[0].left else []
        rights = [found[at].right for at in around if at + 1 < len(found)]
        known = [one for one in rights if one]
        _close(line, [one for one in lefts if one] or indented, known, place == 0)
        if line.is_guessed and ends:
            line.right = None
            _close(line, [], ends.get(line.page, []), place == 0)
    return found


def _close(line: Line, lefts: list[float], rights: list[float], is_first: bool) -> None:
    """The margins that a broken word hides are those of the lines around, in the same column."""
    if line.left is None:
        x = line.spot.x
        lefts = [one for one in lefts if x - line.word.width - 3 <= one < x]
        line.left = min(lefts, default=x - 2 * line.spot.size)
    if line.right is None:
        most = line.left + max(line.word.width, line.word.depth) + 3
        rights = [one for one in rights if line.left < one <= most]
        indent = line.spot.height if is_first else 0
        line.is_guessed = not rights
        line.right = max(rights, default=line.left + line.word.width - indent)
