"""Keys and typed words as changes of a decision. Pure."""

from collections.abc import Callable
from dataclasses import replace

from paperlens.models import Decision, Mark
from paperlens.unseen import one_line

Change = Callable[[Decision], Decision]


def marked(mark: Mark) -> Change:
    return lambda decision: replace(decision, mark=mark)


def tagged(text: str) -> Change:
    """Tags parted by commas; a minus before one takes it away."""
    told = [one_line(part) for part in text.split(",")]
    gone = {_bare(part.removeprefix("-")) for part in told if part.startswith("-")}
    come = [_bare(part) for part in told if not part.startswith("-")]

    def change(decision: Decision) -> Decision:
        tags = dict.fromkeys((*decision.tags, *come))
        return replace(decision, tags=tuple(tag for tag in tags if tag and tag not in gone))

    return change


def noted(text: str) -> Change:
    """In place of the note before; nothing typed is no note."""
    return lambda decision: replace(decision, note=text.strip() or None)


def _bare(tag: str) -> str:
    return one_line(tag.strip().removeprefix("#"))
