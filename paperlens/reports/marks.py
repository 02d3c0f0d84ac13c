"""The reader's marks as every view shows them: a sign, its colour on a terminal, a word."""

from collections.abc import Mapping

from paperlens.models import Mark
from paperlens.reports.labels import Labels

SIGNS: Mapping[Mark, tuple[str, str]] = {
    Mark.NEW: ("·", "dim"),
    Mark.STAR: ("★", "yellow"),
    Mark.LATER: ("◦", "cyan"),
    Mark.READ: ("✓", "green"),
    Mark.SKIP: ("–", "dim"),
}


def with_sign(mark: Mark, words: Labels) -> str:
    """Sign and word."""
    return f"{SIGNS[mark][0]} {words[mark.value]}"


def chosen(mark: Mark, words: Labels) -> str:
    """The same of a mark that somebody made; nothing of a paper that is just new."""
    return "" if mark is Mark.NEW else with_sign(mark, words)
