"""Heads are found by how they are set, and the text between them becomes sections."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.document import KINDS, Document, Section
from paperlens.layout import compose
from paperlens.layout.flow import Placed
from paperlens.layout.headings import Heading, headings_of
from paperlens.layout.headings.numbering import numbers_of
from paperlens.layout.page import Box, Line, Span, around
from paperlens.layout.sections import sections_of
from paperlens.layout.typography import typography_of
from paperlens.reading.pages import page_of

TYPESET = Path(__file__).parent / "typeset"
LEFT, RIGHT = 100.0, 400.0
ROMAN, BOLD, ITALIC, SANS = "Times-Roman", "Times-Bold", "Times-Italic", "Helvetica"
PLAIN = typography_of(())
TEXT = "and so the lines of running text go on until they fill"

Words = tuple[str, str] | tuple[str, str, float]


def span(text: str, font: str, size: float, left: float, baseline: float) -> Span:
    box = Box(left, baseline - 0.75 * size, left + 0.5 * size * len(text), baseline + 0.25 * size)
    return Span(text, box, baseline, font, size, font == BOLD, font == ITALIC)


class Paper:
    """Lines from top to bottom, as the flow hands them on."""

    def __init__(self) -> None:
        self.lines: list[Placed] = []
        self.page = 1
        self._baseline = 100.0

    def set(self, *words: Words, above: float = 2.0, indent: float = 0.0) -> "Paper":
        """A line of words in their fonts; `above` is the white over it."""
        spans: list[Span] = []
        size = max([each[2] for each in words if len(each) == 3], default=10.0)
        self._baseline += size + (2.0 if above == inf else above)
        left = LEFT + indent
        for text, font, *sizes in words:
            spans.append(span(text, font, *(sizes or [10.0]), left, self._baseline))
            left = spans[-1].box.right
        box = around(each.box for each in spans)
        text = "".join(each.text for each in spans)
        longest = max(spans, key=lambda each: len(each.text))
        line = Line(tuple(spans), box, text, longest.size, len(self.lines), 0)
        gap = above if self.lines else inf
        self.lines.append(Placed(line, self.page, 0, LEFT, RIGHT, gap))
        return self

    def text(self, count: int = 4, indent: float = 15.0) -> "Paper":
        """A paragraph of running text, its last line short."""
        for number in range(count):
            words = "and a last one." if number == count - 1 else TEXT + " it all"
            self.set((words, ROMAN), indent=0 if number else indent)
        return self

    def turn(self) -> "Paper":
        self.page += 1
        self._baseline = 100.0
        return self

    def heads(self, outline: Sequence[tuple[int, str, int]] = ()) -> list[str]:
        return [head.text for head in self.headings(outline)]

    def headings(self, outline: Sequence[tuple[int, str, int]] = ()) -> tuple[Heading, ...]:
        return headings_of(self.lines, replace(PLAIN, font=ROMAN), outline)

    def sections(self) -> tuple[Section, ...]:
        return sections_of(self.lines, self.headings(), PLAIN)


@pytest.mark.parametrize(
    "head",
    [
        ("1 Introduction", BOLD, 12.0),
        ("Introduction", BOLD, 12.0),
        ("Introduction", ROMAN, 14.0),
        ("IV. RESULTS", ROMAN, 10.0),
        ("A. Lemmas", ITALIC, 10.0),
        ("3.1.4 Setup", BOLD, 10.0),
        ("What is a Lemma?", BOLD, 10.0),
        ("引言", BOLD, 12.0),
    ],
)
def test_a_line_that_stands_out_under_white_is_a_head(head):
    """Larger, bolder, in capitals, in italics with a number: no list of names is asked."""
    paper = Paper().text(6).set(head, above=12).text(6)
    assert paper.heads() == [head[0]]


@pytest.mark.parametrize(
    "line",
    [
        ("This is only a bold sentence of the text that goes on.", BOLD, 10.0),
        ("bold words where a line happens to", BOLD, 10.0),
        ("• A bold item", BOLD, 10.0),
        ("Theorem 2.1 (Main result)", BOLD, 10.0),
        ("x = 2, y > 3", BOLD, 10.0),
        ("a line of running text", ROMAN, 10.0),
        ("print(result)", "CMTT10", 10.0),
    ],
)
def test_what_stands_out_otherwise_is_no_head(line):
    """Sentences, items, theorems, formulas and code in other letters stay text."""
    paper = Paper().text(6).set(line).text(6)
    assert paper.heads() == []


def test_a_head_of_two_lines_is_one():
    """Lines set alike that stand close are joined, and their hyphen is undone."""
    paper = Paper().text().set(("2 On the reading of docu-", BOLD, 12.0), above=14)
    paper.set(("ments", BOLD, 12.0)).text()
    assert paper.heads() == ["2 On the reading of documents"]


def test_heads_of_two_levels_that_follow_one_another_stay_two():
    """A number begins a head of its own, though both are set alike."""
    paper = Paper().text().set(("2 Method", BOLD), above=12).set(("2.1 Loss", BOLD), above=4)
    assert paper.text().heads() == ["2 Method", "2.1 Loss"]


@pytest.mark.parametrize(
    ("lead", "rest", "name"),
    [
        (("Related work.", BOLD), " We follow others in", "Related work"),
        (("Related work:", BOLD), " We follow others in", "Related work"),
        (("3.1.1. Setup.", ITALIC), " We follow others in", "3.1.1. Setup"),
        (("Abstract", BOLD), "—We follow others in this", "Abstract"),
    ],
)
def test_a_head_that_runs_into_its_paragraph_is_taken_from_it(lead, rest, name):
    """Its words are the head's, without the sign that leads on, and no longer the paragraph's."""
    paper = Paper().text().set(lead, (rest, ROMAN), above=6).text(indent=0)
    *_, last = paper.sections()
    assert last.heading == name
    assert last.text.startswith("We follow others in")


@pytest.mark.parametrize("lead", ["Theorem 1.", "Proof.", "Lemma 2.3 (Key).", "Case A."])
def test_statements_of_mathematics_are_no_heads(lead):
    """A theorem's name stands out from its paragraph as a head does."""
    paper = Paper().text().set((lead, BOLD), (" We follow others in", ROMAN), above=6).text()
    assert paper.heads() == []


