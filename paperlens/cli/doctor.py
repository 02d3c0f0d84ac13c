"""`paperlens doctor`: what works here, what does not, and what to do about it."""

from typing import TYPE_CHECKING

import typer

from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.checkup import Finding

_SIGNS = {"good": ("✓", "green"), "note": ("·", "cyan"), "problem": ("✗", "red")}


def doctor() -> None:
    """Check this installation: places, versions, settings, queries, arXiv, the model.

    Each problem comes with what to do; the exit code is that of the worst one.

    \b
    Example:
      paperlens doctor
    """
    from paperlens.checkup import examine

    world = context()
    worst = 0
    area = ""
    for finding in examine(world):
        world.out.print(_line(finding, first=finding.area != area), soft_wrap=True)
        area = finding.area
        worst = max(worst, finding.exit_code)
    raise typer.Exit(worst)


def _line(finding: "Finding", *, first: bool) -> object:
    from rich.text import Text

    from paperlens.reports.text import clean

    sign, style = _SIGNS[finding.kind]
    line = Text.assemble(
        (f"{finding.area if first else '':<10}", "bold"), (f"{sign} ", style), clean(finding.text)
    )
    if finding.remedy:
        line.append(f"\n{'':<12}→ {clean(finding.remedy)}", style="dim")
    return line
