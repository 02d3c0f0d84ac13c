"""Papers as Markdown to read from beginning to end, or to hand to another program."""

import re
from collections.abc import Iterable, Iterator

from paperlens.document import TABLE, Document, Float, Opened, Section
from paperlens.models import Paper
from paperlens.reports.text import escaped, in_prose, readable
from paperlens.unseen import one_line

_DEEPEST = 6
_BULLET = re.compile(r"[•‣▪◦∙●■–] ")


def whole(opened: Opened) -> str:
    """The whole paper, ended by one newline."""
    document = opened.document
    if document is None:
        return ""
    blocks = [
        f"# {in_prose(readable(opened.title or opened.name), is_heading=True)}",
        *_origin(opened),
        *_sections(document.sections),
        *_floats(document.floats),
        *_footnotes(document),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def part(opened: Opened) -> str:
    """Its sections, without what stands around them."""
    sections = opened.document.sections if opened.document else ()
    return "\n\n".join(block for block in _sections(sections) if block) + "\n"


def _origin(opened: Opened) -> Iterator[str]:
    paper = opened.source
    if isinstance(paper, Paper):
        yield escaped(", ".join(map(one_line, paper.authors)))
    if opened.document and opened.document.affiliations:
        yield escaped("; ".join(map(one_line, opened.document.affiliations)))
    if isinstance(paper, Paper) and paper.url:
        yield f"<{paper.url}>"


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if section.heading:
            marks = "#" * min(section.level + 1, _DEEPEST)
            yield f"{marks} {in_prose(section.heading, is_heading=True)}"
        for paragraph in section.text.split("\n\n"):
            yield _paragraph(paragraph)


def _paragraph(text: str) -> str:
    """Items that the paper marks with bullets are Markdown's."""
    item = _BULLET.match(text)
    return f"- {in_prose(text[item.end() :])}" if item else in_prose(text)


def _floats(floats: Iterable[Float]) -> Iterator[str]:
    listed = list(floats)
    if listed:
        yield "## Figures and tables"
    for one in listed:
        label = f"**{one.kind.capitalize()} {escaped(one.number)}** (page {one.page})"
        yield f"{label}: {in_prose(one.caption)}"
        if one.kind == TABLE and one.text:
            yield "\n".join(f"    {one_line(row)}" for row in one.text.splitlines())


def _footnotes(document: Document) -> Iterator[str]:
    if document.footnotes:
        yield "## Footnotes"
        yield "\n".join(f"- {in_prose(note)}" for note in document.footnotes)
