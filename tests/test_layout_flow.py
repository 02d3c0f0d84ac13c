"""Lines on pages are read in the order of the text, and become paragraphs."""

import json
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from math import inf
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.layout.flow import Flow, flow_of
from paperlens.layout.flow.paragraphs import paragraphs
from paperlens.layout.furniture import without_furniture
from paperlens.layout.lines import lines_of
from paperlens.layout.page import Box, Line, Page, Shape, Span
from paperlens.layout.prose import joined_lines, printable, words_of
from paperlens.layout.typography import columns_of, typography_of
from paperlens.reading.pages import page_of

TYPESET = Path(__file__).parent / "typeset"
LEADING = 12.0


def span(text: str, left: float, baseline: float, size: float = 10.0, width: float = 0.0) -> Span:
    right = left + (width or 0.5 * size * len(text))
    box = Box(left, baseline - 0.75 * size, right, baseline + 0.25 * size)
    return Span(text, box, baseline, "Roman", size, False, False)


def line(text: str, left: float, baseline: float, size: float = 10.0, width: float = 0.0) -> Line:
    piece = span(text, left, baseline, size, width)
    return Line((piece,), piece.box, text, size, 0, 0)


def column(
    name: str, left: float, top: float = 100.0, rows: int = 20, width: float = 240.0
) -> list[Line]:
    """Full lines, `name` and a number in each."""
    return [
        line(
            f"{name}{row} and more of it that fills this line", left, top + LEADING * row, 10, width
        )
        for row in range(rows)
    ]


def page(lines: Iterable[Line], number: int = 1, shapes: tuple[Shape, ...] = ()) -> Page:
    ordered = tuple(replace(each, order=order) for order, each in enumerate(lines))
    return Page(number, 612.0, 792.0, ordered, shapes=shapes)


def flow(*pages: Page, taken: frozenset[tuple[int, int]] = frozenset()) -> Flow:
    return flow_of(pages, typography_of(pages), taken)


def first_words(read: Flow) -> list[str]:
    return [placed.line.text.split(" ", 1)[0] for placed in read.lines]


def expected(*parts: tuple[str, int]) -> list[str]:
    return [f"{name}{row}" for name, rows in parts for row in range(rows)]


def test_columns_are_read_from_left_to_right():
    """Two or three, whatever the order in which the PDF paints their lines."""
    both = page([*column("b", 320), *column("a", 60)])
    assert first_words(flow(both)) == expected(("a", 20), ("b", 20))
    three = page(
        [*column("c", 416, width=150), *column("a", 60, width=150), *column("b", 238, width=150)]
    )
    assert first_words(flow(three)) == expected(("a", 20), ("b", 20), ("c", 20))


def test_wide_lines_part_a_page_into_bands():
    """What stands over a wide line is read before it, in both columns."""
    top = [*column("a", 60, rows=8), *column("b", 320, rows=8)]
    wide = column("w", 60, top=220, rows=3, width=500)
    under = [*column("c", 60, top=280), *column("d", 320, top=280)]
    read = flow(page([*under, *wide, *top]))
    assert first_words(read) == expected(("a", 8), ("b", 8), ("w", 3), ("c", 20), ("d", 20))


def test_a_rule_over_the_gutter_parts_a_page_as_well():
    """REVTeX balances text and references apart, with a rule between them."""
    lines = [
        *column("a", 60, rows=8),
        *column("b", 320, rows=8),
        *column("c", 60, top=260),
        *column("d", 320, top=260),
    ]
    rule = Shape(Box(200, 220, 420, 220.5), 0xFF000000, True, False, 0)
    order = expected(("a", 8), ("b", 8), ("c", 20), ("d", 20))
    assert first_words(flow(page(lines, shapes=(rule,)))) == order


def test_a_line_that_sticks_out_of_its_column_parts_nothing():
    """A long formula reaches into the gutter beside text of the other column."""
    lines = [*column("a", 60), *column("b", 320)]
    lines[5] = line("a5 sticks out", 60, lines[5].baseline, 10, 275)
    assert first_words(flow(page(lines))) == expected(("a", 20), ("b", 20))


