"""The reading benchmark counts what it says it counts: every measure can fail, and a perfect
reading reaches every limit."""

import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest

from tests.benchmarks.reading import packages, scores
from tests.benchmarks.reading.boxes import share_inside
from tests.benchmarks.reading.counts import Count, Score, below, total
from tests.benchmarks.reading.order import differences, order
from tests.benchmarks.reading.table import table
from tests.benchmarks.reading.words import alike, distance, letters, words

TRUTH: dict[str, Any] = {
    "pages": 3,
    "headings": [
        {"text": "Abstract", "page": 1},
        {"text": "Keywords:", "page": 1, "is_optional": True, "is_run_in": True},
        {"text": "1 Introduction", "page": 1},
        {"text": "Related work.", "page": 2, "is_run_in": True},
        {"text": "References", "page": 3},
    ],
    "paragraphs": [
        {"section": 0, "text": "We measure how light falls.", "label": None, "kind": "abstract"},
        {"section": 2, "text": "Light falls in many ways on desks.", "kind": "body"},
        {"section": 3, "text": "Others have measured lamps before us.", "kind": "body"},
        {"section": 4, "label": "[1]", "text": "Ann Author, On lamps.", "kind": "reference"},
    ],
    "figures": [
        {"number": "1", "page": 2, "caption": "A lamp on a desk.", "bbox": [100, 100, 200, 200]}
    ],
    "tables": [
        {"number": "1", "page": 3, "caption": "Lamps and desks", "bbox": [10, 10, 90, 90]},
    ],
    "paragraph_boxes": [{"page": 2, "bbox": [100, 220, 200, 300]}],
    "affiliations": ["University of Lamps, Ostfeld"],
    "keywords": ["lamps", "office light"],
    "links": {"code": ["https://github.com/a/b"], "project": []},
}
READING: dict[str, Any] = {
    "sections": [
        {"heading": None, "page": 1, "kind": "front", "text": "On lamps\n\nAnn Author"},
        {
            "heading": "ABSTRACT",
            "page": 1,
            "kind": "abstract",
            "text": "We measure how light falls.",
        },
        {
            "heading": "1. Introduction",
            "page": 1,
            "kind": "body",
            "text": "Light falls in many ways on desks.",
        },
        {
            "heading": "Related work",
            "page": 2,
            "kind": "body",
            "text": "Others have measured lamps before us.",
        },
        {
            "heading": "References",
            "page": 3,
            "kind": "references",
            "text": "[1] Ann Author, On lamps.",
        },
    ],
    "figures": [
        {"number": "1", "page": 2, "caption": "A lamp on a desk.", "bbox": [98, 99, 201, 202]}
    ],
    "tables": [{"number": "1", "page": 3, "caption": "Lamps and desks", "bbox": [9, 9, 91, 91]}],
    "affiliations": ["University of Lamps, Ostfeld"],
    "keywords": ["Lamps", "office-light"],
    "links": {"code": ["https://github.com/a/b"], "project": []},
}
WORDS = {
    2: [(150.0, 150.0), *((105.0 + n, 230.0 + n) for n in range(40))],
    3: [(20.0, 500.0)],
}


def shares(score: Score) -> dict[str, float | None]:
    return {name: count.share for name, count in score.counts.items()}


def everything(truth: dict[str, Any], paper: dict[str, Any]) -> Score:
    return (
        scores.figures_inside(truth, paper)
        | scores.clean_crops(truth, paper, WORDS)
        | scores.right_crops(truth, paper, WORDS)
        | scores.captions(truth, paper)
        | scores.captions(truth, paper, "tables")
        | scores.nothing_invented(truth, paper)
        | scores.headings(truth, paper)
        | order(truth, paper)
        | scores.facts(truth, paper)
    )


def changed(path: Sequence[str | int], value: Any) -> dict[str, Any]:
    paper = deepcopy(READING)
    inner: Any = paper
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return paper


