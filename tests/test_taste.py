"""What comes first: taste learned from marks, interests and authors, with its reasons."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from paperlens.holdings import Holding
from paperlens.library import Library
from paperlens.models import Decision, Known, Mark, Paper, SavedQuery
from paperlens.query import parse
from paperlens.rank import Question, Ranked, rank
from paperlens.reasons import FRESH_AIR
from paperlens.taste import Marked, School, Taste, counted, observed, read, written
from paperlens.taste.school import MARKS
from tests.conftest import Ran, Shell

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
TOPICS = {
    "gaussian": "gaussian splatting radiance field novel view rendering scene camera geometry mesh",
    "speech": "speech recognition acoustic phoneme speaker audio transcription noise voice",
    "protein": "protein folding residue structure binding molecule ligand docking sequence enzyme",
}
FILLER = "we study how a model learns from data and show results on several tasks with training"


def paper(topic: str, number: int, author: str = "") -> Paper:
    """An invented paper: three words of its topic in the title, six in the abstract."""
    chance = Random(f"{topic} {number}")
    words = TOPICS[topic].split()
    title = " ".join([*chance.sample(words, 3), f"{number}"]).capitalize()
    abstract = [*chance.sample(words, 6), *chance.sample(FILLER.split(), 10)]
    chance.shuffle(abstract)
    place = list(TOPICS).index(topic) * 1000 + number
    names = (author or f"Ann {topic} {number}",)
    return Paper(f"2404.{place:05}", title, names, " ".join(abstract), ("cs.CV",))


PAPERS = [paper(topic, number) for number in range(30) for topic in TOPICS]


def lines(papers: list[Paper]) -> str:
    return "\n".join(
        json.dumps(
            {
                "id": one.id, "title": one.title, "authors": one.authors, "abstract": one.abstract,
                "categories": one.categories,
            }
        )
        for one in papers
    )  # fmt: skip


@pytest.fixture
def shelf(paperlens: Shell) -> Shell:
    """A library of three topics, thirty papers each."""
    assert paperlens("import", "-", stdin=lines(PAPERS)).code == 0
    return paperlens


def by_score(shell: Shell, *more: str) -> list[dict[str, Any]]:
    ran = shell("search", "--sort", "score", "--json", *more)
    assert (ran.code, ran.err) == (0, "")
    return list(json.loads(ran.out)["papers"])


def topics(found: list[dict[str, Any]]) -> list[str]:
    return [list(TOPICS)[int(one["id"].partition(".")[2]) // 1000] for one in found]


def ids(topic: str, *numbers: int) -> list[str]:
    return [paper(topic, number).id for number in numbers]


def test_one_star_brings_its_like_to_the_top(shelf: Shell) -> None:
    """From the first star on, papers like the starred one stand before the others."""
    shelf("mark", *ids("speech", 3), "--star")
    found = by_score(shelf)
    assert topics(found)[:20].count("speech") >= 18
    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] < scores[0] < 1


def test_skips_push_down(shelf: Shell) -> None:
    """With skips alone, papers like the skipped ones stand last."""
    shelf("mark", *ids("protein", 1, 2, 3), "--skip")
    assert topics(by_score(shelf))[-20:].count("protein") >= 18


def test_read_counts_more_than_later(shelf: Shell) -> None:
    """What was read says more than what is to be read later."""
    shelf("mark", *ids("speech", 1, 2), "--later")
    shelf("mark", *ids("protein", 1, 2), "--read")
    found = topics(by_score(shelf))
    assert found[:15].count("protein") > found[:15].count("speech")


def test_without_marks_the_newest_come_first(shelf: Shell) -> None:
    """A library without any mark is in the order of time, and nobody is told of it."""
    found = [one["id"] for one in by_score(shelf)]
    assert found == sorted(found, reverse=True)


def test_contradictory_marks_are_no_failure(shelf: Shell) -> None:
    """Half of a topic starred, the other half skipped: still an order, and no warning."""
    shelf("mark", *ids("speech", *range(10)), "--star")
    shelf("mark", *ids("speech", *range(10, 20)), "--skip")
    assert len(by_score(shelf)) == len(PAPERS)


def test_ten_thousand_marks_are_no_failure(tmp_path: Path) -> None:
    """Of ten thousand marks the newest teach; there are scores in a moment."""
    library = Library(tmp_path / "data")
    held = [
        Holding(Known(replace(PAPERS[n % 90], id=f"2404.{n:05}"), (), None, Decision(mark)))
        for n, mark in enumerate([Mark.STAR, Mark.SKIP] * 5_000)
    ]
    library.take(held)
    library.decide(["2404.00007"], lambda before: replace(before, mark=Mark.READ))
    taste = School(library, tmp_path / "cache", lambda: NOW).taste()
    assert taste is not None
    assert len(taste.marked) == MARKS
    assert "2404.00007" in {one.paper.id for one in taste.marked}
    assert taste.opinion(PAPERS[0]).pull


def test_a_score_does_not_depend_on_what_else_came(shelf: Shell) -> None:
    """The same paper and the same marks give the same score on a day with other papers."""
    shelf("mark", *ids("speech", 3, 4), "--star")
    before = {one["id"]: one["score"] for one in by_score(shelf)}
    others = [paper("gaussian", number) for number in range(100, 120)]
    assert shelf("import", "-", stdin=lines(others)).code == 0
    after = {one["id"]: one["score"] for one in by_score(shelf)}
    assert {one: after[one] for one in before} == before


def test_the_model_is_derived(shelf: Shell) -> None:
    """Deleting the cache changes no score; a damaged file in it is made anew."""
    shelf("mark", *ids("speech", 3, 4), "--star")
    before = by_score(shelf)
    kept = Path(shelf.environ["PAPERLENS_HOME"], "cache", "taste.json")
    kept.write_text(kept.read_text()[:-100])
    assert by_score(shelf) == before
    assert shelf("cache", "clear", "index").code == 0
    assert not kept.exists()
    assert by_score(shelf) == before


def test_why_adds_up(shelf: Shell) -> None:
    """`why` names what pulled and pushed, in words of the paper, and the marked papers near by."""
    shelf("mark", *ids("speech", 3, 4), "--star")
    shelf("mark", *ids("protein", 3, 4), "--skip")
    (one, other) = ids("speech", 7)[0], ids("protein", 7)[0]
    ran = shelf("why", one, other, "--json")
    assert ran.code == 0, ran.err
    told, against = json.loads(ran.out)["papers"]
    assert told["score"] == pytest.approx(1 / (1 + exp(-sum(told["parts"].values()))), abs=1e-3)
    text = f"{paper('speech', 7).title} {paper('speech', 7).abstract}".lower()
    pulled = [part["text"].lower() for part in told["pulled"]]
    assert all(phrase in text for phrase in pulled)
    assert set(pulled[0].split()) <= set(TOPICS["speech"].split())
    assert told["nearest"][0]["id"] in ids("speech", 3, 4)
    assert told["nearest"][0]["mark"] == "star"
    assert set(against["pushed"][0]["text"].lower().split()) <= set(TOPICS["protein"].split())
    assert told["learned_from"] == {"star": 2, "skip": 2}
    page = shelf("why", one).out
    assert "pulled" in page
    assert "star" in page


def test_why_without_marks_says_how_to_begin(shelf: Shell) -> None:
    """Where nothing was learned, `why` says so and names the command that teaches."""
    ran = shelf("why", *ids("speech", 7))
    assert ran.code == 0
    assert "mark ID --star" in ran.out


def test_the_card_tells_phrases_and_the_star(reader: Shell) -> None:
    """A report's reasons name the phrases that pulled and the starred paper that is like it."""
    first = json.loads(reader("today", "--json").out)["papers"]
    starred = first[0]["id"]
    reader("mark", starred, "--star")
    told = json.loads(reader("today", "--json", "--refresh").out)["papers"]
    assert any("your taste: " in reason for one in told for reason in one["why"])
    assert {one["id"]: one for one in told}[starred]["score"] > first[0]["score"]


