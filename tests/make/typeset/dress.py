"""What a layout is: how a class of documents is asked for things, and how it prints them."""

from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.make.typeset.manuscript import Manuscript

Counters = tuple[int, ...]
Numbering = Callable[[Counters, bool], str]


def arabic(counters: Counters, is_appendix: bool) -> str:
    """1 / 2.1 / A.1"""
    return _dotted(counters, is_appendix) + " "


def arabic_with_period(counters: Counters, is_appendix: bool) -> str:
    """1. / 2.1. / A.1."""
    return _dotted(counters, is_appendix) + ". "


def roman_by_level(after_appendix: str, third: str) -> Numbering:
    """IV. / B. / 2) or 2., as IEEE and APS do."""

    def number(counters: Counters, is_appendix: bool) -> str:
        top, *below = counters
        if not below:
            letter = ascii_uppercase[top - 1]
            return f"Appendix {letter}{after_appendix}" if is_appendix else f"{roman(top)}. "
        return f"{ascii_uppercase[below[0] - 1]}. " if len(below) == 1 else f"{below[1]}{third}"

    return number


def named_appendix(after: str) -> Numbering:
    """1. / 2.1., and Appendix A. / Appendix A.1. where `after` ends each."""

    def number(counters: Counters, is_appendix: bool) -> str:
        dotted = _dotted(counters, is_appendix)
        name = "Appendix " if is_appendix else ""
        return f"{name}{dotted}{after}"

    return number


def two_levels(counters: Counters, is_appendix: bool) -> str:
    """1 / 2.1 / nothing below."""
    return arabic(counters, is_appendix) if len(counters) < 3 else ""


def none(_counters: Counters, _is_appendix: bool) -> str:
    return ""


def roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += letters * (number // value)
        number %= value
    return text


def upper_first(level: int, title: str) -> str:
    return title.upper() if level == 1 else title


def as_typed(_level: int, title: str) -> str:
    return title


@dataclass(frozen=True, slots=True)
class Dress:
    """`preamble` begins with the class; `front` sets title, authors, abstract and keywords.

    `run_in` are the levels whose headings share the line with their text, `ending` what the class
    puts after those.
    """

    preamble: str
    front: "Callable[[Manuscript], str]"
    numbers: Numbering = arabic
    case: Callable[[int, str], str] = as_typed
    run_in: frozenset[int] = frozenset({4})
    figure_label: str = "Figure {}:"
    table_label: str = "Table {}:"
    table_numbers: Callable[[int], str] = str
    is_by_year: bool = False
    references: str = "References"
    appendix: str = r"\appendix"
    engine: str = "pdflatex"
    is_chinese: bool = False
    closing: str = ""
    theorem_label: str = "Theorem {}."
    wide: tuple[str, str] = ("figure*", "table*")
    narrow: tuple[str, str] = ("figure", "table")
    panel_size: str = r"\footnotesize"
    passes: int = 3


def _dotted(counters: Counters, is_appendix: bool) -> str:
    top, *rest = counters
    first = ascii_uppercase[top - 1] if is_appendix else str(top)
    return ".".join([first, *map(str, rest)])
