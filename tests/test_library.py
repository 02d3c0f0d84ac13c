"""What the library remembers, through its one door."""

import fcntl
import json
import os
import random
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.errors import DamagedData, PlaceRefused, UserError
from paperlens.library import Library, ReportRecord
from paperlens.models import (
    Checks,
    Cost,
    Decision,
    Known,
    Notice,
    Paper,
    SavedQuery,
    Summary,
)
from tests.test_files import no_file_larger_than
from tests.test_records import papers, summaries

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
BATCH = date(2026, 11, 20)
FEW = settings(max_examples=25, deadline=None)


def a_paper(paper_id: str = "2404.05674", title: str = "MoMA") -> Paper:
    return Paper(paper_id, title, ("Kunpeng Song",), "We present it.", ("cs.CV",), 1)


def a_summary(
    tldr: str = "It draws.", created: datetime = NOW, cost: Cost | None = None
) -> Summary:
    fields = {"tldr": tldr, "takeaways": ("one", "two"), "background": None}
    return Summary(
        "brief", "en", "extractive", "abstract", fields, created, Checks(1.0), cost or Cost()
    )


def a_report(*papers: str, batch: date | None = BATCH) -> ReportRecord:
    return ReportRecord(
        "today", NOW, batch, NOW, 312, "feed", {"diffusion": "cat:cs.CV"}, papers,
        (Notice("feed-only", "The API refused."),),
    )  # fmt: skip


def keep(library: Library, *papers: Paper, queries: tuple[str, ...] = ("diffusion",)) -> None:
    library.remember({paper.id: (paper, queries) for paper in papers})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(home: Path) -> Library:
    return Library(home)


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """As another paperlens would hold it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


# What is remembered


def test_an_empty_library_answers_and_creates_nothing(home: Path) -> None:
    """Asking a library that does not exist yet leaves no trace of the question."""
    library = Library(home)
    assert library.known(["2404.05674"]) == {}
    assert library.summaries({"2404.05674": "key"}) == {}
    assert library.latest_summaries(["2404.05674"]) == {}
    assert library.report(BATCH) is None
    assert library.last_report() is None
    assert library.latest_batch() is None
    assert library.queries() == ()
    assert list(library.ids()) == library.ids_starting("2404") == []
    assert library.spent(BATCH) == 0.0
    assert library.remember({}) == {}
    assert not home.exists()


def test_a_paper_is_known_to_the_next_process(home: Path) -> None:
    """What one paperlens remembers, the next one knows, with the queries that found it."""
    found = {
        "2404.05674": (a_paper(), ("diffusion",)),
        "hep-th/9901001": (a_paper("hep-th/9901001"), ()),
    }
    remembered = Library(home).remember(found)
    assert remembered["2404.05674"] == Known(a_paper(), ("diffusion",))
    assert Library(home).known([*reversed(found), "2404.00001"]) == remembered
    assert list(Library(home).known(reversed(found))) == list(reversed(found))


def test_papers_of_a_month_share_a_file(library: Library, home: Path) -> None:
    """One shard for each month of the arXiv id, and `local` for what is not arXiv's."""
    keep(
        library,
        a_paper("2404.05674"),
        a_paper("2404.00001"),
        a_paper("hep-th/9901001"),
        a_paper("thesis"),
    )
    assert sorted(file.name for file in (home / "papers").iterdir()) == [
        "2404.json", "9901.json", "local.json",
    ]  # fmt: skip


def test_hearing_of_a_paper_again_forgets_nothing(library: Library) -> None:
    """A second description is merged into the first, and the names of queries add up."""
    keep(library, replace(a_paper(), comment="12 pages", updated=NOW), queries=("diffusion",))
    again = library.remember({"2404.05674": (a_paper(), ("avatars", "diffusion"))})["2404.05674"]
    assert again.paper.comment == "12 pages"
    assert again.queries == ("diffusion", "avatars")
    assert library.known(["2404.05674"])["2404.05674"] == again


