"""What the reader's keys do to the world: decisions written down and taken back, papers opened,
read and told in depth.

Decisions go through one thread, in their order; everything else may run beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.errors import UserError
from paperlens.models import Decision, Entry, Known, Notice, Paper
from paperlens.triage.changes import Change

if TYPE_CHECKING:
    from paperlens.ask import Rooms
    from paperlens.document import Opened
    from paperlens.rank import Ranked


@dataclass(frozen=True, slots=True)
class Step:
    """What one key did to a paper."""

    paper: str
    before: Decision
    after: Decision


@dataclass(frozen=True, slots=True)
class Depth:
    """The paper told in depth, and what the reader should know of that."""

    entry: Entry
    notices: tuple[Notice, ...]


class Desk:
    """`deep` are the rooms in which papers are told in depth, from the PDF where `in_full`."""

    def __init__(self, rooms: "Rooms", deep: "Rooms", in_full: bool) -> None:
        self._rooms, self._deep, self._in_full = rooms, deep, in_full
        self._past: list[Step] = []

    def decide(self, paper: str, change: Change) -> Known:
        before = Decision()

        def noticed(decision: Decision) -> Decision:
            nonlocal before
            before = decision
            return change(decision)

        known = self._rooms.library.decide([paper], noticed)[paper]
        if known.decision != before:
            self._past.append(Step(paper, before, known.decision))
        return known

    def undo(self) -> Known:
        """Takes back what the last key did; again, what the one before it did."""
        if not self._past:
            raise UserError("nothing was decided here yet", "paperlens mark --undo goes further")
        step = self._past[-1]
        library = self._rooms.library
        try:
            library.undo([step.paper])
        except UserError:  # another command came between: the paper itself tells what to do
            library.decide([step.paper], lambda now: step.before if now == step.after else now)
        self._past.pop()
        known = library.known([step.paper])[step.paper]
        if known.decision != step.before:
            raise UserError(f"{step.paper} was changed elsewhere since, and is left as it is")
        return known

    def tags(self) -> list[str]:
        """All that are in use, the most used first."""
        return self._rooms.library.tags()

    def entry(self, known: Known) -> Entry:
        """Everything that is there already: summary, links, figures."""
        from paperlens.lookup import of_known

        return of_known({known.paper.id: known}, "triage", self._rooms).entries[0]

    def ranked(self, papers: Sequence[Known]) -> "tuple[Ranked, ...]":
        """In the order in which they should be read by what is known of the reader now."""
        from paperlens.grounds import judged

        return judged(papers, self._rooms)

    def in_depth(self, paper: Paper) -> Depth:
        from paperlens.ask import Ask
        from paperlens.ids import paper_id
        from paperlens.telling import tell_of

        ask = Ask((), language=self._deep.language, full_text=self._in_full, command="summarize")
        report = tell_of([paper_id(paper.id)], ask, self._deep).report
        if not report.entries:
            raise UserError(report.notices[0].text if report.notices else "nothing came of it")
        return Depth(report.entries[0], report.notices)

    def figures(self, paper: Paper) -> "Opened":
        """The paper read, with its figures cut out."""
        from paperlens.document import FIGURE

        (opened,) = self._rooms.reader.open([paper], (FIGURE,))
        return opened

    def pdf(self, paper: Paper) -> Path:
        return self._rooms.reader.pdf(paper)
