"""An audit of exports, as one would look over what somebody publishes: is each paper all there?

python -m tests.benchmarks.audit        the last report of PAPERLENS_HOME, in every preset

The truth is the report's JSON. For each preset and paper: title, authors, id, links, day, abstract,
every point of the summary, every picture; and for each file: no placeholder, no HTML but ours.
"""

import html
import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from paperlens.reports import FOLDERS, FORMATS
from paperlens.reports.labels import CHINESE, ENGLISH
from paperlens.reports.naming import tag
from paperlens.reports.text import readable
from tests.benchmarks.sections import read, sections

Json = dict[str, Any]
Run = Callable[..., str]
PRESETS = (*(name for name in FORMATS if name not in {"json", "jsonl"}), *FOLDERS)
PARTS = ("title", "authors", "id", "links", "day", "abstract", "summary", "pictures")
ONE_FILE = {
    "markdown": "day.md", "html": "day.html", "atom": "day.atom",
    "bibtex": "day.bib", "ris": "day.ris", "csl": "day.csl",
}  # fmt: skip
REFERENCES = ("bibtex", "ris", "csl")
LEFT_OUT = {  # what a preset is not meant to have
    "markdown": {"pictures"},
    "atom": {"pictures"},
    **{preset: {"summary", "pictures"} for preset in REFERENCES},
}
PLACEHOLDER = re.compile(
    r"\b(?:None|null|nan|undefined|N/A|TODO|lorem ipsum)\b|\{\{|\{%|\[\]\(|\]\(\)", re.IGNORECASE
)
OURS = re.compile(r"</?details>|</?summary>")


