"""arXiv's daily announcement feed, Atom or RSS, becomes an Announcement.

An entry that cannot be read costs that entry alone; a paper listed twice is one paper.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from paperlens.arxiv_week import feed_day
from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Announcement, Notice, Paper
from paperlens.sources.authors import names
from paperlens.sources.fields import Fields, fields_of, text_of
from paperlens.sources.replies import Refused, Unusable, local, xml
from paperlens.unseen import one_line

LIMIT_OF_MIXED_FEEDS = 2000
_HEAD = re.compile(
    r"(?:arXiv:(?P<id>\S+)\s*)?(?:Announce Type:\s*(?P<kind>[\w-]+)\s*)?(?:Abstract:\s*)?",
    re.IGNORECASE,
)
_BY_NEWS = ("new", "cross", "replace", "replace-cross")


def read(body: bytes) -> Announcement:
    """Parse a feed; raises Unusable or Refused when it is none."""
    root = xml(body)
    if local(root.tag) == "rss":
        channel = root.find("channel")
        root = root if channel is None else channel
    elif local(root.tag) != "feed":
        raise Unusable(f"the reply is no feed but <{local(root.tag)}>")
    about = fields_of(root)
    if text_of(about, "title").startswith("Feed error"):
        raise Refused(f'arXiv says "{text_of(about, "subtitle", "description")}"')
    entries = [fields_of(entry) for entry in about.get("entry", []) + about.get("item", [])]
    day = _day(about, entries)
    papers, unreadable = [], []
    for number, entry in enumerate(entries, 1):
        try:
            papers.append(_paper(entry, day))
        except (UnknownId, ValueError):
            unreadable.append(_called(entry, number))
    once = _once(papers)
    seen = len(once) + len(unreadable)
    return Announcement(day, once, "feed", tuple(_notices(len(entries), unreadable)), seen)


def _paper(entry: Fields, day: date | None) -> Paper:
    head, abstract = _beheaded(text_of(entry, "summary", "description"))
    title = text_of(entry, "title")
    if not title:
        raise ValueError("an entry without a title")
    number = ArxivId.parse(text_of(entry, "guid", "id") or head.get("id", ""))
    kind = text_of(entry, "announce_type") or head.get("kind")
    return Paper(
        id=number.number,
        version=number.version,
        title=title,
        authors=names(one_line(" , ".join(_creators(entry)))),
        abstract=abstract,
        categories=tuple(dict.fromkeys(_categories(entry))),
        announced=day,
        announce_type=kind.lower() if kind else None,
        doi=text_of(entry, "doi") or None,
        journal_ref=text_of(entry, "journal_reference", "journal_ref") or None,
        license=text_of(entry, "rights", "license") or None,
    )


def _beheaded(told: str) -> tuple[dict[str, str], str]:
    """What stands before the abstract, as "arXiv:2404.05674v1 Announce Type: new Abstract: …"."""
    head = _HEAD.match(told)
    if head is None:
        return {}, told
    return {name: said for name, said in head.groupdict().items() if said}, told[head.end() :]


def _creators(entry: Fields) -> Iterator[str]:
    for element in entry.get("creator", []) + entry.get("author", []):
        yield "".join(element.itertext())


def _categories(entry: Fields) -> Iterator[str]:
    for element in entry.get("category", ()):
        if term := one_line(element.get("term") or element.text):
            yield term


def _day(about: Fields, entries: Iterable[Fields]) -> date | None:
    """The day most entries give, or the feed's own: one stray date must not move a whole batch."""
    days = Counter(day for entry in entries if (day := _dated(entry, "published", "pubdate")))
    if days:
        return days.most_common(1)[0][0]
    return _dated(about, "pubdate", "updated", "lastbuilddate")


def _dated(fields: Fields, *fields_by_preference: str) -> date | None:
    for name in fields_by_preference:
        if day := _day_in_new_york(text_of(fields, name)):
            return day
    return None


def _day_in_new_york(text: str) -> date | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text)
            return feed_day(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, OverflowError):
            continue
    return None


def _once(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Each paper once, in its newest description and under its greatest news."""
    found: dict[str, Paper] = {}
    for paper in papers:
        found[paper.id] = _united(found[paper.id], paper) if paper.id in found else paper
    return tuple(found.values())


def _united(one: Paper, other: Paper) -> Paper:
    kind = min(one.announce_type, other.announce_type, key=_news)
    return replace(one.merged(other), announce_type=kind)


def _news(kind: str | None) -> int:
    return _BY_NEWS.index(kind) if kind in _BY_NEWS else len(_BY_NEWS)


def _called(entry: Fields, number: int) -> str:
    name = text_of(entry, "guid", "id") or text_of(entry, "title") or f"number {number}"
    return name if len(name) <= 60 else f"{name[:59]}…"


def _notices(total: int, unreadable: list[str]) -> Iterator[Notice]:
    if unreadable:
        named = ", ".join(unreadable[:5]) + (", …" if len(unreadable) > 5 else "")
        entries = "1 entry" if len(unreadable) == 1 else f"{len(unreadable)} entries"
        text = f"{entries} of arXiv's feed could not be read: {named}"
        yield Notice("feed-entry-unreadable", text)
    if total >= LIMIT_OF_MIXED_FEEDS:
        text = f"arXiv ends a feed at {LIMIT_OF_MIXED_FEEDS} entries: some may be missing"
        yield Notice("feed-full", text)
