"""What a paper prints before its text: its title, where its authors work, its keywords."""

import json
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.document import Document
from paperlens.layout import compose
from paperlens.layout.flow import Flow, Placed
from paperlens.layout.front import Front, front_of
from paperlens.layout.headings import headings_of
from paperlens.layout.headings.names import keywords_label
from paperlens.layout.page import Box, Line, Page, Span, around
from paperlens.layout.typography import Typography, typography_of
from paperlens.reading.pages import page_of

TYPESET = Path(__file__).parent / "typeset"
LEFT, RIGHT = 100.0, 400.0
TEXT = "and so the lines of running text go on until they fill a line"
RAISED = "raised"

Words = tuple[str, float] | tuple[str, float, str]


def span(text: str, size: float, left: float, baseline: float, how: str) -> Span:
    lifted = baseline - (4.0 if how == RAISED else 0.0)
    box = Box(left, lifted - 0.75 * size, left + 0.45 * size * len(text), lifted + 0.25 * size)
    font = "Times-Bold" if how == "bold" else "Times-Italic" if how == "italic" else "Times-Roman"
    return Span(text, box, lifted, font, size, how == "bold", how == "italic")


def row(order: int, baseline: float, words: tuple[Words, ...], gap: float, left: float) -> Placed:
    """A line; words that begin with a tab stand far from those before them."""
    spans: list[Span] = []
    for text, size, *how in words:
        left += 60.0 if text.startswith("\t") else 0.0
        spans.append(span(text.lstrip("\t"), size, left, baseline, *(how or ["plain"])))
        left = spans[-1].box.right
    text = "".join(each.text for each in spans)
    longest = max(spans, key=lambda each: len(each.text))
    line = Line(tuple(spans), around(each.box for each in spans), text, longest.size, order, 0)
    return Placed(line, 1, 0, LEFT, RIGHT, gap)


def front(
    *lines: tuple[Words, ...], notes: tuple[str, ...] = (), authors: tuple[str, ...] = ()
) -> Front:
    """The front of a paper with these lines over an abstract and a first section."""
    whole = [
        *lines,
        (("Abstract", 10.0, "bold"),),
        *[((TEXT, 9.0),)] * 4,
        (("1 Introduction", 12.0, "bold"),),
        *[((TEXT, 10.0),)] * 30,
    ]
    placed, baseline = list[Placed](), 60.0
    for order, words in enumerate(whole):
        size = max(each[1] for each in words)
        above = 14.0 if words[0][-1] == "bold" else 2.0
        baseline += size + above
        placed.append(row(order, baseline, words, above if order else float("inf"), LEFT))
    typography = Typography(10.0, "Times-Roman", 12.0, ())
    flow = Flow(tuple(placed), notes)
    headings = headings_of(flow.lines, typography)
    return front_of([Page(1, 500.0, 700.0)], flow, headings, typography, authors)


TITLE: tuple[Words, ...] = (("On the Reading of Papers", 17.0),)


def test_the_title_is_the_largest_text_above_the_abstract():
    """Its lines are one; a footnote's mark and a smaller banner above are no part of it."""
    found = front(
        (("Journal of Words 12 (1999)", 8.0),),
        (("On the Reading", 17.0),),
        (("of Papers", 17.0), ("∗", 10.0, RAISED)),
        (("Ann Author", 12.0),),
    )
    assert found.title == "On the Reading of Papers"
    assert found.skip >= {1, 2, 3}


@pytest.mark.parametrize("head", ["3 Method", "Method", "References", "of running text"])
def test_a_page_from_within_a_paper_has_no_title(head):
    """The head of a section is not the paper's."""
    lines = [((head, 12.0, "bold"),), *[((TEXT, 10.0),)] * 20]
    placed = [row(n, 80.0 + 12 * n, words, 2.0, LEFT) for n, words in enumerate(lines)]
    typography = Typography(10.0, "Times-Roman", 12.0, ())
    headings = headings_of(placed, typography)
    assert front_of([Page(1, 500.0, 700.0)], Flow(tuple(placed)), headings, typography) == Front()


def test_places_with_marks_are_told_from_names_with_marks():
    """Marks before a place are not its own; the first author's places come first, each once."""
    found = front(
        TITLE,
        (("Ann Author", 12.0), ("2", 8.0, RAISED), (", Ben Writer", 12.0), ("1", 8.0, RAISED)),
        (("1", 7.0, RAISED), ("University of Ostfeld, Ostfeld", 10.0)),
        (("2", 7.0, RAISED), ("Department of Light,", 10.0)),
        (("University of Westmarch", 10.0),),
        (("ann@westmarch.edu", 10.0),),
    )
    assert found.affiliations == (
        "Department of Light, University of Westmarch",
        "University of Ostfeld, Ostfeld",
    )


def test_places_on_one_line_are_parted_by_their_marks():
    """As conferences print them to save room."""
    found = front(
        TITLE,
        (("Ann Author", 12.0), ("1", 8.0, RAISED), (" Ben Writer", 12.0), ("2", 8.0, RAISED)),
        (
            ("1", 7.0, RAISED),
            ("University of Ostfeld ", 10.0),
            ("2", 7.0, RAISED),
            ("Harbour Labs", 10.0),
        ),
    )
    assert found.affiliations == ("University of Ostfeld", "Harbour Labs")


