"""Typeset the PDFs of the sample day from its records and `sample_papers.toml`.

    python -m tests.make.typeset_sample [--check]

Titles, authors and abstracts come from the records, so that paper and record agree. The bytes are
the same on each run with the same PyMuPDF; `--check` writes nothing and says whether they are.
"""

import io
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pymupdf

from paperlens.demo import sample_day
from paperlens.models import Paper
from tests.make.sample_figures import DRAWINGS

HERE = Path(__file__).resolve().parent
PAPERS = HERE.parent.parent / "paperlens" / "demo" / "papers"
TYPESET_WITH = "1.28.2"

PAGE = pymupdf.Rect(0, 0, 612, 792)
BODY = pymupdf.Rect(54, 54, 558, 738)
GAP = 18
NARROW = pymupdf.Rect(112, 72, 500, 716)

STYLE = """
* { font-family: serif; }
body { margin: 0; font-size: %(size)spt; line-height: 1.18; }
p { margin: 0 0 3pt 0; text-align: justify; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 8pt 0; line-height: 1.15; }
h2 { font-size: %(head)spt; margin: 7pt 0 3pt 0; }
h3 { font-size: %(size)spt; margin: 5pt 0 2pt 0; }
.authors { text-align: center; font-size: 11pt; margin: 0 0 3pt 0; }
.places { text-align: center; font-size: 9pt; margin: 0 0 2pt 0; }
.reference { font-size: %(small)spt; margin: 0 0 2pt 0; text-align: left; }
.caption { font-size: %(small)spt; margin: 0; text-align: left; }
"""


@dataclass(frozen=True, slots=True)
class Float:
    """A figure or table that has found its place: box for the drawing, box for the caption."""

    told: Mapping[str, Any]
    page: int
    box: pymupdf.Rect
    caption: pymupdf.Rect


class Typesetter:
    """One paper: a title block, text that flows through columns, floats at their tops."""

    def __init__(self, paper: Paper, told: Mapping[str, Any]) -> None:
        self.paper, self.told = paper, told
        self.body = BODY if told["columns"] == 2 else NARROW
        size = 9.5 if told["columns"] == 2 else 10
        self.style = STYLE % {"size": size, "head": size + 1.5, "small": size - 1}
        self.floats: list[Float] = []

    def pdf(self) -> bytes:
        document = pymupdf.open("pdf", self._flowed())
        try:
            for number, page in enumerate(document, 1):
                self._decorate(page, number)
            document.set_metadata(
                {"title": self.paper.title, "author": ", ".join(self.paper.authors)}
            )
            document.subset_fonts()
            whole: bytes = document.tobytes(
                garbage=4, clean=True, deflate=True, use_objstms=1, no_new_id=True
            )
            return whole
        finally:
            document.close()

    def _flowed(self) -> bytes:
        """Text and captions; where the floats go is kept for drawing them."""
        buffer = io.BytesIO()
        writer = pymupdf.DocumentWriter(buffer)
        story = self._story(_body(self.paper, self.told))
        number, more = 0, True
        while more:
            number += 1
            device = writer.begin_page(PAGE)
            top = self._title(device) if number == 1 else self.body.y0
            for frame in self._frames(number, top, device):
                if more:
                    more, _ = story.place(frame)
                    story.draw(device)
            writer.end_page()
        writer.close()
        if len(self.floats) < len(self.told["float"]):
            raise ValueError(f"{self.paper.id}: the text ends before its last figure or table")
        return buffer.getvalue()

    def _story(self, html: str) -> pymupdf.Story:
        return pymupdf.Story(html, user_css=self.style)

    def _title(self, device: Any) -> float:
        story = self._story(_title_block(self.paper, self.told))
        _, filled = story.place(self.body)
        story.draw(device)
        bottom: float = pymupdf.Rect(filled).y1
        return bottom + 6

    def _frames(self, page: int, top: float, device: Any) -> Iterator[pymupdf.Rect]:
        """The columns of a page, each below what floats at its top."""
        here = [told for told in self.told["float"] if told["page"] == page]
        for told in here:
            if told["column"] == 0:
                whole = pymupdf.Rect(self.body.x0, top, self.body.x1, self.body.y1)
                top = self._float(told, page, whole, device)
        for number, column in enumerate(self._columns(top), 1):
            start = column.y0
            for told in here:
                if told["column"] == number:
                    space = pymupdf.Rect(column.x0, start, column.x1, column.y1)
                    start = self._float(told, page, space, device)
            yield pymupdf.Rect(column.x0, start, column.x1, column.y1)

    def _columns(self, top: float) -> list[pymupdf.Rect]:
        left, right, bottom = self.body.x0, self.body.x1, self.body.y1
        if self.told["columns"] == 1:
            return [pymupdf.Rect(left, top, right, bottom)]
        width = (right - left - GAP) / 2
        return [
            pymupdf.Rect(left, top, left + width, bottom),
            pymupdf.Rect(right - width, top, right, bottom),
        ]

    def _float(self, told: Mapping[str, Any], page: int, space: pymupdf.Rect, device: Any) -> float:
        """Set its caption, keep its place; gives where the text may go on."""
        is_table = told["kind"] == "table"
        height = 13 * len(told["rows"]) + 4 if is_table else told["height"]
        story = self._story(f'<p class="caption">{escape(told["caption"])}</p>')
        below = pymupdf.Rect(space)
        below.y0 += 0 if is_table else height + 5
        _, filled = story.place(below)
        story.draw(device)
        caption = pymupdf.Rect(filled)
        y = caption.y1 + 3 if is_table else space.y0
        box = pymupdf.Rect(space.x0, y, space.x1, y + height)
        self.floats.append(Float(told, page, box, caption))
        end: float = max(box.y1, caption.y1)
        return end + 12

    def _decorate(self, page: pymupdf.Page, number: int) -> None:
        page.insert_text((PAGE.width / 2 - 3, 764), str(number), fontname="tiro", fontsize=9)
        if number == 1:
            day = f"{self.paper.published:%d %b %Y}".lstrip("0")
            stamp = f"arXiv:{self.paper.versioned}  [{self.paper.categories[0]}]  {day}"
            grey = (0.5, 0.5, 0.5)
            page.insert_text((32, 560), stamp, fontname="tiro", fontsize=16, rotate=90, color=grey)
        for told in self.floats:
            if told.page == number and told.told["kind"] == "table":
                _table(page, told.box, told.told["rows"])
            elif told.page == number:
                DRAWINGS[told.told["drawing"]](page, told.box)