def test_the_papers_columns_hold_for_a_page_that_tells_too_little():
    """A last page with a few lines in its left column is still of two columns."""
    full = page([*column("a", 60), *column("b", 320)])
    last = page(column("c", 60, rows=3), number=2)
    typography = typography_of([full, last])
    assert len(columns_of(last, typography)) == 2
    assert flow(full, last).lines[-1].right < 310


def test_columns_of_a_table_are_no_columns_of_the_page():
    """Cells are short, and few lines are as long as the longest."""
    cells = [line("0.5 mm", left, 100 + LEADING * n) for n in range(20) for left in (60, 330, 450)]
    text = column("w", 60, top=400, rows=20, width=500)
    both = page([*cells, *text])
    assert len(columns_of(both, typography_of([both]))) == 1


def test_pieces_on_one_baseline_are_one_line():
    """A number apart from its heading, and a raised exponent, stay with their line."""
    pieces = [
        line("2", 60, 80),
        line("Template overview", 90, 80),
        *column("a", 60),
        line("2", 301, 96, 7),
    ]
    texts = [placed.line.text for placed in flow(page(pieces)).lines]
    assert texts[0] == "2 Template overview"
    assert texts[1].endswith("fills this line 2") or texts[1].endswith("fills this line2")


def test_a_drop_cap_begins_its_word():
    """The letter goes before the first line beside it, and the second line is not indented."""
    cap = line("T", 60, 112, 26, 16)
    rows = [line("HIS is the first line of text here", 78, 100, 10, 222)]
    rows += [line("and the second line beside the cap", 78, 112, 10, 222)]
    rows += column("a", 60, top=124)
    placed = flow(page([cap, *rows])).lines
    assert placed[0].line.text == "THIS is the first line of text here"
    assert len(paragraphs(placed)) == 1


def test_footnotes_stand_apart():
    """They are smaller, under a rule or begin with a raised mark; the text loses its mark."""
    mark = span("1", 180, 624, 6)
    note = lines_of(
        [(0, mark._replace(box=Box(60, 618, 64, 625))), (0, span("A note,", 64, 627, 8))]
    )
    rule = Shape(Box(60, 612, 150, 612.4), 0xFF000000, True, False, 0)
    lines = [*column("a", 60, width=500), *note, line("and its second line.", 60, 637, 8)]
    first = flow(page([*column("z", 60, width=500)]), page(lines, number=2, shapes=(rule,)))
    assert first.footnotes == ("1 A note, and its second line.",)
    assert first_words(first) == expected(("z", 20), ("a", 20))


def test_permissions_at_the_foot_of_the_first_page_are_no_text():
    """Smaller letters after white, without any mark."""
    strip = line("Permission to make copies is granted without fee.", 60, 700, 7)
    read = flow(page([*column("a", 60), *column("b", 320), strip]))
    assert read.footnotes == (strip.text,)


def test_small_references_are_no_footnotes():
    """A list of references goes on to the column's foot; nothing marks it as a note."""
    entries = [
        line(f"[{n}] A. Author. A title of a paper.", 60, 400 + 10 * n, 8) for n in range(20)
    ]
    head = line("References", 60, 385, 12)
    read = flow(page([*column("a", 60), head, *entries, *column("b", 320, rows=40)]))
    assert read.footnotes == ()


def test_lines_of_floats_are_left_out_and_part_no_paragraph():
    """The line under a float is not told as one after white."""
    lines = column("a", 60, rows=30, width=500)
    read = flow(page(lines), taken=frozenset((1, order) for order in range(10, 20)))
    assert first_words(read) == expected(("a", 10)) + [f"a{row}" for row in range(20, 30)]
    assert read.lines[10].gap == inf


def test_right_to_left_pieces_are_read_from_the_right():
    """Two pieces of one Hebrew line; the order of the letters is the PDF's."""
    lines = [line("שלום עולם טוב", 300, 100, 10, 200), line("וברכה לכולם", 60, 100, 10, 200)]
    (placed,) = flow(page(lines)).lines
    assert placed.line.text == "שלום עולם טוב וברכה לכולם"


def read_paragraphs(*texts: tuple[str, float, float]) -> tuple[str, ...]:
    """Paragraphs of (text, indent, width) set below one another."""
    lines = [
        line(text, 60 + indent, 100 + LEADING * row, 10, width)
        for row, (text, indent, width) in enumerate(texts)
    ]
    return paragraphs(flow(page(lines)).lines)