def test_nothing_new_is_nothing_written(library: Library, home: Path) -> None:
    """Remembering what is known already leaves the file untouched."""
    keep(library, a_paper())
    before = (home / "papers" / "2404.json").stat()
    keep(library, a_paper())
    assert (home / "papers" / "2404.json").stat() == before


@FEW
@given(st.lists(st.tuples(papers, st.lists(st.text(max_size=9), unique=True)), max_size=4))
def test_any_paper_can_be_remembered(found: list[tuple[Paper, list[str]]]) -> None:
    """Whatever a paper says, and whatever its id, it comes back as it was."""
    by_id = {paper.id: (paper, tuple(queries)) for paper, queries in found}
    with tempfile.TemporaryDirectory() as folder:
        Library(Path(folder)).remember(by_id)
        known = Library(Path(folder)).known(by_id)
    assert {key: (one.paper, one.queries) for key, one in known.items()} == by_id


def test_text_that_no_file_can_carry_is_kept_as_far_as_possible(library: Library) -> None:
    """Half surrogate pairs and control characters do not keep a paper out of the library."""
    keep(library, a_paper('odd \ud800\n"id": {', title="a\ud800b\x00\u2028"))
    (known,) = library.known(['odd \ud800\n"id": {']).values()
    assert known.paper.title == "a\ufffdb\x00\u2028"


# Ids


def test_ids_come_newest_first(library: Library) -> None:
    """By the calendar, over the turns of the century and of the numbering; others at the end."""
    ids = ["2404.05674", "2404.00001", "0704.0001", "hep-th/0101001", "hep-th/9912001", "thesis"]
    keep(library, *map(a_paper, random.Random(1).sample(ids, len(ids))))
    assert list(library.ids()) == ids


def test_ids_can_be_completed(library: Library) -> None:
    """The beginning of an id finds the ids that start so, at most as many as are wanted."""
    keep(library, *map(a_paper, ["2404.05674", "2404.05675", "2405.00001", "hep-th/9901001"]))
    assert library.ids_starting("2404.0567") == ["2404.05675", "2404.05674"]
    assert library.ids_starting("24", limit=2) == ["2405.00001", "2404.05675"]
    assert library.ids_starting("hep-") == ["hep-th/9901001"]
    assert library.ids_starting("hep-th/9901") == ["hep-th/9901001"]
    assert library.ids_starting("1") == []
    assert len(library.ids_starting("")) == 4


# Summaries


def test_a_summary_is_found_under_its_key_alone(library: Library) -> None:
    """A summary of another text, model or template is another summary."""
    library.keep_summary("2404.05674", "brief-1", a_summary())
    library.keep_summary("2404.05674", "deep-1", a_summary("It draws well."))
    assert library.summaries({"2404.05674": "brief-1"}) == {"2404.05674": a_summary()}
    assert library.summaries({"2404.05674": "brief-2"}) == {}
    wanted = {"2404.05674": "deep-1", "2404.00001": "deep-1"}
    assert library.summaries(wanted) == {"2404.05674": a_summary("It draws well.")}


def test_the_latest_summary_is_the_newest(library: Library) -> None:
    """`show` tells the newest summary; of two of the same second, the one kept last."""
    library.keep_summary("2404.05674", "new", a_summary("new"))
    library.keep_summary("2404.05674", "old", a_summary("old", NOW.replace(year=2025)))
    assert library.latest_summaries(["2404.05674"]) == {"2404.05674": a_summary("new")}
    library.keep_summary("2404.05674", "same", a_summary("same"))
    assert library.latest_summaries(["2404.00001", "2404.05674"]) == {
        "2404.05674": a_summary("same")
    }


@FEW
@given(summaries, st.text(max_size=20))
def test_any_summary_can_be_kept(summary: Summary, key: str) -> None:
    """Whatever a model wrote comes back as it was."""
    with tempfile.TemporaryDirectory() as folder:
        Library(Path(folder)).keep_summary("2404.05674", key, summary)
        assert Library(Path(folder)).summaries({"2404.05674": key}) == {"2404.05674": summary}


