"""Nothing decided is ever lost: kills, many writers, full disks, and any sequence of operations."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from paperlens.errors import PlaceRefused, UserError
from paperlens.library import Library, ReportRecord
from paperlens.models import Decision, Known, Mark, Paper, Summary
from tests.conftest import Shell
from tests.test_files import no_file_larger_than
from tests.test_records import decisions, papers, summaries

IDS = ["2404.00001", "2404.00002", "2405.00001", "hep-th/9901001", "local:thesis"]
KILLS = 200


@pytest.fixture
def home(paperlens: Shell) -> Path:
    """The data of a library with a few papers of several months."""
    home = Path(paperlens.environ["PAPERLENS_HOME"]) / "data"
    Library(home).remember({one: (Paper(one, "MoMA", (), "", ()), ()) for one in IDS})
    return home


def content(home: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}


# Kills

# A process imports everything once, then forks a child for each kill. A child runs the real command
# line again and again until it dies; what it acknowledged comes through a pipe. The first kills are
# timed by the commands that went before, so that they hit all moments of one.
KILLER = """
import itertools, json, os, random, select, signal, sys, time
from dataclasses import replace
from pathlib import Path
from paperlens.cli.boundary import run
from paperlens.context import context
from paperlens.library import Library

home, ids, kills = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
chance = random.Random(4)

def command(turn, number):
    "Each changes one or two papers, which may lie in two files."
    first = number % len(ids)
    return [ids[first], ids[(first + 2) % len(ids)]][: 1 + number % 2], f"{turn}.{number}"

def mark(turn, number):
    papers, note = command(turn, number)
    sys.argv = ["paperlens", "mark", *papers, "--star", "--note", note]
    context.cache_clear()
    return run()

def marking(turn, pipe):
    os.dup2(pipe, 1)
    for number in itertools.count():
        if mark(turn, number):
            os._exit(1)

def killed(turn, patience):
    "What a child acknowledged until it was killed."
    inner, outer = os.pipe()
    child = os.fork()
    if not child:
        marking(turn, outer)
    os.close(outer)
    end, told = time.monotonic() + chance.uniform(0, patience), b""
    while (left := end - time.monotonic()) > 0:
        if select.select([inner], [], [], left)[0]:
            told += os.read(inner, 65536)
    os.kill(child, signal.SIGKILL)
    while more := os.read(inner, 65536):
        told += more
    os.close(inner)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    return told.decode()

def notes():
    return {one: known.decision.note for one, known in Library(home).known(ids).items()}

def seconds(times):
    "How long a command takes."
    start = time.monotonic()
    for number in range(times):
        mark("warm", number)
    return (time.monotonic() - start) / times

told = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody hears of these
seconds(1)
patience = min(4 * seconds(4), 0.06)
os.dup2(told, 1)
for turn in range(kills):
    history = [notes()]
    Library(home).decide(ids[:1], lambda held: replace(held, note=f"{turn}"))
    history.append(notes())
    lines = killed(turn, patience).count("\\n")
    found, undone = notes(), Library(home).undo()
    commands = [command(turn, number) for number in range(lines + 1)]
    print(json.dumps([history, lines, commands, found, notes(), undone.left]), flush=True)
"""
Notes = dict[str, str]
Command = tuple[list[str], str]


def test_kills_at_any_moment_lose_no_acknowledged_mark(home: Path, paperlens: Shell) -> None:
    """After each of 200 kills all that was acknowledged is there, and can be undone."""
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(home), json.dumps(IDS), str(KILLS)],
        env={**paperlens.environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    for history, lines, commands, found, again, left in kills:
        in_flight = _add_acknowledged(history, lines, commands)
        assert found in _parts(history[-1], *in_flight)
        assert again in (history[-2:] if found == history[-1] else history[-1:])
        assert left == []
    assert len(kills) == KILLS
    assert sorted(Library(home).ids()) == sorted(IDS)
    assert not list(home.rglob("*.damaged-*"))


def _add_acknowledged(history: list[Notes], lines: int, commands: list[Command]) -> Command:
    """Add what each command left of which all lines were read; gives the one that was killed."""
    for ids, note in commands:
        if lines < len(ids):
            return ids, note
        lines -= len(ids)
        history.append(history[-1] | dict.fromkeys(ids, note))
    raise AssertionError("more was acknowledged than asked")


def _parts(before: Notes, ids: list[str], note: str) -> list[Notes]:
    """What a command that was killed may leave: nothing, its first file, all of it."""
    return [before | dict.fromkeys(ids[:some], note) for some in range(len(ids) + 1)]


# Many at once

MARKER = """
import json, sys
from pathlib import Path
from paperlens.cli.boundary import run
from paperlens.context import context
from paperlens.library import Library
from paperlens.models import Paper

home, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(times):
    mine = f"2404.{name}{number:04}"
    Library(home).remember({mine: (Paper(mine, "mine", (), "", ()), (name,))})
    sys.argv = ["paperlens", "mark", mine, "2404.00001", "--star", "--tag", f"{name}-{number}"]
    context.cache_clear()
    if run():
        sys.exit(1)
