"""Which figure of a paper is worth showing first. Pure.

A teaser or an overview tells what a paper does; plots tell how well. Captions say which is which,
and so do place and shape: authors put what they want to be seen first, and wide.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from paperlens.document import FIGURE, Float

_TELLS = re.compile(
    r"\b(?:overview|overall|pipeline|framework|architectures?|teaser|we (?:propose|present"
    r"|introduce)|our (?:method|approach|model|system|framework)|illustrat\w{1,6}|schematic\w{0,4}"
    r"|workflow|concept\w{0,4}|paradigm|diagram|key idea|at a glance|proposed|summary)\b"
    r"|概述|总览|框架|流程|示意|架构",
    re.I,
)
_PLOTS = re.compile(
    r"\b(?:loss(?:es)?|curves?|ablations?|histograms?|accurac(?:y|ies)|error bars?|plots?|versus|vs"
    r"|box ?plots?|scatter\w{0,5}|confusion|sensitivity|runtime|convergence|roc|correlations?"
    r"|distributions?|function of|percent\w{0,4}|failure cases?|residuals?|spectr(?:um|a))\b"
    r"|消融|曲线|直方图",
    re.I,
)
_BEGINNING = 160
_WIDE = 380.0
_SMALL = 60.0
_FIRST = re.compile(r"(?:fig)?\D{0,3}1(?:\.1)?\D?\Z")


def with_teaser(floats: Sequence[Float]) -> tuple[Float, ...]:
    """The same floats, where the one to show first is marked."""
    first = first_worth_showing(floats)
    return tuple(
        replace(each, is_teaser=True) if place == first else each
        for place, each in enumerate(floats)
    )


def first_worth_showing(floats: Sequence[Float]) -> int | None:
    """The place of a teaser or an overview among the floats, before plots."""
    figures = [place for place, each in enumerate(floats) if each.kind == FIGURE]
    return max(figures, key=lambda place: (_promise(floats[place]), -place), default=None)


def _promise(figure: Float) -> float:
    beginning = figure.caption[:_BEGINNING]
    left, top, right, bottom = figure.bbox
    promise = 2.5 * bool(_TELLS.search(beginning)) - 1.5 * bool(_PLOTS.search(beginning))
    promise += 2.0 * (figure.page == 1) + 0.7 * (figure.page == 2)
    promise += 1.0 * bool(_FIRST.match(figure.number)) + 0.7 * (right - left > _WIDE)
    promise -= 2.0 * (min(right - left, bottom - top) < _SMALL)
    return promise - 0.08 * figure.page