def test_items_of_a_list_that_begin_bold_are_no_heads():
    """The lines under them stand further right."""
    paper = Paper().text()
    for name in ("First.", "Second.", "Third."):
        paper.set((name, BOLD), (" We follow others in", ROMAN), indent=10)
        paper.set((TEXT, ROMAN), indent=25)
    assert paper.heads() == []


def test_steps_of_a_program_are_no_heads():
    """`Require:` is bold and under white, but numbered steps follow."""
    paper = Paper().text().set(("Require:", BOLD), (" a lattice of words", ROMAN), above=8)
    paper.set(("1: take it", ROMAN)).set(("2: give it back", ROMAN)).text()
    assert paper.heads() == []


def test_titles_of_journals_among_references_are_no_heads():
    """They are italic and end in a period."""
    paper = Paper().text().set(("References", BOLD, 12.0), above=14)
    for name in ("Journal of Words.", "Letters on Letters."):
        paper.set(("[1] A. Author. A title that ends here.", ROMAN), above=6)
        paper.set((name, ITALIC), (" 12, 1999, pages 3 and 4", ROMAN), above=4)
    assert paper.heads() == ["References"]


def test_the_outline_names_heads_that_look_like_text():
    """A title that its page prints is a head; one that it does not print is nothing."""
    paper = Paper().text(6).set(("1 Introduction", ROMAN), above=6).text(6)
    assert paper.heads() == []
    outline = [(1, "Introduction", 1), (1, "Figure 7", 1), (1, "Conclusion", 9)]
    assert paper.heads(outline) == ["1 Introduction"]


def test_levels_come_from_numbers_and_then_from_looks():
    """`2.1` stands below `2`; an unnumbered head as high as those that look like it."""
    paper = Paper().text()
    for text, size in (("1 A start", 14.0), ("1.1 A detail", 12.0), ("Thanks", 14.0)):
        paper.set((text, BOLD, size), above=14).text()
    paper.set(("Funding.", BOLD), (" We had none of it", ROMAN), above=6).text(indent=0)
    assert [head.level for head in paper.headings()] == [1, 2, 1, 3]


