"""A reply of OAI-PMH becomes records: papers as they are now, and when they were changed.

arXiv writes them in two formats that matter here. `arXivRaw` tells every version with its date,
and the authors in one line. `arXiv` has the authors apart, but no version, and what it calls
`created` is the day of the latest version: such a paper's dates are left to the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Paper
from paperlens.sources.authors import names
from paperlens.sources.fields import Fields, fields_of, text_of
from paperlens.sources.replies import Refused, Unusable, local, xml
from paperlens.unseen import one_line

NO_RECORDS = "noRecordsMatch"
EXPIRED = "badResumptionToken"
UNKNOWN_FORMAT = "cannotDisseminateFormat"


@dataclass(frozen=True, slots=True)
class Record:
    """A paper, the day of its last change, and the day its latest version was submitted on."""

    paper: Paper
    changed: date
    submitted: date


@dataclass(frozen=True, slots=True)
class Page:
    """Records in the order of their changes; with a token there are more, with a refusal none."""

    records: tuple[Record, ...] = ()
    unreadable: tuple[str, ...] = ()
    token: str = ""
    refusal: str = ""


def read(body: bytes) -> Page:
    """Raises Unusable for what is no page of records, Refused for a request that is wrong."""
    root = xml(body)
    if local(root.tag) != "oai-pmh":
        raise Unusable(f"the reply is no OAI-PMH but <{local(root.tag)}>")
    parts = fields_of(root)
    if "error" in parts:
        return _refusal(parts["error"][0])
    listed = fields_of(*parts.get("listrecords", ()), *parts.get("getrecord", ()))
    if not listed.get("record"):
        raise Unusable("the page has no records")
    records, unreadable = [], []
    for element in listed["record"]:
        inside = fields_of(element)
        header = inside.get("header", [])
        if any(each.get("status") == "deleted" for each in header):
            continue
        fields = fields_of(*header, *(form for each in inside.get("metadata", ()) for form in each))
        try:
            records.append(_record(fields))
        except (UnknownId, ValueError, OverflowError):
            unreadable.append(text_of(fields, "identifier", "title") or "one without a name")
    return Page(tuple(records), tuple(unreadable), text_of(listed, "resumptiontoken"))


def _refusal(error: Element) -> Page:
    code = error.get("code", "")
    if code in {NO_RECORDS, EXPIRED, UNKNOWN_FORMAT}:
        return Page(refusal=code)
    raise Refused(f'arXiv says "{one_line(error.text) or code}"')


def _record(fields: Fields) -> Record:
    title = text_of(fields, "title")
    if not title:
        raise ValueError("a record without a title")
    paper = Paper(
        id=ArxivId.parse(text_of(fields, "id", "identifier")).number,
        title=title,
        authors=tuple(_authors(fields)),
        abstract=text_of(fields, "abstract"),
        categories=tuple(dict.fromkeys(text_of(fields, "categories").split())),
        comment=text_of(fields, "comments") or None,
        doi=text_of(fields, "doi") or None,
        journal_ref=text_of(fields, "journal-ref") or None,
        license=text_of(fields, "license") or None,
    )
    changed = date.fromisoformat(text_of(fields, "datestamp"))
    versions = sorted(_versions(fields))
    if not versions:
        return Record(paper, changed, date.fromisoformat(text_of(fields, "created")))
    (_, first), (latest, last) = versions[0], versions[-1]
    paper = replace(paper, version=latest, published=first, updated=last)
    return Record(paper, changed, last.date())


def _versions(fields: Fields) -> Iterator[tuple[int, datetime]]:
    for element in fields.get("version", ()):
        moment = parsedate_to_datetime(text_of(fields_of(element), "date"))
        yield int(element.get("version", "").removeprefix("v")), moment.astimezone(UTC)


def _authors(fields: Fields) -> Iterator[str]:
    """One by one where the format has them so, else from the line that names them all."""
    people = fields_of(*fields.get("authors", ())).get("author")
    if people is None:
        yield from names(text_of(fields, "authors"))
        return
    for person in map(fields_of, people):
        parts = (text_of(person, part) for part in ("forenames", "keyname", "suffix"))
        if name := " ".join(filter(None, parts)):
            yield name
