"""Figures and tables: what belongs to a caption, whole, and nothing that no caption speaks for."""

import json
import time
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.document import Float
from paperlens.layout.floats import floats_of
from paperlens.layout.floats.teaser import first_worth_showing, with_teaser
from paperlens.layout.page import Box, Image, Line, Page, Shape, Span
from paperlens.layout.typography import typography_of
from paperlens.reading.pages import page_of

TYPESET = sorted((Path(__file__).parent / "typeset").glob("*.pdf"))
BLACK, WHITE = 0xFF000000, 0xFFFFFFFF
BODY = "and so the text of the column goes on until its end"  # 240 points wide


def line(text: str, x: float, y: float, size: float = 10.0, width: float = 0.0) -> Line:
    box = Box(x, y, x + (width or 0.48 * size * len(text)), y + size)
    span = Span(text, box, y + 0.8 * size, "Times", size, False, False)
    return Line((span,), box, text, size, 0, 0)


def paragraph(x: float, y: float, rows: int = 4) -> list[Line]:
    return [line(BODY, x, y + 12 * n, width=240.0) for n in range(rows)]


def stroke(*box: float, color: int = BLACK) -> Shape:
    return Shape(Box(*box), color, True, False, 0)


def page(lines: list[Line], *drawn: Shape | Image, number: int = 1) -> Page:
    numbered = [
        Line(each.spans, each.box, each.text, each.size, order, order, each.is_upright)
        for order, each in enumerate(lines)
    ]
    images = tuple(each for each in drawn if isinstance(each, Image))
    shapes = tuple(each for each in drawn if isinstance(each, Shape))
    return Page(number, 612.0, 792.0, tuple(numbered), images, shapes)


def floats(*pages: Page) -> list[Float]:
    return [found.float for found in floats_of(pages, typography_of(pages))]


def covers(crop: Float, *box: float) -> bool:
    return Box(*box).share_in(Box(*crop.bbox)) > 0.99


PICTURE = Image(Box(80.0, 200.0, 300.0, 320.0), 0)
AROUND = [*paragraph(72.0, 140.0), *paragraph(72.0, 360.0, 20)]
BELOW = line("Figure 1: The loss of both runs.", 90.0, 330.0, 9.0)


def test_a_figure_is_the_graphic_without_its_caption():
    """The box holds the image and little else."""
    (found,) = floats(page([*AROUND, BELOW], PICTURE))
    assert (found.kind, found.number, found.caption) == ("figure", "1", "The loss of both runs.")
    assert covers(found, *PICTURE.box)
    assert found.bbox[3] <= BELOW.box.top
    assert Box(*found.bbox).area < 1.1 * PICTURE.box.area


def test_nothing_without_a_caption_is_a_figure():
    """Logos, rules and boxes stay decorations of their page."""
    assert floats(page(AROUND, PICTURE, stroke(72.0, 60.0, 540.0, 60.4))) == []


def test_a_caption_without_a_graphic_makes_no_figure():
    """Its graphic may stand on the next page: no crop is invented."""
    lines = [*paragraph(72.0, 250.0, 6), BELOW, *paragraph(72.0, 346.0, 20)]
    assert floats(page(lines)) == []


def test_axis_labels_and_subcaptions_belong_to_a_figure():
    """Small text beside a drawing, and what stands between it and its caption."""
    axis = line("epoch", 180.0, 305.0, 7.0)
    part = line("(a) training", 160.0, 316.0, 8.0)
    plot = stroke(90.0, 200.0, 300.0, 300.0)
    (found,) = floats(page([*AROUND, axis, part, BELOW], plot))
    assert covers(found, *axis.box)
    assert covers(found, *part.box)
    assert not covers(found, *AROUND[3].box)


def test_the_lines_of_a_float_are_told_so_that_they_leave_the_text():
    """Its caption and its labels, and no other line of the page."""
    label = line("epoch", 180.0, 310.0, 7.0)
    laid = page([*AROUND, label, BELOW], PICTURE)
    (found,) = floats_of([laid], typography_of([laid]))
    assert found.lines == {(1, len(AROUND)), (1, len(AROUND) + 1)}


