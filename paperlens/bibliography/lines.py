"""Files of which each line stands for itself: papers as JSON Lines, and lists of ids.

They are read as they come, so that their length costs no memory, nor does that of a line.
"""

import json
import re
from collections.abc import Iterable, Iterator

from paperlens.bibliography.papers import holding_named, holdings_in, misread
from paperlens.bibliography.record import Fault, Record, Reference
from paperlens.holdings import Holding

LONGEST_MB = 16
LONGEST = LONGEST_MB * 1_000_000
_COMMENT = re.compile(r"(?:^|\s)#.*")


def lines(pieces: Iterable[bytes]) -> Iterator[Record]:
    """Each paper of each line; a piece is a line, or `LONGEST` bytes and one of a longer one."""
    for number, line in _numbered(pieces):
        if line is None:
            yield Fault(number, f"is longer than {LONGEST_MB} MB")
            continue
        try:
            for holding in _holdings(line, number):
                yield Reference(number, holding)
        except UnicodeDecodeError:
            yield Fault(number, "is not text in UTF-8")
        except (ValueError, RecursionError) as error:
            yield Fault(number, misread(error))


def _numbered(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None stands for one that is too long."""
    number, ended = 0, True
    for piece in pieces:
        number += ended
        begins, ended = ended, piece.endswith(b"\n") or len(piece) <= LONGEST
        if begins:
            yield number, piece if ended else None


def _holdings(line: bytes, number: int) -> Iterable[Holding]:
    """None of a line is taken unless all of it is understood."""
    text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    if text.startswith("{"):
        return tuple(holdings_in(json.loads(text)))
    words = re.split(r"[\s,]+", _COMMENT.sub("", text))
    return tuple(holding_named(word) for word in words if word)
