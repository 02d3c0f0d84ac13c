"""Decisions and the way back, through the library's door."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.errors import UserError
from paperlens.library import Library
from paperlens.models import Decision, Mark, Paper
from tests.test_files import no_file_larger_than

ONE, TWO, OLD = "2404.05674", "2404.05675", "hep-th/9901001"
STAR = Decision(Mark.STAR, ("to-cite",), "like YaART")
NOTHING = Decision()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(home: Path) -> Library:
    library = Library(home)
    library.remember({one: (Paper(one, "MoMA", (), "", ()), ()) for one in (ONE, TWO, OLD)})
    return library


def to(decision: Decision) -> Callable[[Decision], Decision]:
    return lambda _before: decision


def starred(decision: Decision) -> Decision:
    return replace(decision, mark=Mark.STAR)


def tagged(tag: str) -> Callable[[Decision], Decision]:
    return lambda before: replace(before, tags=(*before.tags, tag))


def decided(library: Library) -> dict[str, Decision]:
    return {one: known.decision for one, known in library.known(library.ids()).items()}


def content(home: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}


def test_a_decision_belongs_to_the_paper(library: Library) -> None:
    """A mark stays when a new version or another query brings the paper again."""
    assert library.decide([ONE], to(STAR))[ONE].decision == STAR
    revised = Paper(ONE, "MoMA, revised", (), "", (), version=2)
    library.remember({ONE: (revised, ("avatars",))})
    known = library.known([ONE])[ONE]
    assert (known.decision, known.paper.version) == (STAR, 2)
    library.decide([ONE], to(NOTHING))
    assert library.known([ONE])[ONE].decision == NOTHING


def test_several_papers_are_decided_on_at_once(library: Library) -> None:
    """Each changes from what it was; they come back in the order asked, each once."""
    library.decide([ONE], tagged("a"))
    known = library.decide([OLD, ONE, OLD], starred)
    assert list(known) == [OLD, ONE]
    assert known == library.known([OLD, ONE])
    assert decided(library) == {
        ONE: Decision(Mark.STAR, ("a",)),
        OLD: Decision(Mark.STAR),
        TWO: NOTHING,
    }


def test_with_an_unknown_paper_nothing_is_decided(library: Library, home: Path) -> None:
    """Every unknown id is named with the nearest ones, and no file changes."""
    before = content(home)
    with pytest.raises(UserError) as refusal:
        library.decide([ONE, "2404.05647", "9901.00001"], starred)
    first, second = refusal.value.sentence.splitlines()
    assert first.startswith('"2404.05647" is not a paper that paperlens knows; did you mean 2404')
    assert ONE in first
    assert second.startswith('"9901.00001" is not a paper')
    assert content(home) == before


def test_of_many_unknown_papers_some_are_named(library: Library) -> None:
    """A list of the wrong ids ends in a message that can be read, and soon."""
    with pytest.raises(UserError, match="4,990 more are not known either") as refusal:
        library.decide([f"2405.{number:05}" for number in range(5000)], starred)
    assert len(refusal.value.sentence.splitlines()) == 11


def test_undo_goes_back_command_by_command(library: Library, home: Path) -> None:
    """Each undo takes one command back as a whole, also for another process, down to the first."""
    library.decide([ONE, OLD], to(STAR))
    library.decide([ONE, TWO], tagged("later"))
    undone = Library(home).undo()
    assert list(undone.restored) == [ONE, TWO]
    assert undone.left == ()
    assert decided(library) == {ONE: STAR, OLD: STAR, TWO: NOTHING}
    assert undone.restored == library.known([ONE, TWO])
    assert list(library.undo().restored) == [ONE, OLD]
    assert set(decided(library).values()) == {NOTHING}
    with pytest.raises(UserError, match="there is no mark to undo"):
        library.undo()


def test_what_changes_nothing_is_not_undone(library: Library, home: Path) -> None:
    """Deciding what is decided already writes nothing, and undo takes back the one before."""
    library.decide([ONE], starred)
    before = content(home)
    library.decide([ONE], starred)
    assert content(home) == before
    library.undo()
    assert decided(library)[ONE] == NOTHING


def test_undo_leaves_alone_what_was_decided_elsewhere(library: Library, home: Path) -> None:
    """A paper that is no longer as the command left it stays so and is named."""
    library.decide([ONE, TWO], starred)
    file = home / "decisions" / "2404.json"
    file.write_bytes(file.read_bytes().replace(b'"star"', b'"skip"', 1))
    undone = library.undo()
    assert (list(undone.restored), undone.left) == ([TWO], (ONE,))
    assert decided(library) == {ONE: Decision(Mark.SKIP), TWO: NOTHING, OLD: NOTHING}


@pytest.mark.parametrize("files", [("undo",), ("undo", "decisions/2404"), ("decisions/9901",)])
def test_a_command_killed_between_its_files_can_be_undone(
    library: Library, home: Path, files: tuple[str, ...]
) -> None:
    """Whichever files a kill left new, undoing finds the way back to what was before."""
    library.decide([TWO], starred)
    before = content(home)
    library.decide([ONE, OLD], to(STAR))
    after = content(home)
    for file in set(before) | set(after):
        is_new = file.relative_to(home).with_suffix("").as_posix() in (*files, "undo")
        file.write_bytes(after[file]) if is_new else _put_back(file, before)
    assert library.undo().left == ()
    assert decided(library) == {ONE: NOTHING, OLD: NOTHING, TWO: Decision(Mark.STAR)}


def test_undoing_that_was_killed_is_finished_by_the_next(library: Library, home: Path) -> None:
    """Killed after some papers are restored, undo takes back the same command again."""
    library.decide([TWO], starred)
    library.decide([ONE], to(STAR))
    stack = (home / "undo.json").read_bytes()
    library.undo()
    (home / "undo.json").write_bytes(stack)
    assert list(library.undo().restored) == [ONE]
    assert decided(library)[TWO] == Decision(Mark.STAR)


def test_the_last_hundred_commands_can_be_undone(library: Library) -> None:
    """Older ones are forgotten, so that the file stays small."""
    for number in range(105):
        library.decide([ONE], to(Decision(note=str(number))))
    for number in reversed(range(4, 104)):
        assert library.undo().restored[ONE].decision.note == str(number)
    with pytest.raises(UserError):
        library.undo()


def test_long_notes_do_not_make_undoing_slow(library: Library, home: Path) -> None:
    """Of commands that changed very much fewer are kept; the last one always is."""
    for letter in "abc":
        library.decide([ONE], to(Decision(note=letter * 900_000)))
    assert (home / "undo.json").stat().st_size < 6_000_000
    library.decide([ONE], to(NOTHING))
    assert library.undo().restored[ONE].decision.note == "c" * 900_000


@settings(max_examples=25, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3, unique=True))
def test_any_note_and_tag_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory, note: str, tags: list[str]
) -> None:
    """What no file can carry is stored as far as possible, and is not taken for a later change."""
    library = Library(tmp_path_factory.mktemp("home"))
    library.remember({ONE: (Paper(ONE, "MoMA", (), "", ()), ())})
    odd = Decision(Mark.READ, (*tags, "\ud800"), f"{note}\udfff")
    known = library.decide([ONE], to(odd))
    assert known == library.known([ONE])
    assert library.undo().left == ()


def test_tags_in_use_are_told_the_most_used_first(library: Library) -> None:
    """They are what the shell completes."""
    library.decide([ONE], to(Decision(tags=("zebra", "ant"))))
    library.decide([OLD], to(Decision(tags=("zebra", "bee"))))
    assert library.tags() == ["zebra", "ant", "bee"]


@pytest.mark.parametrize("change", [tagged("x" * 200), to(NOTHING)])
def test_where_the_disk_is_full_all_files_stay_as_they_were(
    library: Library, home: Path, change: Callable[[Decision], Decision]
) -> None:
    """Whichever file has no room, none of them changes, not even the way back."""
    library.decide([ONE, OLD], to(STAR))
    before = content(home)
    refused = 0
    for size in range(0, 2000, 20):
        try:
            with no_file_larger_than(size):
                library.decide([ONE, OLD], change)
        except UserError as refusal:
            assert "cannot be written" in refusal.sentence
            assert content(home) == before
            refused += 1
        else:
            library.undo()
            assert content(home) == before
    assert refused > 10


def _put_back(file: Path, before: dict[Path, bytes]) -> None:
    if file in before:
        file.write_bytes(before[file])
    else:
        file.unlink()