def _title_block(paper: Paper, told: Mapping[str, Any]) -> str:
    authors = ", ".join(
        f"{escape(name)}<sup>{place}</sup>"
        for name, place in zip(paper.authors, told["belongs"], strict=True)
    )
    places = "".join(
        f'<p class="places"><sup>{number}</sup>{escape(place)}</p>'
        for number, place in enumerate(told["affiliations"], 1)
    )
    return f'<h1>{escape(paper.title)}</h1><p class="authors">{authors}</p>{places}'


def _body(paper: Paper, told: Mapping[str, Any]) -> str:
    parts = ["<h2>Abstract</h2>", f"<p>{_mathematics(escape(paper.abstract, quote=False))}</p>"]
    for section in told["section"]:
        tag = "h3" if section.get("level") == 2 else "h2"
        parts.append(f"<{tag}>{section['heading']}</{tag}>")
        parts += [f"<p>{text}</p>" for text in section["text"].strip().split("\n\n")]
    heading = "References"
    if told["section"][0]["heading"].isupper():
        heading = heading.upper()
    parts.append(f"<h2>{heading}</h2>")
    parts += [
        f'<p class="reference">[{number}] {escape(reference)}</p>'
        for number, reference in enumerate(told["references"], 1)
    ]
    return "".join(parts)


def _mathematics(text: str) -> str:
    """The little TeX that the abstracts use, set as HTML."""

    def formula(found: re.Match[str]) -> str:
        inner = found[1].replace(r"\log", "log")
        return re.sub(r"\b([A-Za-z])\b", r"<i>\1</i>", inner)

    return re.sub(r"\$([^$]+)\$", formula, text)


def _table(page: pymupdf.Page, box: pymupdf.Rect, rows: Sequence[Sequence[str]]) -> None:
    """Three rules, the first column to the left, the others centred."""
    first, rest = box.width * 0.37, box.width * 0.63 / (len(rows[0]) - 1)
    for y, width in ((box.y0, 0.9), (box.y0 + 14, 0.5), (box.y1, 0.9)):
        page.draw_line((box.x0, y), (box.x1, y), width=width)
    for number, row in enumerate(rows):
        y = box.y0 + 13 * number + 10 + (2 if number else 0)
        font = "tibo" if number == 0 else "tiro"
        page.insert_text((box.x0 + 4, y), row[0], fontname=font, fontsize=8.5)
        for column, cell in enumerate(row[1:]):
            x = box.x0 + first + (column + 0.5) * rest
            shift = pymupdf.get_text_length(cell, font, 8.5) / 2
            page.insert_text((x - shift, y), cell, fontname=font, fontsize=8.5)


def typeset() -> dict[str, bytes]:
    """Each paper's PDF by its id."""
    papers = {paper.id: paper for paper in sample_day().papers}
    told = tomllib.loads((HERE / "sample_papers.toml").read_text(encoding="utf-8"))
    return {one["id"]: Typesetter(papers[one["id"]], one).pdf() for one in told["paper"]}


def main(arguments: Sequence[str]) -> int:
    stale = []
    for name, pdf in typeset().items():
        path = PAPERS / f"{name}.pdf"
        if path.exists() and path.read_bytes() == pdf:
            continue
        stale.append(path.name)
        if "--check" not in arguments:
            path.write_bytes(pdf)
    print("changed: " + ", ".join(stale) if stale else "nothing changed")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
