"""RIS, as Zotero, Mendeley, EndNote, Google Scholar and publishers write it.

rispy knows what the tags mean, but neither lines nor broken records: the text is cut here and
handed to it record by record.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from paperlens.bibliography.described import Described, holding_of, is_arxiv
from paperlens.bibliography.markup import without_tags
from paperlens.bibliography.record import Fault, Outcome, Reference, decoded

if TYPE_CHECKING:
    from rispy import RisParser

_LONGEST_MB = 1
_TAG = re.compile(rb"[A-Z][A-Z0-9]  -")


def ris(data: bytes) -> Iterator[Outcome]:
    """Each record between its TY and its ER; a line that stands in none is a Fault."""
    from rispy import RisParser

    parser = RisParser(delimiter_tags_mapping={}, skip_unknown_tags=True)
    start, held, is_astray = 0, list[bytes](), False
    for number, line in enumerate(BytesIO(data), 1):
        tag = _TAG.match(line)
        begins, ends = line.startswith(b"TY  -"), line.startswith(b"ER  -")
        if begins and held:
            yield Fault(start, '"ER", its end, is missing')
        if begins:
            start, held = number, [line]
        elif held and ends:
            yield _record(start, held, parser)
            held = []
        elif held:
            held.append(line)
        elif tag and not ends and not is_astray:
            yield Fault(number, '"TY", the beginning of its record, is missing')
        is_astray = not held and not ends and (is_astray or tag is not None)
    if held:
        yield Fault(start, '"ER", its end, is missing')


def _record(start: int, lines: list[bytes], parser: "RisParser") -> Outcome:
    try:
        rows = iter([*_unfolded(decoded(b"".join(lines), _LONGEST_MB), parser), "ER  - "])
        return Reference(start, holding_of(_described(parser.parse_lines(rows)[0])))
    except ValueError as error:
        return Fault(start, str(error))


def _unfolded(text: str, parser: "RisParser") -> Iterator[str]:
    """A row for each tag: rispy would copy the text before a further line once for each of them."""
    row: list[str] = []
    for line in text.split("\n"):
        tag, content = parser.parse_line(line)
        if tag and row:
            yield "\n".join(row)
            row = []
        row.append(line if tag else content)
    yield "\n".join(row)


def _described(record: dict[str, Any]) -> Described:
    def told(*names: str) -> str:
        return next((text for name in names for text in every(name)), "")

    def every(*names: str) -> tuple[str, ...]:
        values = (record.get(name) or [] for name in names)
        listed = (one if isinstance(one, list) else [one] for one in values)
        return tuple(without_tags(text) for texts in listed for text in texts if text.strip())

    journals = every(*_JOURNALS)
    numbers = every("accession_number", "note", "number", "custom7", "id")
    hosts = (*journals, *every("publisher", "name_of_database", "database_provider"))
    pages = "–".join(dict.fromkeys(every("start_page", "end_page")))
    return Described(
        title=told("title", "primary_title", "translated_title"),
        authors=tuple(map(_first_name_first, every("authors") or every("first_authors"))),
        abstract=told("abstract", "notes_abstract"),
        doi=told("doi"),
        addresses=every("urls", "file_attachments1", "file_attachments2"),
        eprints=numbers if any(map(is_arxiv, hosts)) else (),
        places=(*numbers, *journals, *every("volume", "start_page")),
        notes=every("notes", "research_notes"),
        keywords=every("keywords"),
        own=told("accession_number"),
        journal=told(*_JOURNALS, "publisher"),
        volume=told("volume"),
        pages=pages,
        year=told("year", "publication_year"),
        date=told("date", "publication_year", "year"),
    )


_JOURNALS = (
    "journal_name", "alternate_title3", "secondary_title", "alternate_title2", "alternate_title1",
)  # fmt: skip


def _first_name_first(name: str) -> str:
    """`Last, First, Jr` as it is spoken."""
    last, *others = (part.strip() for part in name.split(",", 2))
    return " ".join([*others[:1], last, *others[1:]])
