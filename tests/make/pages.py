"""Make the generated pages: docs/commands.md from the help, docs/settings.md from the table.

python -m tests.make.pages            write them
python -m tests.make.pages --check    only say which are stale
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
WIDTH = 88


def pages() -> dict[Path, str]:
    """Every generated page, as it should be."""
    return {DOCS / "commands.md": commands_page(), DOCS / "settings.md": settings_page()}


def commands_page() -> str:
    """The help of every command, as the terminal shows it."""
    parts = [
        "# Commands",
        "Made from `--help` by `python -m tests.make.pages`; do not edit by hand.",
    ]
    for words in commands():
        title = " ".join(("paperlens", *words))
        parts.append(f"{'#' * (2 if len(words) < 2 else 3)} `{title}`")
        parts.append(f"```text\n{help_of(words)}\n```")
    return "\n\n".join(parts) + "\n"


def commands() -> Iterator[tuple[str, ...]]:
    """The words of each command and group, in the order of the help."""
    import typer

    from paperlens.cli.app import app

    def walk(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(inner, (*words, name))

    return walk(typer.main.get_command(app), ())


def help_of(words: tuple[str, ...]) -> str:
    """What `paperlens … --help` prints, without colours, at a fixed width."""
    from typer.testing import CliRunner

    from paperlens.cli.app import app

    environ = {"COLUMNS": str(WIDTH), "TERMINAL_WIDTH": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="paperlens", env=environ)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.splitlines()).strip("\n")


def settings_page() -> str:
    """The table of settings."""
    from paperlens.settings import TABLE

    rows = [
        f"| `{row.key}` | {row.type_name} | `{_spelled(row.default)}` "
        f"| {row.meaning} | `{row.environment}` |"
        for row in TABLE.values()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Made from the table in `paperlens/settings.py` by `python -m tests.make.pages`;",
            "do not edit by hand.",
            "",
            "A setting is taken from the command line, else from its environment variable, else",
            "from `config.toml` (`paperlens config path` says where), else from the default.",
            "`paperlens config list` shows the values in force and where each comes from.",
            "API keys are never settings: they stay in the provider's own environment variable.",
            "",
            "| setting | type | default | meaning | environment |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _spelled(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def main() -> int:
    """Write the pages, or with --check name those that are stale."""
    stale = [
        page for page, text in pages().items() if not page.exists() or page.read_text() != text
    ]
    if "--check" in sys.argv:
        for page in stale:
            print(f"{page.relative_to(DOCS.parent)} is stale: python -m tests.make.pages")
        return 1 if stale else 0
    for page in stale:
        page.write_text(pages()[page])
        print(f"wrote {page.relative_to(DOCS.parent)}")
    return 0


if __name__ == "__main__":
    os.environ["PAPERLENS_HOME"] = os.devnull
    sys.exit(main())
