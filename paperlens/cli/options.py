"""Options that several commands share, each spelled once."""

from pathlib import Path
from typing import Annotated

import typer

from paperlens.cli import completion

_OUTPUT = "Output"
_SUMMARY = "Summaries"

Model = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help="A LiteLLM model name; empty for the built-in extractive summariser.",
        rich_help_panel=_SUMMARY,
    ),
]
Template = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What summaries consist of.",
        autocompletion=completion.templates,
        rich_help_panel=_SUMMARY,
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="LANG", help="Language of model summaries.", rich_help_panel=_SUMMARY
    ),
]
FullText = Annotated[
    bool | None,
    typer.Option(
        "--full-text/--abstract",
        help="With a model: summarise from the PDF, or from the abstract alone.",
        rich_help_panel=_SUMMARY,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.", rich_help_panel=_OUTPUT)]
Jsonl = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object per paper.", rich_help_panel=_OUTPUT)
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Markdown.", rich_help_panel=_OUTPUT)]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .html .md .json .jsonl .bib .ris .atom choose the format.",
        rich_help_panel=_OUTPUT,
    ),
]
Figures = Annotated[
    bool,
    typer.Option(
        "--figures",
        help="Cut the figures out of the PDFs; the first one is shown where the terminal can.",
        rich_help_panel=_OUTPUT,
    ),
]
Checks = Annotated[
    bool,
    typer.Option(
        "--checks",
        help="Tell in full what summaries say and papers do not.",
        rich_help_panel=_OUTPUT,
    ),
]
Pager = Annotated[
    bool, typer.Option("--pager", help="Through $PAGER, on a terminal.", rich_help_panel=_OUTPUT)
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="No progress and no notices on standard error.",
        rich_help_panel=_OUTPUT,
    ),
]
Marks = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MARK",
        help="star, later, read, skip or new; may be repeated.",
        autocompletion=completion.marks,
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        metavar="T",
        help="Has the tag; several: all of them.",
        autocompletion=completion.tags,
    ),
]
Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID",
        help="arXiv ids or addresses, numbers of the last report, or - for standard input.",
        autocompletion=completion.paper_ids,
        show_default=False,
    ),
]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="ID|FILE.pdf",
        help="arXiv ids or addresses, PDF files, numbers of the last report, or - for these on"
        " standard input.",
        autocompletion=completion.paper_ids,
        show_default=False,
    ),
]