def test_a_report_keeps_its_order_through_its_day(reader: Shell) -> None:
    """Marks teach the next report; the same one, asked for again, stands as it stood."""
    first = json.loads(reader("today", "--json").out)["papers"]
    reader("mark", "3", "--star")
    reader("mark", "1", "--skip")
    again = json.loads(reader("today", "--json").out)["papers"]
    assert [(one["id"], one["score"]) for one in again] == [
        (one["id"], one["score"]) for one in first
    ]
    anew = json.loads(reader("today", "--refresh", "--json").out)["papers"]
    assert anew[0]["id"] == first[2]["id"]


def test_interests_teach_and_do_not_fill(shelf: Shell) -> None:
    """`import --as interest` lifts papers like those of the file and adds none to the library."""
    brought = lines([paper("protein", number) for number in range(50, 60)])
    ran = shelf("import", "-", "--as", "interest", stdin=brought)
    assert (ran.code, ran.out) == (0, "10 papers: 10 new, 0 known already\n")
    assert shelf("import", "-", "--as", "interest", stdin=brought).out.endswith(
        "10 known already\n"
    )
    found = by_score(shelf)
    assert len(found) == len(PAPERS)
    assert topics(found)[:20].count("protein") >= 18
    listed = json.loads(shelf("interests", "list", "--json").out)
    assert len(listed) == 10
    assert shelf("interests", "rm", listed[0]["id"]).code == 0
    assert shelf("interests", "rm", listed[0]["id"]).code == 2
    assert "9 papers" in shelf("interests", "clear").err
    assert json.loads(shelf("interests", "list", "--json").out) == []


