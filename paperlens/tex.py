"""TeX as it stands in arXiv's names, titles and abstracts, as the characters it means.

`accents` turns letters only, for matching and for names, and `spelled` turns them back; `readable`
also turns light markup and light math, for people. What cannot be turned well stays exactly as it
was. One pass over the text each, so that a hostile text costs no more than its length.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from paperlens.texmath import SIGNS, script, unicode_math

_MARKS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "H": "\u030b", "c": "\u0327", "k": "\u0328", "b": "\u0331", "d": "\u0323",
    "r": "\u030a", "u": "\u0306", "v": "\u030c", "t": "\u0361",
}  # fmt: skip
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dj": "đ", "DJ": "Đ", "dh": "ð",
    "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

# Every branch begins with a literal character, without which `re` tries each at each place.
# A closing $ follows no space, nor does a digit follow it: "$5 to $10" is two prices.
_MATH = (
    r"\$(?:\$+|(?P<math>(?!\s)[^$]{0,599}(?<![\s\\])(?=\$(?![\d$]))"
    r"|(?=\ ?\\|\d+\\)[^$]{2,600}(?=\$(?!\$))|[<>=](?=\$))\$)"
)
_BASE = r"(?:\\[ij](?![A-Za-z])|[^\W\d_])"
_NAMES = "|".join(sorted(_LETTERS, key=len, reverse=True))
_CODE = (
    rf"['`^\"~=.]\ ?(?:\{{\ ?{_BASE}\ ?\}}|{_BASE})"
    rf"|[Hckbdruv](?:\ ?\{{\ ?{_BASE}\ ?\}}|\ {_BASE})"
    r"|t\ ?\{[A-Za-z]{2}\}"
    rf"|(?:{_NAMES})(?![A-Za-z])(?:\{{\}}|\ (?=[a-z]))?"
)
_ACCENTED = re.compile(
    rf"{_MATH}"
    rf"|\{{\\(?P<held>{_CODE})(?P<rest>[^\W\d_]*)\}}"
    rf"|\\(?:\$|(?P<bare>{_CODE}))"
    r"|-(?:(?<=\w-)-{1,2}(?=[\w\s])|(?<=\s-)-{1,2}(?=\s))"
)


def accents(text: str) -> str:
    r"""Names and titles with their letters: `Jim\'enez` is Jiménez, `Erd\H{o}s` is Erdős."""
    if "\\" in text or "--" in text:
        text = _ACCENTED.sub(_turned, text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _turned(found: re.Match[str]) -> str:
    if code := found["held"] or found["bare"]:
        letter = _letter(code)
        return found[0] if letter is None else letter + (found["rest"] or "")
    return {"--": "–", "---": "—"}.get(found[0], found[0])


def _letter(code: str) -> str | None:
    if letter := _LETTERS.get(code.removesuffix("{}").rstrip()):
        return letter
    code = re.sub(r"[{} ]", "", code)  # only now: \d{h} is an h with a dot, and \dh another letter
    mark, base = _MARKS[code[0]], code[1:].removeprefix("\\")
    if code[0] == "t":
        return base[0] + mark + base[1]
    composed = unicodedata.normalize("NFC", base + mark)
    return composed if len(composed) == 1 else None


def spelled(text: str) -> str:
    r"""Letters with an accent as TeX commands in braces, Núñez as N{\'u}{\~n}ez; others stay."""
    if text.isascii():
        return text
    return "".join(
        _spellings().get(letter, letter) for letter in unicodedata.normalize("NFC", text)
    )


@cache
def _spellings() -> dict[str, str]:
    told = {letter: f"{{\\{name}}}" for name, letter in _LETTERS.items() if name not in "ij"}
    for mark, combining in _MARKS.items():
        for base in _BASES:
            letter = unicodedata.normalize("NFC", base + combining)
            if len(letter) == 1 and mark != "t":
                code = f"{mark}{{{base}}}" if mark.isalpha() else f"{mark}{base}"
                told[letter] = f"{{\\{code}}}"
    return told


_BASES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SYMBOLS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "S": "§",
    "textendash": "–", "textemdash": "—", "textasciitilde": "~", "textbackslash": "\\",
    "textasciicircum": "^",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "pounds": "£", "textdegree": "°",
    "textquoteright": "’", "textquoteleft": "‘", "texteuro": "€", "textmu": "µ", "deg": "°",
}  # fmt: skip
_ABBREVIATIONS = {
    "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "wrt": "w.r.t.", "vs": "vs.",
}  # fmt: skip
_SPANS = (
    "emph|textit|textbf|textsc|texttt|textrm|textsf|textsl|textup|textnormal|text|underline"
    "|textsuperscript|textsubscript|mbox|hbox|url|path|uline"
)
_HREF = (
    r"href\ ?\{(?P<target>[^{}\s]{1,500}+)\}\ ?"
    r"\{(?P<anchor>[^{}]{0,300}+(?:\{[^{}]{0,300}+\})?+[^{}]{0,100}+)\}"
)


