"""What lies on the table: which papers, in which order, and where the reader is."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.errors import UserError
from paperlens.holdings import ReportRecord
from paperlens.library import Library
from paperlens.models import Decision, Known, Mark, Paper
from paperlens.triage.bookmark import Bookmark
from paperlens.triage.changes import noted, tagged
from paperlens.triage.choice import undecided
from paperlens.triage.deck import Deck
from paperlens.triage.hands import Hands


def paper(number: int, title: str = "", **more: object) -> Paper:
    known = {"authors": ("Ada Lovelace",), "abstract": "An abstract.", "categories": ("cs.CV",)}
    return replace(Paper(f"2611.{number:05}", title or f"Paper {number}", **known), **more)  # type: ignore[arg-type]


def deck(count: int, **marks: str) -> Deck:
    """Papers 0, 1, 2 …; `p2="star"` is the decision about one."""
    decided = {int(name[1:]): Decision(Mark(mark)) for name, mark in marks.items()}
    return Deck.of([Known(paper(n), decision=decided.get(n, Decision())) for n in range(count)])


def at(one: Deck) -> int:
    return int((one.current or "").partition(".")[2])


def test_after_a_decision_comes_the_next_paper_that_waits() -> None:
    """Those that are decided about are passed over, and behind the last the first comes."""
    assert at(deck(4, p1="skip").passed()) == 2
    assert at(deck(4).at_place(3).passed()) == 0
    alone = deck(3, p0="star", p2="read").at_place(1).passed()
    assert (at(alone), alone.left) == (1, 0)


def test_a_decision_shows_when_it_is_written() -> None:
    """Until then the paper counts as passed, but bears no mark; one that failed waits again."""
    before = deck(3)
    passed = before.passed()
    assert passed.papers[0].decision.mark is Mark.NEW
    assert passed.left == 2
    written = passed.written(replace(before.papers[0], decision=Decision(Mark.STAR)))
    assert written.papers[0].decision.mark is Mark.STAR
    assert (written.left, at(written)) == (2, 1)
    assert passed.unwritten(before.papers[0].paper.id).left == 3


def test_nothing_moves_under_the_fingers() -> None:
    """More papers come at the end, each once; the reader and all others keep their places."""
    some = deck(3).moved(1)
    more = some.with_more([Known(paper(2)), Known(paper(7))])
    assert [known.paper.id[-1] for known in more.papers] == ["0", "1", "2", "7"]
    assert at(more) == 1


def test_another_order_begins_with_the_first() -> None:
    """Asked for, it puts what waits first, in that order; what is decided follows as it stood."""
    before = deck(4, p0="star", p2="skip")
    ids = [known.paper.id for known in before.papers]
    after = before.moved(1).reordered([ids[3], ids[1], ids[0], ids[2]])
    assert [known.paper.id for known in after.papers] == [ids[3], ids[1], ids[0], ids[2]]
    assert at(after) == 3


def test_seeking_finds_words_however_they_are_written() -> None:
    """Beginnings of words in title, authors, abstract, id or tags, without accents or case."""
    papers = [
        Known(paper(1, "Schrödinger bridges")),
        Known(paper(2, "Other", authors=("Łukasz Kaiser",))),
        Known(paper(3), decision=Decision(tags=("to cite",))),
    ]
    table = Deck.of(papers)
    for text, found in (("schrod", 1), ("LUKASZ kai", 2), ("cite", 3), ("2611.00002", 2)):
        assert [known.paper.id[-1] for known in table.seeking(text).shown] == [str(found)]
    assert table.seeking("nowhere").known is None
    assert table.seeking("nowhere").passed().seeking("").known is not None


@given(st.integers(0, 6), st.lists(st.sampled_from("jkGg/cs+"), max_size=40))
def test_there_is_always_a_current_paper(count: int, keys: list[str]) -> None:
    """Whatever is pressed, the reader is at a paper that is shown, if any is."""
    table = deck(count)
    for key in keys:
        known = table.known
        table = {
            "j": lambda: table.moved(1),  # noqa: B023 - called at once
            "k": lambda: table.moved(-1),  # noqa: B023
            "G": lambda: table.moved(1000),  # noqa: B023
            "g": lambda: table.moved(-1000),  # noqa: B023
            "/": lambda: table.seeking("paper 3"),  # noqa: B023
            "c": lambda: table.seeking(""),  # noqa: B023
            "s": table.passed,
            "+": lambda: table.with_more([Known(paper(50))]),  # noqa: B023
        }[key]()
        if known and key == "s":
            table = table.written(replace(known, decision=Decision(Mark.STAR)))
        assert bool(table.shown) == (table.known is not None)
        assert 0 <= table.place < max(len(table.shown), 1)


@pytest.mark.parametrize(
    ("typed", "tags"),
    [("b, #c", ("a", "b", "c")), ("-a", ()), (" , ", ("a",)), ("a, -a", ()), ("x y", ("a", "x y"))],
)
def test_typed_tags(typed: str, tags: tuple[str, ...]) -> None:
    """Commas part them, a minus takes one away, a hash is not part of one."""
    assert tagged(typed)(Decision(tags=("a",))).tags == tags


def test_an_empty_note_is_none() -> None:
    """What is typed takes the place of the note before."""
    assert noted(" mine ")(Decision(note="old")).note == "mine"
    assert noted("  ")(Decision(note="old")).note is None


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def report(library: Library, day: date, *papers: Paper, query: str = "mine") -> None:
    library.remember({one.id: (one, (query,)) for one in papers})
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    library.record(ReportRecord("today", made, day, made, papers=tuple(one.id for one in papers)))


def ids(library: Library, *names: str, everything: bool = False) -> list[int]:
    some = undecided(library, names, everything)
    return [int(known.paper.id.partition(".")[2]) for bit in some for known in bit]


def test_what_waits_is_what_the_last_reports_showed(library: Library) -> None:
    """The latest report first, each in its order; not what is decided, nor what is long ago."""
    today = date(2026, 11, 20)
    report(library, today - timedelta(days=30), paper(9))
    report(library, today - timedelta(days=3), paper(5), paper(3), query="other")
    report(library, today, paper(8), paper(7), paper(6))
    library.decide([paper(7).id], lambda decision: replace(decision, mark=Mark.SKIP))
    library.decide([paper(6).id], lambda decision: replace(decision, tags=("x",)))
    assert ids(library) == [8, 6, 5, 3]
    assert ids(library, "other") == [5, 3]
    assert ids(library, "other", "mine", everything=True) == [9, 8, 6, 5, 3]
    assert ids(library, "nobody") == []


def test_without_a_report_the_library_waits(library: Library) -> None:
    """What was imported or named is there as well, the newest first."""
    library.remember({one.id: (one, ()) for one in map(paper, range(3))})
    assert ids(library) == [2, 1, 0]


def test_the_first_papers_come_before_the_others_are_read(library: Library) -> None:
    """A large report is read bit by bit, and nothing of it twice."""
    report(library, date(2026, 11, 20), *map(paper, range(1000)))
    bits = list(undecided(library))
    assert len(bits[0]) <= 50
    assert [known.paper.id for bit in bits for known in bit] == [paper(n).id for n in range(1000)]


def test_a_bookmark_is_of_one_deck(tmp_path: Path) -> None:
    """The place is kept for these queries and this report, and a damaged file is no place."""
    mark = Bookmark(tmp_path / "cache" / "triage.json", "2026-11-20")
    assert mark.paper() is None
    mark.keep("2611.00001")
    assert mark.paper() == "2611.00001"
    assert replace(mark, deck="2026-11-21").paper() is None
    mark.file.write_text("[1")
    assert mark.paper() is None


def test_a_decision_that_could_not_be_written_is_not_forgotten() -> None:
    """Where triage ends before a decision is written, and it cannot be, that is left to be told."""
    trouble, hands, may_go = UserError("another paperlens is writing"), Hands(), Event()

    def refuse() -> Known:
        may_go.wait()
        raise trouble

    async def leave() -> None:
        hands.write(refuse).cancel()

    asyncio.run(leave())
    may_go.set()
    hands.finish()
    assert hands.untold == [trouble]
