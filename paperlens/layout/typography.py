"""How a paper is set: the letters of its body, and the columns of its pages. Pure.

What stands out from this is a heading, a caption, a footnote or a label in a figure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paperlens.layout.columns import Column, columns_among, fitted
from paperlens.layout.page import Line, Page

__all__ = ["Column", "Typography", "columns_of", "typography_of"]

_FEW = 4
_ENOUGH = 16  # pages


@dataclass(frozen=True, slots=True)
class Typography:
    """The size and the font of most letters, the distance of their baselines, and the columns
    of most pages."""

    size: float
    font: str
    leading: float
    columns: tuple[Column, ...] = ()

    def is_of_body_size(self, size: float) -> bool:
        return abs(size - self.size) < 0.06 * self.size

    def is_smaller(self, size: float) -> bool:
        return size <= 0.94 * self.size

    def is_larger(self, size: float) -> bool:
        return size >= 1.06 * self.size


def typography_of(pages: Sequence[Page]) -> Typography:
    """By letters, over all pages: figures and references have fewer of them than the body."""
    some = _some(pages)
    letters = letters_of(some)
    return replace(letters, columns=_grid(some, letters.size))


def letters_of(pages: Sequence[Page]) -> Typography:
    """The same without columns."""
    pages = _some(pages)
    size = _size(pages)
    fonts, leadings = Counter[str](), Counter[float]()
    for page in pages:
        last: tuple[float, float] | None = None
        for line in page.lines:
            if abs(line.size - size) < 0.06 * size:
                span = line.spans[0]
                fonts[span.font] += len(span.text)
                if last and abs(last[0] - line.box.left) < size:
                    leadings[round((line.baseline - last[1]) * 2) / 2] += 1
                last = line.box.left, line.baseline
    usual = [each for each, _ in leadings.most_common() if size * 0.9 < each < size * 2.6]
    font = fonts.most_common(1)[0][0] if fonts else ""
    return Typography(size, font, usual[0] if usual else 1.2 * size)


def _some(pages: Sequence[Page]) -> Sequence[Page]:
    """Pages from all over a paper, which tell as much as all of them."""
    return pages[:: max(1, len(pages) // _ENOUGH)]


def columns_of(page: Page, typography: Typography) -> tuple[Column, ...]:
    """The columns of a page from left to right; at least one, also on an empty page."""
    body = _body(page, typography.size)
    if not body:
        return typography.columns or (Column(0.0, page.width),)
    own = columns_among(body)
    if len(own) == len(typography.columns) or not typography.columns:
        return own
    if len(typography.columns) > 1:
        return fitted(typography.columns, body) or own
    return own


def _size(pages: Sequence[Page]) -> float:
    letters = Counter[float]()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    sizes = Counter[float]()
    for size, count in letters.items():
        sizes[round(size * 4) / 4] += count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _grid(pages: Sequence[Page], size: float) -> tuple[Column, ...]:
    """The columns of those pages that hold most lines."""
    lines = Counter[int]()
    found: dict[int, tuple[Column, ...]] = {}
    for page in pages:
        if body := _body(page, size):
            columns = columns_among(body)
            lines[len(columns)] += len(body)
            found.setdefault(len(columns), columns)
    return found[lines.most_common(1)[0][0]] if lines else ()


def _body(page: Page, size: float) -> list[Line]:
    return [
        line
        for line in page.lines
        if 0.75 * size < line.size < 1.3 * size and len(line.text) > _FEW and not line.is_upright
    ]
