"""The index finds what the query language means, and follows the library wherever it goes."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperlens.errors import PlaceRefused, QueryError
from paperlens.library import Library
from paperlens.models import Decision, Mark, Paper, Summary
from paperlens.query import All, Any, Node, Query, Range, Term, parse
from paperlens.search import Filters, Search
from paperlens.search.following import beyond, day_of
from tests.test_files import no_file_larger_than

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = [
    "model", "models", "story", "stories", "class", "classes", "cache", "caches", "bus", "buses",
    "box", "boxes", "news", "cs", "is", "H$_2$O", r"\'etale", "étale", "text-to-image", "COVID-19",
    "扩散模型", "模型", "van", "Gogh's", "AND", "NEAR", "title", "ﬁeld", "straße", "a_b", "math",
    "2404.00001", "10.1000/x.y", "A*", "\x7f", "🎉", "x\x7fy", "''", '"', "Vaswani", "Ashish", "A.",
]  # fmt: skip
BEGINNINGS = [
    "mod*",
    "models*",
    "stori*",
    "storie*",
    "classe*",
    "cach*",
    "buse*",
    "i*",
    "h2*",
    "模*",
]
SAID = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
IDS = ["2404.00001", "2404.00002", "2405.00001", "0704.0003", "hep-th/9901001", "local:a-1"]
MOMENTS = st.sampled_from(
    [datetime(2024, 4, day, 12, tzinfo=UTC) for day in (1, 2, 20)]
)  # fmt: skip
PAPERS = st.builds(
    Paper,
    id=st.sampled_from(IDS),
    title=SAID,
    authors=st.lists(SAID | st.just("Ashish van Vaswani Jr."), max_size=2).map(tuple),
    abstract=SAID,
    categories=st.lists(st.sampled_from(["cs.CV", "cs", "math", "hep-th"]), max_size=2).map(tuple),
    published=st.none() | MOMENTS,
    announced=st.none() | st.dates(date(2024, 4, 1), date(2024, 4, 9)),
    comment=st.none() | SAID,
    doi=st.none() | st.sampled_from(["10.1000/X.y", "10.1000/x"]),
    journal_ref=st.none() | SAID,
)
TERMS = st.one_of(
    st.builds(
        Term,
        st.sampled_from(["ti", "au", "abs", "co", "jr", "all", "all"]),
        st.sampled_from(WORDS + BEGINNINGS),
    ),
    st.builds(
        Term, st.sampled_from(["ti", "au", "abs", "all"]),
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join), st.booleans(),
    ),
    st.builds(Term, st.just("cat"), st.sampled_from(["cs.CV", "cs", "c*", "math", "cs.*"])),
    st.builds(Term, st.just("id"), st.sampled_from(["2404.00001", "hep-th/9901001", "24*"])),
    st.builds(Term, st.just("doi"), st.sampled_from(["10.1000/x", "10.1000/x.y", "10.1000*"])),
).filter(lambda term: bool(term.phrase) or term.field in {"cat", "id", "doi"})  # fmt: skip
RANGES = st.sampled_from(
    [Range("202404010000", "202404022359"), Range("202403300000", "202404010000")]
)
TREES: st.SearchStrategy[Node] = st.recursive(
    TERMS | RANGES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Any(tuple(parts))),
        st.tuples(inner, st.lists(st.tuples(inner, st.booleans()), min_size=1, max_size=3)).map(
            lambda parts: All(((parts[0], False), *parts[1]))
        ),
    ),
    max_leaves=5,
)
DECISIONS = st.builds(
    Decision,
    st.sampled_from(Mark),
    st.lists(st.sampled_from(["thesis", "models", "ünï"]), unique=True, max_size=2).map(tuple),
    st.none() | SAID,
)
SUMMARIES = st.builds(
    lambda tldr, points, day: Summary(
        "brief", "en", "m", "abstract", {"tldr": tldr, "takeaways": points, "none": None},
        datetime(2026, 11, day, tzinfo=UTC),
    ),
    SAID, st.lists(SAID, max_size=2).map(tuple), st.integers(1, 9),
)  # fmt: skip
CHANGES = st.one_of(
    st.tuples(st.just("remember"), PAPERS, st.sampled_from([(), ("nerf",), ("nerf", "diff")])),
    st.tuples(st.just("decide"), st.sampled_from(IDS), DECISIONS),
    st.tuples(st.just("summary"), st.sampled_from(IDS), SUMMARIES),
)


@contextmanager
def a_library() -> Iterator[tuple[Library, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        yield Library(Path(folder, "data")), Path(folder, "cache")


def change(library: Library, what: str, subject: object, told: object) -> None:
    """One thing that happens to a library."""
    if what == "remember":
        assert isinstance(subject, Paper)
        assert isinstance(told, tuple)
        library.remember({subject.id: (subject, told)})
    elif subject in set(library.ids()):
        assert isinstance(subject, str)
        if isinstance(told, Decision):
            library.decide([subject], lambda _before: told)
        if isinstance(told, Summary):
            library.keep_summary(subject, told.created.isoformat(), told)


def by_hand(library: Library, query: Query) -> set[str]:
    """The papers that the query means, each looked at."""
    told = library.latest_summaries(library.ids())
    return {
        one
        for one, known in library.known(library.ids()).items()
        if query.matches(known.paper, beyond(told.get(one), known.decision))
    }


def everything_found(search: Search) -> Mapping[str, object]:
    """What an index says of itself, in all its tables."""
    filters = {
        **{mark: Filters(marks=(mark,)) for mark in Mark},
        **{tag: Filters(tags=(tag,)) for tag in ("thesis", "models")},
        **{name: Filters(queries=(name,)) for name in ("nerf", "diff")},
    }
    words = {word: sorted(search.find(parse(f'all:"{word}"')).ids) for word in ("model", "模型")}
    return {
        "all": search.find(), "counts": search.counts(), **words,
        **{str(name): search.find(None, one) for name, one in filters.items()},
    }  # fmt: skip


@FEW
@given(st.lists(CHANGES, max_size=8), st.lists(TREES, min_size=1, max_size=4))
def test_search_finds_what_matching_by_hand_finds(
    changes: list[tuple[str, object, object]], trees: list[Node]
) -> None:
    """Any query over any library: exactly the papers that the query language means."""
    with a_library() as (library, cache):
        for one in changes:
            change(library, *one)
        search = Search(library, cache)
        for tree in trees:
            found = search.find(Query("", tree))
            assert len(found.ids) == len(set(found.ids)) == found.total
            assert set(found.ids) == by_hand(library, Query("", tree)), tree


@FEW
@given(st.lists(CHANGES, max_size=10))
def test_an_index_that_followed_is_as_good_as_a_fresh_one(
    changes: list[tuple[str, object, object]],
) -> None:
    """After any changes, each followed, the index says what one made from nothing says."""
    with a_library() as (library, cache):
        search = Search(library, cache)
        for one in changes:
            change(library, *one)
            search.follow()
        assert everything_found(search) == everything_found(Search(library, cache / "fresh"))


@FEW
@given(st.text(max_size=60) | st.lists(st.sampled_from(['"', "(", "*", "NEAR", "{ti}:", "^", "-",
       "'; DROP TABLE papers; --", "\0", "🎉", "+", "a", ":", "rowid"])).map(" ".join))  # fmt: skip
def test_no_text_breaks_the_index(text: str) -> None:
    """Whatever is typed is understood or refused with a place, never an error of SQLite's."""
    with a_library() as (library, cache):
        change(library, "remember", a_paper("2404.00001"), ())
        try:
            query = parse(text, every_word=True)
        except QueryError:
            return
        search = Search(library, cache)
        assert set(search.find(query).ids) == by_hand(library, query)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "word " * 2_000,
        '"' + "word " * 2_000 + '"',
        "(" * 49 + "model" + ")" * 49,
        "(a OR (b AND " * 24 + "model" + "))" * 24,
        "model OR " * 1_000 + "model",
    ],
    ids=["long word", "many words", "long phrase", "parentheses", "nested", "alternatives"],
)
def test_long_and_deep_queries_are_answered(text: str) -> None:
    """There is no query that is too long or too deep for the index."""
    with a_library() as (library, cache):
        change(library, "remember", a_paper("2404.00001"), ())
        query = parse(text, every_word=True)
        assert set(Search(library, cache).find(query).ids) == by_hand(library, query)