def test_money_is_counted_by_day(library: Library) -> None:
    """What models took is added up for the day it was spent; an unknown price counts as nothing."""
    for usd in (0.25, 0.5, None):
        library.spend(NOW.date(), "openai/x", Cost(usd, 100, 10))
    library.spend(NOW.date(), "openai/y", Cost(0.25, 100, 10))
    library.keep_summary("2404.05674", "0", a_summary(cost=Cost(0.25, 100, 10)))
    assert library.spent(NOW.date()) == 1.0
    assert library.spent(BATCH) == 0.0


def test_summaries_may_arrive_in_many_threads(library: Library) -> None:
    """Requests in flight at once each store their answer, and none is lost."""
    ids = [f"2404.{number:05}" for number in range(12)]
    threads = [
        threading.Thread(target=library.keep_summary, args=(one, "key", a_summary(one)))
        for one in ids
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.summaries(dict.fromkeys(ids, "key")) == {one: a_summary(one) for one in ids}


# The ledger


def test_a_report_can_be_shown_again(home: Path) -> None:
    """The ledger gives back the report of a batch as it was recorded."""
    Library(home).record(a_report("2404.05674", "2404.00001"))
    for record in (
        Library(home).report(BATCH),
        Library(home).last_report(),
        Library(home).latest_batch(),
    ):
        assert record == a_report("2404.05674", "2404.00001")


def test_papers_are_reported_once(library: Library) -> None:
    """The first report of a paper is the one that counts, whatever reports come after."""
    keep(library, a_paper("2404.05674"), a_paper("2404.00001"), a_paper("2404.00002"))
    library.record(a_report("2404.05674", batch=date(2024, 4, 9)))
    library.record(a_report("2404.05674", "2404.00001", "1901.00001"))
    reported = {key: known.reported for key, known in library.known(library.ids()).items()}
    assert reported == {"2404.05674": date(2024, 4, 9), "2404.00001": BATCH, "2404.00002": None}


def test_a_batch_has_one_record(library: Library) -> None:
    """Reports of one batch add up to one record, which keeps what arXiv last told."""
    other_day = a_report("2404.05674", batch=date(2026, 11, 19))
    library.record(other_day)
    heard = replace(a_report("2404.05674"), queries={"one": "cat:cs.CV"})
    library.record(heard)
    again = replace(a_report("2404.00001"), queries={"two": "cat:cs.CL"}, asked=None, seen=None)
    library.record(again)
    joined = library.report(BATCH)
    assert joined is not None
    assert joined.papers == ("2404.00001", "2404.05674")
    assert joined.queries == {"one": "cat:cs.CV", "two": "cat:cs.CL"}
    assert (joined.asked, joined.seen, joined.notices) == (heard.asked, heard.seen, heard.notices)
    assert library.last_report() == again
    assert library.report(date(2026, 11, 19)) == other_day


def test_a_one_off_is_the_last_report_and_no_batch(library: Library) -> None:
    """Numbers speak of what was last on the screen; a one-off leaves no paper reported."""
    keep(library, a_paper())
    library.record(a_report("2404.00001"))
    library.record(a_report("2404.05674", batch=None))
    assert library.last_report() == a_report("2404.05674", batch=None)
    assert library.latest_batch() == a_report("2404.00001")
    assert library.known(["2404.05674"])["2404.05674"].reported is None


def test_the_latest_batch_is_by_day_not_by_hour_of_asking(library: Library) -> None:
    """Looking at an old day again does not make it the latest batch."""
    library.record(a_report("2404.05674"))
    library.record(a_report("2404.00001", batch=date(2025, 12, 31)))
    assert library.latest_batch() == a_report("2404.05674")
    assert library.last_report() == a_report("2404.00001", batch=date(2025, 12, 31))


def test_a_batch_dated_in_the_far_future_does_not_last(library: Library) -> None:
    """A feed that was wrong about its day is forgotten with the next true batch."""
    library.record(a_report("2404.05674", batch=date(2036, 11, 20)))
    library.record(a_report("2404.00001"))
    assert library.latest_batch() == a_report("2404.00001")


# Saved queries


def test_queries_keep_the_order_in_which_they_were_added(home: Path) -> None:
    """Editing and renaming leave a query where it is."""
    library = Library(home)
    for name in ("zebra", "diffusion", "avatars"):
        library.add_query(SavedQuery(name, f"all:{name}", 2.0, ("t",)))
    library.replace_query("diffusion", SavedQuery("diffusion", "ti:diffusion"))
    library.replace_query("zebra", SavedQuery("扩散.v-2_x", "all:zebra"))
    library.remove_query("avatars")
    library.add_query(SavedQuery("avatars", "all:avatars"))
    assert [query.name for query in Library(home).queries()] == [
        "扩散.v-2_x",
        "diffusion",
        "avatars",
    ]
    assert Library(home).queries()[1] == SavedQuery("diffusion", "ti:diffusion")


def test_query_names_are_unique_and_known(library: Library) -> None:
    """A name that is taken or unknown is refused, with the nearest name."""
    library.add_query(SavedQuery("diffusion", "all:diffusion"))
    library.add_query(SavedQuery("avatars", "all:avatars"))
    with pytest.raises(UserError, match='there is a query "diffusion" already'):
        library.add_query(SavedQuery("diffusion", "all:other"))
    with pytest.raises(UserError, match='there is a query "avatars" already'):
        library.replace_query("diffusion", SavedQuery("avatars", "all:other"))
    for call in (
        lambda: library.remove_query("difusion"),
        lambda: library.replace_query("difusion", SavedQuery("x", "y")),
    ):
        with pytest.raises(UserError, match='there is no query "difusion"') as refusal:
            call()
        assert refusal.value.hint == "did you mean diffusion?"
    assert [query.expr for query in library.queries()] == ["all:diffusion", "all:avatars"]


@pytest.mark.parametrize("name", ["", "a b", "12", "x" * 41, "a/b", "-n", "a\n", "é\ud800"])
def test_a_query_name_is_one_word(library: Library, home: Path, name: str) -> None:
    """What could be taken for an option, a number of a paper or several words names no query."""
    with pytest.raises(UserError, match="cannot name a query"):
        library.add_query(SavedQuery(name, "all:x"))
    assert not home.exists()


# Damage


TWO = ("2404.00000", "2404.00001")
DAYS = (date(2026, 11, 19), BATCH)


def ways_back(library: Library) -> int:
    """How many commands can be undone."""
    for number in range(10):
        try:
            library.undo()
        except UserError:
            return number
    raise AssertionError("undoing has no end")


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("papers/2404", lambda library: len(library.known(TWO))),
        ("decisions/2404", lambda library: len(library.tags())),
        ("summaries/2404", lambda library: len(library.latest_summaries(TWO))),
        ("ledger/2026-11", lambda library: sum(library.report(day) is not None for day in DAYS)),
        ("undo", ways_back),
    ],
)
def test_a_file_cut_anywhere_is_mended_without_silence(
    tmp_path: Path, name: str, held: Callable[[Library], int]
) -> None:
    """Cut at every byte of its JSON: whole entries are saved, a loss is told once, and where."""
    home = tmp_path / "data"
    library = Library(home)
    keep(library, *(Paper(one, "t", (), "", ()) for one in TWO))
    for one, tag in zip(TWO, "ab", strict=True):
        library.decide([one], lambda _, tag=tag: Decision(tags=(tag,)))  # type: ignore[misc]
        library.keep_summary(one, "key", Summary("", "", "", "", {}, NOW))
    for day in DAYS:
        library.record(ReportRecord("", NOW, day))
    file = home / f"{name}.json"
    whole, aside = file.read_bytes(), file.with_name(f"{file.name}.damaged-1")
    others = {one: one.read_bytes() for one in home.rglob("*.json") if one != file}
    ends = [end - 1 for end in line_ends(whole)[1:3]]
    ends[0] -= 1
    for cut in range(len(whole.rstrip())):
        file.write_bytes(whole[:cut])
        saved = sum(end <= cut for end in ends)
        heard: list[str] = []
        library = Library(home, tell=heard.append)
        if saved == len(ends):
            assert held(library) == saved
            assert len(heard) == 1
        else:
            with pytest.raises(DamagedData, match=f"{saved} entries were saved") as told:
                held(library)
            assert str(file) in told.value.sentence
            assert aside.name in told.value.sentence
            assert held(library) == saved
        assert aside.read_bytes() == whole[:cut]
        aside.unlink()
        assert not list(home.rglob("*.damaged-*"))
        for other, data in others.items():
            if other.read_bytes() != data:
                other.write_bytes(data)


