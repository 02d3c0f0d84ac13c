"""What stands on the page, as plain data for its template: headline, filters, papers, foot."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from paperlens.models import Mark, Report
from paperlens.reports import outline
from paperlens.reports.html.albums import albums
from paperlens.reports.html.paper import Card, card, slug
from paperlens.reports.html.prose import language_tag
from paperlens.reports.labels import ENGLISH, Labels, labels
from paperlens.reports.marks import with_sign
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.reports import Pictures


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a filter: what it stands for, what it says, how many papers it leaves."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`name` is what the address of the page calls it."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Page:
    words: Labels
    language: str
    heading: str
    counts: tuple[str, ...]
    asked: tuple[str, ...]
    filters: tuple[Filter, ...]
    cards: tuple[Card, ...]
    listed: tuple[Card, ...]
    nothing: str
    notices: tuple[str, ...]
    colophon: tuple[str, ...]
    made: str
    pictures: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.cards) + len(self.listed)

    @property
    def all_shown(self) -> str:
        number = f"{self.total:,}"
        return self.words["html.count"].format(shown=number, all=number)


def page(report: Report, pictures: "Pictures") -> Page:
    words = labels(report.language)
    language = _language(report, words)
    entries = (*outline.in_full(report), *outline.listed(report))
    shown = albums(entries, pictures)
    names = _slugs(entry.paper.id for entry in entries)
    cards = tuple(
        card(entry, number, name, album, report, words, language)
        for number, (entry, name, album) in enumerate(zip(entries, names, shown.of, strict=True), 1)
    )
    full = len(outline.in_full(report))
    sample = [words["sample"]] if report.command == "demo" else []
    daily = report.command in {"today", "demo"}
    return Page(
        words=words,
        language=language,
        heading=outline.heading(report, words),
        counts=(*outline.counts(report, words), *sample),
        asked=tuple(outline.by_query(report)),
        filters=tuple(found for found in _filters(report, words) if found.choices),
        cards=cards[:full],
        listed=cards[full:],
        nothing=words["nothing_new" if daily else "nothing_found"],
        notices=(*outline.notices(report), *_too_heavy(shown.left_out, words)),
        colophon=tuple(outline.colophon(report, words)),
        made=_made(report),
        pictures=shown.addresses,
    )


def _made(report: Report) -> str:
    """When a day's report was made; the same papers exported again are the same page."""
    return f"{report.generated.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if report.batch else ""


def _language(report: Report, words: Labels) -> str:
    """That of the labels, which are English where a language has none."""
    return "en" if words is ENGLISH else language_tag(report.language) or "en"


def _too_heavy(left_out: int, words: Labels) -> list[str]:
    return [words["html.left_out"].format(count=f"{left_out:,}")] if left_out else []


def _slugs(ids: Iterable[str]) -> Iterator[str]:
    """A name for each paper within the page; no two are the same."""
    taken = set[str]()
    for id in ids:
        name = again = slug(id)
        times = 1
        while again in taken:
            times += 1
            again = f"{name}_{times}"
        taken.add(again)
        yield again


def _filters(report: Report, words: Labels) -> Iterator[Filter]:
    """Those by which something can be told apart."""
    order = [name for name, _ in report.matched]
    yield _filter("query", words["queries"], order, (e.queries for e in report.entries))
    yield _filter("tag", words["tags"], (), (e.decision.tags for e in report.entries))
    marks = Counter(entry.decision.mark for entry in report.entries)
    choices = [Choice(mark.value, with_sign(mark, words), marks[mark]) for mark in Mark]
    found = tuple(choice for choice in choices if choice.count)
    yield Filter("mark", words["mark"], () if set(marks) <= {Mark.NEW} else found)


def _filter(
    name: str, label: str, order: Iterable[str], values: Iterable[tuple[str, ...]]
) -> Filter:
    """Known values in their order, others after them by their number; of one alone, none."""
    held = Counter(value for each in values for value in dict.fromkeys(map(one_line, each)))
    held.pop("", None)
    first = [value for value in dict.fromkeys(map(one_line, order)) if value in held]
    rest = sorted(held.keys() - set(first), key=lambda value: (-held[value], value))
    choices = tuple(Choice(value, value, held[value]) for value in (*first, *rest))
    return Filter(name, label, choices)
