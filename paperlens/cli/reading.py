"""`paperlens text` and `paperlens figures`: what is read of papers' PDFs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.cli.output import Delivery
    from paperlens.context import Context
    from paperlens.document import Opened
    from paperlens.models import Figure


def text(
    sources: options.Sources,
    section: Annotated[
        str | None,
        typer.Option(
            "--section", metavar="NAME", help="Only what stands under this heading or number."
        ),
    ] = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    output: options.Output = None,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """Papers as clean Markdown, section by section.

    A PDF is fetched from arXiv once and read on this machine. Running heads, page numbers and
    text that no reader can see are left out; footnotes and captions stand at the end.

    \b
    Examples:
      paperlens text 2404.05674 | llm 'what is the loss?'
      paperlens text 1 --section method
      paperlens text paper.pdf --json | jq -r '.papers[0].sections[].heading'
    """
    from paperlens.cli.output import Delivery, deliver_pieces
    from paperlens.reports import papers_json, papers_markdown

    world = context()
    how = Delivery.chosen(json=json, jsonl=jsonl, output=output, pager=pager, quiet=quiet)
    _refuse_pages(how)
    opened = _read(sources, (), world, quiet)
    if section is not None:
        opened = [_only(each, section) for each in opened]
    if how.form == "json":
        pieces = [papers_json.texts(opened)]
    elif how.form == "jsonl":
        pieces = [papers_json.text_line(each) for each in opened]
    else:
        as_markdown = papers_markdown.whole if section is None else papers_markdown.part
        pieces = ["\n".join(as_markdown(each) for each in opened if each.document)]
    if any(pieces):
        deliver_pieces(pieces, how, world)
    _conclude(opened, world, quiet)


def figures(
    sources: options.Sources,
    tables: Annotated[bool, typer.Option("--tables", help="Tables too.")] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="Copy the pictures there.", show_default=False
        ),
    ] = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """The figures of papers: number, caption, page, and a picture cut from the page.

    Pictures are PNG files with 150 dots per inch; they stay in the cache.

    \b
    Examples:
      paperlens figures 2404.05674
      paperlens figures paper.pdf --tables --into pictures
      paperlens figures 1 --json | jq -r '.papers[].figures[].file'
    """
    from dataclasses import replace

    from paperlens.cli.output import Delivery, deliver_pieces, draw, picture_on
    from paperlens.document import FIGURE, FLOATS
    from paperlens.reports import papers_json

    world = context()
    how = Delivery.chosen(json=json, jsonl=jsonl, output=output, quiet=quiet)
    _refuse_pages(how)
    if into is not None:
        _make_room(into)
    wanted = FLOATS if tables else (FIGURE,)
    opened = _read(sources, wanted, world, quiet)
    if not tables:
        opened = [replace(each, tables=()) for each in opened]
    if into is not None:
        taken = set[Path]()
        opened = [_copied(each, into, taken) for each in opened]
    if how.form == "json":
        deliver_pieces([papers_json.pictures(opened)], how, world)
    elif how.form == "jsonl":
        deliver_pieces([papers_json.pictures_line(each) for each in opened], how, world)
    else:
        from paperlens.reports.gallery import print_gallery

        picture = picture_on(how, world)
        draw(lambda page: print_gallery(opened, page, picture, world.language), how, world)
    _conclude(opened, world, quiet)


def _refuse_pages(how: "Delivery") -> None:
    """What a PDF holds is no report, so no form of reports alone can be asked for."""
    from paperlens.errors import UserError

    if how.file and how.form not in {"terminal", "markdown", "json", "jsonl"}:
        raise UserError(
            f"{how.file}: only reports are written as {how.file.suffix}",
            ".md, .json and .jsonl choose a form; .txt is plain text",
        )


def _read(
    words: Sequence[str], pictures: Sequence[str], world: "Context", quiet: bool
) -> "list[Opened]":
    from paperlens.cli.ids import sources_of
    from paperlens.cli.progress import watched
    from paperlens.study import study

    named = sources_of(words, world)
    return list(watched(study(named, pictures, world), len(named), "reading", world, quiet))


def _make_room(folder: Path) -> None:
    """Before anything is fetched: what the user must put right comes first."""
    from paperlens.errors import UserError
    from paperlens.files import make_folder

    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is no folder", "--into names the folder for the pictures")
    make_folder(folder)


def _copied(opened: "Opened", folder: Path, taken: set[Path]) -> "Opened":
    """With its pictures in the user's folder, named by the paper; `taken` are names of this run."""
    from dataclasses import replace

    def copied(figures: "Iterable[Figure]") -> "tuple[Figure, ...]":
        return tuple(_copy(one, opened, folder, taken) for one in figures)

    return replace(opened, figures=copied(opened.figures), tables=copied(opened.tables))


def _copy(figure: "Figure", opened: "Opened", folder: Path, taken: set[Path]) -> "Figure":
    from dataclasses import replace
    from itertools import count

    from paperlens.files import write_whole

    if figure.file is None:
        return figure
    kept = Path(figure.file)
    try:
        picture = kept.read_bytes()
    except FileNotFoundError:  # the cache was cleared meanwhile
        return replace(figure, file=None)
    paper = Path(opened.file).stem if opened.file else kept.parent.name
    names = (f"{paper}-{kept.name}" if n == 1 else f"{paper}-{n}-{kept.name}" for n in count(1))
    copy = next(folder / name for name in names if folder / name not in taken)
    taken.add(copy)
    write_whole(copy, picture)
    return replace(figure, file=str(copy))


def _only(opened: "Opened", name: str) -> "Opened":
    """With the sections that bear the name alone; none is the user's mistake."""
    from dataclasses import replace

    from paperlens.errors import UserError, nearest
    from paperlens.study import sections_named

    if opened.document is None:
        return opened
    sections = opened.document.sections
    if found := sections_named(sections, name):
        return replace(opened, document=replace(opened.document, sections=found))
    heads = [section.heading for section in sections if section.heading]
    hint = nearest(name, heads) or f"it has {'; '.join(heads)}"
    why = f'there is no section "{name}"; {hint}'
    return replace(opened, document=None, error=why, exit_code=UserError.exit_code)


def _conclude(opened: "Sequence[Opened]", world: "Context", quiet: bool) -> None:
    """Papers that could not be read are named, and what readers should know of the others."""
    from paperlens.document import NO_PICTURE
    from paperlens.study import outcome
    from paperlens.unseen import one_line

    for each in opened:
        name = one_line(each.name)
        if each.error:
            world.tell(f"error: {name}: {each.error}")
        for notice in each.document.notices if each.document else ():
            if notice.code == NO_PICTURE:
                world.tell(f"error: {name}: {notice.text}")
            elif not quiet:
                world.tell(f"{name}: {notice.text}")
    if code := outcome(opened):
        raise typer.Exit(code)