def test_a_perfect_reading_reaches_every_limit_and_misses_nothing() -> None:
    """Case, spaces, punctuation, optional heads and the matter before the abstract cost nothing."""
    score = everything(TRUTH, READING)
    assert set(shares(score).values()) == {1.0}
    assert not score.missed


@pytest.mark.parametrize(
    ("name", "paper", "share"),
    [
        ("figures inside", changed(["figures", 0, "bbox"], [120, 100, 200, 200]), 0.0),
        ("figures inside", changed(["figures", 0, "page"], 1), 0.0),
        ("crops clean", changed(["figures", 0, "bbox"], [98, 99, 201, 240]), 0.0),
        ("crops right", changed(["figures", 0, "bbox"], [60, 60, 201, 202]), 0.0),
        ("crops right", changed(["figures", 0, "bbox"], [98, 99, 201, 240]), 0.0),
        ("crops right", changed(["figures", 0, "bbox"], [120, 100, 200, 200]), 0.0),
        ("crops right", changed(["figures"], []), 0.0),
        ("captions", changed(["figures", 0, "number"], "2"), 0.0),
        ("captions", changed(["figures", 0, "caption"], "A lamp"), 0.0),
        ("table captions", changed(["tables"], []), 0.0),
        ("bare pages", changed(["figures", 0, "page"], 1), 0.5),
        ("headings", changed(["sections", 2, "heading"], "Introduction"), 0.75),
        ("headings", changed(["sections", 2, "heading"], None), 6 / 7),
        ("no run-in", changed(["sections", 3, "heading"], None), 1.0),
        ("heads found", changed(["sections", 3, "heading"], None), 0.75),
        ("heads right", changed(["sections", 0, "heading"], "On lamps"), 0.8),
        ("headings", changed(["sections", 0, "heading"], "Keywords"), 1.0),
        ("affiliations", changed(["affiliations"], ["Lamps"]), 0.0),
        ("keywords", changed(["keywords"], None), 0.0),
        ("links", changed(["links"], {"code": [], "project": ["https://github.com/a/b"]}), 0.0),
    ],
)
def test_each_measure_falls_with_what_it_measures(
    name: str, paper: dict[str, Any], share: float
) -> None:
    """A reading that is wrong in one thing loses in the measure of that thing."""
    assert everything(TRUTH, paper).counts[name].share == pytest.approx(share)


def test_words_out_of_order_lost_or_left_over_lower_the_order() -> None:
    """Paragraphs that change places, are cut, or carry a page's header cost their words."""
    texts = [section["text"] for section in READING["sections"]]
    exchanged = changed(["sections", 2, "text"], texts[3])
    exchanged["sections"][3]["text"] = texts[2]
    cut = changed(["sections", 2, "text"], "Light falls in")
    crowded = changed(["sections", 2, "text"], f"{texts[2]} Journal of Lamps")
    kept_front = changed(["sections", 0, "kind"], "body")
    for paper in (exchanged, cut, crowded, kept_front):
        share = order(TRUTH, paper).counts["order"].share
        assert share is not None
        assert share < 0.95


def test_what_went_wrong_with_the_order_is_said() -> None:
    """Words lost and words left over are shown, those of the longest places first."""
    paper = changed(["sections", 2, "text"], "Light falls in many ways")
    paper["sections"][3]["text"] += " Journal of Lamps"
    assert differences(TRUTH, paper) == [
        "words: ‘’ became ‘journal of lamps’",
        "words: ‘on desks’ became ‘’",
    ]


def test_references_count_only_where_the_truth_tells_them() -> None:
    """A truth without its references asks for none."""
    silent = {**TRUTH, "paragraphs": TRUTH["paragraphs"][:3]}
    assert order(silent, READING).counts["order"].share == 1.0
    lost = changed(["sections", 4, "text"], "")
    assert order(TRUTH, lost).counts["order"].share != 1.0


def test_first_words_are_enough_where_only_they_were_written_down() -> None:
    """Captions of real papers are known by how they begin."""
    truth = {**TRUTH, "figures": [{"number": "1", "page": 2, "begins": "A lamp on", "bbox": None}]}
    assert scores.captions(truth, READING).counts["captions"] == Count(1, 1)
    assert scores.right_crops(truth, READING, WORDS).counts["crops right"] == Count(0, 0)
    other = changed(["figures", 0, "caption"], "On a desk")
    assert scores.captions(truth, other).counts["captions"] == Count(0, 1)


