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
_LONGEST_NUMBER = 4
_MARK = re.compile(r"\\\\|\\\$|\$\$?|\\[()\[\]]")
_CLOSES = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}

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
        if inside or (end.start() - begin <= _LONGEST_NUMBER and _is_number(line, begin, end)):
            continue
        if _ends_a_sentence(line, end):
            yield line[begin : end.end()].strip()
            begin = end.end()
    yield line[begin:].strip()


def _ends_a_sentence(line: str, end: re.Match[str]) -> bool:
    if end[0][0] in "。！？":
        return True
    if not line[end.end() : end.end() + 1].isspace():
        return _lacks_a_space(line, end)
    after = line[end.end() + 1 : end.end() + 1 + _LOOKBACK].split(" ", 1)[0]
    if not _may_open(after):
        return False
    return end[0][0] != "." or _may_close(_word_before(line, end.start()), after)


def _is_number(line: str, begin: int, end: re.Match[str]) -> bool:
    """Whether the point belongs to the "1." or "(a)." before an item of a list."""
    told = line[begin : end.start()].strip(" ()")
    return end[0] == "." and (told.isdecimal() or (len(told) == 1 and told.isalpha()))


def _lacks_a_space(line: str, end: re.Match[str]) -> bool:
    """Abstracts that were pasted together say "... of the model.Our key idea ..."."""
    if end[0] != ".":
        return False
    before = line[max(0, end.start() - 3) : end.start()]
    after = line[end.end() : end.end() + _LOOKBACK].split(" ", 1)[0]
    known = after.rstrip(",").lower() in _OPENERS
    return len(before) == 3 and before.islower() and before.isalpha() and known and after.istitle()


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
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(line):
        if opened and mark.start() - opened.start() > _LONGEST_FORMULA:
            opened = None
        if opened and mark[0] == _CLOSES[opened[0]] and _may_be_outside(line, mark):
            yield opened.start(), mark.end() - 1
            opened = None
        elif mark[0] in _CLOSES and not line[mark.end() : mark.end() + 1].isspace():
            opened = mark


def _may_be_outside(line: str, mark: re.Match[str]) -> bool:
    """Whether what follows a mark can be text."""
    before, after = line[mark.start() - 1], line[mark.end() : mark.end() + 1]
    return mark[0] != "$" or not (before.isspace() or after.isdigit())
