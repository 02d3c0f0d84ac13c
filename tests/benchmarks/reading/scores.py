"""How near a reading comes to the truth: pure functions over the JSON of both.

A truth is a document of `tests/typeset`, or of `real_papers.json`, which has less to say; a reading
is what `paperlens text` and `paperlens figures --tables` print of the paper. What a truth does not
tell is not counted.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from tests.benchmarks.reading.boxes import Point, area, share_inside, within
from tests.benchmarks.reading.counts import Count, Score, found, matched
from tests.benchmarks.reading.words import alike, letters

INSIDE = 0.9
CROWDED = 0.05
LIKE_CAPTION = 0.9
LIKE_AFFILIATION = 0.9
LARGEST_CROP = 1.6
FORGIVEN_WORDS = 3

Json = Mapping[str, Any]
WordsOfPages = Mapping[int, Sequence[Point]]


def headings(truth: Json, paper: Json) -> Score:
    """Heads by their letters, those that run into their paragraph with the rest and without. What
    the truth calls optional, such as the word before keywords, is neither wanted nor invented."""
    last = truth.get("pages_checked", truth["pages"])
    told = [s["heading"] for s in paper["sections"] if s["heading"] and s["page"] <= last]
    wanted = [head["text"] for head in truth["headings"] if not head.get("is_optional")]
    running = [h["text"] for h in truth["headings"] if h.get("is_run_in") and h["text"] in wanted]
    free = [head["text"] for head in truth["headings"] if head.get("is_optional")]
    as_told = {letters(head): head for head in chain(wanted, told)}
    right, missing, surplus = matched(map(letters, wanted), map(letters, told))
    forgiven, _, invented = matched(map(letters, free), surplus)
    right_running, *_ = matched(map(letters, running), map(letters, told))
    claimed = len(told) - forgiven
    return Score(
        {
            "headings": found(right, len(wanted), claimed),
            "heads found": Count(right, len(wanted)),
            "heads right": Count(right, claimed),
            "no run-in": found(
                right - right_running, len(wanted) - len(running), claimed - right_running
            ),
        },
        [
            *(f"heading missing: {as_told[head]}" for head in missing),
            *(f"heading invented: {as_told[head]}" for head in invented),
        ],
    )


def captions(truth: Json, paper: Json, kind: str = "figures") -> Score:
    """Numbers with their captions. A truth that has only a caption's first words asks for those."""
    missed = []
    for item in truth[kind]:
        page = _on(paper[kind], item["page"])
        told = [each["caption"] or "" for each in page if _number(each) == _number(item)]
        if not any(_is_caption(item, caption) for caption in told):
            missed.append(
                f"{kind}: caption of {item['number']} on page {item['page']}: "
                + (", ".join(repr(caption[:60]) for caption in told) or "not told")
            )
    wanted = len(truth[kind])
    name = "captions" if kind == "figures" else "table captions"
    return Score({name: Count(wanted - len(missed), wanted)}, missed)


def _is_caption(wanted: Json, told: str) -> bool:
    if "begins" in wanted:
        return letters(told).startswith(letters(wanted["begins"]))
    return alike(letters(wanted["caption"]), letters(told)) >= LIKE_CAPTION


def _number(item: Json) -> str:
    return str(item["number"]).casefold().rstrip(".")


def figures_inside(truth: Json, paper: Json, kind: str = "figures") -> Score:
    """Figures that lie inside one crop of their page, whatever its number."""
    shares = [
        (item, max((share_inside(item["bbox"], crop["bbox"]) for crop in crops), default=0.0))
        for item in truth[kind]
        for crops in [_on(paper[kind], item["page"])]
    ]
    outside = [(item, share) for item, share in shares if share < INSIDE]
    return Score(
        {f"{kind} inside": Count(len(shares) - len(outside), len(shares))},
        [
            f"{kind}: {item['number']} on page {item['page']}: {share:.0%} of it in a crop"
            for item, share in outside
        ],
    )


