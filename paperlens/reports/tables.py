"""What a terminal shows beside reports: labelled facts, tables, single lines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from paperlens.models import Paper
from paperlens.reports.layout import fit, padded
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_SIGNS = {"good": ("✓", "green"), "note": ("·", "cyan"), "problem": ("✗", "red")}
_AREA_WIDTH = 10
_LONGEST_NAME = 40
_BETWEEN = "  "


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
    """Each number as a bar beside what is told of it; the largest is `width` cells long.

    Where the terminal is narrow, bars and names get shorter, what is told never.
    """
    return _Bars(heading, numbers, told, width)


@dataclass(frozen=True, slots=True)
class _Bars:
    heading: str
    numbers: Mapping[str, float]
    told: Mapping[str, str]
    width: int

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        most = max(self.numbers.values(), default=0) or 1
        name, told, bar = self._columns(options.max_width)
        yield Text()
        yield Text(fit(self.heading, options.max_width), "bold")
        for one, number in self.numbers.items():
            line = Text(padded(one_line(one), name) + _BETWEEN, no_wrap=True)
            line.append(padded(self.told[one], told, right=True))
            yield line.append(_BETWEEN + _bar(number / most * bar), "cyan") if bar else line

    def _columns(self, room: int) -> tuple[int, int, int]:
        """Cells for the name, what is told, and the longest bar."""
        name = min(max(map(cell_len, map(one_line, self.numbers)), default=0), _LONGEST_NAME)
        told = max(map(cell_len, self.told.values()), default=0)
        left = room - told - 2 * len(_BETWEEN)
        bar = min(self.width, max(left - name, left // 3, 0))
        beside = left - bar if bar else left + len(_BETWEEN)
        return max(min(name, beside), 1), told, bar


def _bar(cells: float) -> str:
    """As fine as eighths of a cell; what is not nothing can be seen."""
    eighths = max(round(cells * 8), 1 if cells else 0)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
