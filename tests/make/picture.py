"""Take the README's picture: the report of the sample day, as Rich draws it.

python -m tests.make.picture            write docs/report.svg
python -m tests.make.picture --check    only say whether it is stale
"""

import re
import sys
from io import StringIO
from pathlib import Path

PICTURE = Path(__file__).parents[2] / "docs" / "report.svg"
WIDTH = 96
PAPERS_IN_FULL = 3


def picture() -> str:
    """The SVG, the same bytes each time."""
    from rich.console import Console
    from rich.terminal_theme import SVG_EXPORT_THEME

    from paperlens.cli.demo import sample_world
    from paperlens.context import Context
    from paperlens.reports.terminal import print_report
    from paperlens.today import Ask, today

    with sample_world(Context(environ={})) as world:
        ask = Ask(world.library.queries(), limit=PAPERS_IN_FULL, command="demo")
        report = today(ask, world)
    console = Console(
        file=StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor",
        highlight=False, markup=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    print_report(report, console)
    drawn = console.export_svg(
        title="paperlens demo", theme=SVG_EXPORT_THEME, unique_id="paperlens"
    )
    # Fonts are the reader's own: a picture in a README fetches nothing.
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def main() -> int:
    """Write the picture, or with --check say that it is stale."""
    drawn = picture()
    if PICTURE.exists() and PICTURE.read_text("utf-8") == drawn:
        return 0
    if "--check" in sys.argv:
        print("docs/report.svg is stale: python -m tests.make.picture")
        return 1
    PICTURE.write_text(drawn, "utf-8")
    print("wrote docs/report.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