def line_ends(data: bytes) -> list[int]:
    """Where each line ends, its newline included."""
    return [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]


@pytest.mark.parametrize(
    "vandal",
    [
        lambda data: data.replace(b"2404.00001\", \"", b"2404.00001\", \xff\""),
        lambda data: data.replace(b'"title": "second"', b'"title": 7'),
        lambda data: json.dumps(json.loads(data) , indent=2).replace('"second"', "null").encode(),
    ],
    ids=["bytes that are no text", "a field of the wrong type", "formatted and edited by hand"],
)  # fmt: skip
def test_one_bad_paper_costs_only_itself(
    library: Library, home: Path, vandal: Callable[[bytes], bytes]
) -> None:
    """Damage inside a file is met when the paper is; all others are saved."""
    keep(library, a_paper("2404.00000"), a_paper("2404.00001", "second"), a_paper("2404.00002"))
    file = home / "papers" / "2404.json"
    file.write_bytes(vandal(file.read_bytes()))
    with pytest.raises(DamagedData, match="2 entries were saved, 1 lost"):
        library.known(["2404.00000", "2404.00001", "2404.00002"])
    assert list(library.known(library.ids())) == ["2404.00002", "2404.00000"]
    keep(library, a_paper("2404.00001", "second"))
    assert len(library.known(library.ids())) == 3


