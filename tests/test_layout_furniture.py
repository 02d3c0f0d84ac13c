"""What stands around the text of a page is told from the text."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.layout.furniture import stamp, without_furniture
from paperlens.layout.page import Box, Line, Page, Shape, Span

WIDTH, HEIGHT, LEADING = 612.0, 792.0, 12.0
LONG = "The body of this page goes on from one margin to the other margin and then"


def line(
    text: str, left: float, baseline: float, size: float = 10.0, *, italic: bool = False
) -> Line:
    box = Box(left, baseline - 0.75 * size, left + 0.5 * size * len(text), baseline + 0.25 * size)
    span = Span(text, box, baseline, "Roman", size, False, italic)
    return Line((span,), box, text, size, 0, 0)


def upright(text: str, left: float) -> Line:
    box = Box(left, 200.0, left + 20.0, 200.0 + 10 * len(text))
    span = Span(text, box, 500.0, "Roman", 20.0, False, False)
    return Line((span,), box, text, 20.0, 0, 0, is_upright=True)


def body(top: float = 100.0, rows: int = 40, left: float = 100.0) -> list[Line]:
    return [line(f"{LONG} {row}x", left, top + LEADING * row) for row in range(rows)]


def page(lines: Iterable[Line], number: int = 1, shapes: tuple[Shape, ...] = ()) -> Page:
    ordered = tuple(replace(each, order=order) for order, each in enumerate(lines))
    return Page(number, WIDTH, HEIGHT, ordered, shapes=shapes)


def removed(*pages: Page) -> list[list[str]]:
    """The texts that are gone from each page."""
    return [
        [
            each.text
            for each in before.lines
            if each.order not in {left.order for left in after.lines}
        ]
        for before, after in zip(pages, without_furniture(pages), strict=True)
    ]


@pytest.mark.parametrize("text", ["7", "- 7 -", "– 3 –", "Page 3", "3 of 12", "3/12", "xii", "S3"])
def test_a_page_number_alone_is_no_text(text):
    """Arabic or roman, with dashes or a total, at the foot of even a single page."""
    assert removed(page([*body(), line(text, 300, 750)])) == [[text]]


def test_heads_that_repeat_are_no_text():
    """Left and right pages may have heads of their own, with numbers that change."""
    heads = ["Müller et al.", "A study of chairs"]
    pages = [page([line(f"{heads[n % 2]} {n}", 200, 60), *body()], number=n + 1) for n in range(4)]
    assert removed(*pages) == [[f"{heads[n % 2]} {n}"] for n in range(4)]


def test_heads_whose_words_change_show_by_their_place():
    """A head that names each section stands where all pages have a row by itself."""
    names = ["Introduction", "Methods in short", "What we found", "Discussion"]
    pages = [page([line(name, 100, 60), *body()], number=n) for n, name in enumerate(names, 1)]
    assert removed(*pages) == [[name] for name in names]


def test_one_page_by_itself_shows_its_head():
    """By the page's number at its side, by a rule under it, or by smaller or slanted letters."""
    numbered = page([line("A study of chairs", 200, 60), line("7", 500, 60), *body()])
    assert removed(numbered) == [["A study of chairs", "7"]]
    small = page([line("A study of sufficiently old chairs", 200, 60, 8), *body()])
    assert removed(small) == [["A study of sufficiently old chairs"]]
    slanted = page([line("A study of sufficiently old chairs", 200, 60, italic=True), *body()])
    assert removed(slanted) == [["A study of sufficiently old chairs"]]
    rule = Shape(Box(100, 64, 500, 64.5), 0xFF000000, True, False, 0)
    ruled = page([line("Published at a conference", 100, 60), *body()], shapes=(rule,))
    assert removed(ruled) == [["Published at a conference"]]


def test_the_first_and_last_lines_of_the_text_stay():
    """Nothing parts them from the text: a head forgotten costs less than a line lost."""
    full = page(body(top=60, rows=56))
    ends = page([line("and so it ends.", 100, 60), *body(top=90, rows=50)])
    assert removed(full, ends) == [[], []]


def test_captions_at_the_edge_of_pages_are_no_heads():
    """Two tables with captions of the same shape at the top of two pages are not repetition."""
    pages = [
        page([line(f"Table {n}: Some typical commands", 200, 70, 8), *body()], number=n)
        for n in (1, 2)
    ]
    assert removed(*pages) == [[], []]


@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_beside_the_text_are_no_text(step):
    """Whether each line has one or every fifth; also where they became part of the line."""
    text = body()
    numbers = [line(str(n), 60, text[n].baseline, 6) for n in range(0, 40, step)]
    assert [each.text for each in without_furniture([page([*numbers, *text])])[0].lines] == [
        each.text for each in text
    ]


def test_a_line_number_that_became_part_of_its_line_is_cut_off():
    """The words of the line stay."""
    merged = []
    for n, each in enumerate(body()):
        number = line(f"{n + 300}", 60, each.baseline, 6)
        both = (*number.spans, *each.spans)
        merged.append(
            replace(each, spans=both, box=number.box | each.box, text=number.text + each.text)
        )
    texts = [each.text for each in without_furniture([page(merged)])[0].lines]
    assert texts == [each.text for each in body()]


def test_numbers_in_a_table_are_no_line_numbers():
    """They stand in the text, not beside it."""
    rows = [line(str(n), 200, 160 + LEADING * n) for n in range(1, 9)]
    assert removed(page([*body(rows=4), *rows, *body(top=300, rows=30)])) == [[]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("arXiv:2404.05674v1  [cs.CV]  8 Apr 2024", "2404.05674v1"),
        ("arXiv:hep-th/9901001v2 1 Jan 1999", "hep-th/9901001v2"),
        ("arXiv:math.GT/0309136 v1", "math.GT/0309136"),
    ],
)
def test_the_stamp_in_the_margin_tells_the_id(text, told):
    """It is read from the first page, with its version, and is no text."""
    stamped = page([upright(text, 20), *body()])
    assert stamp([stamped]) == told
    assert removed(stamped) == [[text]]


def test_upright_text_of_figures_stays():
    """The label of an axis is for those who look for figures."""
    labelled = page([upright("coverage of the sensor", 180), *body()])
    assert stamp([labelled]) is None
    assert removed(labelled) == [[]]


NUMBERS = st.floats(-50, 900, allow_nan=False)
LINES = st.builds(
    line,
    st.text("a1 .–\u4e2d", max_size=30),
    NUMBERS,
    NUMBERS,
    st.floats(0, 60),
    italic=st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(st.builds(page, st.lists(LINES, max_size=12), st.integers(1, 9)), max_size=4))
def test_any_page_keeps_what_it_has_or_less(pages):
    """Whatever lies on pages, no line is invented and nothing fails."""
    for before, after in zip(pages, without_furniture(pages), strict=True):
        assert {each.order for each in after.lines} <= {each.order for each in before.lines}
