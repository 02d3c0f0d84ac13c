"""Names made of what things are, so that the same thing is called the same again.

File names come from ids and dates alone and suit every file system; tags suit Obsidian and Dendron.
"""

import re
import unicodedata
from hashlib import sha256

from paperlens.ids import is_arxivs
from paperlens.unseen import one_line, writable

_OF_OURS = re.compile(r"local:[a-z0-9-]{1,100}")
_LONGEST_SLUG = 80
_LONGEST_TAG = 60


def file_name(id: str) -> str:
    """`2404.05674`, `hep-th_9901001`, `local-…`; whatever else may be, with a digest to tell it."""
    if is_arxivs(id):
        return id.replace("/", "_")
    if _OF_OURS.fullmatch(id):
        return id.replace(":", "-")
    slug = re.sub(r"[^a-z0-9.]+", "-", id.lower()).strip("-.")[:_LONGEST_SLUG].strip("-.")
    return "-".join(part for part in (slug, digest(id)[:8]) if part)


def digest(*told: str) -> str:
    """The SHA-256 of some words, in hexadecimal."""
    return sha256("\0".join(map(writable, told)).encode()).hexdigest()


def note_id(name: str) -> str:
    """Dendron's kind of id, 23 letters and digits: always the same for a note of that name."""
    number, letters = int(digest("dendron", name), 16), "0123456789abcdefghijklmnopqrstuvwxyz"
    told = ""
    for _ in range(23):
        number, place = divmod(number, len(letters))
        told += letters[place]
    return told


def tag(text: str) -> str:
    """The words as one tag: letters, digits, `_` and `-`, a letter or `_` first; or nothing."""
    plain = unicodedata.normalize("NFC", one_line(text))[: 4 * _LONGEST_TAG]
    kept = "".join(each if _is_of_words(each) else "_" for each in plain)
    told = re.sub(r"_*-_*", "-", re.sub(r"_+", "_", kept)).rstrip("_-")
    while told and not told[0].isalnum():  # nor does a tag begin with a mark that has no letter
        told = told[1:]
    named = told if not told or told[0].isalpha() else f"_{told}"
    return named[:_LONGEST_TAG].rstrip("_-")


def _is_of_words(letter: str) -> bool:
    return letter == "-" or unicodedata.category(letter)[0] in "LNM"
