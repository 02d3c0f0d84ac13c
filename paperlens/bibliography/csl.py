"""An item of CSL-JSON, as Zotero, Mendeley and citation services write it."""

from collections.abc import Iterator

from paperlens.bibliography.described import Described, is_arxiv
from paperlens.bibliography.markup import without_tags
from paperlens.records import Json


def is_csl(item: Json) -> bool:
    """Whether this is an item of CSL, and not a paper as paperlens writes it."""
    return "authors" not in item and any(name in item for name in ("type", "author", "issued"))


def described(item: Json) -> Described:
    """The item in the words that all formats share; what is not as CSL has it tells nothing."""
    journal = _text(item, "container-title")
    publisher = _text(item, "publisher", "archive")
    numbers = [
        _text(item, name)
        for name in ("archive_location", "archive-location", "number", "collection-number")
    ]
    from_arxiv = any(map(is_arxiv, (journal, publisher, _text(item, "archive"))))
    return Described(
        title=_text(item, "title"),
        authors=tuple(_names(item.get("author"))),
        abstract=_text(item, "abstract"),
        doi=_text(item, "DOI"),
        addresses=(_text(item, "URL"),),
        eprints=tuple(numbers) if from_arxiv else (),
        places=(*numbers, journal, _text(item, "volume"), _text(item, "page")),
        notes=(_text(item, "note"), _text(item, "annote")),
        keywords=tuple(_text(item, "keyword").replace(";", ",").split(",")),
        own=_text(item, "archive_location"),
        journal=journal or publisher,
        volume=_text(item, "volume"),
        pages=_text(item, "page"),
        date="-".join(_date(item.get("issued"))),
    )


def _text(item: Json, *names: str) -> str:
    """The first of these that says something; some programs write numbers as numbers."""
    told = (item.get(name) for name in names)
    return next((without_tags(str(one)) for one in told if one and isinstance(one, str | int)), "")


def _names(people: object) -> Iterator[str]:
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
            told = " ".join(filter(None, (_text(person, part) for part in parts)))
            yield told or _text(person, "literal")


def _date(issued: object) -> list[str]:
    """Year, month and day, or as many of them as are told."""
    if not isinstance(issued, dict):
        return []
    match issued.get("date-parts"):
        case [[*parts], *_]:
            return [str(part) for part in parts[:3] if isinstance(part, str | int)]
    return [_text(issued, "raw", "literal")]