def audited(run: Run, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every fault: the preset, the paper or file, and what is wrong with it."""
    report = json.loads(run("export", "--to", "json"))
    for preset in PRESETS:
        pages = _exported(run, preset, folder)
        for paper in report["papers"]:
            found = list(_sections(paper, pages, preset, report))
            for part in PARTS:
                if part not in LEFT_OUT.get(preset, set()) and not _is_in_all(part, paper, found):
                    yield preset, paper["id"], part
        for name, page in pages.items():
            yield from ((preset, name, fault) for fault in _faults(name, page, report))


def table(faults: list[tuple[str, str, str]], papers: int) -> str:
    """A row for each preset: of how many papers each part is right, and faults of files."""
    rows = [f"{'preset':10}" + "".join(f"{part:>10}" for part in PARTS) + f"{'files':>10}"]
    for preset in PRESETS:
        counts = [
            "–" if part in LEFT_OUT.get(preset, set())
            else f"{papers - sum((p, w) == (preset, part) for p, _, w in faults)}/{papers}"
            for part in PARTS
        ]  # fmt: skip
        wrong = sum(p == preset and what not in PARTS for p, _, what in faults)
        rows.append(f"{preset:10}" + "".join(f"{c:>10}" for c in counts) + f"{wrong:>10}")
    return "\n".join(rows)


def _exported(run: Run, preset: str, folder: Path) -> Mapping[str, str]:
    """The text files of an export, and the names of its pictures."""
    place = folder / preset
    if preset in ONE_FILE:
        place.mkdir(parents=True)
        run("export", "--to", preset, "-o", str(place / ONE_FILE[preset]))
    else:
        run("export", "--to", preset, "-o", str(place))
    files = sorted(file for file in place.rglob("*") if file.is_file())
    return {
        str(file.relative_to(place)): "" if file.suffix == ".png" else file.read_text("utf-8")
        for file in files
    }


@dataclass(frozen=True)
class Section:
    """What is said of one paper: as written, and as read; with the files beside it."""

    preset: str
    text: str
    words: str
    files: tuple[str, ...]
    batch: str | None


def _sections(
    paper: Json, pages: Mapping[str, str], preset: str, report: Json
) -> Iterator[Section]:
    for name, page in pages.items():
        for written, words in sections(name, page, paper):
            yield Section(preset, written, _packed(words), tuple(pages), report["batch"])


def _is_in_all(part: str, paper: Json, found: list[Section]) -> bool:
    """Wherever the paper stands, and that it stands somewhere."""
    return bool(found) and all(CHECKS[part](paper, section) for section in found)


def _title(paper: Json, section: Section) -> bool:
    return _plain(paper["title"]) in section.words


def _authors(paper: Json, section: Section) -> bool:
    """All of them, in their order."""
    names, at = [_plain(author) for author in paper["authors"]], 0
    for name in names:
        at = section.words.find(name, at)
        if at < 0:
            return False
        at += len(name)
    return True


def _id(paper: Json, section: Section) -> bool:
    return paper["id"] in section.text


def _links(paper: Json, section: Section) -> bool:
    """A reference has the paper's own address and number alone."""
    more = (paper["pdf_url"], *paper["links"]["code"], *paper["links"]["project"])
    wanted = (paper["url"], *((paper["doi"],) if section.preset in REFERENCES else more))
    links = [link for link in wanted if link]
    return all(link in section.text or html.escape(link) in section.text for link in links)


def _day(paper: Json, section: Section) -> bool:
    """Of the news; of a reference, when the first version was submitted, or a journal's year."""
    if section.preset in REFERENCES:
        submitted = paper["published"][:10]
        return bool(paper["journal_ref"]) or submitted in section.text
    day = date.fromisoformat(paper["announced"] or section.batch or "")
    forms = (str(day), f"{day:%Y%m%d}", ENGLISH.full_date(day), CHINESE.full_date(day))
    return any(form in section.text for form in forms)


def _abstract(paper: Json, section: Section) -> bool:
    """Of a paper that is summarised, a daily note leaves it out."""
    is_told = section.preset == "dendron" and bool(paper["summary"])
    return is_told or _plain(paper["abstract"]) in section.words


def _summary(paper: Json, section: Section) -> bool:
    """Every sentence and point; a tag may stand as one."""
    fields = paper["summary"]["fields"].values() if paper["summary"] else ()
    several = ([told] if isinstance(told, str) else told or () for told in fields)
    points = [point for told in several for point in told]
    tags = section.text.casefold()
    return all(_plain(each) in section.words or tag(each).casefold() in tags for each in points)


def _pictures(paper: Json, section: Section) -> bool:
    """Each that was cut is shown, and is there."""
    cut = [Path(one["file"]) for one in paper["figures"] if one["file"]]
    pictures = [file.read_bytes() for file in cut if file.exists()]
    if section.preset == "html":
        return all(b64encode(picture).decode() in section.text for picture in pictures)
    names = [f"{sha256(picture).hexdigest()}.png" for picture in pictures]
    return all(
        f"{name})" in section.text and any(file.endswith(name) for file in section.files)
        for name in names
    )


CHECKS: Mapping[str, Callable[[Json, Section], bool]] = dict(
    zip(
        PARTS,
        (_title, _authors, _id, _links, _day, _abstract, _summary, _pictures),
        strict=True,
    )
)


def _faults(name: str, page: str, report: Json) -> Iterator[str]:
    """Of a file as such."""
    papers = json.dumps(report["papers"], ensure_ascii=False)
    for found in PLACEHOLDER.finditer(_all_that_is_read(name, page)):
        if not re.search(rf"(?<![\w\"]){re.escape(found[0])}(?![\w\"])", papers):
            yield f"placeholder {found[0]}"
    if name.endswith(".md"):
        body = page
        if page.startswith("---\n"):
            _, front, body = page.split("---\n", 2)
            if not all(value not in (None, []) for value in yaml.safe_load(front).values()):
                yield "an empty property"
        tags = re.findall(r"(?<!\\)<[^\s>]+>", body)
        yield from (f"HTML {tag}" for tag in tags if not OURS.fullmatch(tag))


def _all_that_is_read(name: str, page: str) -> str:
    """Of a file; in BibTeX, braces are not those of a template."""
    if name.endswith(".md"):
        return read(page)
    if name.endswith((".html", ".atom")):
        page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
        return re.sub(r"<[^>]*>", " ", page)
    return page.replace("{", "").replace("}", "")


def _plain(text: str) -> str:
    return _packed(readable(text).replace("**", ""))


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def main() -> int:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", "paperlens", *words]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    with TemporaryDirectory() as folder:
        faults = list(audited(run, Path(folder)))
        papers = len(json.loads(run("export", "--to", "json"))["papers"])
    print(table(faults, papers))
    for preset, place, what in faults:
        print(f"{preset}: {place}: {what}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
