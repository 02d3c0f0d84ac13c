"""The notes of a record, into which programs also write arXiv's number and comment.

A line that only repeats a fact is nobody's note; what is left is the reader's own.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.unseen import one_line

_LONGEST_ID = 1000
_NUMBER = re.compile(
    r"(?:_eprint:\s?|arxiv(?: e-?print| preprint)?[:,]?\s?|(?=https?://arxiv\.org/))+"
    r"(?P<number>[^\s\[\]]+?)[.,;]?(?:$| ?\[(?P<classes>[^\]]*)\](?P<more>.*))",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"comments?: (.+)", re.IGNORECASE)
_FACT = re.compile(  # of fields for which the format has none, as Zotero and others keep them
    r"(?:citation key|tex\.[\w.-]+|_\w+|publisher|number|section|type|version|conference name"
    r"|event(?:-\w+|title)?|original-\w+|titletranslation|container-title|issn|isbn|doi|oclc|lccn"
    r"|pmc?id|ads ?bibcode|mag id|s2id|citation count|num pages): ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands among the notes of a record: arXiv's number and comment, and the reader's own."""

    own: str | None
    comment: str | None
    numbers: tuple[str, ...]
    classes: tuple[str, ...]

    @classmethod
    def of(cls, notes: tuple[str, ...]) -> "Notes":
        own, comments, numbers, classes = [], [], [], []
        for line in (one_line(line) for note in notes for line in note.splitlines()):
            rest = line
            if found := _number_in(line):
                numbers.append(found["number"])
                classes.append(found["classes"] or "")
                rest = (found["more"] or "").strip()
            if comment := _COMMENT.fullmatch(rest):
                comments.append(comment[1])
            elif rest and not _FACT.match(rest):
                own.append(rest)
        return cls(
            " ".join(own) or None, " ".join(comments) or None, tuple(numbers), tuple(classes)
        )


def arxiv_id(text: str) -> ArxivId | None:
    """The id that a text is, if it is one of arXiv's."""
    with suppress(UnknownId):
        return ArxivId.parse(text[:_LONGEST_ID])
    return None


def _number_in(line: str) -> re.Match[str] | None:
    """A line that names the paper itself; one that speaks of another paper goes on in words."""
    found = _NUMBER.match(line)
    return found if found and arxiv_id(found["number"]) else None
