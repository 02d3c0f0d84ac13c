"""What a terminal shows beside reports: labelled facts, tables, single lines."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from paperlens.models import Paper
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_SIGNS = {"good": ("✓", "green"), "note": ("·", "cyan"), "problem": ("✗", "red")}
_AREA_WIDTH = 10
_LONGEST_NAME = 40


def facts(told: Mapping[str, str]) -> RenderableType:
    """Each fact behind its label."""
    grid = Table.grid(padding=(0, 2))
    for label, fact in told.items():
        grid.add_row(Text(label, "dim"), Text(one_line(fact)))
    return grid


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[str] = ()
) -> RenderableType:
    """Rows under headings; the first column names the row, `numbers` stand at the right."""
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(headings):
        justify: JustifyMethod = "right" if heading in numbers else "left"
        drawn.add_column(heading, style="bold" if number == 0 else "", justify=justify)
    for row in rows:
        drawn.add_row(*(Text(one_line(cell)) for cell in row))
    return drawn


def paper_line(paper: Paper) -> Text:
    """A paper in one line."""
    return Text.assemble("  ", (paper.id, "cyan"), "  ", readable(paper.title))


def setting_line(assignment: str, origin: str | None, width: int) -> Text:
    """A setting as TOML with where it comes from; what the user has set stands out."""
    return Text.assemble(
        (f"{assignment:<{width}}", "bold" if origin else ""), (f"  # {origin or 'default'}", "dim")
    )


def finding(area: str, kind: str, text: str, remedy: str | None) -> Text:
    """What a check found, and under it what to do."""
    sign, style = _SIGNS[kind]
    line = Text.assemble((f"{area:<{_AREA_WIDTH}}", "bold"), (f"{sign} ", style), one_line(text))
    if remedy:
        line.append(f"\n{'':<{_AREA_WIDTH + 2}}→ {one_line(remedy)}", style="dim")
    return line


def bars(
    heading: str, numbers: Mapping[str, float], told: Mapping[str, str], width: int = 24
) -> RenderableType:
    """Each number as a bar beside what is told of it; the largest is `width` cells long."""
    most = max(numbers.values(), default=0) or 1
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=_LONGEST_NAME, no_wrap=True, overflow="ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_row()
    grid.add_row(Text(heading, "bold"))
    for name, number in numbers.items():
        bar = Text(_bar(number / most * width), "cyan")
        grid.add_row(Text(one_line(name)), Text(told[name]), bar)
    return grid


def _bar(cells: float) -> str:
    """As fine as eighths of a cell; what is not nothing can be seen."""
    eighths = max(round(cells * 8), 1 if cells else 0)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