def a_paper(id: str, title: str = "A model", **more: str) -> Paper:
    return replace(
        Paper(id, title, ("Kunpeng Song",), "We present MoMA.", ("cs.CV",), version=1), **more
    )  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "data")
    for number in range(1, 4):
        paper = a_paper(f"2404.0000{number}", f"Paper {'model ' * (4 - number)}")
        library.remember({paper.id: (paper, ("nerf",))})
    return library


@pytest.fixture
def search(library: Library, tmp_path: Path) -> Search:
    return Search(library, tmp_path / "cache")


def test_the_best_come_first_and_only_as_many_as_asked(search: Search) -> None:
    """The paper with most of the word, though its id is the lowest; by date it would be the last.

    How many there are in all is known, whatever the order.
    """
    best, second, newest = "2404.00001", "2404.00002", "2404.00003"
    found = search.find(parse("model"), limit=2)
    assert (found.ids, found.total) == ((best, second), 3)
    found = search.find(parse("model"), limit=2, by_relevance=False)
    assert (found.ids, found.total) == ((newest, second), 3)


@pytest.mark.parametrize(
    "better",
    [
        {"title": "On quarks"},
        {"authors": ("Ada Quarks",)},
    ],
    ids=["title", "author"],
)
def test_a_word_counts_most_in_title_and_names(
    library: Library, search: Search, better: dict[str, object]
) -> None:
    """More than once in the abstract of a newer paper."""
    old = replace(a_paper("0704.00001", "On"), **better)  # type: ignore[arg-type]
    new = a_paper("2404.00009", "On it", abstract="We present quarks.")
    library.remember({paper.id: (paper, ()) for paper in (old, new)})
    assert search.find(parse("quarks")).ids == (old.id, new.id)


