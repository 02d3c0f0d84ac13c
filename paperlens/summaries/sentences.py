"""Where one sentence of a paper ends and the next begins.

Abstracts are full of points that end nothing: "e.g.", "et al.", "Fig. 3", initials, formulas. Each
candidate is judged by the word before it and the one after, so the time is linear in the text.
"""

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n\s*\n")
_END = re.compile(r"[.!?…]+[\"'”’»)\]}]*|[。！？]+[”’」』）]*")
_LOOKBACK = 24
_LONGEST_FORMULA = 300

_ABBREVIATIONS = """
e.g i.e cf vs viz fig figs eq eqs sec secs tab ref refs thm prop def lem app ch chap vol no nos
pp p dr prof mr mrs ms st jr sr approx ca incl eqn eqns alg
"""
_OFTEN_INSIDE = """
al etc resp w.r.t a.k.a s.t a.s i.i.d u.s u.k ph.d inc ltd co corp
"""
_FIRST_WORDS = """
a an the this that these those we our us it its in on by to for with from when while although
though however moreover furthermore finally first second third then here such many most recent
as at if there experiments results code using unlike despite both each all they their and but
one two another additionally specifically thus therefore hence yet nevertheless based since
"""
_NEVER_LAST = frozenset(_ABBREVIATIONS.split())
_SELDOM_LAST = frozenset(_OFTEN_INSIDE.split())
_OPENERS = frozenset(_FIRST_WORDS.split())


def sentences(text: str) -> tuple[str, ...]:
    """The sentences in reading order, each on one line, otherwise as written."""
    lines = (" ".join(part.split()) for part in _PARAGRAPH.split(text))
    return tuple(sentence for line in lines for sentence in _split(line) if sentence)


def _split(line: str) -> Iterator[str]:
    formulas = _formulas(line)
    formula = next(formulas, None)
    begin = 0
    for end in _END.finditer(line):
        while formula and formula[1] <= end.start():
            formula = next(formulas, None)
        inside = formula is not None and formula[0] < end.start() < formula[1]
        if not inside and _ends_a_sentence(line, end):
            yield line[begin : end.end()].strip()
            begin = end.end()
    yield line[begin:].strip()


def _ends_a_sentence(line: str, end: re.Match[str]) -> bool:
    if end[0][0] in "。！？":
        return True
    if not line[end.end() : end.end() + 1].isspace():
        return False
    after = line[end.end() + 1 : end.end() + 1 + _LOOKBACK].split(" ", 1)[0]
    if not _may_open(after):
        return False
    return end[0][0] != "." or _may_close(_word_before(line, end.start()), after)


def _word_before(line: str, at: int) -> str:
    return line[max(0, at - _LOOKBACK) : at].rpartition(" ")[2].lstrip("([{\"'“‘")


def _may_close(word: str, after: str) -> bool:
    """Whether the point after a word can be a full stop, seeing what follows; CF is not cf."""
    known = word.lower()
    is_name = len(word) > 1 and word.isupper()
    if known in _NEVER_LAST and not is_name:
        return False
    if known in _NEVER_LAST | _SELDOM_LAST or (len(word) == 1 and word.isalpha()):
        return after.rstrip(",;:").lower() in _OPENERS
    return True


def _may_open(word: str) -> bool:
    """Whether a word can stand first: not "in", but "In", "3D", "$n$", "“We", "iPhone", "我们"."""
    bare = word.lstrip("([{\"'“‘«*")
    if not bare:
        return True
    return not bare[0].islower() or any(c.isupper() or c.isdigit() for c in bare[1:])


def _formulas(line: str) -> Iterator[tuple[int, int]]:
    """Where LaTeX formulas stand, told from prices as pandoc does: no space inside the dollars."""
    opened: int | None = None
    at = line.find("$")
    while at != -1:
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        closes = opened is not None and at - opened <= _LONGEST_FORMULA and not before.isspace()
        if before == "\\":
            pass
        elif opened is not None and closes and not after.isdigit():
            yield opened, at
            opened = None
        else:
            opened = at if after and not after.isspace() else None
        at = line.find("$", at + 1)
