"""Pictures for what carries them: those in the cache, and never a file from anywhere else."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.models import Entry, Figure, Report

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.reports import Pictures

_MOST_BYTES = 20_000_000


def pictures_of(world: "Context") -> "Pictures":
    """The bytes of a figure that was cut out; None where there are none to be had."""
    folder = (world.places.cache / "figures").resolve()

    def bytes_of(figure: Figure) -> bytes | None:
        if figure.file is None:
            return None
        try:
            file = Path(figure.file).resolve()
            if not (file.is_relative_to(folder) and file.is_file()):
                return None
            return file.read_bytes() if file.stat().st_size <= _MOST_BYTES else None
        except (OSError, ValueError):  # gone by now, or no name of a file at all
            return None

    return bytes_of


def illustrated(report: Report, world: "Context") -> Report:
    """With the figures of papers that were read at another time."""
    bare = [entry.paper for entry in report.entries if not entry.figures]
    if not bare:
        return report
    kept = dict(zip((paper.id for paper in bare), world.reader.figures(bare), strict=True))

    def with_figures(entry: Entry) -> Entry:
        return replace(entry, figures=entry.figures or kept[entry.paper.id])

    return replace(report, entries=tuple(map(with_figures, report.entries)))