def test_a_paper_without_dates_is_of_the_month_of_its_id() -> None:
    """Else a filter by date would hide all that was imported as a bare id."""
    assert day_of(a_paper("2404.00001")) == "2024-04-01"
    assert day_of(a_paper("hep-th/9912001")) == "1999-12-01"
    assert day_of(a_paper("local:x")) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"no database"),
        lambda file: file.write_bytes(file.read_bytes()[:5000] + b"\xff" * 20_000),
        lambda file: run(file, "PRAGMA user_version = 99"),
        lambda file: run(file, "DROP TABLE months"),
        lambda file: run(file, "DROP TABLE words"),
        lambda file: run(file, "DELETE FROM words_data WHERE id > 10"),
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
    ],
    ids=["text", "cut", "format", "table", "words", "block", "gone", "empty"],
)
def test_an_index_that_is_damaged_or_foreign_is_made_anew(
    library: Library, tmp_path: Path, damage: object
) -> None:
    """Nothing in the cache is worth a word to the user."""
    search = Search(library, tmp_path)
    assert search.find(parse("model")).total == 3
    search.close()
    assert callable(damage)
    damage(tmp_path / "search.sqlite")
    assert search.find(parse("model")).total == 3


def run(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement)
    connection.close()


def test_an_index_of_mostly_dead_words_starts_anew(library: Library, tmp_path: Path) -> None:
    """Words of papers that changed are left behind, but never more than there are living ones."""
    search = Search(library, tmp_path)
    for number in range(130):
        library.decide(["2404.00001"], partial(_noted, f"n{number}"))
        search.follow()
    assert search.find(parse("n129")).ids == ("2404.00001",)
    assert search.find(parse("n128")).ids == ()
    search.close()
    with closing(sqlite3.connect(tmp_path / "search.sqlite")) as file:
        assert file.execute("SELECT count(*) FROM words_docsize").fetchone()[0] < 110


def _noted(note: str, before: Decision) -> Decision:
    return replace(before, note=note)


def test_a_cache_that_cannot_be_used_is_named(library: Library, tmp_path: Path) -> None:
    """The system's reason becomes a sentence with the place."""
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(PlaceRefused, match="cache"):
        Search(library, tmp_path / "cache").find()
    (tmp_path / "other" / "search.sqlite").mkdir(parents=True)
    with pytest.raises(PlaceRefused, match=r"search\.sqlite"):
        Search(library, tmp_path / "other").find()


def test_a_full_disk_is_searched(library: Library, tmp_path: Path) -> None:
    """Reading writes nothing; an index that is not current, or not there, is made in memory."""
    Search(library, tmp_path / "cache").follow()
    for news in ((), ("2404.00009",)):
        for id in news:
            library.remember({id: (a_paper(id), ())})
        for cache in ("cache", "other"):
            search = Search(library, tmp_path / cache)
            with no_file_larger_than(1):
                assert search.find(parse("model")).total == 3 + len(news)
                assert search.counts().papers == 3 + len(news)
            search.close()
    assert Search(library, tmp_path / "cache").find(parse("model")).total == 4


def test_what_a_killed_process_left_beside_the_index_is_read(
    library: Library, tmp_path: Path
) -> None:
    """Changes that are not yet in the file itself count, whether or not one may write."""
    writer = Search(library, tmp_path)
    writer.follow()
    library.remember({"2404.00009": (a_paper("2404.00009"), ())})
    writer.follow()
    assert (tmp_path / "search.sqlite-wal").stat().st_size
    with no_file_larger_than(1):
        assert Search(library, tmp_path).find(parse("model")).total == 4
    writer.close()
