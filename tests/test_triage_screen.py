"""The full screen of triage: what each key does, and what is seen."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperlens.demo import Sample
from paperlens.demo.server import TinyArxiv
from paperlens.models import Decision, Mark, Paper
from paperlens.triage.drawn import Places, foot
from paperlens.triage.keys import KEYS
from tests.conftest import pointing_to
from tests.make.triage_pictures import pictures
from tests.sittings import played, reported, screen, settled, shown, sitting, typed, world_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from paperlens.triage.app import Triage


def decisions(home: Path, papers: Sequence[Paper]) -> list[str]:
    """The marks that the library holds."""
    held = world_of(home).library.known(paper.id for paper in papers)
    return [known.decision.mark.value for known in held.values()]


def test_each_decision_is_a_key(tmp_path: Path, sample: Sample) -> None:
    """s, l, x and r decide about the paper in front of the reader and show the next; u takes back
    one after the other."""
    papers = sample.papers[:5]
    _, begins = sitting(tmp_path, sample)
    app = played(begins, typed("s", "l", "x", "r"))
    assert decisions(tmp_path, papers) == ["star", "later", "skip", "read", "new"]
    assert app.deck.current == papers[4].id
    again = world_of(tmp_path).library
    assert again.marked([Mark.STAR]) == [papers[0].id]


def test_undo_goes_back_step_by_step(tmp_path: Path, sample: Sample) -> None:
    """Each u takes one decision back and returns to its paper; the command line agrees."""
    papers = sample.papers[:5]
    world, begins = sitting(tmp_path, sample)
    world.library.decide([papers[4].id], lambda old: replace(old, mark=Mark.READ))
    app = played(begins, typed("s", "x", "s", "u", "u"))
    assert decisions(tmp_path, papers) == ["star", "new", "new", "new", "read"]
    assert app.deck.current == papers[1].id
    world.library.undo()
    assert decisions(tmp_path, papers) == ["new", "new", "new", "new", "read"]


def test_undo_with_nothing_to_undo_says_so(tmp_path: Path, sample: Sample) -> None:
    """What another command decided is not taken back by a key."""
    world, begins = sitting(tmp_path, sample)
    world.library.decide([sample.papers[0].id], lambda old: replace(old, mark=Mark.STAR))

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("u")(app, pilot)
        await shown(app, pilot, "nothing was decided here yet")

    played(begins, script)
    assert decisions(tmp_path, sample.papers[:1]) == ["star"]


def test_moving_and_reading_on(tmp_path: Path, sample: Sample) -> None:
    """j, k, g, G and the arrows move through the list, space and b through the card."""
    _, begins = sitting(tmp_path, sample)
    tops = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("j", "down", "k", "G", "up", "g", "j")(app, pilot)
        for key in ("space", "b"):
            await pilot.press(key)
            await settled(app, pilot)
            tops.append(app._card.scroll_offset.y)

    app = played(begins, script)
    assert app.deck.place == 1
    assert tops[0] > tops[1] == 0


def test_tags_and_notes(tmp_path: Path, sample: Sample) -> None:
    """t adds tags and n writes a note; both stand on the card, and escape changes nothing."""
    _, begins = sitting(tmp_path, sample)
    seen, typing = [], []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("t", tuple("cite, q"))(app, pilot)
        typing.append(screen(app).splitlines()[-1])
        await typed("enter", "n", tuple("see [b]x[/b]"), "enter")(app, pilot)
        seen.append(screen(app))
        await typed("n", "x", "escape", "t", "escape")(app, pilot)

    played(begins, script)
    paper = sample.papers[0].id
    decision = world_of(tmp_path).library.known([paper])[paper].decision
    assert decision == Decision(Mark.NEW, ("cite", "q"), "see [b]x[/b]")
    assert typing == [" tags: cite, q"]
    assert "tags cite · q" in seen[0]
    assert "see [b]x[/b]" in seen[0]


def test_searching_filters_as_it_is_typed(tmp_path: Path, sample: Sample) -> None:
    """/ shows only papers with these words; escape shows all again."""
    _, begins = sitting(tmp_path, sample, count=11)
    counts = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("/", tuple("zzz"))(app, pilot)
        counts.append((len(app.deck.shown), "No paper has these words" in screen(app)))
        await typed("escape", "/", tuple("palimpsest"), "enter")(app, pilot)
        counts.append((len(app.deck.shown), "“palimpsest”" in screen(app)))
        await typed("s", "escape")(app, pilot)
        counts.append((len(app.deck.shown), "“palimpsest”" in screen(app)))

    played(begins, script, size=(100, 24))
    assert counts == [(0, True), (1, True), (11, False)]
    assert len(world_of(tmp_path).library.marked([Mark.STAR])) == 1


def test_another_order_only_when_asked(tmp_path: Path, sample: Sample) -> None:
    """R puts what waits in order; until then the list stands as the report did."""
    papers = sample.papers[:5]
    world = world_of(tmp_path)
    reported(world, [papers[2], papers[0], papers[1]])
    from paperlens.cli.triage import beginning

    begins = beginning([], False, world)
    assert begins is not None
    orders = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("x")(app, pilot)
        orders.append(app.deck.ids)
        await typed("R")(app, pilot)
        orders.append(app.deck.ids)

    played(begins, script)
    assert orders[0] == (papers[2].id, papers[0].id, papers[1].id)
    assert orders[1][-1] == papers[2].id
    assert set(orders[1]) == set(orders[0])


def test_a_deep_summary_comes_while_one_goes_on(
    tmp_path: Path, sample: Sample, arxiv: TinyArxiv
) -> None:
    """d has the paper told in depth; the card shows it when it is there, and f its figures."""
    papers = [paper for paper in sample.papers if paper.id in sample.pdfs][:1]
    world = world_of(tmp_path, pointing_to(arxiv))
    reported(world, [*papers, *sample.papers[:1]])
    from paperlens.cli.triage import beginning

    begins = beginning([], False, world)
    assert begins is not None
    seen = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await pilot.press("d")
        await pilot.pause()
        seen.append(screen(app))
        await pilot.press("j")
        await settled(app, pilot)
        await typed("k")(app, pilot)
        seen.append(screen(app))
        await typed("f")(app, pilot)
        seen.append(screen(app))
        await typed("q")(app, pilot)

    played(begins, script, size=(140, 60))
    assert "A deep summary is being made…" in seen[0]
    assert "being made" not in seen[1]
    assert "Method" in seen[1]
    assert "Figure" in seen[2] or "(page" in seen[2]
    (summary,) = world.library.latest_summaries([papers[0].id]).values()
    assert summary.template == "deep"


def test_what_fails_is_told_and_nothing_else(tmp_path: Path, sample: Sample) -> None:
    """A PDF that cannot be fetched is a notification; the next key works."""
    _, begins = sitting(tmp_path, sample)

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("p")(app, pilot)
        await shown(app, pilot, "could not be fetched")
        await typed("f", "s")(app, pilot)

    app = played(begins, script, size=(120, 40))
    assert app.bug is None
    assert decisions(tmp_path, sample.papers[:1]) == ["star"]


def test_the_mouse_selects_and_presses_keys(tmp_path: Path, sample: Sample) -> None:
    """A click on a title selects it, one on a key at the foot presses it."""
    _, begins = sitting(tmp_path, sample)
    (start, _, action), *_ = foot(80)[1]
    assert action == "mark('star')"

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await pilot.click("#list", offset=(6, 2))
        await settled(app, pilot)
        await pilot.click("#foot", offset=(start, 0))

    played(begins, script)
    assert decisions(tmp_path, sample.papers[:4]) == ["new", "new", "star", "new"]


def test_help_names_every_key(tmp_path: Path, sample: Sample) -> None:
    """? shows what each key does, at 80×24 without scrolling; the next key puts it away."""
    _, begins = sitting(tmp_path, sample)
    seen = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("question_mark")(app, pilot)
        seen.append(screen(app))
        await typed("q", "s")(app, pilot)

    played(begins, script)
    for key in KEYS:
        assert key.meaning in seen[0]
    assert decisions(tmp_path, sample.papers[:1]) == ["star"]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (12, 3), (250, 70)])
def test_any_size_shows_where_one_is(tmp_path: Path, sample: Sample, size: tuple[int, int]) -> None:
    """However small a terminal is, the list shows the current paper, and keys work."""
    _, begins = sitting(tmp_path, sample)
    seen = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        await typed("s")(app, pilot)
        seen.append(screen(app))
        await pilot.resize_terminal(size[1] * 2, size[1])
        await typed("x")(app, pilot)

    played(begins, script, size=size)
    assert "▌" in seen[0]
    assert decisions(tmp_path, sample.papers[:2]) == ["star", "skip"]


def test_list_and_card_stand_beside_each_other_where_there_is_room() -> None:
    """From eighty columns on; below that one above the other, all rows given away."""
    assert Places.on(80, 24).beside
    assert not Places.on(60, 24).beside
    for width in range(1, 200, 7):
        for height in range(3, 80, 7):
            places = Places.on(width, height)
            if places.beside:
                assert places.list_size[0] + 1 + places.card_size[0] == width
            else:
                assert places.list_size[1] + 1 + places.card_size[1] <= max(height - 2, 2)


def test_untrusted_words_mean_nothing(tmp_path: Path, sample: Sample) -> None:
    """Markup, control codes and turned writing in a title are text or gone; TeX is told."""
    nasty = replace(
        sample.papers[0],
        title="[red]x[/red] \x1b[31m\u202eevil\u2066 $\\alpha$ 视频生成 [@click=app.leave]go[/]",
        authors=("[link=http://x.org]A[/link]", "\x9b2J"),
        abstract="[/] [bold $primary]text\x07",
    )
    world = world_of(tmp_path)
    reported(world, [nasty, sample.papers[1]])
    from paperlens.cli.triage import beginning

    begins = beginning([], False, world)
    assert begins is not None
    seen = []

    async def script(app: "Triage", pilot: "Pilot[None]") -> None:
        seen.append(screen(app))
        await pilot.click("#card", offset=(20, 1))
        await typed("p", "s")(app, pilot)

    app = played(begins, script, size=(120, 30))
    assert app.bug is None
    assert "[red]x[/red] [31mevil α 视频生成 [@click=app.leave]go[/]" in seen[0]
    assert not set(seen[0]) & set("\x1b\u202e\u2066\x9b\x07")
    assert decisions(tmp_path, [nasty]) == ["star"]


def test_it_goes_on_where_it_was_left(tmp_path: Path, sample: Sample) -> None:
    """Undecided papers come again in their order, opened at the one that was left."""
    from paperlens.cli.triage import beginning

    papers = sample.papers[:5]
    _, begins = sitting(tmp_path, sample)
    played(begins, typed("s", "j", "j"))
    again = beginning([], False, world_of(tmp_path))
    assert again is not None
    assert again.deck.ids == tuple(paper.id for paper in papers[1:])
    assert again.deck.current == papers[3].id


def test_the_pictures_are_fresh() -> None:
    """The docs show triage as it is now, at 80×24 and 140×40."""
    for file, drawn in pictures().items():
        assert file.read_text("utf-8") == drawn, "python -m tests.make.triage_pictures"


def test_a_bug_is_kept_for_the_command_line(tmp_path: Path, sample: Sample) -> None:
    """A worker that breaks ends triage, and what broke it is known outside."""
    _, begins = sitting(tmp_path, sample)

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("the moon is full")

    from paperlens.triage.app import Triage

    app = Triage(replace(begins, desk=Broken()))  # type: ignore[arg-type]

    async def play() -> None:
        async with app.run_test() as pilot:
            await pilot.press("s")
            await pilot.pause(0.2)

    with pytest.raises(BaseException, match="moon"):
        asyncio.run(play())
    assert str(app.bug) == "the moon is full"
    app.finish()