def _names(table: Iterable[str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_MARKUP = re.compile(
    rf"{_MATH}"
    rf"|\\(?:\((?P<inline>(?:[^\\$]|\\[^()]){{1,600}})\\\)"
    rf"|\[(?P<display>(?:[^\\$]|\\[^\[\]]){{1,600}})\\\]"
    rf"|{_HREF}|(?P<span>(?:{_SPANS})\ ?\{{)|(?P<footnote>footnote\ ?\{{)"
    r"|cite[a-z]{0,8}\*?\ ?\{(?P<cited>[^{}]{1,300}+)\}"
    r"|(?P<escaped>[%&_#$])|(?P<space>[ ,;])|(?P<nothing>[-!/])(?=\w)"
    rf"|(?P<short>{_names(_ABBREVIATIONS)})(?![A-Za-z])\.?"
    rf"|(?P<symbol>{_names(_SYMBOLS)})(?![A-Za-z])(?:\{{\}})?"
    rf"|(?<![\w:]\\)(?P<sign>{_names(SIGNS)})(?![A-Za-z]))"
    rf"|\{{\\(?P<held>{_names(_SYMBOLS)})\}}"
    r"|\{(?P<switch>\\(?:em|it|bf|tt|sc|rm|sf|sl|cal)\b\ ?)?"
    r"|\}"
    r"|~(?<=[A-Za-z.,)]~)(?=[A-Za-z0-9\\$(])"
    r"|``(?P<quoted>[^`]{1,600}?)''"
    r"|``(?P<half>[^`\"]{1,80})\""
    r"|''(?<!\w'')(?=\w)(?P<twice>[^'`$\\]{1,80}+)(?<!\s)''(?!\w)"
    r"|\^(?<=[\w)\]|]\^)(?:\{(?P<raised>[^{}$\\]{1,20}+)\}|(?P<power>-?\d{1,3})(?![\d.]))"
    r"|_(?<=[\w)\]|]_)\{(?P<lowered>[^{}$\\]{1,20}+)\}"
)
_WORTH_A_LOOK = re.compile(r"[\\$~`^]|''|_\{")


Formulas = Callable[[str], str | None]


def readable(text: str, formulas: Formulas = unicode_math) -> str:
    r"""The text as a person reads it: `$\mathbb{R}^n$` is ℝⁿ, `\emph{x}` is x, "$5" stays.

    `formulas` tells what stands between dollar signs; None leaves it as it was.
    """
    text = accents(text)
    if not _WORTH_A_LOOK.search(text):
        return text
    pieces: list[str] = []
    _scan(text, pieces, [], formulas)
    return unicodedata.normalize("NFC", "".join(pieces))


_Span = tuple[int, str, str]  # the place of its opening, and what stands for both ends


def _scan(text: str, pieces: list[str], spans: list[_Span | None], formulas: Formulas) -> None:
    """Each piece turned; a span's opening is only taken away once its end is found."""
    at = 0
    for found in _MARKUP.finditer(text):
        pieces.append(text[at : found.start()])
        at = found.end()
        if found["footnote"]:
            spans.append((len(pieces), " (", ")"))
            pieces.append(found[0])
        elif found["span"] or (found[0].startswith("{") and not found["held"]):
            spans.append((len(pieces), "", "") if found["span"] or found["switch"] else None)
            pieces.append(found[0])
        elif found[0] == "}":
            pieces.append(_closed(pieces, spans))
        elif quoted := found["quoted"] or found["half"] or found["twice"]:
            pieces.append("“")
            _scan(quoted, pieces, [], formulas)
            pieces.append("”")
        else:
            pieces.append(_plain(found, formulas))
    pieces.append(text[at:])


def _closed(pieces: list[str], spans: list[_Span | None]) -> str:
    span = spans.pop() if spans else None
    if span is None:
        return "}"
    opening, before, after = span
    pieces[opening] = before
    return after


def _plain(found: re.Match[str], formulas: Formulas) -> str:
    if formula := found["math"] or found["inline"] or found["display"]:
        return _formula(formula, formulas) or found[0]
    for name, turned in _TURNED.items():
        if (told := found[name]) is not None:
            answer = turned(told)
            return found[0] if answer is None else answer
    if found["target"]:
        return _linked(found["target"], readable(found["anchor"], formulas))
    return " " if found[0] == "~" else found[0]


def _formula(formula: str, formulas: Formulas) -> str | None:
    if link := _LINK.fullmatch(formula):
        return _linked(link["target"], readable(link["anchor"], formulas))
    return formulas(formula)


def _linked(target: str, anchor: str) -> str:
    """What the author calls the address, and the address."""
    return target if not anchor or anchor == target else f"{anchor} ({target})"


_LINK = re.compile(rf"\\{_HREF}")
_TURNED: Mapping[str, Callable[[str], str | None]] = {
    "cited": lambda told: f"[{told}]",
    "escaped": lambda told: told,
    "space": lambda _: " ",
    "nothing": lambda _: "",
    "short": _ABBREVIATIONS.__getitem__,
    "symbol": _SYMBOLS.__getitem__,
    "held": _SYMBOLS.__getitem__,
    "sign": SIGNS.__getitem__,
    "raised": lambda told: script("^", told),
    "power": lambda told: script("^", told),
    "lowered": lambda told: script("_", told),
}
