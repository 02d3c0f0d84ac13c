"""Captions: told from sentences that begin with "Figure 3", whole, with their number as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.layout.floats.captions import captions_of
from paperlens.layout.floats.labels import label_of
from paperlens.layout.page import Box, Line, Page, Shape, Span
from paperlens.layout.typography import Column, Typography

BODY = Typography(10.0, "Times", 12.0)
COLUMN = (Column(72.0, 312.0),)
LETTER = 4.0  # points that a letter is wide in these invented pages


def line(
    text: str, x: float, y: float, order: int, size: float = 10.0, bold: int = 0, width: float = 0
) -> Line:
    """A line whose baseline is y; its first `bold` letters are bold."""
    end = x + (width or len(text) * LETTER * size / 10)
    cut = x + (end - x) * bold / max(len(text), 1)
    top, bottom = y - 0.8 * size, y + 0.2 * size
    spans = [Span(text[bold:], Box(cut, top, end, bottom), y, "Times", size, False, False)]
    if bold:
        strong = Span(text[:bold], Box(x, top, cut, bottom), y, "Times-Bold", size, True, False)
        spans.insert(0, strong)
    return Line(tuple(spans), Box(x, top, end, bottom), text, size, order, 0)


def lines(*texts: str, y: float = 100.0, step: float = 12.0, first: int = 0, **look) -> list[Line]:
    return [line(text, 72.0, y + step * n, first + n, **look) for n, text in enumerate(texts)]


def captions(*found: Line, shapes: tuple[Shape, ...] = ()):
    return captions_of(Page(1, 612.0, 792.0, found, (), shapes), BODY, COLUMN)


LONG = "as was explained in the section before this, where we looked"


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("Figure 3: The loss.", "figure", "3", "The loss."),
        ("Fig. 3. The loss.", "figure", "3", "The loss."),
        ("FIG. 3. The loss.", "figure", "3", "The loss."),
        ("Figure 3 | The loss.", "figure", "3", "The loss."),
        ("Figure 3 – The loss.", "figure", "3", "The loss."),
        ("FIGURE III: The loss.", "figure", "III", "The loss."),
        ("Figure S2: The loss.", "figure", "S2", "The loss."),
        ("Figure A.1: The loss.", "figure", "A.1", "The loss."),
        ("Figure 3(a): The loss.", "figure", "3(a)", "The loss."),
        ("Supplementary Figure 1: The loss.", "figure", "1", "The loss."),
        ("Extended Data Fig. 2 | The loss.", "figure", "2", "The loss."),
        ("F IGURE 4: The loss.", "figure", "4", "The loss."),
        ("Table II: The scores.", "table", "II", "The scores."),
        ("Table A: The scores.", "table", "A", "The scores."),
        ("图 1：概述。", "figure", "1", "概述。"),
        ("表 2：结果。", "table", "2", "结果。"),
        ("Abbildung 2.1: Verlauf.", "figure", "2.1", "Verlauf."),
        ("Tableau 2 : Les notes.", "table", "2", "Les notes."),
        ("Algorithm 1: Descent.", "other", "1", "Descent."),
    ],
)
def test_labels_are_read_in_the_ways_that_journals_print_them(text, kind, number, rest):
    """The number stays as printed, and the text is what follows the label."""
    (found,) = captions(*lines(text))
    assert (found.kind, found.number, found.text) == (kind, number, rest)


@pytest.mark.parametrize(
    "text",
    ["Figures 3 and 4", "Figure out", "figure 3: x", "Table of contents", "FIGURES AND TABLES"],
)
def test_other_words_are_no_labels(text):
    """Plurals, verbs and words in the middle of a sentence label nothing."""
    assert label_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["Figure 3 shows that the loss falls", "Fig. 2 and the text", "Table 1 lists all the scores"],
)
def test_a_sentence_that_begins_a_paragraph_is_no_caption(text):
    """Nothing parts the number from the sentence, so there is nothing to be labelled."""
    assert captions(*lines(text, LONG, LONG)) == ()


@pytest.mark.parametrize("text", ["Fig. 3. Then the loss falls again as", "Figure 2, where"])
def test_a_line_of_a_paragraph_is_no_caption(text):
    """What goes on from the line before, in the same letters, is the same sentence."""
    assert captions(*lines(LONG, LONG, text, LONG)) == ()


def test_a_line_of_a_list_of_figures_is_no_caption():
    """Dots lead to the number of a page."""
    assert captions(*lines("Figure 1: The loss . . . . . . . . . . 7")) == ()


def test_a_bold_label_needs_no_mark():
    """Letters that differ are as good as a colon."""
    (found,) = captions(*lines("Fig. 3 The loss of both runs", size=9.0, bold=6))
    assert (found.number, found.text) == ("3", "The loss of both runs")


def test_all_lines_of_a_caption_are_its_text_and_cut_words_are_mended():
    """Lines of the same size and distance belong together."""
    (found,) = captions(
        *lines("Figure 1: The regu-", "larised loss of", "both runs.", size=9.0, step=11.0),
        *lines(LONG, LONG, y=160.0, first=3),
    )
    assert found.text == "The regularised loss of both runs."
    assert len(found.lines) == 3


def test_body_text_right_under_a_caption_is_left_alone():
    """Where the next line's first word would have found room, the caption had ended."""
    (found,) = captions(*lines("Figure 1: A loss that", LONG, LONG))
    assert found.text == "A loss that"


def test_text_of_the_other_column_is_left_alone():
    """A caption in one column does not read over the gutter."""
    beside = [
        line("and here the other column goes on", 324.0, 100.0 + 11 * n, 9 + n) for n in (0, 1)
    ]
    label, rest = lines("Figure 1: " + "m" * 48, "both runs.", size=9.0, step=11.0)
    both = (Column(72.0, 312.0), Column(324.0, 564.0))
    page = Page(1, 612.0, 792.0, (label, rest, *beside))
    (found,) = captions_of(page, BODY, both)
    assert found.text == "m" * 48 + " both runs."


def test_a_rule_ends_a_caption():
    """Under a table's caption its first rule stands."""
    rule = Shape(Box(72.0, 103.0, 200.0, 103.5), 0xFF000000, True, False, 5)
    first, second = lines("Table 1: The scores.", "Name and score of all")
    (found,) = captions(first, second, shapes=(rule,))
    assert found.text == "The scores."


def test_a_title_may_stand_under_its_label():
    """As IEEE's tables have it."""
    (found,) = captions(*lines("TABLE II", "THE SCORES OF ALL RUNS", size=8.0, step=9.5))
    assert (found.number, found.text) == ("II", "THE SCORES OF ALL RUNS")


def test_the_next_caption_begins_anew():
    """Two captions on successive lines are two."""
    found = captions(*lines("Figure 1: The loss.", "Figure 2: The other.", size=9.0, step=11.0))
    assert [each.text for each in found] == ["The loss.", "The other."]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Figure 1: a", "Fig. 2. b", "Table I", "text", "", " ", "图 1"]),
            st.floats(-50, 700),
            st.floats(-50, 900),
            st.sampled_from([0.1, 8.0, 10.0, 40.0]),
        ),
        max_size=12,
    )
)
def test_no_page_makes_it_fail(told):
    """Boxes may overlap, be empty or lie outside the page."""
    page = [line(text, x, y, n, size) for n, (text, x, y, size) in enumerate(told)]
    for found in captions(*page):
        assert found.lines
