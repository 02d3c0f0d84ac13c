"""Pages as PyMuPDF shows them: where their words stand, and pictures of them with boxes drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.reading.boxes import Point

GREEN, RED, BLUE = (0.0, 0.6, 0.0), (0.9, 0.0, 0.0), (0.2, 0.3, 0.9)
DPI = 80


def words_of(file: Path, last: int | None = None) -> dict[int, list[Point]]:
    """The middles of the words on each page, in points from the top left as the page is shown."""
    import pymupdf

    with pymupdf.open(file) as document:
        return {
            page.number + 1: [
                ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
                for word in page.get_text("words")
                for box in [pymupdf.Rect(word[:4]) * page.rotation_matrix]
            ]
            for page in document.pages(0, last)
        }


def draw(file: Path, truth: Mapping[str, Any], paper: Mapping[str, Any], into: Path) -> list[Path]:
    """A picture of each page: figures and tables of the truth green, its heads with a green dash,
    our crops red, and the heads that we tell listed in blue at the foot."""
    import pymupdf

    into.mkdir(parents=True, exist_ok=True)
    drawn = []
    with pymupdf.open(file) as document:
        for page in document.pages(0, truth.get("pages_checked")):
            page.remove_rotation()
            for told, colour, width in ((truth, GREEN, 3), (paper, RED, 1.2)):
                for kind in ("figures", "tables"):
                    for item in _on(told.get(kind, ()), page.number + 1):
                        page.draw_rect(item["bbox"], color=colour, width=width)
                        start = (item["bbox"][0] + 2, item["bbox"][1] + 9)
                        page.insert_text(
                            start, f"{kind[0]}{item['number']}", color=colour, fontsize=9
                        )
            for head in _on(truth["headings"], page.number + 1):
                if "y" in head:
                    page.draw_line((0, head["y"]), (25, head["y"]), color=GREEN, width=2)
            heads = _on([s for s in paper["sections"] if s["heading"]], page.number + 1)
            for line, head in enumerate(heads):
                place = (4, page.rect.height - 4 - 7 * line)
                page.insert_text(place, _latin(head["heading"]), color=BLUE, fontsize=6)
            picture = into / f"{file.stem}-{page.number + 1:02}.png"
            page.get_pixmap(dpi=DPI).save(picture)
            drawn.append(picture)
    return drawn


def _on(items: Sequence[Mapping[str, Any]], page: int) -> list[Mapping[str, Any]]:
    return [item for item in items if item["page"] == page]


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")