def kinds(names: Iterable[str]) -> list[str]:
    heads = [Heading(n, 1, name, 1, 1) for n, name in enumerate(names)]
    lines = Paper()
    for name in names:
        lines.set((name, BOLD))
    return [section.kind for section in sections_of(lines.lines, heads, PLAIN)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Abstract", "1 Start", "References"], "abstract body references"),
        (["I. START", "REFERENCES", "A. PROOFS"], "body references appendix"),
        (["1 Start", "Appendix A Proofs", "Thanks", "References"], "body appendix body references"),
        (["Start", "Bibliography", "Checklist"], "body references other"),
        (["1 Start", "参考文献", "附录"], "body references appendix"),
        (["Zusammenfassung", "1. Anfang", "Literatur"], "abstract body references"),
    ],
)
def test_names_and_places_of_heads_tell_the_kind_of_their_sections(names, expected):
    """References go on to the end where no appendix follows; thanks are body."""
    assert kinds(names) == expected.split()


def test_a_paper_without_heads_is_one_section():
    """Its heading is null, and all of its text is there."""
    (section,) = Paper().text().text().sections()
    assert (section.heading, section.kind) == (None, "body")
    assert section.text.count("and a last one.") == 2


def test_text_before_the_first_head_comes_first_without_a_heading():
    """It belongs to nobody else's section."""
    first, second = Paper().text().set(("1 Start", BOLD, 12.0), above=14).text().sections()
    assert (first.heading, second.heading) == (None, "1 Start")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("1 Start", (1,)),
        ("2.3. Start", (2, 3)),
        ("IV. START", (4,)),
        ("B.1 Start", (2, 1)),
        ("Appendix C: Start", (3,)),
        ("§ 2. Start", (2,)),
        ("(b) Start", (2,)),
        ("S2 Start", (2,)),
        ("第十二章 开始", (12,)),
        ("三、开始", (3,)),
    ],
)
def test_numbers_are_read_in_the_ways_papers_write_them(text, path):
    """The number counts, and what follows it is the name."""
    number = numbers_of(text)[0]
    assert number.path == path
    assert text[number.length :] in ("Start", "START", "开始")


@pytest.mark.parametrize("text", ["Start", "2024 was a year", "Figure", "IIII. No", "", "1"])
def test_other_words_are_no_numbers(text):
    """Years, words and wrong numerals count nothing."""
    assert numbers_of(text) == ()


def document(name: str) -> tuple[dict, Document]:
    with pymupdf.open(TYPESET / f"{name}.pdf") as pdf:
        pages = [page_of(pdf[number], number + 1) for number in range(pdf.page_count)]
    return json.loads((TYPESET / f"{name}.json").read_text("utf-8")), compose(pages)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@pytest.mark.parametrize("name", ["ieee-conference", "aps", "springer", "unnumbered", "chinese"])
def test_the_heads_of_typeset_papers_are_found_without_an_outline(name):
    """Roman, lettered, numbered, run-in and Chinese ones: 19 of 20, and as few invented."""
    truth, paper = document(name)
    told = [letters(section.heading) for section in paper.sections if section.heading]
    wanted = [letters(head["text"]) for head in truth["headings"]]
    needed = [letters(head["text"]) for head in truth["headings"] if not head["is_optional"]]
    assert sum(head in told for head in needed) >= 0.95 * len(needed)
    assert sum(head in wanted for head in told) >= 0.95 * len(told)


looks = st.tuples(
    st.text("Aa1. :-—引(éI", max_size=12).map(lambda text: text or "."),
    st.sampled_from([ROMAN, BOLD, ITALIC, SANS, "CMMI10"]),
    st.sampled_from([4.0, 10.0, 10.0, 12.0, 30.0]),
)
rows = st.tuples(
    st.lists(looks, min_size=1, max_size=3), st.sampled_from([-20.0, 0.0, 2.0, 9.0, inf])
)


@settings(deadline=None)
@given(st.lists(rows, max_size=12))
def test_no_lines_can_break_it(lines):
    """Whatever stands there, each line is in one section at most and nothing is raised."""
    paper = Paper()
    for words, above in lines:
        paper.set(*words, above=above)
    sections = paper.sections()
    assert all(section.kind in KINDS for section in sections)
    assert all(head.run_in >= 0 and head.count > 0 for head in paper.headings())


@pytest.mark.parametrize("text", ["1.1", "A. ", "((", "1 ", "I.I.", "abstract ", "第一"])
def test_hostile_lines_take_linear_time(text):
    """Five thousand heads of a thousand letters are looked through within the test's patience."""
    paper = Paper()
    for _ in range(5000):
        paper.set((text * (1000 // len(text)), BOLD), above=12)
    started = time.process_time()
    paper.headings()
    assert time.process_time() - started < 8
