"""What may be a head, and what speaks for it: how it is set and where it stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from paperlens.layout.flow import Placed
from paperlens.layout.headings.looks import Look, Looks
from paperlens.layout.headings.numbering import Number


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines that may be a head; `merit` is what speaks for it besides its number and its likes.

    Where it runs into its paragraph, `run_in` is how many letters of its last line are its own.
    """

    index: int
    count: int
    text: str
    page: int
    look: Look
    merit: float
    numbers: tuple[Number, ...] = ()
    run_in: int = 0
    is_in_outline: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The lines of a paper, and what its running text looks like."""

    lines: Sequence[Placed]
    looks: Looks
    size: float
    leading: float

    def rise(self, index: int) -> float:
        """From the line above to this one, baseline to baseline; inf where a column begins."""
        if not 0 < index < len(self.lines):
            return inf
        placed = self.lines[index]
        return max(placed.gap + placed.line.size, 0.0)

    def white_above(self, index: int) -> float:
        """How far it stands from the line above, as if both were of the body's size; 1 is usual."""
        larger = max(self.lines[index].line.size - self.size, 0.0)
        return (self.rise(index) - 0.8 * larger) / self.leading

    def is_centred(self, index: int) -> bool:
        placed = self.lines[index]
        before = placed.line.box.left - placed.left
        after = placed.right - placed.line.box.right
        return before > 2 * self.size and abs(before - after) < 1.5 * self.size
