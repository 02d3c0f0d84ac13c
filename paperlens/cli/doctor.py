"""`paperlens doctor`: what works here, what does not, and what to do about it."""

import typer

from paperlens.context import context


def doctor() -> None:
    """Check this installation: places, versions, settings, queries, arXiv, the model.

    Each problem comes with what to do; the exit code is that of the worst one.

    \b
    Example:
      paperlens doctor
    """
    from paperlens.doctor import examine
    from paperlens.reports.tables import finding

    world = context()
    worst, area = 0, ""
    for found in examine(world):
        heading = found.area if found.area != area else ""
        line = finding(heading, found.kind, found.text, found.remedy)
        world.out.print(line, soft_wrap=True)
        worst, area = max(worst, found.exit_code), found.area
    raise typer.Exit(worst)
