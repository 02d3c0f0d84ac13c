"""A paper in JSON, ours or CSL's, as the library holds it.

Ours may tell less than paperlens writes: an `id` in any spelling is enough, and so are a `title`
and an `abstract`. What is told has to be what is expected of it: a ValueError says what is not.
"""

import json
from collections.abc import Callable, Iterator

from paperlens.bibliography.csl import described, is_csl
from paperlens.bibliography.described import holding_of, named, web_address
from paperlens.bibliography.record import Reference
from paperlens.holdings import Holding, holding_from
from paperlens.ids import LocalId, PaperId
from paperlens.models import Known, Paper
from paperlens.records import Json, Record
from paperlens.unseen import one_line

ENVELOPES = ("papers", "items")
_UNTOLD: Json = {"title": "", "authors": (), "abstract": "", "categories": ()}


def references_in(line: int, value: object) -> Iterator[Reference]:
    """The papers of one JSON value: it is one, or a document of several."""
    several = value if isinstance(value, dict) else {}
    for name in ENVELOPES:
        if isinstance(papers := several.get(name), list):
            yield from (reference_in(line, paper) for paper in papers)
            return
    yield reference_in(line, value)


def reference_in(line: int, value: object) -> Reference:
    """The paper that a JSON object is."""
    if not isinstance(value, dict):
        raise ValueError("is no paper: expected an object")
    if is_csl(value):
        return Reference(line, holding_of(described(value)))
    told = _UNTOLD | {name: one for name, one in value.items() if one is not None}
    for name, cleaned in _CLEANED.items():
        if name in told:
            told[name] = cleaned(told[name])
    id = _id(told)
    told["id"] = id.number
    told.setdefault("version", id.version)
    return Reference(line, holding_from(told), is_ours=True)


def reference_named(line: int, text: str) -> Reference:
    """A paper of which nothing but an id is told."""
    id = named(text)
    return Reference(line, Holding(Known(Paper(id.number, "", (), "", (), version=id.version))))


def misread(error: ValueError | RecursionError) -> str:
    """Why a JSON value is no paper, for people."""
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{not_json(error)} at column {error.colno}"
    if "int_max_str_digits" in str(error):  # Python's own words, for programmers
        return "has a number that is too long"
    return str(error).removeprefix("paper: ")


def not_json(error: json.JSONDecodeError) -> str:
    """The parser's words, without the place that they lead to."""
    said = error.msg.removesuffix(" at").removesuffix(" starting")
    return f"is not JSON: {said[:1].lower()}{said[1:]}"


def _id(told: Json) -> PaperId:
    record = Record(told, "paper")
    if "id" in told:
        return named(record.text("id"))
    title, abstract, doi = record.text("title"), record.text("abstract"), record.maybe("doi", str)
    if not title or not abstract:
        raise ValueError('has no "id", nor both "title" and "abstract"')
    return named(doi) if doi else LocalId.of(title, record.texts("authors"))


def _line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _lines(value: object) -> object:
    return [_line(one) for one in value] if isinstance(value, list) else value


def _paragraphs(value: object) -> object:
    """The reader's own note may have several lines."""
    return "\n".join(map(one_line, value.split("\n"))) if isinstance(value, str) else value


def _address(value: object) -> object:
    return web_address(value) if isinstance(value, str) else value


_CLEANED: dict[str, Callable[[object], object]] = {
    "title": _line,
    "authors": _lines,
    "abstract": _line,
    "categories": _lines,
    "announce_type": _line,
    "comment": _line,
    "doi": _line,
    "journal_ref": _line,
    "license": _line,
    "url": _address,
    "queries": _lines,
    "tags": _lines,
    "note": _paragraphs,
}
