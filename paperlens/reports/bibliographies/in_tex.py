r"""Untrusted text as LaTeX may set it, for BibTeX: nothing in it can end a field or run a command.

Formulas stay formulas where they hold only what is known to set something; all else of TeX is
turned into the characters it means, and every special character is escaped.
"""

import re

from paperlens import tex
from paperlens.texmath import COMMANDS, unicode_math
from paperlens.unseen import one_line

_FORMULA = "\x02"  # stands for one: `one_line` leaves no such sign in a text
_GROUPING = re.compile(r"\\([{}])|[{}]")
_SPECIAL = {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",
    "}": "{\\textbraceright}",
    "^": "{\\textasciicircum}",
    "~": "{\\textasciitilde}",
} | {sign: f"\\{sign}" for sign in "$&%#_"}
_ESCAPED = re.compile(r"[\\{}^~$&%#_]|([-`'<>,])(?=\1)")


def literal(text: str) -> str:
    """Words in which TeX means nothing, to the letter; no two signs melt into another."""
    return _escaped(one_line(text))


def prose(text: str) -> str:
    """What authors wrote with TeX in mind."""
    return "".join(piece if is_formula else _escaped(piece) for piece, is_formula in _pieces(text))


def title(text: str) -> str:
    """The same, with braces around words and formulas whose capitals no style may take away."""
    pieces = _pieces(text)
    is_shouted = not any(any(map(str.islower, piece)) for piece, _ in pieces)
    return "".join(
        piece if is_formula else _escaped(piece) if is_shouted else _protected(piece)
        for piece, is_formula in pieces
    )


def person(text: str) -> str:
    """A name, or a part of one. Accents are TeX's: classic BibTeX cuts initials byte by byte."""
    return tex.spelled(literal(text))


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"{found[1]}{{}}" if found[1] else _SPECIAL[found[0]], text)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut at its formulas, and which of the pieces are formulas, as they are to be set."""
    formulas: list[str] = []

    def hold(formula: str) -> str:
        is_kept = _is_harmless(formula)
        told = f"${formula}$" if is_kept else unicode_math(formula) or f"${formula}$"
        formulas.append(f"{{{told}}}" if is_kept else _escaped(told))
        return _FORMULA

    plain = tex.readable(one_line(text), hold)
    between = [_GROUPING.sub(lambda found: found[1] or "", part) for part in plain.split(_FORMULA)]
    pieces = [(between[0], False)]
    for formula, after in zip(formulas, between[1:], strict=True):
        pieces += [(formula, True), (after, False)]
    return pieces


_TOKEN = re.compile(r"\\([A-Za-z]+|.)|(\^\^|[%#&])|([{}])", re.DOTALL)


def _is_harmless(formula: str) -> bool:
    """Known commands only, and braces that close, whether or not a program counts escaped ones."""
    depth = escaped = 0
    for command, odd, brace in _TOKEN.findall(formula):
        if odd or (command and command not in COMMANDS):
            return False
        depth += (brace == "{") - (brace == "}")
        escaped += (command == "{") - (command == "}")
        if depth < 0 or escaped < 0:
            return False
    return depth == escaped == 0 and not formula.endswith("\\")


_WORD = re.compile(r"\w(?:\S*\w)?")
_PART = re.compile(r"\w+")


def _protected(text: str) -> str:
    pieces, at = [], 0
    for word in _WORD.finditer(text):
        pieces.append(_escaped(text[at : word.start()]))
        told = _escaped(word[0])
        pieces.append(f"{{{told}}}" if _needs_its_capitals(word[0]) else told)
        at = word.end()
    return "".join([*pieces, _escaped(text[at:])])


def _needs_its_capitals(word: str) -> bool:
    """`MoMA`, `3D` and the U of `U-Net`, but neither `Network` nor the article `A`."""
    return any(
        any(map(str.isupper, part[1:])) or (len(part) == 1 and part.isupper() and word != "A")
        for part in _PART.findall(word)
    )
