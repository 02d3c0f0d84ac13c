"""What lies on a page, as the reader of PDFs hands it on: lines of text, images, drawn shapes.

Plain frozen data in points from the top left of the page as it is shown. `order` counts what was
painted before: a later thing lies on top of an earlier one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; nothing in it may lie on its border alone."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def __or__(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def __and__(self, other: "Box") -> "Box":
        """What both share; its area is 0 where they do not meet."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def share_in(self, other: "Box") -> float:
        """The part of this box that lies in the other, from 0 to 1."""
        if self.area > 0:
            return (self & other).area / self.area
        return float(other.holds(*self.middle))

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def beside(self, other: "Box") -> float:
        """How many points of height both have in common."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def above_or_below(self, other: "Box") -> float:
        """How many points of width both have in common."""
        return min(self.right, other.right) - max(self.left, other.left)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be one."""
    return reduce(Box.__or__, boxes)


class Ink(NamedTuple):
    """How text is painted: 0xRRGGBB, from 0 (clear) to 255, and whether it is painted at all."""

    color: int
    alpha: int
    is_painted: bool


class Span(NamedTuple):
    """Letters of one font on one line. `ink` is known only where the page could hide text."""

    text: str
    box: Box
    baseline: float
    font: str
    size: float
    is_bold: bool
    is_italic: bool
    ink: Ink | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Spans side by side; `block` is the number that MuPDF's own grouping gave it.

    Font and baseline are those of most of its letters.
    """

    spans: tuple[Span, ...]
    box: Box
    text: str
    size: float
    order: int
    block: int
    is_upright: bool = False
    font: str = field(init=False)
    baseline: float = field(init=False)

    def __post_init__(self) -> None:
        longest = self.spans[0]
        if len(self.spans) > 1:
            longest = max(self.spans, key=lambda span: len(span.text))
        object.__setattr__(self, "font", longest.font)
        object.__setattr__(self, "baseline", longest.baseline)

    @property
    def is_bold(self) -> bool:
        return all(span.is_bold for span in self._words())

    @property
    def is_italic(self) -> bool:
        return all(span.is_italic for span in self._words())

    def _words(self) -> Iterator[Span]:
        letters = [span for span in self.spans if any(map(str.isalnum, span.text))]
        return iter(letters or self.spans)


class Shape(NamedTuple):
    """A drawn path: its frame, 0xAARRGGBB, and how it is drawn."""

    box: Box
    color: int
    is_stroked: bool
    is_rectangle: bool
    order: int

    @property
    def is_rule(self) -> bool:
        """A straight line along an edge of the page, however it was drawn."""
        return min(self.box.width, self.box.height) <= 2 < max(self.box.width, self.box.height)


class Image(NamedTuple):
    box: Box
    order: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `links` are the addresses of its link annotations."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    images: tuple[Image, ...] = ()
    shapes: tuple[Shape, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, self.width, self.height)
