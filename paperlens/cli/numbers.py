"""The numbers on a page of papers are those that show and mark take afterwards."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperlens.errors import PlaceRefused
from paperlens.holdings import ReportRecord

if TYPE_CHECKING:
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.models import Notice

_PATIENCE = 0.5


def keep_numbers(
    command: str,
    ids: Sequence[str],
    notices: "Sequence[Notice]",
    how: "Delivery",
    world: "Context",
) -> None:
    """Remember which paper has which number.

    The reader has the answer by then: a place that takes no numbers is no reason to fail or wait.
    """
    from paperlens.library import Library

    if not ids:
        return
    library = Library(world.places.data, _PATIENCE, world.tell)
    try:
        library.record(
            ReportRecord(command, world.now(), papers=tuple(ids), notices=tuple(notices))
        )
    except PlaceRefused as refusal:
        if not how.quiet:
            world.tell(f"note: show and mark do not know these numbers: {refusal.sentence}")
