"""The full screen: keys become changes of the deck and work at the desk.

Work runs in threads and comes back here, where alone the deck changes. A decision is shown as made
once it is written down.
"""

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import StringIO
from typing import ClassVar

from rich.console import Console
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Resize
from textual.worker import Worker, WorkerFailed

from paperlens.errors import PaperlensError
from paperlens.models import Entry, Known, Mark
from paperlens.rank import Ranked
from paperlens.triage import drawn
from paperlens.triage.beginning import Beginning
from paperlens.triage.changes import Change, marked, noted, tagged
from paperlens.triage.deck import Deck
from paperlens.triage.errands import Errands
from paperlens.triage.hands import Hands
from paperlens.triage.keys import KEYS
from paperlens.triage.panes import Border, Line, Listing, Pane
from paperlens.triage.sheets import Prompt, help_sheet
from paperlens.unseen import one_line

_WATCHED_EVERY = 5.0
Work = Callable[[], Coroutine[None, None, None]]


class Triage(App[None]):
    """`bug` is what went wrong where nothing should; `is_interrupted`, that it ended unasked."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layout: vertical; overflow: hidden; layers: base above; }
    #body { height: 1fr; }
    #card { padding: 0 0 0 1; }
    Toast { background: ansi_default; border: round ansi_cyan; padding: 0 1; max-width: 60; }
    Toast.-error { border: round ansi_red; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.keys, key.action, key.meaning, show=False) for key in KEYS),
        Binding("escape", "seek_no_more", show=False),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
    ]

    def __init__(self, begins: Beginning, watch: Callable[[], None] = lambda: None) -> None:
        """`watch` is called now and then: a terminal may go without a word."""
        super().__init__(ansi_color=True)
        self.error_console = Console(file=StringIO())  # bugs are told by the command line
        self.bug: BaseException | None = None
        self.is_interrupted = False
        self.deck, self._begins, self._watch = begins.deck, begins, watch
        self._desk, self._words = begins.desk, begins.words
        self._entries: dict[str, Entry] = {}
        self._ranked: dict[str, Ranked] = {}
        self._errands = Errands(self, begins)
        self._tags: Sequence[str] = ()
        self._rows: tuple[Known, ...] = ()
        self._place = 0
        self._on_card: str | None = None
        self._was_warned = False
        self._listing, self._card = Listing("list", self._row), Pane("card")
        self._head_line, self._foot_line = Line("head", self._head), Line("foot", self._foot)
        self._border = Border(id="border")
        self._body = Container(self._listing, self._border, self._card, id="body")
        self.hands = Hands()
        self._loop: AbstractEventLoop | None = None

    def compose(self) -> ComposeResult:
        yield self._head_line
        yield self._body
        yield self._foot_line

    def _head(self, width: int) -> Text:
        return drawn.head(self.deck, self._begins.asked, width)

    def _foot(self, width: int) -> Text:
        prompt = next(iter(self.screen.query(Prompt)), None)
        return drawn.label(prompt.label) if prompt else drawn.foot(width)[0]

    def on_mount(self) -> None:
        self._loop = get_running_loop()
        self._begins.asides.heard_by(lambda told: self.notify(one_line(told), markup=False))
        self.set_interval(_WATCHED_EVERY, self._watch)
        self.later(self._fill)

    def on_resize(self, event: Resize) -> None:
        places = drawn.Places.on(event.size.width, event.size.height)
        self._body.styles.layout = "horizontal" if places.beside else "vertical"
        self._border.styles.width = 1 if places.beside else "100%"
        self._border.styles.height = "100%" if places.beside else 1
        for pane, size in ((self._listing, places.list_size), (self._card, places.card_size)):
            pane.styles.width, pane.styles.height = size
        self.call_after_refresh(self._show_anew)

    def _show_anew(self) -> None:
        """After the panes have changed: the deck as it is by then, not as it was before."""
        self._show(self.deck, is_new=True)

    def _show(self, deck: Deck, is_new: bool = False) -> None:
        """The deck as it is by now."""
        self.deck = deck
        self._rows, self._place = deck.shown, deck.place
        top = drawn.top_of(deck, self._listing.size.height) if is_new else None
        self._listing.show(len(self._rows), self._place, top)
        self._head_line.refresh()
        self.show_card()

    def _row(self, place: int, width: int) -> Text:
        return drawn.row(self._rows[place], width, place == self._place)

    def show_card(self) -> None:
        """The current paper; another one from its top."""
        known = self.deck.known
        if known is None:
            self._card.show_lines((Text(), drawn.nothing(self.deck)), top=0)
            return
        paper = known.paper.id
        lines = drawn.card(
            self._entry(known),
            self._card.room - 1,
            self._words,
            self._errands.under_way.get(paper, ""),
        )
        self._card.show_lines(lines, top=None if self._on_card == paper else 0)
        self._on_card = paper
        if paper not in self._entries:
            self.later(partial(self._look, known), group="look", exclusive=True)

    def _entry(self, known: Known) -> Entry:
        """All that is known of a paper by now."""
        entry = self._entries.get(known.paper.id) or drawn.bare(known)
        ranked = self._ranked.get(known.paper.id)
        if ranked:
            entry = replace(entry, score=ranked.score, why=ranked.why)
        return replace(entry, decision=known.decision)

    async def _look(self, known: Known) -> None:
        entry = drawn.bare(known)
        with self.trouble_told():
            entry = await self.hands.look(lambda: self._desk.entry(known))
        self.told(entry)
        if self.deck.current == known.paper.id:
            self.show_card()

    async def _fill(self) -> None:
        """What there was no time for before the first paper was shown."""
        with self.trouble_told():
            while more := await self.hands.look(lambda: next(self._begins.more, None)):
                self._show(self.deck.with_more(more))
            await self._rank()
            self._tags = await self.hands.look(self._desk.tags)
            deck = self.deck
            await self.hands.look(lambda: deck.seeking("a").shown)  # so that the first / is quick

    async def _rank(self) -> tuple[Ranked, ...]:
        """Scores and reasons as of now; the order is left as it is."""
        papers = self.deck.papers
        ranked = await self.hands.look(lambda: self._desk.ranked(papers))
        self._ranked = {one.known.paper.id: one for one in ranked}
        self.show_card()
        return ranked

    def later(self, work: Work, group: str = "default", exclusive: bool = False) -> None:
        """While keys are answered; in a group where one excludes others, the last one counts."""
        _: Worker[None] = self.run_worker(work, group=group, exclusive=exclusive)

    # Keys.

    def action_mark(self, name: str) -> None:
        if known := self.deck.known:
            self._write(known.paper.id, marked(Mark(name)))
            self._show(self.deck.passed())

    def _write(self, paper: str, change: Change) -> None:
        """Queued at once: it is kept even if triage ends now."""
        written = self.hands.write(lambda: self._desk.decide(paper, change))
        self.later(partial(self._written, paper, written))

    async def _written(self, paper: str, written: "Future[Known]") -> None:
        try:
            known = await written
        except PaperlensError as trouble:
            self._show(self.deck.unwritten(paper))
            self._complain_of(trouble)
        else:
            self._show(self.deck.written(known))

    def action_undo(self) -> None:
        self.later(partial(self._undone, self.hands.write(self._desk.undo)))

    async def _undone(self, undone: "Future[Known]") -> None:
        with self.trouble_told():
            known = await undone
            self._show(self.deck.back_at(known))

    def action_move(self, by: int) -> None:
        self._show(self.deck.moved(by))

    def action_turn(self, by: int) -> None:
        page = max(self._card.size.height - 1, 1)
        self._card.scroll_relative(y=by * page, animate=False)

    def action_errand(self, name: str) -> None:
        """What takes a while: deep, figures, pdf, browse."""
        if known := self.deck.known:
            self._errands.begin(name, known)

    def told(self, entry: Entry) -> None:
        """A paper of which more is known now."""
        self._entries[entry.paper.id] = entry

    def action_tag(self) -> None:
        if known := self.deck.known:
            paper = known.paper.id
            self._ask(
                Prompt("tags:", "", lambda text: self._write(paper, tagged(text)), self._tags)
            )

    def action_note(self) -> None:
        if known := self.deck.known:
            paper, note = known.paper.id, known.decision.note or ""
            self._ask(Prompt("note:", note, lambda text: self._write(paper, noted(text))))

    def action_seek(self) -> None:
        self._ask(Prompt("/", self.deck.sought, self._seek, changed=self._seek))

    def action_seek_no_more(self) -> None:
        self._seek("")

    def _seek(self, text: str) -> None:
        self._show(self.deck.seeking(text))

    def _ask(self, prompt: Prompt) -> None:
        if not self.query(Prompt):
            self.mount(prompt)
            prompt.focus()
            self._foot_line.refresh()

    def on_prompt_put_away(self) -> None:
        self._foot_line.refresh()

    def action_rerank(self) -> None:
        self.later(self._reordered, group="rerank", exclusive=True)

    async def _reordered(self) -> None:
        with self.trouble_told():
            ranked = await self._rank()
            deck = self.deck.reordered([one.known.paper.id for one in ranked])
            self._show(deck, is_new=True)
            self.notify("Put in order anew.", markup=False)

    def action_help(self) -> None:
        self.push_screen(help_sheet())

    def action_leave(self) -> None:
        """What is still being made is not left without a word."""
        if self._errands.under_way and not self._was_warned:
            self._was_warned = True
            self.notify("Something is still being made: q again leaves without it.", markup=False)
        else:
            self.exit()

    def action_interrupt(self) -> None:
        self.is_interrupted = True
        self.exit()

    def interrupt(self) -> None:
        """The same, asked for by a signal, at any moment."""
        if self._loop is None:
            raise KeyboardInterrupt
        self._loop.call_soon_threadsafe(self.action_interrupt)

    # The mouse.

    def on_listing_chosen(self, chosen: Listing.Chosen) -> None:
        self._show(self.deck.at_place(chosen.place))

    async def on_line_pressed(self, pressed: Line.Pressed) -> None:
        if pressed.line == "foot":
            for start, stop, action in drawn.foot(self.size.width)[1]:
                if start <= pressed.cell < stop:
                    await self.run_action(action)

    # What goes wrong.

    @contextmanager
    def trouble_told(self, about: str = "") -> Iterator[None]:
        try:
            yield
        except PaperlensError as trouble:
            self._complain_of(trouble, about)

    def _complain_of(self, trouble: PaperlensError, about: str = "") -> None:
        if trouble in self.hands.untold:
            self.hands.untold.remove(trouble)
        self.complain(f"{about}: {trouble.told}" if about else trouble.told)

    def complain(self, told: str) -> None:
        self.notify(one_line(told), severity="error", timeout=10, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """Textual ends at any exception; ours is kept for whoever started it."""
        if self.bug is None:
            self.bug = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)

    def finish(self) -> None:
        """Decisions are written, and the place is kept."""
        self.hands.finish()
        self._begins.bookmark.keep(self.deck.current)
