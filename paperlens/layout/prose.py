"""Letters as they lie on pages become words to read: cut words whole, accents on their letters.

Pure, and used wherever lines of a paper are joined: paragraphs, headings, captions.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from paperlens.unseen import HALVES_OF_PAIRS, SEPARATORS, UNSEEN

_PRIVATE = "\ue000-\uf8ff"
_UNKNOWN = "\ufff0-\ufffd"
_UNPRINTABLE = re.compile(f"[{UNSEEN}{SEPARATORS}{HALVES_OF_PAIRS}{_PRIVATE}{_UNKNOWN}]")
_SPACE = re.compile(r"[ \t\u00a0]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010]$")
_REST = re.compile(r"[^\W\d_A-Z]+(?:-[^\W\d_]+)*")
_FIRST_OF_TWO = frozenset(  # they begin compounds more often than they begin cut words
    re.findall(
        r"\w+",
        "well self state high low real large long short cross full fine half non"
        " data time open two three",
    )
)
_SOFT_HYPHEN = "\u00ad"  # fonts' name for the hyphen that they print
_CUT_HERE = "\b"
_LONGEST = 200  # letters of a word or an address that a line may cut
_PIECES = 8
_SHORT = 3
_HYPHENS = ("-", "\u2010")
_OPEN_HYPHEN = ("-", "\u2010", "/")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSE = re.compile(f"[{_CJK}]")  # letters that stand without spaces
_WIDE_SPACE = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")
_CODES = {  # where TeX's fonts have ligatures and quotes, in PDFs that do not tell their letters
    **dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip("\x10\x11\x15\x16", "“”–—", strict=True)),
}
_CODE = re.compile(
    "(?<=[^\\W\\d_])[\x0b-\x0f\x1b-\x1f]|[\x0b-\x0f\x1b-\x1f](?=[a-z])|[\x10\x11\x15\x16]"
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def printable(text: str) -> str:
    """The same lines without what no reader can see, with plain spaces and whole letters."""
    text = text.replace("\r\n", "\n").replace(_SOFT_HYPHEN, "-")
    text = _CODE.sub(lambda code: _CODES[code[0]], text).replace("\r", "\n")
    return accented(_SPACE.sub(" ", _UNPRINTABLE.sub("", text)).translate(_LIGATURES))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """All words and compounds of a paper, by which a word that a line cut is made whole."""
    words: set[str] = set()
    is_cut = False
    for text in texts:
        found = _WORD.findall(text.lower())
        was_cut, is_cut = is_cut, text.rstrip().endswith(_HYPHENS)
        words.update(found[1 if was_cut else 0 : -1 if is_cut else None])
    return frozenset(words)


def joined_lines(lines: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Lines as running text: cut words whole, compounds and addresses without a space."""
    parts: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        if parts:
            tail = "".join(parts[-_PIECES:])[-_LONGEST:]
            seam = _seam(tail, line, words)
            if seam == _CUT_HERE:
                parts[-1] = parts[-1][:-1]
            elif seam:
                parts.append(seam)
        parts.append(line)
    text = "".join(parts)
    if "`" in text:
        text = accented(text)
    first = _CLOSE.search(text)
    return text[: first.end()] + _WIDE_SPACE.sub("", text[first.end() :]) if first else text


def _seam(text: str, line: str, words: frozenset[str]) -> str:
    """What stands between a text's end and its next line: a space, nothing, or less than that."""
    last = text[text.rfind(" ") + 1 :]
    if "://" in last or last.startswith("www.") or last.lower() in ("http:", "https:"):
        return "" if _goes_on_as_address(last, line.split(" ", 1)[0]) else " "
    if text.endswith(_HYPHENS):
        cut, rest = _CUT.search(text), _REST.match(line)
        if cut and rest:
            return "" if _is_compound(cut[1], rest[0], words) else _CUT_HERE
    return "" if len(last) > 1 and last.endswith(_OPEN_HYPHEN) else " "


def _goes_on_as_address(last: str, word: str) -> bool:
    if last[-1] == ":":
        return word.startswith("//")
    if last[-1] in "-_=&?%#" or word[0] in "/_=&?%#":
        return True
    is_name = word[0].islower() or any(map(str.isdecimal, word)) or "/" in word
    return last[-1] in "./" and is_name


def _is_compound(first: str, second: str, words: frozenset[str]) -> bool:
    """Whether the hyphen is the word's own: the paper has it elsewhere, or only both parts."""
    first, second = first.lower(), second.lower()
    start, end = first.rsplit("-", 1)[-1], second.split("-", 1)[0]
    if f"{start}-{end}" in words or f"{first}-{second}" in words:
        return True
    if start + end in words:
        return False
    return (
        "-" in first
        or start in _FIRST_OF_TWO
        or (start in words and end in words and len(start) > _SHORT and len(end) > _SHORT)
    )


def flowing(paragraphs: Sequence[str]) -> str:
    """Paragraphs of printable lines as running text, an empty line between them."""
    parts = [part.split("\n") for part in paragraphs]
    words = words_of(line for part in parts for line in part)
    whole = (joined_lines(part, words) for part in parts)
    return "\n\n".join(text for text in whole if text)


_COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "\u02cb": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
    "¸": "\u0327",
    "˛": "\u0328",
    "ˇ": "\u030c",
}
_ACCENTS = "".join(_COMBINING).replace("`", "")
_SPACING = re.compile(f"[{_ACCENTS}`]")
_ACCENT = re.compile(f"([^\\W\\d_]?)([{_ACCENTS}])( ?)([^\\W\\d_]?)")
_GRAVE = re.compile(
    "(?<=[^\\W\\d_])(?:`| ` )([aeiouAEIOU])|`([aA])(?![\\w`])"
)  # or a quotation mark
_COMBINED = re.compile("[^\\W\\d_][\u0300-\u0328]")
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


def accented(text: str) -> str:
    """Accents that TeX printed beside their letters, on them: Universit´e, Universite´."""
    if not text.isascii():
        text = _COMBINED.sub(lambda found: normalize("NFC", found[0]), text)
    if not _SPACING.search(text):
        return text
    text = _GRAVE.sub(lambda found: _composed(found[1] or found[2], "`") or found[0], text)
    return _ACCENT.sub(_on_its_letter, text)


def _on_its_letter(found: re.Match[str]) -> str:
    before, accent, space, after = found.groups()
    on_next = _composed(after, accent)
    on_last = _composed(before, accent)
    if on_next and not (on_last and (space or (accent == "¸" and before in "cC"))):
        return before + on_next
    if not on_last:
        return str(found[0])
    begins_word = not found.string[: found.start()][-1:].isalpha()
    return on_last + ("" if begins_word and after.islower() else space) + after


def _composed(letter: str, accent: str) -> str:
    """One character, or nothing where there is none."""
    whole = normalize("NFC", _DOTLESS.get(letter, letter) + _COMBINING[accent])
    return whole if letter and len(whole) == 1 else ""
