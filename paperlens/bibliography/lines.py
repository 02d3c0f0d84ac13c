"""Files of which each line stands for itself: papers as JSON Lines, and lists of ids.

They are read as they come, so that their length costs no memory, nor does that of a line.
"""

import json
import re
from collections.abc import Iterable, Iterator

from paperlens.bibliography.papers import misread, reference_named, references_in
from paperlens.bibliography.record import Fault, Outcome, Reference, decoded

LONGEST_MB = 16
LONGEST = LONGEST_MB * 1_000_000
_COMMENT = re.compile(r"(?:^|\s)#.*")


def lines(pieces: Iterable[bytes]) -> Iterator[Outcome]:
    """Each paper of each line; a piece is a line, or `LONGEST` bytes and one of a longer one."""
    for number, line in _numbered(pieces):
        try:
            yield from _references(number, decoded(line, LONGEST_MB))
        except (ValueError, RecursionError) as error:
            yield Fault(number, misread(error))


def _numbered(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; one that is too long still is when its end is cut off."""
    number, is_new = 0, True
    for piece in pieces:
        if is_new:
            number += 1
            yield number, piece
        is_new = piece.endswith(b"\n") or len(piece) <= LONGEST


def _references(number: int, line: str) -> Iterable[Reference]:
    """None of a line is taken unless all of it is understood."""
    text = line.strip()
    if text.startswith("{"):
        return tuple(references_in(number, json.loads(text)))
    words = re.split(r"[\s,]+", _COMMENT.sub("", text))
    return tuple(reference_named(number, word) for word in words if word)
