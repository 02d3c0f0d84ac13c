"""The cache: what is in it is told, and clearing takes that and nothing else."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.cache import KINDS, Cleared, clear, contents, trim, used
from paperlens.demo import Sample
from paperlens.errors import PlaceRefused
from paperlens.files import sweep
from paperlens.library import Library
from paperlens.models import Paper, SavedQuery
from paperlens.reading import Reader
from paperlens.reports.text import in_units
from paperlens.settings import Pdf
from tests.conftest import Ran, Shell

EXAMPLES = {
    "pdfs": ["pdf/2404.05674v1.pdf", "pdf/hep-th_9901001v12.pdf"],
    "feeds": [f"feeds/{'0a' * 16}.reply"],
    "figures": [
        "figures/2404.05674v1/figure-1.png",
        "figures/hep-th_9901001v12/table-S2.a.png",
        f"figures/{'3f' * 32}/figure-A.1.png",
    ],
    "text": ["text/2404.05674v1.json", f"text/{'3f' * 16}.json"],
    "index": ["search.sqlite", "search.sqlite-shm", "search.sqlite-wal"],
    "triage": ["triage.json"],
    "tracebacks": ["tracebacks/paperlens-20261121T080000123456.txt"],
}
STRANGE = [
    "notes.txt",
    "search.sqlite.bak",
    "pdf/thesis.pdf",
    "pdf/2404.05674v1.pdf.bak",
    "pdf/.mine.draft",
    "pdf/.thesis.pdf.1-1.draft",
    "feeds/index.reply",
    "figures/holiday.png",
    "figures/2404.05674v1.png",
    "figures/2404.05674v1/notes.txt",
    "figures/2404.05674v1/old/figure-1.png",
    "figures/holiday/figure-1.png",
    "text/2404.05674v1.md",
    f"text/{'3f' * 16}v1.json",
    "tracebacks/mine.txt",
    "photos/2404.05674v1.pdf",
]
LONG_AGO = time.time() - 3 * 24 * 3600


def put(folder: Path, *names: str, at: float | None = None) -> list[Path]:
    files = [folder / name for name in names]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"12345")
        if at is not None:
            os.utime(file, (at, at))
    return files


def everything(folder: Path) -> list[Path]:
    return put(folder, *(name for names in EXAMPLES.values() for name in names))


def cache(shell: Shell) -> Path:
    return shell.home / "paperlens" / "cache"


def files_in(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if not f.is_dir())


# What is there


def test_an_empty_cache_is_told_calmly(paperlens: Shell) -> None:
    """Where nothing is yet, both commands say so, make nothing, and exit 0."""
    told, cleared = paperlens("cache", "info"), paperlens("cache", "clear")
    assert (told.code, told.out) == (0, f"nothing is in the cache: {cache(paperlens)}\n")
    assert (cleared.code, cleared.out) == (0, f"nothing to delete in {cache(paperlens)}\n")
    assert told.err + cleared.err == ""
    assert not cache(paperlens).exists()


def test_sizes_are_told_by_kind(paperlens: Shell) -> None:
    """`cache info` tells of each kind how many files, how much room, and since when."""
    everything(cache(paperlens))
    (pdf, *_) = put(cache(paperlens), "pdf/2404.05675v1.pdf", at=LONG_AGO)
    pdf.write_bytes(bytes(2_345_678))
    os.utime(pdf, (LONG_AGO, LONG_AGO))
    ran = paperlens("cache", "info")
    assert (ran.code, ran.err) == (0, "")
    rows = {line.split()[0]: line.split() for line in ran.out.splitlines() if line.split()}
    day, today = (time.strftime("%Y-%m-%d", time.gmtime(at)) for at in (LONG_AGO, time.time()))
    assert rows["pdfs"][1:5] == ["3", "2.3", "MB", day]
    assert rows["index"][1:4] == ["3", "15", "bytes"]
    assert rows["all"][1] == "14"
    assert rows["all"][-1] >= today
    assert ran.out.splitlines()[0] == str(cache(paperlens))
    assert "cache.max_gb is 2" in ran.out


def test_sizes_as_json(paperlens: Shell) -> None:
    """`--json` has every kind, in bytes, with the limit and whatever does not belong there."""
    everything(cache(paperlens))
    put(cache(paperlens), "notes.txt")
    told = json.loads(paperlens("cache", "info", "--json", PAPERLENS_CACHE_MAX_GB="0.5").out)
    assert told["schema"] == "paperlens.cache/1"
    assert (told["folder"], told["max_gb"]) == (str(cache(paperlens)), 0.5)
    assert {kind: each["files"] for kind, each in told["kinds"].items()} == {
        kind: len(names) for kind, names in EXAMPLES.items()
    }
    assert (told["total"]["files"], told["total"]["bytes"]) == (13, 65)
    assert told["strange"] == [str(cache(paperlens) / "notes.txt")]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_table_fits_the_terminal(paperlens: Shell, width: int) -> None:
    """No line of the table is wider than the terminal, and no number is cut."""
    put(cache(paperlens), *EXAMPLES["tracebacks"])
    ran = paperlens("cache", "info", COLUMNS=str(width))
    assert all(len(line.rstrip()) <= width for line in ran.out.splitlines()[1:-1])
    assert "5 bytes" in ran.out
    assert "…" not in ran.out


@given(st.integers(0, 10**16))
def test_a_size_is_short_and_near_the_truth(size: int) -> None:
    """Sizes are a number and a unit, rounded to the first decimal."""
    number, unit = in_units(size).split()
    scale = {"byte": 1, "bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}[unit]
    assert abs(float(number) * scale - size) <= 0.051 * scale
    assert float(number) < 1000 or unit == "TB"


# What is cleared


def test_clearing_takes_all_that_paperlens_put_there(paperlens: Shell) -> None:
    """`cache clear` deletes every kind and says how many files and bytes went."""
    everything(cache(paperlens))
    ran = paperlens("cache", "clear")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"13 files (65 bytes) deleted from {cache(paperlens)}\n"
    assert files_in(cache(paperlens)) == []
    assert list((cache(paperlens) / "figures").iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_clearing_one_kind_leaves_the_others(tmp_path: Path, kind: str) -> None:
    """Of the kinds, those named go."""
    everything(tmp_path)
    gone = clear(tmp_path, [kind]).gone
    assert sorted(str(item.path.relative_to(tmp_path)) for item in gone) == sorted(EXAMPLES[kind])
    assert {item.kind for item in contents(tmp_path)} == KINDS.keys() - {kind}


def test_clearing_says_in_json_what_went(paperlens: Shell) -> None:
    """`--json` says what went by kind, and what stayed."""
    everything(cache(paperlens))
    put(cache(paperlens), "pdf/thesis.pdf")
    ran = paperlens("cache", "clear", "pdfs", "feeds", "--json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err, told["schema"]) == (0, "", "paperlens.cache-cleared/1")
    assert (told["deleted"]["files"], told["deleted"]["bytes"]) == (3, 15)
    assert told["deleted"]["kinds"]["pdfs"] == {"files": 2, "bytes": 10}
    assert told["strange"] == [str(cache(paperlens) / "pdf" / "thesis.pdf")]
    assert (told["busy"], told["errors"]) == ([], [])


def test_a_misspelled_kind_names_the_nearest(paperlens: Shell) -> None:
    """A kind that does not exist is a mistake, and nothing is deleted; Tab offers the kinds."""
    everything(cache(paperlens))
    ran = paperlens("cache", "clear", "feeds", "trackbacks")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean tracebacks?" in ran.err
    assert "one of pdfs, feeds" in paperlens("cache", "clear", "xyz").err
    assert len(files_in(cache(paperlens))) == 13
    offered = paperlens(
        _PAPERLENS_COMPLETE="complete_bash", COMP_WORDS="paperlens cache clear f", COMP_CWORD="3"
    )
    assert offered.out.split() == ["feeds", "figures"]


def test_what_paperlens_writes_is_what_it_clears(reader: Shell, sample: Sample) -> None:
    """Feeds, PDFs, texts and tracebacks, as the commands leave them, are all cleared."""
    reader("today")
    paper, old = (Paper(id, "t", (), "", (), version=1) for id in ("2611.90012", "hep-th/9901001"))

    def fetch(_paper: Paper, into: Path) -> Path:
        into.write_bytes(next(iter(sample.pdfs.values())))
        return into

    Reader(Pdf(), cache(reader), fetch).read([paper, old], full_text=True)
    broken = (
        "import sys; from paperlens.cli.app import app; from paperlens.__main__ import main\n"
        "app.command('broken')(lambda: 1 / 0)\n"
        "main()"
    )
    environ = dict(reader.environ)
    subprocess.run(
        [sys.executable, "-c", broken, "broken"], env=environ, capture_output=True, check=False
    )
    assert {item.kind for item in contents(cache(reader))} >= {"feeds", "pdfs", "tracebacks"}
    assert reader("cache", "clear").code == 0
    assert files_in(cache(reader)) == ["gate/last-request", "gate/lock"]


# What is never cleared


def test_what_is_not_of_the_cache_stays_and_is_named(paperlens: Shell) -> None:
    """Files that paperlens did not put there are left, each named once; that is no failure."""
    everything(cache(paperlens))
    put(cache(paperlens), *STRANGE)
    ran = paperlens("cache", "clear")
    assert ran.code == 0
    assert files_in(cache(paperlens)) == sorted(STRANGE)
    named = {line.removeprefix("note: ").split(" ")[0] for line in ran.err.splitlines()}
    folder = cache(paperlens)
    assert named == {str(folder / name) for name in STRANGE[:-1]} | {str(folder / "photos")}
    assert "thesis" not in paperlens("cache", "clear", "feeds").err


def test_many_strange_files_are_not_all_named(paperlens: Shell) -> None:
    """In a folder full of other things a few are named and the rest counted."""
    put(cache(paperlens), *(f"photo{number}.jpg" for number in range(1000)))
    lines = paperlens("cache", "clear").err.splitlines()
    assert len(lines) < 30
    assert lines[-1] == "note: and 980 more"


def test_a_strange_name_does_not_reach_the_terminal(paperlens: Shell) -> None:
    """Control characters in the name of a file are not printed."""
    put(cache(paperlens), "a\x1b[2Jb\nc.txt")
    ran = paperlens("cache", "clear")
    assert "\x1b" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_clearing_keeps_paperlens_polite(reader: Shell) -> None:
    """When arXiv was last asked is still known afterwards."""
    reader("today")
    gate = cache(reader) / "gate" / "last-request"
    before = gate.read_bytes()
    assert "gate" not in reader("cache", "clear").err
    assert gate.read_bytes() == before


def test_links_are_not_followed(paperlens: Shell) -> None:
    """A link in the cache, to a file or a folder, is left as it is, and so is what it leads to."""
    elsewhere = paperlens.home / "elsewhere"
    put(elsewhere, "2404.05674v1.pdf", "figure-1.png", "last-request")
    links = ["pdf", "figures/2404.05674v1", "text/2404.05674v1.json", "gate"]
    for name in links:
        link = cache(paperlens) / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(elsewhere / "2404.05674v1.pdf" if "text" in name else elsewhere)
    ran = paperlens("cache", "clear")
    assert len(files_in(elsewhere)) == 3
    assert all((cache(paperlens) / name).is_symlink() for name in links)
    assert all(f"{cache(paperlens) / name} " in ran.err for name in links)
    assert f"{cache(paperlens) / 'pdf'} " in paperlens("cache", "clear", "pdfs").err


def test_a_cache_that_is_a_link_is_cleared(paperlens: Shell) -> None:
    """Who keeps the whole cache on another disk has it cleared there."""
    disk = paperlens.home / "disk"
    everything(disk)
    cache(paperlens).parent.mkdir()
    cache(paperlens).symlink_to(disk)
    assert paperlens("cache", "clear").out.startswith("13 files")
    assert files_in(disk) == []


def test_a_cache_that_shares_the_folder_of_the_library(reader: Shell) -> None:
    """Even where somebody has made the cache and the data one folder, no data is deleted."""
    reader("today")
    home = reader.home / "paperlens"
    cache(reader).rename(home / "old")
    cache(reader).symlink_to(home / "data")
    before = files_in(home / "data")
    put(home / "data", *EXAMPLES["pdfs"])
    assert reader("cache", "clear").out.startswith("2 files")
    assert files_in(home / "data") == before
    assert reader("today", "--offline").code == 0


# Others, and obstacles


def test_clearing_the_cache_costs_nothing(reader: Shell) -> None:
    """After it, the last report is the same, and asking arXiv again works."""
    before = reader("today", "--json").out
    reader("cache", "clear")
    after = reader("today", "--json").out
    assert json.loads(after)["papers"] == json.loads(before)["papers"]
    assert reader("today", "--refresh", "--all").code == 0


def test_two_that_clear_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """What vanishes meanwhile is no error, and every file is counted by one of the two."""
    number = 2000
    put(tmp_path, *(f"pdf/2404.{one:05}v1.pdf" for one in range(number)))
    script = (
        "import sys; from pathlib import Path; from paperlens.cache import clear\n"
        "sys.stdin.read(); done = clear(Path(sys.argv[1]))\n"
        "assert not done.refused; print(len(done.gone))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert sum(int(each.communicate("")[0]) for each in running) == number
    assert files_in(tmp_path) == []


def test_a_file_in_the_making_stays(paperlens: Shell) -> None:
    """A PDF being fetched is left, and named; what a killed process left an hour ago goes."""
    fresh, old = ".2404.05674v1.pdf.12-34.draft", ".2404.05675v1.pdf.12-34.draft"
    put(cache(paperlens) / "pdf", fresh)
    put(cache(paperlens) / "pdf", old, at=LONG_AGO)
    ran = paperlens("cache", "clear")
    assert (ran.code, ran.out.split(" ")[0]) == (0, "1")
    assert f"{fresh} may still be written" in ran.err
    assert files_in(cache(paperlens) / "pdf") == [fresh]


WITHOUT_PRIVILEGE = """
import ctypes, os, sys
if os.geteuid() == 0:  # the administrator may do everything, unless this is given up
    PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
            sys.exit(99)