"""


def test_eight_processes_at_once_lose_nothing(home: Path, paperlens: Shell) -> None:
    """Papers of their own and tags on one that all share: everything of everybody is there."""
    times = 6
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", MARKER, str(home), str(name), str(times)],
            env={**paperlens.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name in range(1, 9)
    ]
    told = [writer.communicate(timeout=60)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, told
    library = Library(home)
    own = {f"2404.{name}{n:04}": f"{name}-{n}" for name in range(1, 9) for n in range(times)}
    known = library.known(own)
    assert {one: known[one].decision for one in own} == {
        one: Decision(Mark.STAR, (tag,)) for one, tag in own.items()
    }
    shared = library.known(["2404.00001"])["2404.00001"].decision
    assert sorted(shared.tags) == sorted(own.values())
    for _ in own:
        library.undo()
    assert library.tags() == []


# A full disk


@pytest.mark.parametrize("size", [20, 400])
def test_a_full_disk_is_said_and_changes_nothing(home: Path, paperlens: Shell, size: int) -> None:
    """Whether the first file has no room or only the second: exit 2, every byte as before."""
    Library(home).decide(IDS[1:3], lambda _: Decision(note="n" * 500))
    (home / "undo.json").unlink()
    before = content(home)
    with no_file_larger_than(size):
        ran = paperlens.fresh("mark", IDS[0], "--tag", "t", PYTHONDONTWRITEBYTECODE="1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert f"{'undo' if size < 400 else '2404'}.json cannot be written" in ran.err
    assert content(home) == before
    assert paperlens("mark", IDS[0], "--tag", "t").code == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of a few pages, where this machine lets us have one."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_on_a_disk_that_fills_up_nothing_is_lost(tmp_path: Path) -> None:
    """However many pages are left, a mark is there as a whole or not at all, and undone alike."""
    with small_disk(tmp_path / "disk") as disk:
        home, ballast = disk / "data", disk / "ballast"
        library = Library(home)
        library.remember({one: (Paper(one, "MoMA", (), "", ()), ()) for one in IDS})
        library.decide(IDS, lambda _: Decision(Mark.STAR, note="n" * 3000))
        refused = 0
        for _ in range(16):
            before = content(home)
            try:
                library.decide(IDS, lambda held: replace(held, note=(held.note or "")[:-1]))
            except PlaceRefused:
                assert content(home) == before
                refused += 1
            else:
                library.undo()
                assert content(home) == before
            with suppress(OSError), ballast.open("ab") as stream:
                stream.write(bytes(4096))
        assert refused
        ballast.unlink()
        assert len(library.decide(IDS, lambda _: Decision())) == len(IDS)


# Any sequence of operations

SOME = st.lists(st.sampled_from(IDS), max_size=4)
DAYS = st.sampled_from([date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 1)])
MORNING = datetime(2026, 12, 1, 6, tzinfo=UTC)


class Remembered(RuleBasedStateMachine):
    """A library beside plain dicts that do the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.known: dict[str, Known] = {}
        self.commands: list[dict[str, Decision]] = []
        self.summaries: dict[tuple[str, str], Summary] = {}
        self.reports: dict[date, tuple[str, ...]] = {}
        self.reopen()

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule()
    def reopen(self) -> None:
        self.library = Library(Path(self.folder.name) / "data")

    @rule(id=st.sampled_from(IDS), paper=papers, query=st.sampled_from(["", "one", "two"]))
    def remember(self, id: str, paper: Paper, query: str) -> None:
        paper, held = replace(paper, id=id), self.known.get(id)
        queries = dict.fromkeys((*(held.queries if held else ()), query))
        merged = held.paper.merged(paper) if held else paper
        self.known[id] = replace(held or Known(paper), paper=merged, queries=tuple(queries))
        assert self.library.remember({id: (paper, (query,))}) == {id: self.known[id]}

    @rule(ids=SOME, decision=decisions)
    def decide(self, ids: list[str], decision: Decision) -> None:
        if not set(ids) <= set(self.known):
            with pytest.raises(UserError):
                self.library.decide(ids, lambda _: decision)
            return
        before = {one: self.known[one].decision for one in ids}
        if any(one != decision for one in before.values()):
            self.commands.append(before)
        self._decided(dict.fromkeys(ids, decision))
        assert self.library.decide(ids, lambda _: decision) == {one: self.known[one] for one in ids}

    @rule()
    def undo(self) -> None:
        if not self.commands:
            with pytest.raises(UserError):
                self.library.undo()
            return
        before = self.commands.pop()
        changed = {one for one in before if self.known[one].decision != before[one]}
        self._decided(before)
        undone = self.library.undo()
        assert undone.restored == {one: self.known[one] for one in changed}
        assert undone.left == ()

    @rule(id=st.sampled_from(IDS), key=st.sampled_from("ab"), summary=summaries)
    def keep_summary(self, id: str, key: str, summary: Summary) -> None:
        self.library.keep_summary(id, key, summary)
        self.summaries[id, key] = summary

    @rule(ids=SOME, day=DAYS)
    def record(self, ids: list[str], day: date) -> None:
        papers = tuple(dict.fromkeys(ids))
        self.library.record(ReportRecord("today", MORNING, day, papers=papers))
        self.reports[day] = tuple(dict.fromkeys((*papers, *self.reports.get(day, ()))))
        for one in {*papers} & {*self.known}:
            reported = self.known[one].reported or day
            self.known[one] = replace(self.known[one], reported=reported)

    @invariant()
    def same(self) -> None:
        assert self.library.known(IDS) == {one: self.known[one] for one in IDS if one in self.known}
        assert sorted(self.library.ids()) == sorted(self.known)
        assert {one for known in self.known.values() for one in known.decision.tags} == set(
            self.library.tags()
        )
        for key in "ab":
            assert self.library.summaries(dict.fromkeys(IDS, key)) == {
                one: told for (one, other), told in self.summaries.items() if other == key
            }
        for day, ids in self.reports.items():
            report = self.library.report(day)
            assert report is not None
            assert report.papers == ids

    def _decided(self, decisions: dict[str, Decision]) -> None:
        for one, decision in decisions.items():
            self.known[one] = replace(self.known[one], decision=decision)


TestRemembered = Remembered.TestCase
TestRemembered.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