def test_an_indented_line_begins_a_paragraph():
    """Also after a line that is full."""
    assert read_paragraphs(
        ("The first paragraph fills its", 0, 500),
        ("lines to the very end of them.", 0, 500),
        ("The second one is indented and", 15, 485),
        ("goes on at the left, and then", 0, 500),
        ("it ends.", 0, 100),
    ) == (
        "The first paragraph fills its lines to the very end of them.",
        "The second one is indented and goes on at the left, and then it ends.",
    )


def test_a_line_that_ended_early_ends_a_paragraph():
    """The next word would have found room there."""
    assert read_paragraphs(
        ("One paragraph that fills a line", 0, 500),
        ("and ends.", 0, 120),
        ("Another one that fills its line", 0, 500),
        ("and more.", 0, 400),
    ) == (
        "One paragraph that fills a line and ends.",
        "Another one that fills its line and more.",
    )


def test_entries_of_lists_are_paragraphs():
    """Their further lines hang under the first, with a mark or without."""
    marked = read_paragraphs(
        ("[1] A. Author. The title of a book, which", 0, 500),
        ("goes on.", 20, 100),
        ("[2] B. Author. Another one.", 0, 300),
        ("[3] C. Author. And one more that is long", 0, 500),
        ("enough.", 20, 100),
    )
    assert [text[:3] for text in marked] == ["[1]", "[2]", "[3]"]
    plain = read_paragraphs(
        ("Author, A. (1999). The title of a book, which", 0, 500),
        ("goes on for more than a line, and is by a", 20, 480),
        ("good press.", 20, 100),
        ("Buthor, B. (2001). Another title of a book.", 0, 500),
        ("Press of the university of a town, where", 20, 480),
        ("they print.", 20, 100),
    )
    assert [text[:6] for text in plain] == ["Author", "Buthor"]


def test_lines_beside_a_float_do_not_end_early():
    """They are short together."""
    texts = [("a full line of the text that goes on", 0, 500)]
    texts += [("short lines beside a figure go on", 0, 240)] * 4
    texts += [("and full lines again, as before it", 0, 500)] * 2
    assert len(read_paragraphs(*texts)) == 1


