"""`paperlens search`: what a reader types, and what comes back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paperlens import locks
from paperlens.holdings import holding_from
from paperlens.library import Library
from paperlens.models import SavedQuery
from paperlens.search import Search
from tests.conftest import Shell
from tests.test_cache import without_privilege

PAPERS = (
    {
        "id": "2404.00001", "title": "Gaussian splatting for avatars", "authors": ["Ana Vaswani"],
        "abstract": "Diffusion models render people in bundles.", "categories": ["cs.CV"],
        "announced": "2026-11-19", "mark": "star", "tags": ["thesis"], "note": "reread chapter two",
        "queries": ["avatars"],
    },
    {
        "id": "2404.00002", "title": "Splatting with Gaussian noise",
        "authors": ["B. Lee", "C. Wu"], "categories": ["cs.LG"],
        "abstract": "A story of models, bundles and diffusion.",
        "announced": "2026-11-10", "mark": "read", "tags": ["thesis", "old"],
        "doi": "10.1038/s1(05)x",
    },
    {
        "id": "0704.0003", "title": "Attention in étale sheaves and bundles",
        "authors": ["Ashish Vaswani"], "abstract": "We prove H$_2$O things.",
        "categories": ["math.AG"], "published": "2007-04-01T12:00:00Z",
    },
)  # fmt: skip


def library_of(shell: Shell) -> Library:
    return Library(Path(shell.environ["PAPERLENS_HOME"], "data"))


@pytest.fixture
def reader(paperlens: Shell) -> Shell:
    """A user with three papers and a saved query."""
    library = library_of(paperlens)
    library.take(map(holding_from, PAPERS))
    library.add_query(SavedQuery("avatars", "cat:cs.CV AND avatar"))
    return paperlens


def ids(shell: Shell, *words: str) -> list[str]:
    """What a search finds, in its order."""
    ran = shell("search", *words, "--jsonl", "--quiet")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "1 2 3"),
        ("diffusion|splatting", "1 2"),
        ("diffusion|avatar", "1"),
        ("gaussian splatting", "1"),
        ("gaussian|splatting", "1 2"),
        ("splat*|stories", "2"),
        ("etale", "3"),
        ("h2o", "3"),
        ("au:vaswani", "1 3"),
        ("au:vaswani|attention", "3"),
        ("avatars OR sheaves|vaswani", "1 3"),
        ("avatars|OR|sheaves", "1 3"),
        ("diffusion|ANDNOT|noise", "1"),
        ("chapter", "1"),
        ("thesis|chap*", "1"),
        ("submittedDate:[200701010000 TO 200712312359]", "3"),
        ("search and rescue|avatars", ""),
        ("attention: sheaves in", "3"),
        ("Attention:|in|étale|sheaves?", "3"),
        ("(attention: AND sheaves!)", "3"),
        ("is this noise?|diffusion", ""),
        ("noise?!|diffusion", "2"),
        ("arXiv:2404.00001v2", "1"),
        ("2404.00001v3", "1"),
        ("https://arxiv.org/abs/2404.00002", "2"),
        ("2404.00001|OR|arxiv.org/pdf/0704.0003", "1 3"),
        ("https://doi.org/10.1038/S1(05)x", "2"),
        ("doi:10.1038/s1(05)X", "2"),
        ("doi:10.1038/*", "2"),
    ],
)
def test_words_are_understood_as_a_search_box_would(
    reader: Shell, tmp_path: Path, words: str, found: str
) -> None:
    """All words must be there; what the shell quoted is a phrase; the query language as it is."""
    search = Search(library_of(reader), tmp_path)
    ids = search.answer([one for one in words.split("|") if one]).found.ids
    numbers = {"2404.00001": "1", "2404.00002": "2", "0704.0003": "3"}
    assert sorted(numbers[id] for id in ids) == found.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--mark", "star", "--mark", "read"], {"2404.00001", "2404.00002"}),
        (["--mark", "new"], {"0704.0003"}),
        (["--tag", "thesis", "--tag", "old"], {"2404.00002"}),
        (["--query", "avatars"], {"2404.00001"}),
        (["diffusion", "--since", "2026-11-15"], {"2404.00001"}),
        (["--until", "2026-11-10"], {"2404.00002", "0704.0003"}),
    ],
)
def test_filters_narrow(reader: Shell, words: list[str], found: set[str]) -> None:
    """By mark, tag, query and day; different filters must all hold."""
    assert set(ids(reader, *words)) == found


def test_the_newest_come_first_unless_words_say_what_is_best(reader: Shell) -> None:
    """A list is by date; a search by relevance, unless asked otherwise."""
    by_date, best = ["2404.00001", "2404.00002", "0704.0003"], "0704.0003"
    assert ids(reader) == by_date
    assert ids(reader, "bundles")[0] == best
    assert ids(reader, "bundles", "--sort", "relevance")[0] == best
    assert ids(reader, "bundles", "--sort", "date") == by_date
    assert ids(reader, "bundles", "--sort", "score") == by_date
    assert ids(reader, "bundles", "-n", "1") == [best]


def test_the_numbers_serve_the_next_command(reader: Shell) -> None:
    """What the page numbers, show and mark understand; JSON leaves the numbers alone."""
    page = reader("search", "diffusion")
    assert " 2 ✓ Splatting with Gaussian noise" in page.out
    ids(reader, "etale")
    assert json.loads(reader("show", "2", "--json").out)["papers"][0]["id"] == "2404.00002"
    assert reader("mark", "2", "--star").code == 0
    assert set(ids(reader, "--mark", "star")) == {"2404.00001", "2404.00002"}


def test_a_mark_has_one_sign_everywhere(reader: Shell) -> None:
    """What mark prints is what lists show and explain, and what stands in Markdown."""
    for mark in ("star", "later", "read", "skip"):
        told, _, _ = reader("mark", "2404.00001", f"--{mark}").out.partition("  ")
        page = reader("search", "avatars").out
        assert f" 1 {told[0]} Gaussian" in page
        assert told in page
        assert told in reader("show", "1").out
        assert told in reader("show", "1", "--markdown").out


def test_more_than_are_shown_are_counted(reader: Shell) -> None:
    """The reader learns how many there are, and how to see them."""
    ran = reader("search", "diffusion", "-n", "1", COLUMNS="60")
    assert "1 of 2 papers: -n 0 shows all" in ran.out
    assert len(ids(reader, "diffusion", "-n", "0")) == 2


def test_a_freer_reading_is_confessed(reader: Shell) -> None:
    """Where the words as they stand find nothing, their beginnings may, and the page says so."""
    page = reader("search", "splat", "--jsonl")
    assert len(page.out.splitlines()) == 2
    assert page.err == "no paper has these words; these have words that begin so\n"
    page = reader("search", "splatting gaussian avatars", "--jsonl")
    assert '"id": "2404.00001"' in page.out
    assert 'no paper has the phrase "splatting gaussian avatars"' in page.err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["diffusoin"], 'no paper has "diffusoin"; did you mean diffusion?'),
        (["diffusion", "--mark", "later"], "without --mark later there would be 2"),
        (["--tag", "thsis"], 'no paper has the tag "thsis"; did you mean thesis?'),
        (["--tag", "THESIS"], 'no paper has the tag "THESIS"; did you mean thesis?'),
        (["avatars", "sheaves"], "no paper has all of this"),
    ],
)
def test_why_nothing_is_found_is_said(reader: Shell, words: list[str], reason: str) -> None:
    """Nothing found is no failure; the page says what is in the way."""
    page = reader("search", *words)
    assert page.code == 0
    assert "No papers." in page.out
    assert reason in page.out
    document = json.loads(reader("search", *words, "--json").out)
    assert document["papers"] == []
    assert reason in {notice["text"] for notice in document["notices"]}


def test_an_empty_library_is_no_failure(paperlens: Shell) -> None:
    """The first thing a new user may try."""
    page = paperlens("search", "anything")
    assert (page.code, page.err) == (0, "")
    assert "the library is empty" in page.out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--query", "avatar"], 'there is no query "avatar"'),
        (["--since", "soon"], '--since: "soon" is no day'),
        (["--until", "2026-02-30"], '--until: "2026-02-30" is no day'),
        (["--mark", "starred"], "starred"),
        (["(diffusion"], "this parenthesis is never closed"),
        (["titel:diffusion"], 'unknown field "titel"'),
        (["diffusion", "xy:z?"], "    diffusion xy:z?\n              ^\n"),
        (["dif?fusion"], 'a "?" is not understood'),
        (["--tag", ""], "a tag cannot be empty"),
    ],
)
def test_what_cannot_be_understood_is_the_users_to_mend(
    reader: Shell, words: list[str], error: str
) -> None:
    """Exit 2 and one sentence."""
    ran = reader("search", *words)
    assert (ran.code, ran.out) == (2, "")
    assert error in ran.err


def test_every_form_has_the_same_papers(reader: Shell, tmp_path: Path) -> None:
    """Page, JSON, Markdown, files."""
    document = json.loads(reader("search", "diffusion", "--json").out)
    assert (document["schema"], document["command"]) == ("paperlens.report/1", "search")
    assert {paper["id"] for paper in document["papers"]} == {"2404.00001", "2404.00002"}
    assert "Gaussian splatting for avatars" in reader("search", "avatars", "--markdown").out
    for name in ("found.jsonl", "found.json", "found.md", "found.txt"):
        assert reader("search", "avatars", "-o", str(tmp_path / name)).out == ""
        assert "Gaussian splatting for avatars" in (tmp_path / name).read_text()


@pytest.mark.parametrize("width", [24, 60, 120])
def test_no_line_is_wider_than_the_terminal(reader: Shell, width: int) -> None:
    """A line for each paper, whatever the width."""
    page = reader("search", "diffusion", COLUMNS=str(width))
    assert max(map(len, page.out.splitlines())) <= width
    assert "Gaussian" in page.out
    assert ("2404.00002" in page.out) == (width >= 100)


def test_eight_searches_at_once_make_one_index(reader: Shell) -> None:
    """Whoever comes first builds it; nobody fails."""
    index = Path(reader.environ["PAPERLENS_HOME"], "cache", "search.sqlite")
    index.unlink(missing_ok=True)
    command = [sys.executable, "-m", "paperlens", "search", "diffusion", "--jsonl"]
    running = [
        subprocess.Popen(
            command, env=dict(reader.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(8)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert len(out.splitlines()) == 2


def test_long_ids_end_in_an_ellipsis(reader: Shell) -> None:
    """What a list cuts off is seen to be cut off."""
    paper = {"id": "doi:10.5486/pmd.2017", "title": "On numbers", "authors": [], "abstract": ""}
    library_of(reader).take([holding_from({**paper, "categories": []})])
    page = reader("search", "numbers", COLUMNS="100")
    assert page.out.splitlines()[3].endswith("  doi:10.54…")


def test_an_answer_needs_no_place_for_its_numbers(reader: Shell) -> None:
    """Where another command writes for long, the page is shown, exit 0, with one note."""
    data = Path(reader.environ["PAPERLENS_HOME"], "data")
    with locks.held(data / "library.lock", 1):
        ran = reader("search", "diffusion")
        silent = reader("search", "diffusion", "--quiet")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert "note: show and mark do not know these numbers: another paperlens" in ran.err
    assert (silent.code, silent.err, silent.out) == (0, "", ran.out)


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_home_that_is_only_read_is_searched(reader: Shell, is_indexed: bool) -> None:
    """With an index or without one; the numbers alone are not kept."""
    home = Path(reader.environ["PAPERLENS_HOME"])
    if is_indexed:
        ids(reader)
    folders = [folder for folder in (home, *home.rglob("*")) if folder.is_dir()]
    for folder in folders:
        folder.chmod(0o500)
    lines = without_privilege(reader, "search", "diffusion", "--jsonl")
    page = without_privilege(reader, "search", "diffusion")
    counts = without_privilege(reader, "stats", "--json")
    for folder in folders:
        folder.chmod(0o700)
    assert (lines.code, lines.err, len(lines.out.splitlines())) == (0, "", 2)
    assert (page.code, page.err.count("\n")) == (0, 1), page.err
    assert "Splatting with Gaussian noise" in page.out
    assert json.loads(counts.out)["papers"] == 3
