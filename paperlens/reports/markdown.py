"""A report as plain Markdown: headings, paragraphs, lists and links; no HTML.

Whatever papers, models and users wrote is escaped: it can neither open nor close anything, and
links lead only where the report says.
"""

from collections.abc import Iterable, Iterator

from paperlens.models import Entry, Report
from paperlens.reports import outline
from paperlens.reports.guarding import emphasised
from paperlens.reports.labels import Labels, labels
from paperlens.reports.marks import chosen
from paperlens.reports.text import address, escaped, readable, shortened
from paperlens.unseen import one_line

_DOT = " · "


def document(report: Report) -> str:
    """The digest, ended by one newline."""
    words = labels(report.language)
    blocks = [
        f"# {escaped(outline.heading(report, words))}",
        _DOT.join(map(escaped, [*outline.counts(report, words), *outline.by_query(report)])),
        *_sections(report, words),
        *_rest(report, words),
        *_notes(report, words),
        _DOT.join(map(escaped, outline.colophon(report, words))),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _sections(report: Report, words: Labels) -> Iterator[str]:
    if not report.entries:
        daily = report.command in {"today", "demo"}
        yield escaped(words["nothing_new" if daily else "nothing_found"])
    for number, entry in enumerate(outline.in_full(report), 1):
        yield f"## {number}. {_linked(readable(entry.paper.title), entry.paper.url)}"
        yield from _section(entry, report, words)


def _section(entry: Entry, report: Report, words: Labels) -> Iterator[str]:
    home = [escaped(entry.affiliation)] if entry.affiliation else []
    yield _DOT.join([", ".join(map(escaped, entry.paper.authors)), *home]).strip(_DOT)
    yield _DOT.join(_place(entry, report, words))
    yield _labelled(words, "because", _DOT.join(outline.reasons(entry, words)))
    yield from _summary(entry, words)
    yield from _doubts(entry, report, words)
    yield _labelled(words, "error", entry.error or "")
    yield from _links(entry, words)
    yield _labelled(words, "abstract", readable(entry.paper.abstract))
    yield _labelled(words, "comment", readable(entry.paper.comment or ""))
    yield _labelled(words, "journal", readable(entry.paper.journal_ref or ""))
    yield _labelled(words, "tags", _DOT.join(map(one_line, entry.decision.tags)))
    yield _labelled(words, "my_note", one_line(entry.decision.note))


def _place(entry: Entry, report: Report, words: Labels) -> Iterator[str]:
    yield from map(escaped, outline.facts(entry, report, words))
    if mark := chosen(entry.decision.mark, words):
        yield escaped(mark)
    if entry.paper.is_withdrawn:
        yield f"**{words['withdrawn']}**"
    if entry.paper.pdf_url:
        yield _linked(words["pdf"], entry.paper.pdf_url)
    if entry.paper.doi_url:
        yield _linked(words["doi"], entry.paper.doi_url)


def _summary(entry: Entry, words: Labels) -> Iterator[str]:
    for name, told in (entry.summary.fields if entry.summary else {}).items():
        points = [emphasised(point) for point in outline.points(told)]
        if not points:
            continue
        if name not in outline.UNHEADED:
            yield f"**{escaped(words.field(one_line(name)))}**"
        yield points[0] if isinstance(told, str) else _bullets(points)


def _doubts(entry: Entry, report: Report, words: Labels) -> Iterator[str]:
    if not report.checks:
        yield _labelled(words, "unverified", _DOT.join(outline.doubts(entry)))
        return
    yield escaped(outline.checked(entry, words))
    yield _bullets(escaped(": ".join(doubt)) for doubt in outline.doubts_in_full(entry, words))


def _links(entry: Entry, words: Labels) -> Iterator[str]:
    for label, urls in (("code", entry.links.code), ("project", entry.links.project)):
        if urls:
            told = [_linked(shortened(url), url) for url in urls]
            yield f"**{words.lead(label)}** {_DOT.join(told)}"


def _rest(report: Report, words: Labels) -> Iterator[str]:
    if listed := outline.listed(report):
        yield f"## {words['also']}"
        yield _bullets(_item(entry, report, words) for entry in listed)


def _item(entry: Entry, report: Report, words: Labels) -> str:
    people = entry.paper.authors
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    first = [escaped(people[0]) + more] if people else []
    facts = map(escaped, outline.facts(entry, report, words))
    withdrawn = [f"**{words['withdrawn']}**"] if entry.paper.is_withdrawn else []
    title = _linked(readable(entry.paper.title), entry.paper.url)
    return _DOT.join([title, *first, *facts, *withdrawn])


def _notes(report: Report, words: Labels) -> Iterator[str]:
    if told := outline.notices(report):
        yield f"## {words['notes']}"
        yield _bullets(map(escaped, told))


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _labelled(words: Labels, name: str, text: str) -> str:
    """A paragraph that begins with its name in bold; nothing where there is nothing to say."""
    told = escaped(text)
    return f"**{words.lead(name)}** {told}" if told else ""


def _linked(text: str, url: str | None) -> str:
    target = address(url) if url else None
    return f"[{escaped(text)}]({target})" if target else escaped(text)
