"""Where a paper's authors work, as it prints it. Pure.

Marks tie names to places; without marks a place stands under its name. Nothing is guessed: words
that name institutions decide only where names and places are set alike.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from paperlens.layout.flow import Placed
from paperlens.layout.front.bylines import Piece
from paperlens.layout.headings.looks import is_in_small_capitals
from paperlens.layout.prose import joined_lines

_INSTITUTION = re.compile(
    r"universi|univ\.|institu|colleg|school|facult|departe?m|dept|laborat|\blabs?\b|research"
    r"|cent(?:er|re|ro|rum)\b|academ|hospital|clinic|observator|polytech|politec|hochschule"
    r"|école|ecole|escuela|\b(?:inc|ltd|gmbh|llc|corp)\b|company|division|ministry|council"
    r"|agency|foundation|museum|bureau|大学|学院|研究|实验室|公司|대학|연구",
    re.I,
)
_NO_PLACE = re.compile(
    r"\be-?mails?\b|\burl\b|https?:|www\.|orcid|preprint|all rights|©|\bisbn\b|\bdoi\b"
    r"|^\W*(?:dated|received|accepted|revised|submitted|published|editors?|abstract)\b"
    r"|author notes?|correspond|contribut|these authors|work (?:was )?done|intern(?:ship)? at"
    r"|present address|deceased|supported (?:by|in)|\bversion\b|^(?:and|&)\b"
    r"|^\W*(?:\d{1,2}\W+)?(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\b.{0,12}\d{4}\W*$",
    re.I,
)
_PERSON = re.compile(r"(?:and |& )?(?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'’-]+")
_MAIL = re.compile(
    r"[\s,;(]*(?:\be-?mails?(?: address(?:es)?)?\s?:?\s*)?"
    r"(?:\{[^{}]{0,200}\}|[\w.+\-]{1,64})\s?@\s?[\w.\-]{3,100}\)?",
    re.I,
)
_OPEN_END = re.compile(
    r"(?:\b(?:of|and|for|the|de|di|du|des|der|für|und|et|y|e|in|at|la|zu)|[&\-])$", re.I
)
_IS_WITH = re.compile(
    r"\b(?:is|are|was|were) (?:also )?with (?:the )?(.{8,300}?)(?=\s*[(,]\s*e-?mail|;|\.\s|\.?$)",
    re.I,
)
_NOTE_MARK = re.compile(r"(?:^|(?<=\s))([\d*∗†‡§¶]{1,2})\s?(?=[^\W\d_])")
_NOTE_END = re.compile(r"\.?\s+(?:correspond|e-?mail|proceedings|preprint|copyright)|\.$", re.I)
_LAST_LINES = 24
_FEWEST_LETTERS = 3


def affiliations_of(pieces: Sequence[Piece], authors: Sequence[str] = ()) -> tuple[str, ...]:
    """Each place once, in the order of the page, the first author's own before the others."""
    known = [_letters(author) for author in authors]
    usable = [piece for piece in pieces if _is_usable(piece)]
    if any(piece.begins_with_mark and _is_place(piece.text) for piece in usable):
        found = _marked(usable)
    else:
        found = list(_under_names(usable, known))
    return _each_once(text for text in found if _letters(text) not in known)


