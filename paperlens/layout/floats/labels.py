"""The label that opens a caption: "Figure 3:", "FIG. 3.", "Table II", "图 1".

Only grammar: whether a line that begins so is a caption or a sentence, `captions` decides.
"""

import re
from dataclasses import dataclass

from paperlens.document import FIGURE, TABLE

OTHER = "other"

_FIGURES = (
    r"f ?ig(?: ?ure)?|fig(?:uur|ura|yra)|f ?ig ?\.|abb(?:ildung|\.)|figur|рис(?:унок|\.)"
    r"|rys(?:unek|\.)|obr(?:ázek|\.)|şekil|hình|kuva|ábra|図|图|圖|그림"
)
_TABLES = (
    r"t ?able(?:au)?|tab ?\.|tabelle|tabl[ae]|tabela|tabella|tabel|таблица|табл\.|tablo|bảng"
    r"|taulukko|táblázat|表|표"
)
_OTHERS = (
    r"alg(?:orithm|orithmus|orithme|\.)|listing|scheme|exhibit|procedure|protocol|program"
    r"|b ?ox|chart|code|算法"
)
_QUALIFIERS = (
    r"supplementary|supplemental|supporting|supp?l?\.|extended data|appendix|online|additional"
)
_NUMBERS = (
    r"[A-Z]{1,2}[.\-]?\d{1,3}(?:[.\-]\d{1,3}){0,2}|\d{1,3}(?:[.\-]\d{1,3}){0,2}(?:[.\-]?[A-Z])?"
    r"|[IVXLC]{1,7}(?:[.\-]\d{1,2})?|[A-Z]"
)
_LABEL = re.compile(
    rf"\s{{0,4}}(?P<qualifier>(?i:{_QUALIFIERS})\s{{1,2}})?"
    rf"(?:(?P<figure>(?i:{_FIGURES}))|(?P<table>(?i:{_TABLES}))|(?P<other>(?i:{_OTHERS})))"
    rf"(?P<white>\s{{0,3}})(?P<number>{_NUMBERS})(?P<part>\([a-z]\)|[a-z])?(?![\w\-‐])"
    r"(?P<mark>\s{0,3}(?:[:：|│¦.．。、–—‒―▶■•]|-(?=\s)){0,2})\s{0,4}"
)
_CAPITAL = re.compile(r"\s{0,4}[^\W\d_a-zà-ÿ]")
_ROMAN = frozenset("IVXLC")
_SURE_MARKS = frozenset(":：|│¦–—‒―-▶■•")


@dataclass(frozen=True, slots=True)
class Label:
    """`end` is where the caption's own text begins; `is_marked` tells of a mark no sentence has."""

    kind: str
    number: str
    end: int
    is_marked: bool
    is_stopped: bool


def label_of(text: str) -> Label | None:
    """The label at the beginning of a line, if there is one."""
    if not _CAPITAL.match(text):
        return None
    found = _LABEL.match(text)
    if found is None:
        return None
    mark = found["mark"].strip()
    if found["number"].isalpha() and not _can_be_letters(found["number"], found["white"], mark):
        return None
    kind = FIGURE if found["figure"] else TABLE if found["table"] else OTHER
    number = found["number"] + (found["part"] or "")
    return Label(
        kind,
        number,
        found.end(),
        any(each in _SURE_MARKS for each in mark),
        bool(mark) and mark[0] in ".．。、",
    )


def _can_be_letters(number: str, white: str, mark: str) -> bool:
    """Whether letters stand apart as a number does: "FIGURES" is none, "Table A" needs a mark."""
    return bool(white) and (bool(mark) or set(number) <= _ROMAN)