os.execv(sys.executable, [sys.executable, "-m", "paperlens", *sys.argv[1:]])
"""


def without_privilege(shell: Shell, *words: str) -> Ran:
    """The command as somebody whom rights bind."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PRIVILEGE, *words],
        env=dict(shell.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 99:
        pytest.skip("an administrator who may not give up privileges")
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_file_that_cannot_be_deleted_is_named(paperlens: Shell) -> None:
    """Where some files cannot be deleted the others are; each that stays is named, exit 3."""
    everything(cache(paperlens))
    (cache(paperlens) / "feeds").chmod(0o500)
    ran = without_privilege(paperlens, "cache", "clear")
    told = json.loads(without_privilege(paperlens, "cache", "clear", "--json").out or "null")
    (cache(paperlens) / "feeds").chmod(0o700)
    assert ran.code == 3, ran.err
    assert ran.out.startswith("12 files")
    assert ran.err == (
        f"error: {cache(paperlens) / EXAMPLES['feeds'][0]} could not be deleted: "
        "Permission denied\n"
    )
    assert told is None


def test_a_cache_that_cannot_be_written_is_said(paperlens: Shell) -> None:
    """Where nothing can be deleted, or even seen, one sentence says so; exit 2."""
    put(cache(paperlens), "search.sqlite")
    for rights, reason in ((0o500, "nothing could be deleted"), (0o000, "cannot be read")):
        cache(paperlens).chmod(rights)
        ran = without_privilege(paperlens, "cache", "clear")
        cache(paperlens).chmod(0o700)
        assert (ran.code, ran.out) == (2, "")
        assert str(cache(paperlens)) in ran.err.splitlines()[0]
        assert reason in ran.err
        assert "Permission denied" in ran.err


def test_a_file_in_place_of_the_cache_is_named(tmp_path: Path) -> None:
    """A file where the cache should be is left and named."""
    (tmp_path / "cache").write_text("mine")
    for command in (contents, clear):
        with pytest.raises(PlaceRefused, match="cache cannot be read: Not a directory"):
            command(tmp_path / "cache")


@given(st.sets(st.text("2404.056v1pdf-draft_~/", min_size=1, max_size=20), max_size=8))
def test_whatever_is_there_the_sum_is_right(names: set[str]) -> None:
    """Of any files, each is deleted or still there."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name in names:
            file = place / "pdf" / name.strip("/.") if name.strip("/.") else place / "pdf" / "x"
            try:
                put(file.parent, file.name)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                continue
        before = files_in(place)
        done: Cleared = clear(place)
        assert len(files_in(place)) == len(before) - len(done.gone)


# Keeping within the limit

DAY = 24 * 3600


def put_by_age(folder: Path, *names: str) -> list[Path]:
    """Files of five bytes, each a day younger than the one before."""
    return [
        file
        for number, name in enumerate(names)
        for file in put(folder, name, at=LONG_AGO + (number - len(names)) * DAY)
    ]


def test_what_was_used_least_recently_goes_first(tmp_path: Path) -> None:
    """PDFs and figures go by age, as few as bring the cache below its limit."""
    names = [
        "pdf/2404.00001v1.pdf",
        "figures/2404.00001v1/figure-1.png",
        "pdf/2404.00002v1.pdf",
        "figures/2404.00002v1/figure-1.png",
    ]
    first, second, *others = put_by_age(tmp_path, *names)
    assert [item.path for item in trim(tmp_path, 14)] == [first, second]
    assert all(file.exists() for file in others)
    assert not second.parent.exists()
    assert trim(tmp_path, 10) == ()


def test_what_is_used_stays_longer(tmp_path: Path) -> None:
    """A file that paperlens has used counts as of now; one that is gone is no matter."""
    old, middle, young = put_by_age(tmp_path, *(f"pdf/2404.0000{n}v1.pdf" for n in range(3)))
    used(old)
    used(tmp_path / "pdf" / "2404.00009v1.pdf")
    assert [item.path for item in trim(tmp_path, 9)] == [middle, young]


def test_texts_go_last_and_other_kinds_stay(tmp_path: Path) -> None:
    """Texts go when no PDF and no figure is left; the index, feeds and others' files never."""
    everything(tmp_path)
    strange = put(tmp_path, *STRANGE)
    put(tmp_path, *EXAMPLES["text"], at=LONG_AGO)
    gone = trim(tmp_path, 8 * 5)
    assert {item.kind for item in gone} == {"pdfs", "figures"}
    assert len(gone) == 5
    assert {item.kind for item in trim(tmp_path, 1)} == {"text"}
    left = {item.kind for item in contents(tmp_path)}
    assert left == {"feeds", "index", "triage", "tracebacks", None}
    assert all(file.exists() for file in strange)


def test_files_of_others_do_not_count(tmp_path: Path) -> None:
    """A folder of somebody's films in the cache costs no PDF."""
    (film,) = put(tmp_path, "films/long.mkv")
    film.write_bytes(bytes(10_000))
    put(tmp_path, "pdf/2404.00001v1.pdf")
    assert trim(tmp_path, 10) == ()


def test_the_running_command_keeps_what_it_needs(tmp_path: Path) -> None:
    """Files named, and those in a folder named, stay even where the limit cannot be kept."""
    pdf, figure, other = put_by_age(
        tmp_path,
        "pdf/2404.00001v1.pdf",
        "figures/2404.00001v1/figure-1.png",
        "figures/2404.00002v1/figure-1.png",
    )
    assert [item.path for item in trim(tmp_path, 1, [pdf, figure.parent])] == [other]


def test_nothing_that_is_being_written_goes(tmp_path: Path) -> None:
    """A PDF that another process is fetching stays; what a killed one left long ago may go."""
    names = [f"pdf/.2404.0000{number}v1.pdf.12-34.draft" for number in range(2)]
    (fresh,), (old,) = put(tmp_path, names[0]), put(tmp_path, names[1], at=LONG_AGO)
    assert [item.path for item in trim(tmp_path, 1)] == [old]
    assert fresh.exists()


def test_zero_is_no_limit(tmp_path: Path) -> None:
    """As with the budget, 0 means that nothing is ever deleted."""
    everything(tmp_path)
    assert trim(tmp_path, 0) == ()
    assert trim(tmp_path / "nowhere", 1) == ()


def test_several_may_trim_at_once(tmp_path: Path) -> None:
    """Two that trim together delete no more than one alone would, and neither fails."""
    names = [f"pdf/2404.{number:05}v1.pdf" for number in range(1000)]
    put(tmp_path, *names)
    script = (
        "import sys; from pathlib import Path; from paperlens.cache import trim\n"
        "sys.stdin.read(); trim(Path(sys.argv[1]), 2500)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(2)]
    for process in running:
        process.communicate(b"")
    assert [process.returncode for process in running] == [0, 0]
    assert len(files_in(tmp_path)) == 500


def test_a_command_keeps_to_the_limit(reader: Shell) -> None:
    """Under a small `cache.max_gb` the next paper's PDF takes the place of the last one's."""
    pdfs = cache(reader) / "pdf"
    first, second = "2611.90012", "2611.90027"
    assert reader("text", first, PAPERLENS_CACHE_MAX_GB="0.0001").code == 0
    assert files_in(pdfs) == [f"{first}v1.pdf"]
    assert reader("text", second, PAPERLENS_CACHE_MAX_GB="0.0001").code == 0
    assert files_in(pdfs) == [f"{second}v1.pdf"]
    assert reader("text", first, PAPERLENS_CACHE_MAX_GB="0").code == 0
    assert f"{second}v1.pdf" in files_in(pdfs)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 99)), max_size=12), st.integers(1, 300)
)
def test_the_limit_is_kept_with_the_youngest(files: list[tuple[int, int]], most: int) -> None:
    """Whatever lies there, what is left fits, is the youngest, and one file more would not fit."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        for number, (size, days) in enumerate(files):
            (file,) = put(Path(folder), f"pdf/2404.{number:05}v1.pdf")
            file.write_bytes(bytes(size))
            os.utime(file, (LONG_AGO + days * DAY, LONG_AGO + days * DAY))
        gone = trim(Path(folder), most)
        left = contents(Path(folder))
        assert sum(item.size for item in left) <= most
        if gone:
            assert sum(item.size for item in left) + gone[-1].size > most
            assert all(item.written >= gone[-1].written for item in left)


# Drafts in the library


def test_the_next_writer_sweeps_what_killed_ones_left(tmp_path: Path) -> None:
    """Drafts older than an hour go when somebody writes; fresh ones and other files stay."""
    library = Library(tmp_path)
    library.add_query(SavedQuery("diffusion", "cat:cs.CV"))
    stays = [".2404.json.7-8.draft", "papers/.x.draft", "papers/2404.json.1-1.draft"]
    put(tmp_path, ".queries.json.1-1.draft", "papers/.2404.json.999999-1.draft", at=LONG_AGO)
    put(tmp_path, *stays[1:], "deep/er/.2404.json.1-1.draft", at=LONG_AGO)
    put(tmp_path, stays[0])
    before = set(files_in(tmp_path))
    assert Library(tmp_path).queries()
    assert set(files_in(tmp_path)) == before
    Library(tmp_path).add_query(SavedQuery("words", "cat:cs.CL"))
    left = before - set(files_in(tmp_path))
    assert left == {".queries.json.1-1.draft", "papers/.2404.json.999999-1.draft"}


def test_sweeping_leaves_what_is_no_file(tmp_path: Path) -> None:
    """A folder with the name of a draft, or no folder at all, hinders nobody."""
    folder = tmp_path / ".a.1-1.draft"
    folder.mkdir()
    os.utime(folder, (LONG_AGO, LONG_AGO))
    put(tmp_path, ".b.1-1.draft", at=LONG_AGO)
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == [folder]
