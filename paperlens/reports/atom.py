"""A report as an Atom feed (RFC 4287): the same address each day, a paper once for each version.

Ids say neither day nor version, so that a reader shows a paper again only when `updated` moves on.
What papers, models and users wrote is escaped twice: as text in HTML, and as HTML in XML.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape as in_html
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from paperlens import __version__
from paperlens.arxiv_week import midnight
from paperlens.models import Entry, Report
from paperlens.records import time_json
from paperlens.reports import outline
from paperlens.reports.labels import Labels, labels
from paperlens.reports.text import KEY_PHRASE, address, capital, readable, shortened
from paperlens.taxonomy import CATEGORIES
from paperlens.unseen import one_line

_IDS = "tag:paperlens.github.io,2026:"
_HOME = "https://github.com/paperlens/paperlens"
_ARXIVS = "http://arxiv.org/schemas/atom"


def document(report: Report) -> str:
    """The feed, its entries in the report's order."""
    words = labels(report.language)
    moments = [_updated(entry, report) for entry in report.entries]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _text("id", f"{_IDS}feed/{quote(report.command)}"),
        _text("title", f"paperlens · {outline.asked(report, words)}"),
        _text("subtitle", " · ".join([outline.heading(report, words), *_counts(report, words)])),
        _time("updated", max(moments, default=report.generated)),
        "<author><name>paperlens</name></author>",
        f'<generator uri="{_HOME}" version="{__version__}">paperlens</generator>',
        *(_entry(entry, report, words) for entry in report.entries),
        "</feed>\n",
    ]
    return "\n".join(lines)


def _counts(report: Report, words: Labels) -> list[str]:
    return [*outline.counts(report, words), *outline.by_query(report)]


def _entry(entry: Entry, report: Report, words: Labels) -> str:
    paper = entry.paper
    title = readable(paper.title) or one_line(paper.id)
    lines = [
        "<entry>",
        _text("id", f"{_IDS}paper/{quote(paper.id, safe='/:@', errors='replace')}"),
        _text("title", title),
        _time("updated", _updated(entry, report)),
        *([_time("published", paper.published)] if paper.published else []),
        *(f"<author>{_text('name', name)}</author>" for name in _names(paper.authors)),
        *_categories(entry),
        *_links(entry),
        *([_text("rights", paper.license)] if one_line(paper.license) else []),
        *(_text("summary", said) for said in _in_short(entry)),
        f'<content type="html">{escape("".join(_html(entry, words)))}</content>',
        "</entry>",
    ]
    return "\n".join(lines)


def _updated(entry: Entry, report: Report) -> datetime:
    """When this version became news: announced, or submitted where arXiv told no announcement."""
    paper = entry.paper
    announced = midnight(paper.announced) if paper.announced else None
    known = [moment for moment in (announced, paper.updated, paper.published) if moment]
    return max(known, default=report.generated)


def _names(authors: Iterable[str]) -> Iterator[str]:
    return filter(None, map(readable, authors))


def _categories(entry: Entry) -> Iterator[str]:
    for code in filter(None, map(one_line, entry.paper.categories)):
        label = f" label={quoteattr(CATEGORIES[code])}" if code in CATEGORIES else ""
        yield f"<category term={quoteattr(code)} scheme={quoteattr(_ARXIVS)}{label}/>"
    for tag in filter(None, map(one_line, entry.decision.tags)):
        yield f"<category term={quoteattr(tag)} scheme={quoteattr(f'{_IDS}tags')}/>"


def _links(entry: Entry) -> Iterator[str]:
    """The paper's page, and what belongs to it: no enclosure, which some readers fetch unasked."""
    paper = entry.paper
    if paper.url and (url := address(paper.url)):
        yield f'<link rel="alternate" type="text/html" href={quoteattr(url)}/>'
    if paper.pdf_url and (url := address(paper.pdf_url)):
        href = quoteattr(url)
        yield f'<link rel="related" type="application/pdf" title="PDF" href={href}/>'
    for url in dict.fromkeys([paper.doi_url or "", *entry.links.code, *entry.links.project]):
        if safe := address(url):
            yield f'<link rel="related" title={quoteattr(shortened(url))} href={quoteattr(safe)}/>'


def _in_short(entry: Entry) -> list[str]:
    told = entry.summary.fields.get("tldr") if entry.summary else None
    return [KEY_PHRASE.sub(r"\1", point) for point in outline.points(told)[:1]]


def _html(entry: Entry, words: Labels) -> Iterator[str]:
    """Paragraphs and lists; the only links are addresses of the report's own."""
    paper = entry.paper
    if paper.is_withdrawn:
        yield f"<p><b>{capital(words['withdrawn'])}</b></p>"
    yield _labelled(words, "because", " · ".join(outline.reasons(entry, words)))
    yield _labelled(words, "also_as", ", ".join(map(one_line, entry.also)))
    for name, told in (entry.summary.fields if entry.summary else {}).items():
        if points := [_emphasised(point) for point in outline.points(told)]:
            if name not in outline.UNHEADED:
                yield f"<h4>{in_html(words.field(one_line(name)))}</h4>"
            yield f"<p>{points[0]}</p>" if isinstance(told, str) else _list(points)
    yield _labelled(words, "unverified", " · ".join(outline.doubts(entry)))
    yield _labelled(words, "error", one_line(entry.error))
    for label, urls in (("code", entry.links.code), ("project", entry.links.project)):
        if linked := [_linked(url) for url in urls]:
            yield f"<p><b>{words.lead(label)}</b> {' · '.join(linked)}</p>"
    yield _labelled(words, "abstract", readable(paper.abstract))
    yield _labelled(words, "comment", readable(paper.comment or ""))
    yield _labelled(words, "journal", readable(paper.journal_ref or ""))
    yield _labelled(words, "my_note", one_line(entry.decision.note))


def _list(points: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>"


def _labelled(words: Labels, name: str, text: str) -> str:
    return f"<p><b>{words.lead(name)}</b> {in_html(text)}</p>" if text else ""


def _emphasised(text: str) -> str:
    """What a model wrote, whose **key phrases** are bold."""
    pieces = map(in_html, KEY_PHRASE.split(text))
    return "".join(f"<b>{piece}</b>" if odd % 2 else piece for odd, piece in enumerate(pieces))


def _linked(url: str) -> str:
    safe = address(url)
    shown = in_html(shortened(url))
    return f'<a href="{in_html(safe)}">{shown}</a>' if safe else shown


def _text(name: str, text: str | None) -> str:
    return f"<{name}>{escape(one_line(text))}</{name}>"


def _time(name: str, moment: datetime) -> str:
    return f"<{name}>{time_json(moment)}</{name}>"
