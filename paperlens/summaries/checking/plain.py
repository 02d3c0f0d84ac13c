"""One spelling for what texts write in many: TeX, Markdown, dashes, quotes, ligatures, exponents.

An answer and its source are both brought to it before they are compared. Pure; linear in the text.
"""

import re
import unicodedata

from paperlens.tex import readable
from paperlens.unseen import UNSEEN, writable

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_LEVEL = str.maketrans(_RAISED, "0123456789+-")
_EXPONENT = re.compile(rf"(?<=\d)[{_RAISED}]{{1,6}}")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–−﹣－", "-"),
        **dict.fromkeys("—―", " — "),
        **dict.fromkeys("’‘ʼ′`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("∼～〜", "~"),
        "⁄": "/",
        "✕": "×",
        "*": " ",
    }
)
_TEX_SIGNS = re.compile(r"\\(?:([%&_#$])|[,;! ])")
_THIN_SPACE = re.compile(r"(?<=\d)(?:\\,|\{,\}|[\u2009\u202f\u00a0])(?=\d{3}(?!\d))")
_SPACED_THOUSAND = re.compile(r"(?<=\d) (?=(?:\d{3} ){0,3}000(?!\d))")
_INVISIBLE = re.compile(f"[{UNSEEN}]")
_TIMES_TEN = re.compile(r"\\times|\\cdot")
_POWER = re.compile(r"\^\s?[{(]\s?([+-]?\d{1,4})\s?[})]")
_MARKS = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """The text in the one spelling; case and words stay."""
    if not text.isascii() or "\\" in text or "{,}" in text:
        text = readable(_THIN_SPACE.sub(",", _INVISIBLE.sub("", writable(text))))
        text = _EXPONENT.sub(lambda found: f"^{found[0].translate(_LEVEL)}", text)
        text = _TIMES_TEN.sub("×", _TEX_SIGNS.sub(r"\1", text))
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    elif "$" in text or "`" in text or "*" in text:
        text = readable(text).translate(_SIGNS)
        if not text.isascii():
            return plain(text)
    return _POWER.sub(r"^\1", _SPACED_THOUSAND.sub(",", text))


def folded(text: str) -> str:
    """Small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))