def test_places_stand_under_their_names():
    """Side by side, a line's end parts as a comma does; addresses of mail are left out."""
    found = front(
        TITLE,
        (("Ann Author", 12.0), ("\tBen Writer", 12.0)),
        (("University of Ostfeld", 10.0), ("\tHarbour Labs", 10.0)),
        (("Ostfeld, Germany", 10.0), ("\tLagos, Nigeria", 10.0)),
        (("ann@ostfeld.de", 10.0), ("\tben@harbour.ng", 10.0)),
    )
    assert found.affiliations == (
        "University of Ostfeld, Ostfeld, Germany",
        "Harbour Labs, Lagos, Nigeria",
    )


def test_a_place_follows_its_name_on_the_same_line():
    """In smaller letters, after a comma."""
    found = front(
        TITLE,
        (("ANN AUTHOR,", 11.0), (" University of Ostfeld, Germany", 9.0)),
        (("BEN WRITER,", 11.0), (" Harbour Labs, Nigeria", 9.0)),
    )
    assert found.affiliations == ("University of Ostfeld, Germany", "Harbour Labs, Nigeria")


@pytest.mark.parametrize(
    "note",
    [
        "Ann Author is with the University of Ostfeld, Germany (e-mail: ann@ostfeld.de).",
        "1University of Ostfeld, Germany. Correspondence to: Ann Author <ann@ostfeld.de>.",
        "*Equal contribution 1University of Ostfeld, Germany.",
    ],
)
def test_footnotes_tell_places_where_the_names_stand_alone(note):
    """`The authors are with …`, or a place after an author's mark."""
    found = front(TITLE, (("Ann Author", 12.0), ("1", 8.0, RAISED)), notes=(note,))
    assert found.affiliations == ("University of Ostfeld, Germany",)


def test_nothing_is_guessed_where_no_place_is_printed():
    """Names, dates and notes are no places."""
    found = front(
        TITLE,
        (("Ann Author and Ben Writer", 10.0),),
        (("February 6, 2023", 10.0),),
        (("Preprint. Under review.", 10.0),),
    )
    assert found.affiliations == ()
    assert found.keywords is None


def test_an_author_known_from_arxiv_is_no_place():
    """Names and places may be set alike."""
    lines = (("Ben University", 10.0),), (("University of Ostfeld", 10.0),)
    found = front(TITLE, (("Ann Author", 12.0),), *lines, authors=("Ben University",))
    assert found.affiliations == ("University of Ostfeld",)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Keywords: light, shade, dark matter.", ("light", "shade", "dark matter")),
        ("Key words: light · shade", ("light", "shade")),
        ("Index Terms—light, shade", ("light", "shade")),
        ("Key words and phrases. light; shade, and more", ("light", "shade, and more")),
        ("Additional Key Words and Phrases: light, shade", ("light", "shade")),
        ("关键词：光，影", None),
        ("Keywords: 光线，阴影", ("光线", "阴影")),
        ("Key wordings are light, shade", None),
    ],
)
def test_keywords_are_those_that_the_paper_names_so(printed, words):
    """Parted as printed; a paper without any has none, and single letters are no words."""
    found = front(TITLE, (("Ann Author", 12.0),), ((printed, 9.0),))
    assert found.keywords == words


def test_a_label_may_be_told_by_its_letters_alone():
    """Bold, and no sign after it."""
    line = (("Keywords", 9.0, "bold"), (" light · shade", 9.0))
    assert front(TITLE, (("Ann Author", 12.0),), line).keywords == ("light", "shade")


@pytest.mark.parametrize("text", ["Keywordsmith", "The keywords: a", "Index", ""])
def test_other_words_do_not_announce_keywords(text):
    """A label stands at a line's begin, whole."""
    assert keywords_label(text) == 0


def document(name: str) -> tuple[dict, Document]:
    with pymupdf.open(TYPESET / f"{name}.pdf") as pdf:
        pages = [page_of(pdf[number], number + 1) for number in range(pdf.page_count)]
    return json.loads((TYPESET / f"{name}.json").read_text("utf-8")), compose(pages)


@pytest.mark.parametrize(
    "name",
    ["acm-conference", "ams", "aps", "ieee-conference", "ieee-journal", "springer", "chinese"],
)
def test_typeset_papers_tell_title_places_and_keywords_as_printed(name):
    """Under names, after marks, in a footnote, at the end: in the ways of seven classes."""
    truth, paper = document(name)
    assert (paper.title or "").casefold() == truth["title"].casefold()
    assert list(paper.affiliations) == truth["affiliations"]
    assert (list(paper.keywords) if paper.keywords else None) == truth["keywords"]


words = st.tuples(
    st.text("Aa1 ,.@∗é引", max_size=10).map(lambda text: text or "."),
    st.sampled_from([6.0, 10.0, 17.0]),
    st.sampled_from(["plain", "bold", "italic", RAISED]),
)


@settings(deadline=None)
@given(st.lists(st.lists(words, min_size=1, max_size=4).map(tuple), max_size=8))
def test_no_lines_can_break_it(lines):
    """Whatever stands there, nothing empty is told."""
    found = front(*lines)
    assert all(found.affiliations)
    assert found.keywords is None or all(found.keywords)


def test_an_empty_paper_has_no_front():
    """No lines, no pages."""
    assert front_of([], Flow(()), (), typography_of(())) == Front()