def test_a_mark_knows_its_moment(tmp_path: Path) -> None:
    """When a mark was set is kept, survives a note, goes with the mark, moves with a library."""
    clock = [NOW]
    library = Library(tmp_path / "data", now=lambda: clock[0])
    library.remember({PAPERS[0].id: (PAPERS[0], ())})

    def decided(**changes: Any) -> Decision:
        held = library.decide([PAPERS[0].id], lambda held: replace(held, **changes))
        return held[PAPERS[0].id].decision

    assert decided(mark=Mark.STAR).marked == NOW
    clock[0] += timedelta(days=3)
    assert decided(note="again").marked == NOW
    assert decided(mark=Mark.READ).marked == NOW + timedelta(days=3)
    holdings = list(library.everything())
    other = Library(tmp_path / "other")
    other.take(holdings)
    assert other.all_marked()[PAPERS[0].id].marked == NOW + timedelta(days=3)
    library.undo()
    assert library.all_marked()[PAPERS[0].id].marked == NOW
    assert decided(mark=Mark.NEW).marked is None


def test_old_marks_fade(tmp_path: Path) -> None:
    """Of two loves, the newer weighs more; a mark from before moments were kept counts as old."""
    then, now = NOW - timedelta(days=900), NOW
    clock = [then]
    library = Library(tmp_path / "data", now=lambda: clock[0])
    library.remember({one.id: (one, ()) for one in PAPERS})
    library.decide(ids("speech", 1, 2, 3), lambda held: replace(held, mark=Mark.STAR))
    clock[0] = now
    library.decide(ids("protein", 1, 2, 3), lambda held: replace(held, mark=Mark.STAR))
    taste = School(library, tmp_path / "cache", lambda: now).taste()
    assert taste is not None
    new, old = (taste.opinion(paper(topic, 20)).pull for topic in ("protein", "speech"))
    assert new > old
    assert len({one.weight for one in taste.marked}) == 2


def taste_for(topic: str) -> Taste:
    stars = [
        Marked(one, Mark.STAR, 1.0, counted(one)) for one in (paper(topic, n) for n in range(5))
    ]
    return Taste(observed([counted(one) for one in PAPERS]), stars)


def placed(explore: float, taste: Taste | None) -> tuple[Ranked, ...]:
    news = [Known(one) for one in PAPERS[15:]]
    return rank(news, (), taste, shown=10, explore=explore)


def test_fresh_air_is_a_share_and_says_so() -> None:
    """The last of the papers shown come from outside the taste, marked, the same when run again."""
    taste = taste_for("speech")
    found = placed(0.2, taste)
    fresh = [n for n, one in enumerate(found) if one.why[:1] == (FRESH_AIR,)]
    assert fresh == [8, 9]
    assert all("speech" not in one.known.paper.authors[0] for one in found[8:10])
    assert placed(0.2, taste) == found
    assert {one.known.paper.id for one in found} == {one.id for one in PAPERS[15:]}
    for nothing in (placed(0, taste), placed(0.2, None)):
        assert not any(FRESH_AIR in one.why for one in nothing)


def test_a_followed_author_comes_first() -> None:
    """A query that only names people is following: its papers stand high and say so."""
    asked = [
        Question(SavedQuery("kerbl", "au:kerbl"), parse("au:kerbl")),
        Question(SavedQuery("all", "cat:cs.CV"), parse("cat:cs.CV")),
    ]
    news = [Known(one, ("all",)) for one in PAPERS]
    news.append(Known(paper("protein", 99, "Bernhard Kerbl"), ("all", "kerbl")))
    first = rank(news, asked, taste_for("speech"))[0]
    assert first.known.paper.authors == ("Bernhard Kerbl",)
    assert first.why[0] == "by kerbl, whom you follow"


