"""Where an export tells of one paper, as it is written and as a reader reads it, for the audit.

Each kind of file is read by a parser of its own, so that what only looks right is not taken for it.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt

from paperlens.bibliography import Reference, references

Json = dict[str, Any]
Told = tuple[str, str]  # as it is written, as it is read
_ATOM = "{http://www.w3.org/2005/Atom}"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def sections(name: str, page: str, paper: Json) -> Iterator[Told]:
    """What a file says of a paper; most files say it once, some have nothing to say of it."""
    if of_its_kind := _BY_SUFFIX.get(PurePath(name).suffix):
        yield from of_its_kind(page, paper)


def read(page: str) -> str:
    """What a reader of the rendered Markdown reads."""
    body = _FRONT_MATTER.sub("", page, count=1)
    return _without_tags(MarkdownIt("commonmark", {"html": True}).render(body))


def _in_markdown(page: str, paper: Json) -> Iterator[Told]:
    """The whole note, or from the paper's heading to the next one's, with the head of the file."""
    if page.startswith("---\n") and f'\nid: "{paper["id"]}"\n' in page:
        yield page, read(page)
        return
    front = page.split("---\n", 2)[1] if page.startswith("---\n") else page.split("\n##", 1)[0]
    for section in re.split(r"\n(?=## )", page)[1:]:
        if f"arxiv.org/abs/{paper['id']}" in section:
            yield f"{front}\n\n{section}", read(section)


def _in_html(page: str, paper: Json) -> Iterator[Told]:
    """Its article, with the head of the page, which tells the day."""
    front = page.partition("<body")[2].partition("<article")[0]
    for article in re.findall(r"<article .*?</article>", page, re.DOTALL):
        if f"arxiv.org/abs/{paper['id']}" in article:
            yield front + article, _without_tags(article)


def _in_atom(page: str, paper: Json) -> Iterator[Told]:
    """Its entry, the text of whose content is HTML once more."""
    for entry in ElementTree.fromstring(page).iter(f"{_ATOM}entry"):
        links = [f"{link.get('href')}" for link in entry.iter(f"{_ATOM}link")]
        if not any(f"arxiv.org/abs/{paper['id']}" in link for link in links):
            continue
        content = entry.findtext(f"{_ATOM}content") or ""
        facts = [f"{part.text}" for part in entry.iter() if part.tag != f"{_ATOM}content"]
        yield "\n".join([*links, *facts, content]), "\n".join([*facts, _without_tags(content)])


def _in_bibliography(page: str, paper: Json) -> Iterator[Told]:
    """The record that an import takes for the paper; dates are told as ours are."""
    for found in references(BytesIO(page.encode())):
        if isinstance(found, Reference) and found.paper.id == paper["id"]:
            cited = found.paper
            facts = [cited.title, *cited.authors, cited.abstract, f"{cited.published:%Y-%m-%d}"]
            links = [link for link in (paper["url"], paper["doi"]) if link and link in page]
            yield "\n".join([cited.id, *facts, *links]), "\n".join(facts)


_BY_SUFFIX: Mapping[str, Callable[[str, Json], Iterator[Told]]] = {
    ".md": _in_markdown,
    ".html": _in_html,
    ".atom": _in_atom,
    ".bib": _in_bibliography,
    ".ris": _in_bibliography,
    ".csl": _in_bibliography,
}


def _without_tags(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))