def test_damaged_files_never_replace_each_other(library: Library, home: Path) -> None:
    """A second damage is set aside under a second name."""
    for garbage in (b"", b"\x00" * 20, b"[" * 100_000, b'{"schema": 1, "documents": []}'):
        keep(library, a_paper())
        (home / "papers" / "2404.json").write_bytes(garbage)
        with pytest.raises(DamagedData, match="0 entries were saved"):
            keep(library, a_paper())
    kept = {file.read_bytes()[:9] for file in (home / "papers").glob("*.damaged-*")}
    assert kept == {b"", b"\x00" * 9, b"[" * 9, b'{"schema"'}


def test_a_library_that_does_not_mend_leaves_damage_alone(home: Path) -> None:
    """It refuses a damaged file and touches nothing, so that the next one can tell the loss."""
    keep(Library(home), a_paper())
    (home / "papers" / "2404.json").write_bytes(b"garbage")
    before = {file: file.read_bytes() for file in home.rglob("*.json*")}
    with pytest.raises(DamagedData, match="is damaged"):
        Library(home, mends=False).known(["2404.05674"])
    assert {file: file.read_bytes() for file in home.rglob("*.json*")} == before
    with pytest.raises(DamagedData, match="0 entries were saved"):
        Library(home).known(["2404.05674"])


def test_damage_to_one_month_leaves_the_others_usable(library: Library, home: Path) -> None:
    """Who does not need the damaged file does not hear of it."""
    keep(library, a_paper("2404.00000"), a_paper("2405.00000"))
    (home / "papers" / "2404.json").write_bytes(b"garbage")
    assert list(library.known(["2405.00000"])) == ["2405.00000"]


def test_a_file_formatted_by_another_program_is_read(library: Library, home: Path) -> None:
    """Any JSON writer may have touched a file; what counts is what it says."""
    keep(library, a_paper("2404.00000"), a_paper("2404.00001"))
    file = home / "papers" / "2404.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()), indent=4))
    assert list(library.known(library.ids())) == ["2404.00001", "2404.00000"]
    keep(library, a_paper("2404.00002"))
    assert len(list(library.ids())) == 3


