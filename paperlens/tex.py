"""TeX as it stands in arXiv's names, titles and abstracts, as the characters it means.

`accents` turns letters only, for matching and for names; `readable` also turns light markup and
light math, for people. What cannot be turned well stays exactly as it was. One pass over the text
each, so that a hostile text costs no more than its length.
"""

import re
import unicodedata

from paperlens.texmath import unicode_math

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
    r"|(?=\\)[^$]{2,600}(?=\$(?!\$)))\$)"
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
        letter = _letter(re.sub(r"[{} ]", "", code))
        return found[0] if letter is None else letter + (found["rest"] or "")
    return {"--": "–", "---": "—"}.get(found[0], found[0])


def _letter(code: str) -> str | None:
    if code in _LETTERS:
        return _LETTERS[code]
    mark, base = _MARKS[code[0]], code[1:].removeprefix("\\")
    if code[0] == "t":
        return base[0] + mark + base[1]
    composed = unicodedata.normalize("NFC", base + mark)
    return composed if len(composed) == 1 else None


_SYMBOLS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "S": "§",
    "textendash": "–", "textemdash": "—", "textasciitilde": "~", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "pounds": "£", "textdegree": "°",
    "textquoteright": "’", "textquoteleft": "‘", "texteuro": "€", "textmu": "µ",
}  # fmt: skip
_SPANS = (
    "emph|textit|textbf|textsc|texttt|textrm|textsf|textsl|textup|textnormal|text|underline"
    "|mbox|url|path|uline"
)
_MARKUP = re.compile(
    rf"{_MATH}"
    rf"|\\(?:\((?P<inline>(?:[^\\$]|\\[^()]){{1,600}})\\\)|(?P<span>(?:{_SPANS})\ ?\{{)"
    r"|(?P<escaped>[%&_#$])|(?P<space>\ )"
    rf"|(?P<symbol>{'|'.join(sorted(_SYMBOLS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}})?)"
    r"|\{(?P<switch>\\(?:em|it|bf|tt|sc|rm|sf|sl|cal)\b\ ?)?"
    r"|\}"
    r"|~(?<=[A-Za-z.,)]~)(?=[A-Za-z0-9\\$(])"
    r"|``(?P<quoted>[^`]{1,600}?)''"
)


def readable(text: str) -> str:
    r"""The text as a person reads it: `$\mathbb{R}^n$` is ℝⁿ, `\emph{x}` is x, "$5" stays."""
    text = accents(text)
    if not any(sign in text for sign in "\\$~`"):
        return text
    pieces: list[str] = []
    spans: list[int | None] = []
    _scan(text, pieces, spans)
    return unicodedata.normalize("NFC", "".join(pieces))


def _scan(text: str, pieces: list[str], spans: list[int | None]) -> None:
    """Each piece turned; a span's opening is only taken away once its end is found."""
    at = 0
    for found in _MARKUP.finditer(text):
        pieces.append(text[at : found.start()])
        at = found.end()
        if found["span"] or found[0].startswith("{"):
            spans.append(len(pieces) if found["span"] or found["switch"] else None)
            pieces.append(found[0])
        elif found[0] == "}":
            opening = spans.pop() if spans else None
            if opening is not None:
                pieces[opening] = ""
            pieces.append("}" if opening is None else "")
        elif found["quoted"]:
            pieces.append("“")
            _scan(found["quoted"], pieces, [])
            pieces.append("”")
        else:
            pieces.append(_plain(found))
    pieces.append(text[at:])


def _plain(found: re.Match[str]) -> str:
    if formula := found["math"] or found["inline"]:
        return unicode_math(formula) or found[0]
    if found["symbol"]:
        return _SYMBOLS[found["symbol"]]
    if found["space"] or found[0] == "~":
        return " "
    return found["escaped"] or found[0]
