"""`paperlens export`: papers, the last report or the whole library as a file, or as several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperlens.cli import completion, options
from paperlens.context import context

if TYPE_CHECKING:
    from paperlens.cli.presets import Preset
    from paperlens.context import Context
    from paperlens.holdings import Holding
    from paperlens.models import Report
    from paperlens.publishing import Outcome

_AT_ONCE = 500
_TEXTS = {".md", ".markdown"}


def export(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID",
            help="Papers; the whole last report when none is named.",
            autocompletion=completion.paper_ids,
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All papers of the library, for another one.")
    ] = False,
    mark: options.Marks = None,
    tag: options.Tags = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="PRESET|FILE.j2",
            help="The form, or a template of your own; else by the file's suffix, else Markdown.",
            autocompletion=completion.presets,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file, or the folder of a blog or vault; standard output otherwise.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that you have changed.")
    ] = False,
) -> None:
    """Papers, the last report, what you marked or the whole library, for other programs.

    One file: markdown, html, json, jsonl; bibtex, ris or csl for a bibliography; atom for a feed
    reader; or a template of your own. A file's suffix says the same: .md .html .json .jsonl .bib
    .ris .atom. Several files: hexo (a blog post for each query), dendron (a daily note) and
    obsidian (a note for each paper), with their pictures: -o names the folder of the blog or vault.
    What somebody changed since paperlens wrote it is kept, and named.

    JSON Lines carry all that is known: marks, tags, notes, summaries, reports. paperlens import
    brings them back.

    \b
    Examples:
      paperlens export --to markdown -o today.md
      paperlens export 1 3 --to bibtex >> references.bib
      paperlens export --to obsidian -o ~/vault
      paperlens export --to atom -o ~/public/papers.atom
      paperlens export --to my-page.html.j2 -o today.html
      paperlens export --mark star --to bibtex -o stars.bib
      paperlens export --all -o library.jsonl      the library, to keep or to move
    """
    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import name_what_is_missing
    from paperlens.cli.presets import chosen
    from paperlens.errors import UserError
    from paperlens.lookup import about, dated_by_its_content

    if everything and ids:
        raise UserError("--all takes the place of ids: name either")
    if (mark or tag) and (everything or ids):
        named = "--all" if everything else "ids"
        raise UserError(f"--mark and --tag take the place of {named}: give either")
    world = context()
    preset = chosen(to, output, world)
    report = None
    if mark or tag:
        report = _decided(mark or (), tag or (), world)
    elif ids:
        report = dated_by_its_content(about(ids_of(ids, world), "export", world))
    elif not everything:
        report = _last_report(world)
    code = 0
    if preset.is_folder:
        code = _several(report or _all(world), preset, output, force, world)
    else:
        _one(_pieces(report, preset, world), output, force, world)
    if report and ids:
        name_what_is_missing(report, world)
    raise typer.Exit(code)


def _last_report(world: "Context") -> "Report":
    from paperlens.errors import UserError
    from paperlens.lookup import again

    record = world.library.last_report()
    if record is None:
        raise UserError("there is no report yet", "paperlens today makes one")
    return again(record, world)


def _decided(marks: Sequence[str], tags: Sequence[str], world: "Context") -> "Report":
    """Papers by what their reader decided, the newest first."""
    from paperlens.cli.change import cleaned, mark_named
    from paperlens.errors import UserError
    from paperlens.lookup import dated_by_its_content, of_holdings
    from paperlens.search import Filters

    filters = Filters(tuple(map(mark_named, marks)), cleaned(tags))
    holdings = world.library.holdings(world.search.find(None, filters).ids)
    if not holdings:
        raise UserError(
            "the library has no such papers", "paperlens mark ID --star, or --tag T, makes them"
        )
    return dated_by_its_content(of_holdings(list(holdings.values()), "export", world))


def _all(world: "Context") -> "Report":
    from paperlens.lookup import dated_by_its_content, of_holdings

    return dated_by_its_content(of_holdings(list(world.library.everything()), "export", world))


def _pieces(report: "Report | None", preset: "Preset", world: "Context") -> Iterable[str]:
    """The text of the report, or of the whole library."""
    from paperlens.cli.output import text_of
    from paperlens.reports import kept_lines, render_template
    from paperlens.reports.templates import Templates

    if preset.template:
        templates = Templates(world.places.templates, world.language)
        return (render_template(report or _all(world), preset.template, templates),)
    if preset.name != "jsonl":
        return (text_of(report or _all(world), preset.name, world),)
    if report is None:
        return _whole_library(world)
    holdings = world.library.holdings(entry.paper.id for entry in report.entries)
    return kept_lines(report, holdings)


def _whole_library(world: "Context") -> Iterator[str]:
    from paperlens.lookup import of_holdings
    from paperlens.reports import kept_lines

    holdings = world.library.everything()
    while some := list(islice(holdings, _AT_ONCE)):
        report = of_holdings(some, "export", world)
        yield from kept_lines(report, _by_id(some))


def _by_id(holdings: "Iterable[Holding]") -> "Mapping[str, Holding]":
    return {holding.known.paper.id: holding for holding in holdings}


def _one(pieces: Iterable[str], output: Path | None, force: bool, world: "Context") -> None:
    """A single text: into a file, or to standard output."""
    from paperlens.cli.output import as_bytes, file_named, print_exactly
    from paperlens.publishing import publish_text

    if file := file_named(output):
        publish_text(file, map(as_bytes, pieces), world.library, force)
        return
    for piece in pieces:
        print_exactly(piece, world.stdout)


def _several(
    report: "Report", preset: "Preset", output: Path | None, force: bool, world: "Context"
) -> int:
    """Files below a folder, and the exit code; without a folder, the one text that there is."""
    from paperlens.cli.output import file_named
    from paperlens.publishing import publish
    from paperlens.reports import FOLDERS
    from paperlens.reports.templates import Templates

    templates = Templates(world.places.templates, report.language)
    place = file_named(output)
    if place is None or _is_a_file(place):
        bare = FOLDERS[preset.name](report, lambda _: None, templates)
        texts = [leaf.content.decode() for leaf in bare if leaf.is_text]
        _one(_only(texts, preset), output, force, world)
        if any(figure.file for entry in report.entries for figure in entry.figures):
            world.tell("the pictures are left out; -o FOLDER brings them along")
        return 0
    leaves = FOLDERS[preset.name](report, world.reader.picture, templates)
    return _told(publish(leaves, place, world.library, force), place, world)


def _is_a_file(place: Path) -> bool:
    return not place.is_dir() and (place.exists() or place.suffix.lower() in _TEXTS)


def _only(texts: list[str], preset: "Preset") -> list[str]:
    from paperlens.errors import UserError

    if len(texts) > 1:
        raise UserError(
            f"{preset.name} makes {len(texts)} files of this", "-o FOLDER says where they belong"
        )
    return texts


def _told(outcome: "Outcome", folder: Path, world: "Context") -> int:
    """What became of the files; whatever was kept is named."""
    from paperlens.errors import DONE_IN_PART, UserError
    from paperlens.publishing import FORCE, kept

    for sentence in (*map(kept, outcome.changed), *outcome.obstacles):
        world.tell(f"error: {sentence}")
    if outcome.changed:
        world.tell(f"hint: {FORCE}")
    files = f"{outcome.written:,} file{'' if outcome.written == 1 else 's'} written"
    world.tell(f"{folder}: {files}, {outcome.same:,} as they were")
    if not outcome.changed and not outcome.obstacles:
        return 0
    return DONE_IN_PART if outcome.written or outcome.same else UserError.exit_code