def clean_crops(truth: Json, paper: Json, pages: WordsOfPages) -> Score:
    """Crops that hold next to none of their page's paragraph words."""
    crowded = []
    for crop in paper["figures"]:
        boxes = [box["bbox"] for box in _on(truth["paragraph_boxes"], crop["page"])]
        paragraphs = within(pages.get(crop["page"], ()), boxes)
        held = len(within(paragraphs, [crop["bbox"]]))
        if held > CROWDED * len(paragraphs):
            crowded.append(
                f"figures: crop of {crop['number']} on page {crop['page']}"
                f" holds {held} of {len(paragraphs)} paragraph words"
            )
    count = len(paper["figures"])
    return Score({"crops clean": Count(count - len(crowded), count)}, crowded)


def nothing_invented(truth: Json, paper: Json) -> Score:
    """Pages without figures on which none is told."""
    last = truth.get("pages_checked", truth["pages"])
    bare = set(range(1, last + 1)) - {item["page"] for item in truth["figures"]}
    invented = [item for item in paper["figures"] if item["page"] in bare]
    return Score(
        {"bare pages": Count(len(bare - {item["page"] for item in invented}), len(bare))},
        [f"figures: {item['number']} invented on page {item['page']}" for item in invented],
    )


def right_crops(truth: Json, paper: Json, pages: WordsOfPages) -> Score:
    """Figures with a crop that holds them, not much more, and next to none of the page's words."""
    missed = []
    shown = [item for item in truth["figures"] if item["bbox"]]
    for item in shown:
        figures = [figure["bbox"] for figure in _on(shown, item["page"])]
        here = pages.get(item["page"], ())
        others = sorted(set(here) - set(within(here, figures)))
        allowed = max(CROWDED * len(others), FORGIVEN_WORDS)
        crops = [crop["bbox"] for crop in _on(paper["figures"], item["page"])]
        whole = [crop for crop in crops if share_inside(item["bbox"], crop) >= INSIDE]
        close = [crop for crop in whole if area(crop) <= LARGEST_CROP * area(item["bbox"])]
        if not any(len(within(others, [crop])) <= allowed for crop in close):
            fault = "crowded" if close else "too large" if whole else "cut" if crops else "missing"
            missed.append(f"figures: {item['number']} on page {item['page']}: crop {fault}")
    count = len(shown)
    return Score({"crops right": Count(count - len(missed), count)}, missed)


def facts(truth: Json, paper: Json) -> Score:
    """Affiliations as printed, keywords, and links by their kind."""
    printed, named = truth["affiliations"], paper["affiliations"]
    unnamed = [one for one in printed if not any(_is_same(one, other) for other in named)]
    extra = [one for one in named if not any(_is_same(one, other) for other in printed)]
    terms = [each["keywords"] or [] for each in (truth, paper)]
    links = [
        [f"{kind} {link}" for kind in ("code", "project") for link in each["links"][kind]]
        for each in (truth, paper)
    ]
    as_printed = {letters(term): term for term in chain(*terms)}
    right_terms, lost_terms, other_terms = matched(*([*map(letters, each)] for each in terms))
    right_links, lost_links, other_links = matched(*links)
    return Score(
        {
            "affiliations": found(len(printed) - len(unnamed), len(printed), len(named)),
            "keywords": found(right_terms, *map(len, terms)),
            "links": found(right_links, *map(len, links)),
        },
        [
            *(f"affiliation missing: {one}" for one in unnamed),
            *(f"affiliation invented: {one}" for one in extra),
            *(f"keyword missing: {as_printed[one]}" for one in lost_terms),
            *(f"keyword invented: {as_printed[one]}" for one in other_terms),
            *(f"link missing: {one}" for one in lost_links),
            *(f"link invented: {one}" for one in other_links),
        ],
    )


def _is_same(one: str, other: str) -> bool:
    return alike(letters(one), letters(other)) >= LIKE_AFFILIATION


def _on(items: Sequence[Json], page: int) -> list[Json]:
    return [item for item in items if item["page"] == page]