def test_a_caption_above_its_figure_finds_it():
    """As long as text parts it from what stands above it."""
    above = line("Figure 1: The loss of both runs.", 90.0, 188.0, 9.0)
    lines = [*paragraph(72.0, 130.0), above, *paragraph(72.0, 340.0, 20)]
    (found,) = floats(page(lines, PICTURE))
    assert covers(found, *PICTURE.box)


def test_two_figures_under_one_another_are_two():
    """Each caption has the graphic that stands above it."""
    second = Image(Box(80.0, 350.0, 300.0, 450.0), 1)
    other = line("Figure 2: The other loss.", 90.0, 460.0, 9.0)
    lines = [*paragraph(72.0, 140.0), BELOW, other, *paragraph(72.0, 490.0, 14)]
    first, last = floats(page(lines, PICTURE, second))
    assert covers(first, *PICTURE.box)
    assert covers(last, *second.box)
    assert not Box(*first.bbox).meets(Box(*last.bbox))


def test_two_figures_side_by_side_are_two():
    """Their drawings may nearly touch."""
    left, right = (
        Image(Box(72.0, 200.0, 300.0, 300.0), 0),
        Image(Box(304.0, 200.0, 540.0, 300.0), 1),
    )
    lines = [
        line("Figure 1: The loss.", 120.0, 310.0, 9.0),
        line("Figure 2: The score.", 360.0, 310.0, 9.0),
        *paragraph(72.0, 340.0, 20),
        *paragraph(324.0, 340.0, 20),
    ]
    first, last = floats(page(lines, left, right))
    assert covers(first, *left.box)
    assert not Box(*first.bbox).meets(right.box)
    assert covers(last, *right.box)


def test_panels_apart_are_one_figure():
    """A caption under both has both, with the white between them."""
    left, right = (
        Image(Box(72.0, 200.0, 290.0, 300.0), 0),
        Image(Box(324.0, 200.0, 540.0, 300.0), 1),
    )
    lines = [
        line("Figure 1: The loss and the score of all runs that we made.", 180.0, 310.0, 9.0),
        *paragraph(72.0, 340.0, 20),
        *paragraph(324.0, 340.0, 20),
    ]
    (found,) = floats(page(lines, left, right))
    assert covers(found, 72.0, 200.0, 540.0, 300.0)


def test_text_beside_a_wrapped_figure_stays_outside():
    """Short lines at its side are running text, in a column of their own."""
    picture = Image(Box(200.0, 200.0, 312.0, 300.0), 0)
    beside = [line(BODY[:25], 72.0, 200.0 + 12 * n, width=118.0) for n in range(11)]
    caption = line("Figure 1: The loss.", 200.0, 310.0, 9.0)
    lines = [*paragraph(72.0, 150.0), *beside, caption, *paragraph(72.0, 340.0, 20)]
    (found,) = floats(page(lines, picture))
    assert covers(found, *picture.box)
    assert not any(Box(*found.bbox).meets(each.box) for each in beside)


def test_white_paint_and_page_frames_draw_nothing():
    """A white ground as large as the page is no part of a figure."""
    ground, frame = stroke(0, 0, 612, 792, color=WHITE), stroke(2, 2, 610, 790)
    white = stroke(60.0, 100.0, 330.0, 500.0, color=WHITE)
    (found,) = floats(page([*AROUND, BELOW], ground, frame, white, PICTURE))
    assert Box(*found.bbox).area < 1.1 * PICTURE.box.area


def test_a_boxed_theorem_above_a_figure_is_no_part_of_it():
    """A frame around sentences stands for itself."""
    theorem = stroke(70.0, 136.0, 314.0, 190.0)
    lines = [*paragraph(72.0, 60.0), *AROUND, BELOW]
    (found,) = floats(page(lines, theorem, PICTURE))
    assert not Box(*found.bbox).meets(theorem.box)


