"""The rows at both ends of pages, and what they have in common with those of other pages. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperlens.layout.page import Box, Line, Page, around

_PAGE_NUMBER = re.compile(
    r"(?:page |p\. )?[-–—·|]? ?(?:[A-Z]?\d{1,5}|[ivxlc]{1,7})(?: ?(?:of|/) ?\d{1,4})? ?[-–—·|]?",
    re.I,
)
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
DEEPEST = 3  # rows of furniture at either end of a page
APART = 1.6  # times the usual distance of baselines
_EDGE = 0.13  # of the page's height
_OFTEN = 2
_SAME = 3.0  # points


@dataclass(frozen=True)
class Row:
    """Lines side by side."""

    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    @cached_property
    def box(self) -> Box:
        return around(line.box for line in self.lines)

    @cached_property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @cached_property
    def shape(self) -> str:
        """The same for rows that differ in their numbers alone."""
        return _NUMBER.sub("#", "".join(self.text.lower().split()))

    @cached_property
    def main(self) -> Line:
        return max(self.lines, key=lambda line: len(line.text))

    @property
    def is_page_number(self) -> bool:
        return _PAGE_NUMBER.fullmatch(self.text) is not None

    @property
    def has_page_number(self) -> bool:
        """Whether a number stands at either end, apart from the rest."""
        ends = (self.lines[0], self.lines[-1])
        return (
            any(map(str.isalpha, self.text))
            and not self.main.text.endswith(".")
            and any(_PAGE_NUMBER.fullmatch(line.text.strip()) for line in ends)
        )


@dataclass(frozen=True)
class End:
    """The rows at the top or at the bottom of a page, the outermost first."""

    page: Page
    is_top: bool
    rows: tuple[Row, ...]

    def white(self, place: int) -> float:
        """Points between the baselines of a row and of the next one further inside."""
        if place + 1 >= len(self.rows):
            return 0.0
        return abs(self.rows[place].main.baseline - self.rows[place + 1].main.baseline)

    def is_outside(self, row: Row) -> bool:
        edge = _EDGE * self.page.height
        return row.box.top < edge if self.is_top else row.box.bottom > self.page.height - edge


def end_of(page: Page, is_top: bool) -> End:
    flat = [line for line in page.lines if not line.is_upright and line.text.strip()]
    flat.sort(key=lambda line: line.box.middle[1], reverse=not is_top)
    rows: list[list[Line]] = []
    for line in flat:
        if rows and line.box.beside(rows[-1][0].box) > 0.5 * min(
            line.box.height, rows[-1][0].box.height
        ):
            rows[-1].append(line)
        elif len(rows) > DEEPEST:
            break
        else:
            rows.append([line])
    ordered = (tuple(sorted(row, key=lambda line: line.box.left)) for row in rows)
    return End(page, is_top, tuple(map(Row, ordered)))


class Repeated:
    """What stands at the same place on several pages."""

    def __init__(self, ends: Sequence[End], leading: float) -> None:
        self._texts = Counter[tuple[bool, str, int]]()
        self._heads = Counter[int]()
        for end in ends:
            for place, row in enumerate(end.rows[:DEEPEST]):
                if end.is_outside(row):
                    y = round(row.main.baseline / _SAME)
                    self._texts[end.is_top, row.shape, y] += 1
                    if place == 0 and end.is_top and end.white(0) > APART * leading:
                        self._heads[y] += 1
        self._pages = len(ends) // 2

    def text(self, end: End, row: Row) -> bool:
        """Whether the same words, numbers apart, stand there on other pages."""
        y = round(row.main.baseline / _SAME)
        return sum(self._texts[end.is_top, row.shape, y + step] for step in (-1, 0, 1)) >= _OFTEN

    def place(self, row: Row) -> bool:
        """Whether most pages begin with a row by itself there, whatever its words."""
        y = round(row.main.baseline / _SAME)
        count = sum(self._heads[y + step] for step in (-1, 0, 1))
        return count >= max(3, 0.6 * self._pages)
