"""What of a paper a model reads, where not all of it has room. Pure.

Abstract, introduction and conclusion come first and whole; then the sections that the template's
fields read, with captions and tables where results are wanted; then the rest. References never.
Where a group has too little room, its longest parts are shortened, at the ends of paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperlens.document import TABLE, Document, Float, Reading
from paperlens.summaries.prompts.tokens import tokens
from paperlens.summaries.topics import tells, topics_of

CUT = "[…]"
_FRAMING = frozenset(("introduction", "conclusion"))
_UNREAD = frozenset(("front", "references"))
_LATE = frozenset(("appendix", "other"))
_ABSTRACT, _FRAME, _WANTED, _REST, _LAST = range(5)
_TOO_LITTLE = 24
_FOR_A_HEAD = 4
_LONGEST_PARAGRAPH = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paper under one heading; those of a low `rank` are read first."""

    heading: str
    text: str
    rank: int

    @property
    def told(self) -> str:
        return "\n".join(each for each in (self.heading, self.text) if each)

    @property
    def tokens(self) -> int:
        return tokens(self.told) + _FOR_A_HEAD


def excerpt(reading: Reading, wanted: Sequence[str], room: int) -> str:
    """The paper in at most about so many tokens; what fields read is `wanted`."""
    return "\n\n".join(part.told for part in _fitting(parts_of(reading, wanted), room))


def readable(reading: Reading) -> str:
    """All that a prompt may show of a paper: what its summaries can be checked against."""
    return "\n\n".join(part.told for part in parts_of(reading, ()))


def parts_of(reading: Reading, wanted: Sequence[str]) -> tuple[Part, ...]:
    """All there is to read, what frames the paper first, so that prompts begin alike."""
    document = reading.document if reading.source != "abstract" else None
    if document is None or not document.sections:
        return (Part("", reading.text.strip(), _ABSTRACT),)
    parts = [*_sections(document, wanted, bool(reading.paper.abstract.strip()))]
    if abstract := reading.paper.abstract.strip():
        parts.insert(0, Part("Abstract", abstract, _ABSTRACT))
    rank = _WANTED if "results" in wanted else _REST
    parts += [Part("", _told(one), rank) for one in document.floats if one.caption or one.text]
    return tuple(sorted(parts, key=lambda part: min(part.rank, _WANTED)))


def _sections(document: Document, wanted: Sequence[str], has_abstract: bool) -> Iterator[Part]:
    above: list[str] = []
    for section, topics in zip(document.sections, topics_of(document.sections), strict=True):
        if section.kind in _UNREAD or (section.kind == "abstract" and has_abstract):
            continue
        heading = f"{'#' * min(section.level + 1, 6)} {section.heading}" if section.heading else ""
        if not section.text.strip():
            above.append(heading)
            continue
        rank = _rank(section.kind, topics)
        if rank >= _REST and any(tells(section, topics, name) for name in wanted):
            rank = _WANTED
        yield Part("\n".join([*above, heading]).strip("\n"), section.text.strip(), rank)
        above = []


def _rank(kind: str, topics: frozenset[str]) -> int:
    if kind == "abstract":
        return _ABSTRACT
    if kind == "body" and topics & _FRAMING:
        return _FRAME
    if "limitations" in topics:
        return _REST
    return _LAST if kind in _LATE or "matter" in topics else _REST


def _told(one: Float) -> str:
    name = f"{one.kind.capitalize()} {one.number}".strip()
    text = one.text.strip() if one.kind == TABLE else ""
    return f"{name}: {one.caption.strip()}\n{text}".strip()


def _fitting(parts: Sequence[Part], room: int) -> list[Part]:
    """The parts in their order, those of each rank within what the ranks before it left."""
    kept: dict[int, Part] = {}
    for rank in range(_LAST + 1):
        group = [place for place, part in enumerate(parts) if part.rank == rank]
        sizes = [parts[place].tokens for place in group]
        for place, share in zip(group, _shares(sizes, room), strict=True):
            shortened = _shortened(parts[place], share)
            if shortened:
                kept[place] = shortened
                room -= shortened.tokens
    return [kept[place] for place in sorted(kept)]


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """The room parted so that small ones are whole, and the others have alike."""
    shares, left = [0] * len(sizes), max(room, 0)
    for done, place in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        shares[place] = min(sizes[place], left // (len(sizes) - done))
        left -= shares[place]
    return shares


def _shortened(part: Part, room: int) -> Part | None:
    """As many whole paragraphs of the beginning as fit; what frames a paper keeps its end, too."""
    if part.tokens <= room:
        return part
    room -= tokens(part.heading) + tokens(CUT) + 2 * _FOR_A_HEAD
    if room < _TOO_LITTLE:
        return None
    paragraphs = part.text.split("\n\n")
    kept = _chosen(paragraphs, room, from_both_ends=part.rank == _FRAME)
    if kept:
        text = _joined(paragraphs, kept)
    else:
        text = f"{_beginning(part.text[:_LONGEST_PARAGRAPH], room)} {CUT}"
    return Part(part.heading, text, part.rank)


def _chosen(paragraphs: Sequence[str], room: int, from_both_ends: bool) -> list[int]:
    first, last = 0, len(paragraphs) - 1
    kept: list[int] = []
    while first <= last:
        is_from_end = from_both_ends and len(kept) % 2 == 1
        place = last if is_from_end else first
        room -= tokens(paragraphs[place]) + 2
        if room < 0:
            break
        kept.append(place)
        first, last = (first, last - 1) if is_from_end else (first + 1, last)
    return sorted(kept)


def _joined(paragraphs: Sequence[str], kept: Sequence[int]) -> str:
    told: list[str] = []
    for before, place in zip([-1, *kept], kept, strict=False):
        if place != before + 1:
            told.append(CUT)
        told.append(paragraphs[place])
    return "\n\n".join(told if kept[-1] == len(paragraphs) - 1 else [*told, CUT])


def _beginning(text: str, room: int) -> str:
    """Of a paragraph that has no room, the sentences that do, or else the words or letters."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens(text[:middle]) <= room else (low, middle - 1)
    cut = text[:low]
    ends = [end.end() for end in re.finditer(r"[.!?](?=\s)|[。！？]", cut)]
    if ends and ends[-1] > low // 2:
        return cut[: ends[-1]]
    space = cut.rfind(" ")
    return cut[:space] if space > low // 2 else cut