def affiliations_in(notes: Iterable[str], pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Places that footnotes of the first page tell: `A. Author is with …`, or after marks."""
    marks = next((piece.marks for piece in pieces if piece.marks), ())
    own, others = list[str](), list[str]()
    for note in notes:
        others += (found[1] for found in _IS_WITH.finditer(note))
        for mark, text in _by_marks(note):
            if _INSTITUTION.search(text) and _is_place(text):
                (own if mark in marks else others).append(text)
    return _each_once([*own, *others])


def affiliations_after(lines: Sequence[Placed]) -> tuple[tuple[str, ...], int]:
    """Places in small capitals that end a paper, as mathematicians print them, and how many lines
    of its end they take."""
    count, places = 0, list[str]()
    for placed in reversed(lines[-_LAST_LINES:]):
        line = placed.line
        is_note = _NO_PLACE.search(line.text) is not None and line.is_italic
        if not is_note and not is_in_small_capitals(line):
            break
        count += 1
        places += [] if is_note else [line.text]
    return (_each_once(reversed(places)), count) if places else ((), 0)


def _by_marks(note: str) -> Iterator[tuple[str, str]]:
    begins = list(_NOTE_MARK.finditer(note))
    for this, after in pairwise([*begins, None]):
        if this:
            text = note[this.end() : after.start() if after else len(note)]
            yield this[1], _NOTE_END.split(text)[0]


def _each_once(places: Iterable[str]) -> tuple[str, ...]:
    clean = (_MAIL.sub("", text).removesuffix(" and").strip(" ,;.:") for text in places)
    return tuple(dict.fromkeys(text for text in clean if _is_place(text)))


def _is_usable(piece: Piece) -> bool:
    text = _MAIL.sub("", piece.text)
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not _NO_PLACE.search(text)


def _is_place(text: str) -> bool:
    """Whether this may be a place: no note, no person alone, no sentence."""
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(not word[0].islower() for word in words)
    return (
        len(text) > _FEWEST_LETTERS
        and 2.5 * capitals >= len(words) > 0
        and not _NO_PLACE.search(text)
        and not _PERSON.fullmatch(text)
    )


def _marked(pieces: Sequence[Piece]) -> list[str]:
    """Places that begin with marks, those of the first name's marks first."""
    first: tuple[str, ...] = ()
    places: list[tuple[tuple[str, ...], list[Piece]]] = []
    is_open = False
    for piece in pieces:
        if piece.begins_with_mark:
            places.append((piece.marks, [piece]))
            is_open = True
        elif is_open and _goes_on(places[-1][1][-1], piece):
            places[-1][1].append(piece)
        else:
            first = first or piece.marks
            is_open = False
    own = [_joined(place) for marks, place in places if set(marks) & set(first)]
    return [*own, *(_joined(place) for _, place in places)]


def _goes_on(last: Piece, piece: Piece) -> bool:
    is_alike = abs(last.size - piece.size) < 0.4 and last.font == piece.font
    return is_alike and piece.row <= last.row + 1 and piece.box.top - last.box.bottom < piece.size


def _under_names(pieces: Sequence[Piece], known: Sequence[str]) -> Iterator[str]:
    """Places in columns or rows, each below its names."""
    name = (pieces[0].font, pieces[0].size) if pieces else ("", 0.0)
    has_two_looks = not all(_is_of(piece, name) for piece in pieces)
    chains: list[list[Piece]] = []
    for piece in pieces:
        chain = next((each for each in reversed(chains) if _is_below(each[-1], piece)), None)
        is_name = _letters(piece.text) in known or (has_two_looks and _is_of(piece, name))
        if chain is None or (is_name and not _is_of(chain[-1], name)):
            chains.append([piece])
        else:
            chain.append(piece)
    for chain in chains:
        if has_two_looks:
            places = [
                piece
                for piece in chain
                if not _is_of(piece, name) and _letters(piece.text) not in known
            ]
            if not _is_of(chain[0], name) and not any(map(_is_institution, places)):
                places = []
        else:
            places = chain[1:] if any(map(_is_institution, chain[1:])) else []
        if places:
            yield _joined(places, is_in_lines=True)


def _is_of(piece: Piece, look: tuple[str, float]) -> bool:
    return piece.font == look[0] and abs(piece.size - look[1]) < 0.4


def _is_below(last: Piece, piece: Piece) -> bool:
    if piece.row == last.row:
        return -1 < piece.box.left - last.box.right < 0.5 * piece.size
    shared = last.box.above_or_below(piece.box)
    if shared < 0.3 * min(last.box.width, piece.box.width):
        return False
    return piece.row > last.row and piece.box.top - last.box.bottom < 0.9 * piece.size


def _is_institution(piece: Piece) -> bool:
    return _INSTITUTION.search(piece.text) is not None


def _joined(place: Sequence[Piece], is_in_lines: bool = False) -> str:
    """One place's lines as one: a line's end parts as a comma does, where it does not just wrap."""
    longest = max(piece.box.width for piece in place)
    text = place[0].text
    for last, piece in pairwise(place):
        is_wrapped = _OPEN_END.search(text) or piece.text[:1].islower()
        is_full = last.box.width > 0.9 * longest and longest > 200 and not is_in_lines
        if last.row == piece.row or text.endswith((",", ";")) or is_wrapped or is_full:
            text = joined_lines([text, piece.text])
        else:
            text = f"{text}, {piece.text}"
    return text


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))
