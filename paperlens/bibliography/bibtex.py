"""BibTeX and BibLaTeX, as reference managers, publishers and people write them.

bibtexparser finds the fields of an entry. It is handed one entry at a time, cut where a line begins
one: it would end any entry there itself, but would hold all of a file in memory at once.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from paperlens.bibliography.bibtex_fields import LONGEST_BORROWED, Fields, described, value
from paperlens.bibliography.described import holding_of
from paperlens.bibliography.record import Fault, Outcome, Reference, decoded
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_LONGEST_MB = 1
_START = re.compile(rb"^[ \t]*@(\w*)[ \t]*[{(][ \t]*([^\s,{}()=]*)", re.MULTILINE)
_OF_THE_BOOK = {"booktitle", "publisher", "organization", "volume", "year", "month", "date"}
_CROSSREF = re.compile(rb"crossref[ \t]*=[ \t]*[{\"][ \t]*([^\s,{}\"]+)", re.IGNORECASE)


def bibtex(data: bytes) -> Iterator[Outcome]:
    """Each entry, with what it takes from the `@string`s before it and from its `crossref`."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)  # its complaints are Faults
    strings: Fields = {}
    parents = _parents(data)
    for line, chunk in _cut(data):
        try:
            blocks = list(_blocks(chunk))
        except ValueError as error:
            yield Fault(line, str(error))
            continue
        for place, block in blocks:
            record = _record(line + place, block, strings, parents)
            if record:
                yield record


def _cut(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The text from each beginning of an entry to the next, with its line."""
    line, start = 1, None
    for found in _START.finditer(data):
        if start is not None:
            yield line, data[start : found.start()]
        line, start = line + data.count(b"\n", start or 0, found.start()), found.start()
    if start is not None:
        yield line, data[start:]


def _blocks(chunk: bytes) -> Iterator[tuple[int, "Block"]]:
    """What stands in one cut of the text, counted in lines from its beginning."""
    from bibtexparser.entrypoint import parse_string

    kind = _START.match(chunk)
    if kind and kind[1].lower() == b"comment":
        return
    for block in parse_string(decoded(chunk, _LONGEST_MB), parse_stack=[]).blocks:
        yield block.start_line or 0, block


def _parents(data: bytes) -> dict[str, Fields]:
    """The entries that others refer to, by their keys: they may stand after those."""
    wanted = {key.lower() for key in _CROSSREF.findall(data)}
    parents: dict[str, Fields] = {}
    for _, chunk in _cut(data) if wanted else ():
        found = _START.match(chunk)
        if found and found[2].lower() in wanted:
            with suppress(ValueError):  # a broken parent is named when its own turn comes
                for _, block in _blocks(chunk):
                    if entry := _entry(block):
                        parents[entry.key.lower()] = _inherited(_fields(entry))
    return parents


def _record(
    line: int, block: "Block", strings: Fields, parents: dict[str, Fields]
) -> Outcome | None:
    from bibtexparser.model import ParsingFailedBlock, String

    try:
        if isinstance(block, String):
            strings[block.key.lower()] = value(block.value, strings)
        elif entry := _entry(block):
            if entry.entry_type.lower() == "proceedings" and entry.key.lower() in parents:
                return None  # told by the papers in it
            fields = _fields(entry)
            parent = value(fields.get("crossref", ""), strings).strip().lower()
            fields = parents.get(parent, {}) | fields
            return Reference(line, holding_of(described(fields, strings)))
    except ValueError as error:
        return Fault(line, str(error))
    return Fault(line, _problem(block.error)) if isinstance(block, ParsingFailedBlock) else None


def _entry(block: "Block") -> "Entry | None":
    """Also one of which a key or a field stands there twice: the first of each counts."""
    from bibtexparser.model import Entry, ParsingFailedBlock

    whole = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
    return whole if isinstance(whole, Entry) else None


def _fields(entry: "Entry") -> Fields:
    return {field.key.lower(): str(field.value) for field in reversed(entry.fields)}


def _inherited(parent: Fields) -> Fields:
    """What a book says of the papers in it."""
    told = {"booktitle": parent.get("title", "")} | parent
    return {
        name: text
        for name, text in told.items()
        if name in _OF_THE_BOOK and len(text) <= LONGEST_BORROWED
    }


def _problem(error: Exception) -> str:
    reason = one_line(getattr(error, "abort_reason", None) or str(error)).rstrip(".")
    if reason.startswith("Unexpectedly reached end"):
        return "does not end: a closing brace or quote is missing"
    return f"is not BibTeX: {reason[:1].lower()}{reason[1:120]}"