def test_a_framed_prompt_with_a_caption_is_a_figure():
    """Sentences in a frame are a figure if a caption says so."""
    frame = stroke(70.0, 196.0, 314.0, 322.0)
    inside = paragraph(72.0, 204.0, 9)
    lines = [*paragraph(72.0, 100.0), *inside, BELOW, *paragraph(72.0, 360.0, 20)]
    (found,) = floats(page(lines, frame))
    assert covers(found, *frame.box)


def test_a_table_is_what_its_rules_embrace_with_its_notes():
    """Cells of a row are parted by bars, rows by line ends."""
    caption = line("Table 1: Scores.", 90.0, 190.0, 9.0)
    rules = [stroke(80.0, y, 300.0, y + 0.4) for y in (204.0, 218.0, 250.0)]
    cells = [
        line(text, x, y, 9.0)
        for y, row in (
            (207.0, ("run", "score")),
            (222.0, ("ours", "1.5")),
            (236.0, ("base", "0.9")),
        )
        for x, text in zip((90.0, 220.0), row, strict=True)
    ]
    note = line("a note on scores", 84.0, 253.0, 7.0)
    lines = [*paragraph(72.0, 130.0), caption, *cells, note, *paragraph(72.0, 290.0, 20)]
    (found,) = floats(page(lines, *rules))
    assert found.kind == "table"
    assert found.text.splitlines() == [
        "run | score",
        "ours | 1.5",
        "base | 0.9",
        "a note on scores",
    ]
    assert covers(found, 80.0, 204.0, 300.0, 260.0)


def test_a_table_without_rules_is_found():
    """Loose text between a caption and the column is its table."""
    caption = line("Table 1: Scores.", 90.0, 250.0, 9.0)
    cells = [line(text, x, 200.0 + 12 * n) for n in range(4) for x, text in ((90, "a"), (150, "b"))]
    lines = [*paragraph(72.0, 130.0), *cells, caption, *paragraph(72.0, 290.0, 20)]
    (found,) = floats(page(lines))
    assert covers(found, *cells[0].box)
    assert covers(found, *cells[-1].box)


def test_an_algorithm_is_no_figure_and_none_of_one():
    """Its lines stay in the text, and a figure below does not reach into it."""
    label = line("Algorithm 1: Descent.", 80.0, 100.0)
    rules = [stroke(72.0, y, 312.0, y + 0.4) for y in (98.0, 114.0, 170.0)]
    steps = [line("x := x + 1", 84.0, 118.0 + 12 * n) for n in range(4)]
    lines = [label, *steps, BELOW, *paragraph(72.0, 360.0, 20)]
    laid = page(lines, *rules, PICTURE)
    (found,) = floats_of([laid], typography_of([laid]))
    assert found.float.kind == "figure"
    assert not Box(*found.float.bbox).meets(steps[-1].box)
    assert not {(1, order) for order in range(5)} & found.lines


def test_a_logo_that_every_page_repeats_is_no_part_of_a_figure():
    """Nor is the rule under a running head."""
    logo, rule = Image(Box(72.0, 40.0, 92.0, 60.0), 0), stroke(72.0, 64.0, 540.0, 64.4)
    top = Image(Box(80.0, 80.0, 300.0, 320.0), 1)
    lines = [BELOW, *paragraph(72.0, 360.0, 20)]
    pages = [page(AROUND, logo, rule, number=n) for n in (1, 2, 3)]
    for set_of_pages in (
        [*pages, page(lines, logo, rule, top, number=4)],
        [page(lines, logo, top)],
    ):
        (found,) = floats(*set_of_pages)
        assert found.bbox[1] > logo.box.bottom


def test_a_figure_on_its_side_is_found():
    """Caption and graphic are turned by a quarter; the box is that of the page as shown."""
    text = "Figure 1: The loss of both runs, on a page of its own."
    box = Box(420.0, 200.0, 430.0, 500.0)
    span = Span(text, box, 500.0, "Times", 10.0, False, False)
    upright = Line((span,), box, text, 10.0, 0, 0, is_upright=True)
    picture = Image(Box(150.0, 150.0, 410.0, 600.0), 0)
    (found,) = floats(page([upright], picture))
    assert covers(found, *picture.box)
    assert found.caption == "The loss of both runs, on a page of its own."