@pytest.mark.parametrize("cut", [0, 10])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_newer_schema_is_refused_untouched(
    library: Library, home: Path, cut: int, indent: int | None
) -> None:
    """What a later paperlens wrote is neither read wrongly nor overwritten, whole or not."""
    keep(library, a_paper())
    file = home / "papers" / "2404.json"
    newer = file.read_bytes().replace(b'"schema": 2', b'"schema": 3')
    if indent:
        newer, cut = json.dumps(json.loads(newer), indent=indent).encode(), 0
    newer = newer[: len(newer) - cut]
    file.write_bytes(newer)
    for call in (lambda: library.known(["2404.05674"]), lambda: keep(library, a_paper())):
        with pytest.raises(
            UserError, match=r"2404\.json was written by a later paperlens \(schema 3"
        ):
            call()
    assert file.read_bytes() == newer
    assert [one.name for one in file.parent.iterdir()] == ["2404.json"]


def test_a_draft_left_by_a_killed_process_is_no_paper(library: Library, home: Path) -> None:
    """Killed in the middle of writing, a process leaves the old file, and a draft nobody reads."""
    keep(library, a_paper())
    (home / "papers" / ".2404.json.1-1.draft").write_bytes(b'{"schema": 1, "cou')
    assert list(library.ids()) == ["2404.05674"]
    keep(library, a_paper("2404.00001"))
    assert len(list(library.ids())) == 2


# Places, locks, processes


def test_the_library_is_private_and_honours_the_umask(home: Path) -> None:
    """Notes are nobody else's business: the folder is the user's alone; files follow the umask."""
    before = os.umask(0o027)
    try:
        keep(Library(home), a_paper())
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "papers" / "2404.json").stat().st_mode) == 0o640


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the folder is named; nothing is created."""
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(PlaceRefused, match=f"{tmp_path / 'data'} is not a folder"):
        Library(tmp_path / "data").queries()
    with pytest.raises(PlaceRefused, match=f"{tmp_path / 'data'} is not a folder"):
        list(Library(tmp_path / "data").ids())
    with pytest.raises(PlaceRefused, match=f"{tmp_path / 'data'} cannot be written"):
        Library(tmp_path / "data").add_query(SavedQuery("diffusion", "cat:cs.CV"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "papers").write_text("not a folder")
    with pytest.raises(PlaceRefused, match=f"{tmp_path / 'home' / 'papers'} is not a folder"):
        keep(Library(tmp_path / "home"), a_paper())


def test_a_write_that_fails_leaves_the_library_as_it_was(library: Library, home: Path) -> None:
    """Where there is no room for the new file, the old one stays whole, and the file is named."""
    keep(library, a_paper())
    with (
        no_file_larger_than(20),
        pytest.raises(PlaceRefused, match=f"{home / 'papers' / '2404.json'} cannot be written"),
    ):
        keep(library, a_paper("2404.00001"))
    assert list(library.known(library.ids())) == ["2404.05674"]
    assert [file.name for file in (home / "papers").iterdir()] == ["2404.json"]


def test_a_held_lock_is_named_and_does_not_hinder_reading(home: Path) -> None:
    """Somebody else writing for long: reading goes on, writing gives up with a clear sentence."""
    library = Library(home, patience=0.05)
    keep(library, a_paper())
    with held(home / "library.lock"):
        assert list(library.known(["2404.05674"])) == ["2404.05674"]
        with pytest.raises(PlaceRefused, match="another paperlens is running") as refusal:
            keep(library, a_paper("2404.00001"))
    assert str(home / "library.lock") in refusal.value.sentence
    keep(library, a_paper("2404.00001"))
    assert len(list(library.ids())) == 2


def test_looking_at_the_room_does_not_import_the_database() -> None:
    """TinyDB is imported by the first question."""
    script = (
        "import sys, pathlib, paperlens.library as room\n"
        "library = room.Library(pathlib.Path('nowhere'))\n"
        "assert 'tinydb' not in sys.modules\n"
        "library.known(['2404.05674'])\n"
        "assert 'tinydb' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
