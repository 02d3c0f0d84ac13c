"""Words into cells: lines of a width, names that fit, columns that align.

Widths are those of a terminal: Chinese, Japanese and Korean take two cells, accents none.
"""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

_WIDE = "\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffee"
_FAR = "\U00020000-\U0003ffff"
_CLOSING = "、。，．：；！？）」』】〉》”’…—,.;:!?%)\\]"
_OPENING = "（「『【〈《“‘(\\["
_PIECE = re.compile(
    rf" +"
    rf"|[{_OPENING}]*[{_WIDE}{_FAR}][\u0300-\u036f\ufe00-\ufe0f]*[{_CLOSING}]*"
    rf"|[^ {_WIDE}{_FAR}]+"
    rf"|.",
    re.DOTALL,
)
_MEASURED_WHOLE = 2_000
_EVENED = 40  # lines; nobody sees the last word of more


def wrapped(text: str, width: int, most: int | None = None) -> list[str]:
    """Lines of at most `width` cells; `most` lines, the last then ends in an ellipsis.

    Breaks at spaces and between wide characters, as Chinese and Japanese are written; a word
    longer than a line is cut.
    """
    width = max(width, 2)
    bounded = text if most is None else text[: most * width + width]
    lines = list(_lines(bounded, width)) or [""]
    if most is None or (len(lines) <= most and bounded == text):
        return lines
    return [*lines[: most - 1], _unfinished(lines[most - 1], width)]


def evened(text: str, width: int, most: int | None = None) -> list[str]:
    """The same lines as `wrapped` gives, made shorter where the last would be a word alone."""
    lines = wrapped(text, width, most)
    if not 1 < len(lines) <= _EVENED or cell_len(lines[-1]) >= width // 5:
        return lines
    for narrower in (width - 4, width - 8, width - 12):
        again = wrapped(text, narrower, most) if narrower > width * 2 // 3 else lines
        if len(again) == len(lines) and cell_len(again[-1]) > cell_len(lines[-1]):
            return again
    return lines


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _PIECE.findall(text):
        size = cell_len(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        if piece.isspace():
            yield line
            line, used = "", 0
            continue
        if line.strip():
            yield line.rstrip()
        *full, line = _cut(piece, width) if size > width else (piece,)
        yield from full
        used = cell_len(line)
    if line.strip():
        yield line.rstrip()


def _cut(word: str, width: int) -> Iterator[str]:
    """A word that no line holds, in parts that lines hold; what joins to a letter stays with it."""
    part, used = "", 0
    for cluster in _clusters(word):
        size = cell_len(cluster)
        if used + size > width and part:
            yield part
            part, used = "", 0
        part, used = part + cluster, used + size
    yield part


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for letter in text:
        if cluster and (cell_len(letter) == 0 or cluster[-1] == "\u200d"):
            cluster += letter
            continue
        if cluster:
            yield cluster
        cluster = letter
    yield cluster


def fit(text: str, width: int) -> str:
    """The text in at most `width` cells; what is cut off leaves an ellipsis."""
    if len(text) <= _MEASURED_WHOLE and cell_len(text) <= width:
        return text
    return _unfinished(text, width)


def _unfinished(text: str, width: int) -> str:
    if width < 2:
        return "…"[:width]
    kept = next(_cut(text[:_MEASURED_WHOLE], width - 1))
    return (kept.rstrip(" ,;:…") if cell_len(kept) < width else "") + "…"


def padded(text: str, width: int, right: bool = False) -> str:
    """The text in exactly `width` cells."""
    told = fit(text, width)
    space = " " * (width - cell_len(told))
    return space + told if right else told + space


def names(people: Sequence[str], width: int) -> str:
    """As many authors as fit, the first always, and how many more there are."""
    for kept in range(min(len(people), width), 1, -1):
        more = f" +{len(people) - kept}" if kept < len(people) else ""
        shown = ", ".join(people[:kept]) + more
        if cell_len(shown) <= width:
            return shown
    return first_author(people, width)


def first_author(people: Sequence[str], width: int) -> str:
    """The first, and how many more; given names go before anything is cut."""
    if not people:
        return ""
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    room = max(width - len(more), 2)
    return fit(_family_name(people[0], room), room) + more


def _family_name(name: str, width: int) -> str:
    """As much of the end of a name as fits, in whole words."""
    while " " in name and cell_len(name) > width:
        name = name.partition(" ")[2]
    return name
