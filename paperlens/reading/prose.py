"""Text as it lies on pages becomes text to read: paragraphs whole, words unhyphenated. Pure."""

import re
from collections.abc import Sequence

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\ufffd]"
)
_SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[ \t]*\n[ \t]*")
_CUT_WORD = re.compile(r"(?<![\w/.\-])([^\W\d_]+)[-\u2010][ \t]*\n[ \t]*([^\W\d_]+)(?![/\w])")
_COMPOUND = re.compile(r"(?<![\w\-])[^\W\d_]+-[^\W\d_]+(?![\w\-])")
_SPACE = re.compile(r"[ \t\u00a0]+")


def clean(text: str) -> str:
    """The same lines without what no reader can see, and with plain spaces."""
    text = _SOFT_HYPHEN_AT_LINE_END.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACE.sub(" ", _UNPRINTABLE.sub("", text))


def flowing(paragraphs: Sequence[str]) -> str:
    """Paragraphs of cleaned lines as running text, an empty line between them."""
    compounds = {word.lower() for part in paragraphs for word in _COMPOUND.findall(part)}

    def mended(cut: re.Match[str]) -> str:
        compound = f"{cut[1]}-{cut[2]}"
        is_one_word = cut[2][0].islower() and compound.lower() not in compounds
        return cut[1] + cut[2] if is_one_word else compound

    whole = (" ".join(_CUT_WORD.sub(mended, part).split()) for part in paragraphs)
    return "\n\n".join(part for part in whole if part)
