"""The same one paper after the other, for terminals that can do no more and for screen readers.

Nothing is drawn over: what was said stays, and each decision is answered in words.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TextIO

from paperlens import opening
from paperlens.errors import PaperlensError, UserError
from paperlens.models import Entry, Known, Mark
from paperlens.reports import outline
from paperlens.reports.marks import with_sign
from paperlens.reports.text import address, readable
from paperlens.triage.beginning import Beginning
from paperlens.triage.changes import Change, marked, noted, tagged
from paperlens.triage.keys import KEYS
from paperlens.unseen import one_line

Ask = Callable[[], str]


class Plain:
    """`key` waits for a key, `line` for a line that ends with enter."""

    def __init__(
        self, begins: Beginning, out: TextIO, key: Ask, line: Callable[[str], str]
    ) -> None:
        self.deck, self._begins, self._desk = begins.deck, begins, begins.desk
        self._out, self._key, self._line = out, key, line
        self._is_over = False

    def run(self) -> None:
        """Until the reader leaves."""
        for more in self._begins.more:
            self.deck = self.deck.with_more(more)
        shown = None
        try:
            while not self._is_over:
                if self.deck.known != shown:
                    self._tell_paper()
                    shown = self.deck.known
                self._tell("> ", end="")
                self._do(self._key())
        finally:
            self._begins.bookmark.keep(self.deck.current)

    def _do(self, pressed: str) -> None:
        """One key; what goes wrong is told, and the next may go better."""
        key = next((one for one in KEYS if one.is_plain and one.key == pressed), None)
        if key is None:
            self._tell("? shows the keys")
            return
        self._tell(key.label or key.key)
        name, _, argument = key.action.removesuffix(")").partition("(")
        try:
            self._actions[name](argument.strip("'"))
        except PaperlensError as trouble:
            self._tell(f"error: {trouble.told}")

    @property
    def _actions(self) -> dict[str, Callable[[str], None]]:
        return {
            "mark": lambda name: self._decide(marked(Mark(name)), moves=True),
            "undo": lambda _: self._undo(),
            "errand": self._errand,
            "tag": lambda _: self._decide(tagged(self._line("tags: "))),
            "note": lambda _: self._decide(noted(self._line("note: "))),
            "seek": lambda _: self._seek(self._line("search: ")),
            "rerank": lambda _: self._rerank(),
            "move": lambda by: self._move(int(by)),
            "help": lambda _: self._help(),
            "leave": lambda _: self._leave(),
        }

    @property
    def _current(self) -> Known:
        if self.deck.known is None:
            raise UserError("no paper has these words", "/ and enter shows all again")
        return self.deck.known

    def _decide(self, change: Change, moves: bool = False) -> None:
        paper = self._current.paper.id
        known = self._desk.decide(paper, change)
        self.deck = (self.deck.passed() if moves else self.deck).written(known)
        self._tell(f"{with_sign(known.decision.mark, self._begins.words)}: {_title(known)}")
        if moves and not self.deck.left:
            self._tell("Nothing is left to decide; q leaves.")

    def _undo(self) -> None:
        self.deck = self.deck.back_at(self._desk.undo())

    def _move(self, by: int) -> None:
        place = self.deck.place
        self.deck = self.deck.moved(by)
        if self.deck.place == place:
            self._tell("There is no other in this direction.")

    def _errand(self, name: str) -> None:
        known = self._current
        if name == "browse":
            opening.open_page(_address(known))
        elif name == "pdf":
            opening.open_file(self._desk.pdf(known.paper))
        elif name == "figures":
            self._figures(known)
        else:
            self._deep(known)

    def _deep(self, known: Known) -> None:
        self._tell("A deep summary is being made…")
        depth = self._desk.in_depth(known.paper)
        for told in (*(notice.text for notice in depth.notices), depth.entry.error):
            if told:
                self._tell(f"error: {one_line(told)}")
        self._tell_summary(depth.entry)

    def _figures(self, known: Known) -> None:
        opened = self._desk.figures(known.paper)
        if opened.error or not opened.figures:
            raise UserError(opened.error or "no figures were found")
        for figure in opened.figures:
            self._tell(outline.caption(figure, self._begins.words))
            self._tell(f"    {one_line(figure.file)}" if figure.file else "")

    def _seek(self, text: str) -> None:
        self.deck = self.deck.seeking(text)
        self._tell(f"{len(self.deck.shown):,} papers")

    def _rerank(self) -> None:
        ranked = self._desk.ranked(self.deck.papers)
        self.deck = self.deck.reordered([one.known.paper.id for one in ranked])

    def _help(self) -> None:
        for key in KEYS:
            if key.is_plain and key.meaning:
                self._tell(f"  {key.shown:8} {key.meaning}")

    def _leave(self) -> None:
        self._is_over = True

    def _tell_paper(self) -> None:
        """What a card says, without its looks."""
        known = self.deck.known
        if known is None:
            return
        words = self._begins.words
        entry = replace(self._desk.entry(known), decision=known.decision)
        place = f"{self.deck.place + 1} of {len(self.deck.shown)}, {self.deck.left} left"
        self._tell(f"\n{place}\n{_title(known)}")
        self._tell(", ".join(map(one_line, known.paper.authors)))
        facts = [
            one_line(known.paper.id),
            *outline.kind(entry, words),
            *map(one_line, known.paper.categories),
        ]
        self._tell(", ".join(facts))
        for told in self._decided(known):
            self._tell(told)
        if entry.summary:
            self._tell_summary(entry)
        self._tell(f"\n{readable(known.paper.abstract)}\n")

    def _decided(self, known: Known) -> Iterator[str]:
        words, decision = self._begins.words, known.decision
        if decision.mark is not Mark.NEW:
            yield with_sign(decision.mark, words)
        if decision.tags:
            yield f"{words['tags']}: {', '.join(map(one_line, decision.tags))}"
        if decision.note:
            yield f"{words['note']}: {one_line(decision.note)}"

    def _tell_summary(self, entry: Entry) -> None:
        for name, told in (entry.summary.fields if entry.summary else {}).items():
            if points := outline.points(told):
                self._tell(f"\n{self._begins.words.field(one_line(name))}")
                for point in points:
                    self._tell(f"  {point}")

    def _tell(self, line: str, end: str = "\n") -> None:
        self._out.write(line + end)
        self._out.flush()


def _title(known: Known) -> str:
    return readable(known.paper.title) or one_line(known.paper.id)


def _address(known: Known) -> str:
    if url := address(known.paper.url or ""):
        return url
    raise UserError(f"{known.paper.id}: no address is known of it")
