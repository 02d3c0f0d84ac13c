"""TeX's record of where things landed, and the truth that it makes of what was expected.

Boxes are in points from the top left of the page, pages count from 1, `y` is a baseline. A
paragraph's `text` is without its `label` (a bullet, "[3]", "Theorem 1.") and without the marks of
footnotes; `section` and `paragraph` are places in `headings` and `paragraphs`. `paragraph_boxes`
has one for each line. A heading that `is_optional` is printed, but no section of the paper
("Keywords"). A float's `bbox` joins its panels and their subcaptions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tests.make.typeset.manuscript import Manuscript
from tests.make.typeset.spots import Box, Record, Spot, lines, margins

SCALED = 65781.76  # scaled points in a PDF's point


def read(written: Iterable[str], page_height: float) -> Record:
    spots: dict[str, list[Spot]] = defaultdict(list)
    for line in written:
        name, page, x, y, size, *lengths = line.split()
        width, height, depth = (
            float(one.removesuffix("pt")) * 72 / 72.27 for one in lengths or "000"
        )
        spots[name.lower()].append(
            Spot(
                int(page), int(x) / SCALED, page_height - int(y) / SCALED, _points(size),
                width, height, depth,
            )
        )  # fmt: skip
    return spots


def truth(manuscript: Manuscript, record: Record, pages: int) -> dict[str, Any]:
    paper = manuscript.paper
    first = [lines(one["id"], record) for one in manuscript.paragraphs]
    ends = margins(first)
    floats = [_float(one, record) for one in manuscript.floats]
    return {
        "name": paper.name,
        "class": paper.dress,
        "pages": pages,
        "title": paper.title,
        "authors": [one.name for one in paper.authors],
        "affiliations": list(paper.affiliations),
        "keywords": list(paper.keywords) or None,
        "links": manuscript.links,
        "headings": [_heading(one, record) for one in manuscript.headings],
        "paragraphs": [_paragraph(one, record) for one in manuscript.paragraphs],
        "footnotes": [
            {"text": one["text"], "page": record[f"{one['id']}:0:a"][0].page}
            for one in manuscript.footnotes
        ],
        "figures": [one for one in floats if one["what"] == "figure"],
        "tables": [one for one in floats if one["what"] == "table"],
        "algorithms": [one for one in floats if one["what"] == "algorithm"],
        "equations": [_equation(one, record) for one in manuscript.equations],
        "paragraph_boxes": [
            {
                "page": one.page,
                "bbox": _rounded(one.bbox),
                "paragraph": number,
                "words": one.words,
            }
            for number, told in enumerate(manuscript.paragraphs)
            for one in lines(told["id"], record, ends)
        ],
    }


def _points(length: str) -> float:
    return float(length.removesuffix("pt")) * 72 / 72.27


def _heading(told: Mapping[str, Any], record: Record) -> dict[str, Any]:
    start = record[f"{told['id']}:a"][-1]
    rest = {key: value for key, value in told.items() if key != "id"}
    return rest | {"page": start.page, "y": round(start.y, 1)}


def _paragraph(told: Mapping[str, Any], record: Record) -> dict[str, Any]:
    rest = {key: value for key, value in told.items() if key != "id"}
    return rest | {"page": record[f"{told['id']}:0:a"][-1].page}


def _equation(told: Mapping[str, Any], record: Record) -> dict[str, Any]:
    spot = record[told["id"]][-1]
    rest = {key: value for key, value in told.items() if key != "id"}
    return rest | {"page": spot.page, "bbox": _rounded(spot.box)}


def _float(told: Mapping[str, Any], record: Record) -> dict[str, Any]:
    boxes = record[f"{told['id']}:box"]
    caption = lines(f"{told['id']}:c", record)
    rest = {key: value for key, value in told.items() if key != "id"}
    return rest | {
        "page": boxes[0].page,
        "bbox": _rounded(_union(one.box for one in boxes)),
        "caption_bbox": _rounded(_union(line.bbox for line in caption)),
        "panels": [_rounded(one.box) for one in boxes] if len(boxes) > 1 else [],
    }


def _union(boxes: Iterable[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


def _rounded(box: Box) -> list[float]:
    return [round(one, 1) for one in box]
