"""Text as it lies on pages becomes text to read: paragraphs whole, words unhyphenated. Pure."""

import re
from collections.abc import Sequence

from paperlens.unseen import HALVES_OF_PAIRS, SEPARATORS, UNSEEN

_PRIVATE = "\ue000-\uf8ff"
_UNKNOWN = "\ufff0-\ufffd"
_UNPRINTABLE = re.compile(f"[{UNSEEN}{SEPARATORS}{HALVES_OF_PAIRS}{_PRIVATE}{_UNKNOWN}]")
_SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[ \t]*\n[ \t]*")
_CUT_WORD = re.compile(r"(?<![\w/.\-])([^\W\d_]+)[-\u2010][ \t]*\n[ \t]*([^\W\d_]+)(?![/\w])")
_COMPOUND = re.compile(r"(?<![\w\-])[^\W\d_]+-[^\W\d_]+(?![\w\-])")
_SPACE = re.compile(r"[ \t\u00a0]+")


def printable(text: str) -> str:
    """The same lines without what no reader can see, and with plain spaces."""
    text = _SOFT_HYPHEN_AT_LINE_END.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACE.sub(" ", _UNPRINTABLE.sub("", text))


def flowing(paragraphs: Sequence[str]) -> str:
    """Paragraphs of printable lines as running text, an empty line between them."""
    compounds = {word.lower() for part in paragraphs for word in _COMPOUND.findall(part)}

    def mended(cut: re.Match[str]) -> str:
        compound = f"{cut[1]}-{cut[2]}"
        is_one_word = cut[2][0].islower() and compound.lower() not in compounds
        return cut[1] + cut[2] if is_one_word else compound

    whole = (" ".join(_CUT_WORD.sub(mended, part).split()) for part in paragraphs)
    return "\n\n".join(part for part in whole if part)