def test_pages_that_nobody_checked_do_not_count() -> None:
    """Heads and figures after the last checked page are neither right nor invented."""
    truth = {**TRUTH, "pages_checked": 2, "headings": TRUTH["headings"][:4]}
    late = changed(["figures"], [*READING["figures"], {**READING["figures"][0], "page": 3}])
    assert scores.headings(truth, late).counts["headings"].share == 1.0
    assert scores.nothing_invented(truth, late).counts["bare pages"] == Count(1, 1)
    assert scores.nothing_invented(TRUTH, late).counts["bare pages"] == Count(1, 2)


def test_the_fast_distance_is_levenshteins() -> None:
    """Bit vectors find what the table of Wagner and Fischer finds."""
    dice = random.Random(5)
    for _ in range(300):
        one, other = (dice.choices("abc", k=dice.randint(0, 9)) for _ in range(2))
        row = list(range(len(other) + 1))
        for i, left in enumerate(one, 1):
            above, row = row, [i]
            for j, right in enumerate(other, 1):
                row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
        assert distance(one, other) == row[-1]
    assert alike("", "") == 1.0


def test_texts_are_compared_without_their_dress() -> None:
    """Ligatures, accents, case and signs fold away; a character of Chinese is a word."""
    assert letters("  3.2  Déjà-vu ﬁlm: ") == "32dejavufilm"
    assert words("The ﬁrst x = 3.14, 光线 and 42") == [
        "the",
        "first",
        "14",
        "光",
        "线",
        "and",
        "42",
    ]


def test_totals_weigh_documents_by_what_they_hold() -> None:
    """Counts add up, and the table names what stays below its limit."""
    small, large = Score({"captions": Count(0, 1)}), Score({"captions": Count(9, 9)})
    added = total([small.counts, large.counts])
    assert added == {"captions": Count(9, 10)}
    assert below(added, {"captions": 0.91}) == ["captions"]
    printed = table({"one": small, "two": large}, {"captions": 0.91})
    assert "below the limit: captions" in printed
    assert "every limit is kept" in table({"two": large}, {"captions": 0.91})


def test_a_box_inside_another_is_measured_by_its_area() -> None:
    """Boxes without area lie nowhere."""
    assert share_inside([0, 0, 10, 10], [5, 0, 20, 20]) == 0.5
    assert share_inside([0, 0, 0, 10], [0, 0, 20, 20]) == 0.0
    assert share_inside([0, 0, 10, 10], [20, 20, 30, 30]) == 0.0


def test_what_eyes_saw_of_real_papers_is_whole() -> None:
    """Each paper has a source and a digest; pages are those that were checked; boxes have area."""
    papers = packages.known_papers()
    assert len(papers) >= 22
    for paper in papers.values():
        last = paper.get("pages_checked", paper["pages"])
        assert paper["package"] and paper["path"].endswith(".pdf") and len(paper["sha256"]) == 64
        items = [*paper["headings"], *paper["figures"], *paper["tables"]]
        assert all(1 <= item["page"] <= last for item in items)
        assert [h["page"] for h in paper["headings"]] == sorted(
            h["page"] for h in paper["headings"]
        )
        boxes = [figure["bbox"] for figure in paper["figures"] if figure["bbox"]]
        assert all(box[0] < box[2] and box[1] < box[3] for box in boxes)


def test_a_paper_that_changed_since_it_was_looked_at_does_not_count(tmp_path: Any) -> None:
    """Only a file with the digest that was written down is read."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "b.pdf").write_bytes(b"new")
    known = {
        name: {"package": "p", "path": f"{name}.pdf", "sha256": packages.digest(tmp_path / "a.pdf")}
        for name in "ab"
    }
    assert packages.fetch(known, tmp_path) == {"a": tmp_path / "a.pdf"}