def test_a_paragraph_goes_on_over_columns_and_pages():
    """Nothing says that it ends there."""
    left, right = column("a", 60), column("b", 320)
    assert len(paragraphs(flow(page([*left, *right]), page(column("c", 60), 2)).lines)) == 1


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["a convolu-", "tional net"], "a convolutional net"),
        (["the state-of-the-", "art method"], "the state-of-the-art method"),
        (
            ["self-supervised, and self-", "supervised again"],
            "self-supervised, and self-supervised again",
        ),
        (["a well-", "known case"], "a well-known case"),
        (["the Navier-", "Stokes flow"], "the Navier-Stokes flow"),
        (["see https://example.org/a-", "b/c for more"], "see https://example.org/a-b/c for more"),
        (["at https://example.org/a/", "Then we"], "at https://example.org/a/ Then we"),
        (["at http:", "//example.org"], "at http://example.org"),
        (["我们的方法", "是新的"], "我们的方法是新的"),
        (["1 引言 GPU 上", "的方法"], "1 引言GPU上的方法"),
        (["d´ej`a vu, Lef ` evre"], "déjà vu, Lefèvre"),
    ],
)
def test_lines_are_joined_as_they_were_written(lines, whole):
    """Only a word that was cut loses its hyphen; Chinese needs no spaces."""
    assert joined_lines(lines, words_of(lines)) == whole


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Universit´e de Gen`eve", "Université de Genève"),
        ("Rene´ Mu¨ller", "René Müller"),
        ("Fran¸cais, Franc¸ais", "Français, Français"),
        ("na¨ıve Erd˝os, ˇCech", "naïve Erdős, Čech"),
        ("Universite\u0301", "Université"),
        ("\ufb01nal o\ufb03ce \ufb02ow", "final office flow"),
        ("\x0crst e\x0ecient \x1cnal", "first efficient final"),
        ("self\u00adsupervised", "self-supervised"),
        ("x² and ½", "x² and ½"),
        ("run `pip` or `a`", "run `pip` or `a`"),
    ],
)
def test_letters_are_whole(printed, read):
    """Accents stand on their letters and ligatures are letters; other signs stay as they are."""
    assert printable(printed) == read


def test_small_capitals_made_of_two_sizes_are_one_word():
    """So is a word with a raised mark, while a wide gap is a space."""
    pieces = [span("I. I", 60, 100, 10, 20), span("NTRODUCTION", 80.5, 100, 8, 60)]
    (heading,) = lines_of([(0, piece) for piece in pieces])
    assert heading.text == "I. INTRODUCTION"
    (apart,) = lines_of([(0, span("1", 60, 100, 10, 5)), (0, span("Proofs", 73, 100, 10, 30))])
    assert apart.text == "1 Proofs"


def test_a_raised_mark_moves_no_baseline():
    """MuPDF gives the space after it the mark's own baseline, and with it the rest of the line."""
    main, mark = span("An author", 60, 100), span("1", 105, 96, 7)
    (row,) = lines_of([(0, main), (0, mark), (0, span(" and another author", 109, 96))])
    assert row.baseline == 100
    mark = span("1", 60, 96, 6)
    (note,) = lines_of([(0, mark), (0, span(" A note", 64, 100)._replace(baseline=96))])
    assert abs(note.baseline - 100) < 1.1


def of(name: str) -> tuple[list[Page], dict]:
    """A typeset paper without its floats, and TeX's truth about it."""
    truth = json.loads((TYPESET / f"{name}.json").read_text("utf-8"))
    with pymupdf.open(TYPESET / f"{name}.pdf") as document:
        pages = without_furniture([page_of(each, each.number + 1) for each in document])
    boxes = [
        (each["page"], Box(*each[box]).grown(2))
        for kind in ("figures", "tables", "algorithms")
        for each in truth.get(kind, ())
        for box in ("bbox", "caption_bbox")
        if each.get(box)
    ]
    return [
        replace(
            each,
            lines=tuple(
                line
                for line in each.lines
                if not any(n == each.number and box.holds(*line.box.middle) for n, box in boxes)
            ),
        )
        for each in pages
    ], truth


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("name", ["vision", "three-columns", "aps", "chinese", "learning"])
def test_the_words_of_typeset_papers_come_in_tex_own_order(name):
    """At least 98.5 % of the words of headings and paragraphs, and no page without."""
    pages, truth = of(name)
    told: list[str] = []
    heads = [head["text"] for head in truth["headings"]]
    done = 0
    for part in truth["paragraphs"]:
        while done <= (part["section"] if part["section"] is not None else -1):
            told += words(heads[done])
            done += 1
        told += words(f"{part.get('label') or ''} {part['text']}")
    told += words(" ".join(heads[done:]))
    read = words(" ".join(paragraphs(flow(*pages).lines)))
    same = SequenceMatcher(None, told, read, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in same) >= 0.985 * len(told)


NUMBERS = st.floats(-100, 1000, allow_nan=False)
LINES = st.builds(
    line, st.text("aB1 .-\u05d0\u4e2d", max_size=20), NUMBERS, NUMBERS, st.floats(0, 50), NUMBERS
)


@settings(max_examples=60)
@given(st.lists(st.builds(page, st.lists(LINES, max_size=15), st.integers(1, 3)), max_size=3))
def test_any_page_is_read_without_loss(pages):
    """Every line with words is in the flow or in a footnote, whatever its place."""
    read = flow(*pages)
    paragraphs(read.lines)
    letters = [each.text.replace(" ", "") for page in pages for each in page.lines]
    kept = [placed.line.text.replace(" ", "") for placed in read.lines]
    missing = sum(map(len, letters)) - sum(map(len, kept))
    assert missing >= 0
    assert missing == 0 or read.footnotes


def test_very_many_lines_take_linear_time():
    """5,000 lines in one place or one below another cost no more than a moment."""
    started = time.process_time()
    for step in (0.0, 0.1, 12.0):
        crowd = page([line("many a word in this line", 60, 100 + step * n) for n in range(5_000)])
        paragraphs(flow(crowd).lines)
        without_furniture([crowd])
    assert time.process_time() - started < 10
