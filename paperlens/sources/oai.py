"""OAI-PMH, the last resort: every record that changed since a day, from which we choose ourselves.

It selects by the day of a change, never by submission, and by sets, never by words. So a harvest
runs on to the present where it can: what changes once more moves to a later day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from paperlens import taxonomy
from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Notice, Paper
from paperlens.query import Query
from paperlens.sources.caught import Caught, Span
from paperlens.sources.gate import Gate
from paperlens.sources.oai_records import EXPIRED, UNKNOWN_FORMAT, Page, Record, read

UP_TO_THE_PRESENT = timedelta(days=14)
_FORMATS = ("arXivRaw", "arXiv")
_FRESH_STARTS = 3


class Harvester:
    """The records of a service, a page at a time."""

    def __init__(self, url: str, gate: Gate, now: datetime) -> None:
        self._url, self._gate, self._now = url, gate, now

    def harvest(self, questions: Sequence[Query], span: Span, caught: Caught) -> None:
        """What may answer a question into `caught`; SourceUnreachable ends it."""
        by = self._gate.deadline()
        seen = set(caught.papers)
        for name in sets(questions):
            for page in self._pages(self._first(span, name), by):
                for paper, may_match in choose(page.records, questions, span):
                    seen.add(paper.id)
                    if may_match:
                        caught.add(paper)
                caught.seen = len(seen)
                _name_unreadable(page.unreadable, caught)
        if not self._is_to_the_present(span):
            text = "OAI-PMH lists papers by their last change: what changed later is missing."
            caught.lacks("gap-oai-later", text)

    def _is_to_the_present(self, span: Span) -> bool:
        return self._now - span.until <= UP_TO_THE_PRESENT

    def _first(self, span: Span, name: str | None) -> dict[str, str]:
        asked = {"from": _day(span.since)}
        if not self._is_to_the_present(span):
            asked["until"] = _day(span.until + UP_TO_THE_PRESENT)
        return asked | ({"set": name} if name else {})

    def _pages(self, first: dict[str, str], by: float) -> Iterator[Page]:
        """From token to token; when one has expired, again from the last day that was seen."""
        formats = iter(_FORMATS)
        first = {**first, "metadataPrefix": next(formats)}
        token, starts = "", 0
        while True:
            page = self._page({"resumptionToken": token} if token else first, by)
            if page.refusal == UNKNOWN_FORMAT and (other := next(formats, None)):
                first, token = {**first, "metadataPrefix": other}, ""
                continue
            if page.refusal == EXPIRED and token and starts < _FRESH_STARTS:
                token, starts = "", starts + 1
                continue
            if page.refusal in {UNKNOWN_FORMAT, EXPIRED}:
                raise SourceUnreachable(f'{self._url}: arXiv says "{page.refusal}"')
            yield page
            if page.token and page.token == token:
                raise SourceUnreachable(f"{self._url}: a page names itself as the next one")
            if not page.token:
                return
            token = page.token
            if page.records:
                first["from"] = page.records[-1].changed.isoformat()

    def _page(self, asked: Mapping[str, str], by: float) -> Page:
        url = f"{self._url}?{urlencode({'verb': 'ListRecords', **asked})}"
        return self._gate.get(url, read, by=by).found


def sets(questions: Sequence[Query]) -> tuple[str | None, ...]:
    """The fewest that cover all categories asked for; None is the whole of arXiv.

    Outside physics a set is as wide as its archive: that leaves no alias of a category out.
    """
    wanted = {code for question in questions for code in question.categories}
    is_known = all(code in taxonomy.ARCHIVES or code in taxonomy.CATEGORIES for code in wanted)
    if not is_known or not all(question.names_categories for question in questions):
        return (None,)
    archives = {code.partition(".")[0] for code in wanted}
    physics = sorted(archives & taxonomy.PHYSICS)
    if len(physics) == 1:
        physics = [f"physics:{physics[0]}"]
    return (*sorted(archives - taxonomy.PHYSICS), *(physics if len(physics) < 2 else ["physics"]))


def choose(
    records: Sequence[Record], questions: Sequence[Query], span: Span
) -> Iterator[tuple[Paper, bool]]:
    """The papers of the span, and whether each may answer a question."""
    for record in records:
        if _is_of(record, span):
            kind = "replace" if _is_surely_older(record, span) else None
            paper = replace(record.paper, announce_type=kind)
            yield paper, any(question.may_match(paper) for question in questions)


def _is_of(record: Record, span: Span) -> bool:
    """Whether the paper, or its latest version, was submitted in the span.

    When only the day of the latest version is told, a version after the span may follow one in it.
    """
    published, updated = record.paper.published, record.paper.updated
    if published and updated:
        return any(span.since <= moment <= span.until for moment in (published, updated))
    is_in_time = record.submitted <= span.until.date() or not _is_surely_older(record, span)
    return record.submitted >= span.since.date() and is_in_time


def _is_surely_older(record: Record, span: Span) -> bool:
    """Whether the first version was submitted before the span; numbers are given out after it."""
    if record.paper.published:
        return record.paper.published < span.since
    months, _ = ArxivId(record.paper.id).age
    return months < span.since.year * 12 + span.since.month


def _name_unreadable(unreadable: Sequence[str], caught: Caught) -> None:
    if unreadable:
        named = ", ".join(unreadable[:5]) + (", …" if len(unreadable) > 5 else "")
        caught.notices.append(
            Notice("gap-record-unreadable", f"Records of OAI-PMH could not be read: {named}.")
        )


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
