"""Take the pictures of triage: the sample day as Textual draws it.

python -m tests.make.triage_pictures            write docs/triage-80x24.svg and the like
python -m tests.make.triage_pictures --check    only say which are stale
"""

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from paperlens.models import Mark
from paperlens.triage.beginning import Beginning

DOCS = Path(__file__).parents[2] / "docs"
SIZES = ((80, 24), (140, 40))
_CELL = 12.2
_BLANK = re.compile(
    r'(?P<before><text [^>]*?)x="(?P<x>[\d.]+)"(?P<between>[^>]*?)textLength="(?P<length>[\d.]+)"'
    r"(?P<after>[^>]*>)(?P<blanks>(?:&#160;)+)(?=[^<&\n])"
)
DECIDED = {2: Mark.STAR, 3: Mark.SKIP, 5: Mark.LATER}


@contextmanager
def sitting() -> Iterator[Beginning]:
    """The sample day, reported, with some papers decided about already."""
    from paperlens.ask import Ask
    from paperlens.cli.demo import sample_world
    from paperlens.context import Context
    from paperlens.reports.labels import labels
    from paperlens.today import today
    from paperlens.triage.asides import Asides
    from paperlens.triage.bookmark import Bookmark
    from paperlens.triage.deck import Deck
    from paperlens.triage.desk import Desk

    with sample_world(Context(environ={})) as world, TemporaryDirectory() as folder:
        report = today(Ask(world.library.queries(), command="demo"), world)
        papers = list(world.library.known(entry.paper.id for entry in report.entries).values())
        for place, mark in DECIDED.items():
            decision = replace(papers[place].decision, mark=mark)
            papers[place] = replace(papers[place], decision=decision)
        yield Beginning(
            Deck.of(papers, papers[4].paper.id), iter(()), (), Desk(world, world, False),
            Bookmark(Path(folder, "triage.json"), "sample"), Asides(), labels(), True,
        )  # fmt: skip


def pictures() -> dict[Path, str]:
    """Each picture, the same bytes each time."""
    with sitting() as begins:
        return {
            DOCS / f"triage-{width}x{height}.svg": asyncio.run(_picture(begins, width, height))
            for width, height in SIZES
        }


async def _picture(begins: Beginning, width: int, height: int) -> str:
    from paperlens.triage.app import Triage

    app = Triage(begins)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        drawn = app.export_screenshot(title="paperlens triage")
    # Fonts are the reader's own, and names within the picture the same each time.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return _BLANK.sub(_moved, re.sub(r"terminal-\d+", "triage", drawn))


def _moved(text: re.Match[str]) -> str:
    """A piece of text from where its first letter is: some viewers drop the blanks before it."""
    cells = len(text["blanks"]) // len("&#160;")
    gap = cells * _CELL
    x, length = float(text["x"]) + gap, float(text["length"]) - gap
    return f'{text["before"]}x="{x:g}"{text["between"]}textLength="{length:g}"{text["after"]}'


def main() -> int:
    """Write the pictures, or with --check name those that are stale."""
    stale = 0
    for file, drawn in pictures().items():
        if file.exists() and file.read_text("utf-8") == drawn:
            continue
        stale += 1
        if "--check" in sys.argv:
            print(f"docs/{file.name} is stale: python -m tests.make.triage_pictures")
        else:
            file.write_text(drawn, "utf-8")
            print(f"wrote docs/{file.name}")
    return int(stale > 0 and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