def test_a_background_is_read_as_it_was_written() -> None:
    """What the cache keeps scores as the original did, but for rounding."""
    background = observed([counted(one) for one in PAPERS])
    kept = read(written(background, NOW.date()))
    assert kept is not None
    one = Marked(PAPERS[0], Mark.STAR, 1.0, counted(PAPERS[0]))
    pulls = [Taste(each, [one]).opinion(PAPERS[3]).pull for each in (background, kept[0])]
    assert pulls[0] == pytest.approx(pulls[1], abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.tuples(some.text(max_size=80), some.text(max_size=200)), max_size=6),
    some.lists(some.sampled_from([1.0, 0.4, -1.0]), max_size=4),
)
def test_any_papers_have_scores_and_reasons(
    told: list[tuple[str, str]], marks: list[float]
) -> None:
    """Whatever titles and abstracts hold, and however few there are, everything has its place."""
    papers = [Paper(f"x{n}", title, (title,), text, ()) for n, (title, text) in enumerate(told)]
    marked = [
        Marked(one, Mark.STAR, w, counted(one)) for one, w in zip(papers, marks, strict=False)
    ]
    taste = Taste(observed([counted(one) for one in papers]), marked)
    found = rank([Known(one) for one in papers], (), taste, shown=5, explore=0.5)
    assert len(found) == len(papers)
    assert all(0 <= (one.score or 0) <= 1 for one in found)


def test_search_by_score_counts_what_it_leaves_out(shelf: Shell) -> None:
    """With fewer asked for than found, the listing says how many there are."""
    shelf("mark", *ids("speech", 3), "--star")
    ran: Ran = shelf("search", "--sort", "score", "-n", "5", "--json")
    told = json.loads(ran.out)
    assert len(told["papers"]) == 5
    assert any("5 of 90" in notice["text"] for notice in told["notices"])


def taught(folder: Path, stars: int = 5) -> Library:
    library = Library(folder / "data", now=lambda: NOW)
    library.remember({one.id: (one, ()) for one in PAPERS})
    library.decide(ids("speech", *range(stars)), lambda held: replace(held, mark=Mark.STAR))
    return library


def pulls(taste: Taste | None) -> list[float]:
    assert taste is not None
    return [taste.opinion(one).pull for one in PAPERS]


def test_what_was_learned_is_kept_until_something_changes(tmp_path: Path) -> None:
    """The second time nothing is learned, to the same scores; a mark more, and it is."""
    library, cache = taught(tmp_path), tmp_path / "cache"
    first = pulls(School(library, cache, lambda: NOW).taste())
    kept = (cache / "taste-now.json").stat()
    again = School(Library(tmp_path / "data"), cache, lambda: NOW).taste()
    assert pulls(again) == first
    assert again is not None
    assert {one.paper.id for one in again.marked} == {*ids("speech", *range(5))}
    assert (cache / "taste-now.json").stat() == kept
    library.decide(ids("protein", 1), lambda held: replace(held, mark=Mark.SKIP))
    assert pulls(School(library, cache, lambda: NOW).taste()) != first
    library.decide(ids("protein", 1), lambda _: Decision())
    assert pulls(School(library, cache, lambda: NOW).taste()) == first
    library.add_interests([paper("protein", 77)])
    assert pulls(School(library, cache, lambda: NOW).taste()) != first


@pytest.mark.parametrize("name", ["taste.json", "taste-now.json"])
@pytest.mark.parametrize("damage", ["cut", "garbage", "deep", "a number more", "other", "folder"])
def test_a_broken_memory_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    """Whatever lies in the cache in place of what was kept there, the scores are as they were."""
    library, cache = taught(tmp_path), tmp_path / "cache"
    first = pulls(School(library, cache, lambda: NOW).taste())
    file = cache / name
    text = file.read_text()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        broken = {
            "cut": text[: len(text) // 2],
            "garbage": "\udcff{",
            "deep": "[" * 100_000,
            "a number more": text.replace("[", "[7,", 1),
            "other": text.replace('"format":', '"format":9', 1),
        }
        file.write_text(broken[damage], errors="surrogateescape")
    assert pulls(School(library, cache, lambda: NOW).taste()) == first


def test_plain_english_is_parted_as_any_other_text() -> None:
    """A letter of another script changes how words are found, and none of the words."""
    text = (
        "Self-supervised 3D_Gaussian splatting (Mip-NeRF 360), x^2: state-of-the-art.\tA\x0bB\x1c"
    )
    plain, other = (Paper("x", "", (), told, ()) for told in (text, f"{text} é"))
    assert counted(plain) == counted(other)
    assert {"self", "supervised", "3d", "gaussian", "3d gaussian", "mip nerf"} <= counted(
        plain
    ).keys()


def test_skips_alone_and_contradictions_have_sensible_scores(tmp_path: Path) -> None:
    """Where stars and skips say the same words, nothing is drawn far up or down."""
    library = taught(tmp_path, 4)
    library.decide(ids("speech", 4, 5, 6, 7), lambda held: replace(held, mark=Mark.SKIP))
    found = pulls(School(library, tmp_path / "cache", lambda: NOW).taste())
    assert all(abs(pull) < 6 for pull in found)