def test_a_continued_figure_is_a_float_of_its_own_page():
    """Its number is the same again."""
    label = line("Figure 1 (continued)", 120.0, 330.0)
    lines = [label, *paragraph(72.0, 360.0, 20)]
    found = floats(page([*AROUND, BELOW], PICTURE), page(lines, PICTURE, number=2))
    assert [(each.number, each.page) for each in found] == [("1", 1), ("1", 2)]


@pytest.mark.parametrize("path", TYPESET, ids=lambda path: path.stem)
def test_typeset_papers_give_all_their_figures_and_no_others(path):
    """Nine tenths of each figure lie in our crop, under its number; there are no more than are."""
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    with pymupdf.open(path) as document:
        pages = [page_of(each, number) for number, each in enumerate(document, 1)]
    found = [each for each in floats(*pages) if each.kind == "figure"]
    printed = [(each["page"], tuple(each["bbox"])) for each in truth["figures"]]
    for number, box in printed:
        crops = [Box(*each.bbox) for each in found if each.page == number]
        assert max((Box(*box).share_in(crop) for crop in crops), default=0.0) >= 0.9
    assert len(found) == len(printed)


boxes = st.tuples(*[st.floats(-100, 900)] * 2, *[st.floats(0, 700)] * 2).map(
    lambda told: Box(told[0], told[1], told[0] + told[2], told[1] + told[3])
)
words = st.sampled_from(
    ["Figure 1: a", "Table 2. b", "Algorithm 1", BODY, "(a) part", "x", "", "图 1"]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(words, boxes, st.sampled_from([0.0, 8.0, 10.0]), st.booleans()), max_size=14
    ),
    st.lists(st.tuples(boxes, st.booleans(), st.booleans()), max_size=10),
)
def test_no_page_makes_it_fail(texts, drawn):
    """Boxes may be empty, the same or outside the page; crops stay on the page."""
    lines = [
        Line(
            (Span(text, box, box.bottom, "F", size, False, False),), box, text, size, 0, 0, upright
        )
        for text, box, size, upright in texts
    ]
    things = [
        Image(box, 0) if is_image else Shape(box, BLACK, is_stroked, is_stroked, 0)
        for box, is_image, is_stroked in drawn
    ]
    laid = page(lines, *things)
    for found in floats(laid):
        assert laid.box.grown(0.1).holds(*found.bbox[:2])
        assert laid.box.grown(0.1).holds(*found.bbox[2:])


def test_a_drawing_of_thousands_of_strokes_takes_no_time():
    """Nor do thousands of lines: pages of maps and of code exist."""
    strokes = [stroke(x, y, x + 2, y + 2) for x in range(80, 300, 4) for y in range(150, 320, 4)]
    many = [line(f"{n} {BODY[: n % 40]}", n % 7 * 80.0, n * 0.15) for n in range(5000)]
    started = time.process_time()
    (found,) = floats(page([BELOW], *strokes))
    floats(page([*many, BELOW], *strokes))
    assert covers(found, 80.0, 150.0, 300.0, 320.0)
    assert time.process_time() - started < 3.0


def told(number: str, caption: str, place: int = 3, width: float = 240.0) -> Float:
    return Float("figure", number, caption, place, (72.0, 72.0, 72.0 + width, 250.0))


def test_an_overview_is_shown_before_plots():
    """Captions tell; a table is never the first thing to show."""
    table = Float("table", "1", "Overview.", 1, (72.0, 72.0, 500.0, 250.0))
    plot, overview = told("1", "Loss curves of all runs."), told("2", "Overview of our method.")
    assert first_worth_showing([table, plot, overview]) == 2
    assert [each.is_teaser for each in with_teaser([table, plot, overview])] == [False, False, True]


def test_a_wide_figure_on_the_first_page_is_the_teaser():
    """Whatever it is called."""
    assert first_worth_showing([told("1", "Results.", 1, 460.0), told("2", "Our pipeline.")]) == 0


def test_without_figures_there_is_none_to_show_first():
    """A paper of tables has no teaser."""
    assert first_worth_showing([]) is None
