"""Draw the truth over the pages, and compare it with what is printed there, to be looked at.

python -m tests.make.typeset.proof FOLDER [NAME...]
"""

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf

SET = Path(__file__).parents[2] / "typeset"
LETTERS = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ø": "o", "ł": "l"}
COLOURS = {
    "figures": (1, 0, 0),
    "tables": (0, 0.6, 0),
    "algorithms": (0.7, 0.4, 0),
    "equations": (0.6, 0, 0.8),
}


def draw(truth: dict[str, Any], document: pymupdf.Document, folder: Path) -> None:
    for kind, colour in COLOURS.items():
        for one in truth[kind]:
            page = document[one["page"] - 1]
            page.draw_rect(one["bbox"], color=colour, width=1.2)
            if "caption_bbox" in one:
                page.draw_rect(one["caption_bbox"], color=colour, width=0.8, dashes="[3] 0")
                page.insert_text(one["bbox"][:2], one["label"], fontsize=7, color=colour)
    for one in truth["paragraph_boxes"]:
        colour = (0, 0.4, 1) if one["paragraph"] % 2 else (0, 0.7, 0.7)
        document[one["page"] - 1].draw_rect(one["bbox"], color=colour, width=0.3)
    for one in truth["headings"]:
        page = document[one["page"] - 1]
        page.insert_text(
            (4, one["y"]), f"{one['level']} {one['text'][:14]}", fontsize=5, color=(1, 0, 1)
        )
    for number, page in enumerate(document, 1):
        page.get_pixmap(dpi=75).save(folder / f"{truth['name']}-{number}.png")


def compare(truth: dict[str, Any], document: pymupdf.Document) -> list[str]:
    """Sentences about what is not where the truth says."""
    wrong = []
    printed = {number: page.get_text("words") for number, page in enumerate(document, 1)}
    for one in truth["headings"]:
        near = "".join(w[4] for w in printed[one["page"]] if w[1] - 4 < one["y"] < w[3] + 4)
        if _folded(one["text"]) not in _folded(near):
            wrong.append(f"heading {one['text']!r} is not in {near[:90]!r}")
    found: dict[int, str] = {}
    for line in truth["paragraph_boxes"]:
        x0, y0, x1, y1 = line["bbox"]
        inside = [
            w[4] for w in printed[line["page"]]
            if x0 - 2 <= (w[0] + w[2]) / 2 <= x1 + 2 and y0 < (w[1] + w[3]) / 2 < y1
        ]  # fmt: skip
        found[line["paragraph"]] = found.get(line["paragraph"], "") + "".join(inside)
    for number, one in enumerate(truth["paragraphs"]):
        if not one["has_maths"] and _folded(one["text"]) != _folded(found[number]):
            wrong.append(f"paragraph {number}: " + _difference(one["text"], found[number]))
    for one in (*truth["figures"], *truth["tables"]):
        x0, y0, x1, y1 = one["caption_bbox"]
        inside = "".join(
            w[4] for w in printed[one["page"]]
            if x0 - 2 <= (w[0] + w[2]) / 2 <= x1 + 2 and y0 - 2 < (w[1] + w[3]) / 2 < y1 + 2
        )  # fmt: skip
        if _folded(one["label"] + one["caption"]) != _folded(inside):
            wrong.append(f"caption {one['label']} {one['caption'][:40]!r} is {inside[:50]!r}")
    return wrong


def _difference(meant: str, printed: str) -> str:
    """The first and last place at which they part."""
    one, other = _folded(meant), _folded(printed)
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, start - 12) : start + 40]!r} is {other[max(0, start - 12) : start + 40]!r}"


def _folded(text: str) -> str:
    text = text.casefold()
    text = "".join(LETTERS.get(one, one) for one in text)
    folded = unicodedata.normalize("NFKD", text)
    return "".join(one for one in folded if re.match("[a-z一-龥]", one))


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    names = arguments[1:] or sorted(path.stem for path in SET.glob("*.json"))
    for name in names:
        truth = json.loads((SET / f"{name}.json").read_text(encoding="utf-8"))
        with pymupdf.open(SET / f"{name}.pdf") as document:
            print(name, *compare(truth, document), sep="\n  ")
            draw(truth, document, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
