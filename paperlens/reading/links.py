"""Which addresses in a text lead to the paper's code and to its project page. Pure.

`code` is where code, models and data are kept to be taken: GitHub, GitLab (also a university's
own), Bitbucket, Codeberg, Hugging Face, Zenodo. `project` is a page about the work: on a page host
such as github.io, or on any other site that the sentence around it announces. DOIs, arXiv,
publishers and videos are neither.
"""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from paperlens.document import Document
from paperlens.models import Links
from paperlens.reading.addresses import Address, addresses_in
from paperlens.reading.hosts import (
    is_archive,
    is_code_host,
    is_neither,
    is_page_host,
    keeps_nothing,
)
from paperlens.reading.ownership import announces_note, completed, hidden_under_words, is_own


def links_in(*texts: str | None) -> Links:
    """Code and project links in the order in which the texts give them, each once."""
    code: dict[str, str] = {}
    project: dict[str, str] = {}
    for text in texts:
        for address in addresses_in(text or ""):
            if not is_neither(address.parts) and _is_of_work(address):
                _sort(address, code, project)
    return Links(tuple(code.values()), tuple(project.values()))


def links_of(document: Document, abstract: str | None, comment: str | None) -> Links:
    """The paper's own links: those that arXiv tells, else those that the paper prints as its own.

    A paper cites many repositories of others: outside its abstract an address counts only where
    the sentence around it says whose it is.
    """
    told, printed = links_in(abstract, comment), _printed(document)
    return Links(told.code or printed.code, told.project or printed.project)


def _printed(document: Document) -> Links:
    first, rest = list[str](), list[str]()
    for section in document.sections:
        if section.kind in ("front", "abstract"):
            first.append(section.text)
        elif section.kind != "references":
            rest.append(section.text)
    code: dict[str, str] = {}
    project: dict[str, str] = {}
    for text in (*first, *document.footnotes, *rest):
        for address in addresses_in(text):
            if text in first or is_own(address) or _is_noted(text, address, rest):
                whole = completed(address, document.addresses)
                _sort(whole, code, project)
    if not code and not project:
        for address in hidden_under_words((*first, *rest), document.addresses):
            _sort(address, code, project)
    return Links(tuple(code.values()), tuple(project.values()))


def _is_of_work(address: Address) -> bool:
    return is_code_host(address.parts) or is_page_host(address.parts) or _is_announced(address)


def _sort(address: Address, code: dict[str, str], project: dict[str, str]) -> None:
    parts = address.parts
    if is_archive(parts) or (is_code_host(parts) and not is_neither(parts)):
        if not keeps_nothing(parts):
            code.setdefault(_sameness(parts), address.url)
    elif not is_neither(parts):
        project.setdefault(_sameness(parts), address.url)


def _is_noted(note: str, address: Address, texts: Sequence[str]) -> bool:
    """Whether a footnote that is nothing but an address hangs on words that announce it."""
    mark = _NOTE_OF_ADDRESS.fullmatch(note)
    if mark is None or len(note) > len(address.url) + _FEW:
        return False
    return any(announces_note(text, mark[1]) for text in texts)


def _sameness(parts: SplitResult) -> str:
    """Equal for addresses that differ in scheme, case, a last slash or a last `.git`."""
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.lower().rstrip("/").removesuffix(".git")
    return f"{host}{path}?{parts.query}#{parts.fragment}".lower()


_FEW = 12
_NOTE_OF_ADDRESS = re.compile(r"\s*(\d{1,2})\s*\S{4,2100}(?: \S{1,400}){0,3}\s*")
_SENTENCE_END = re.compile(r"[.!?;]\s")
_ANNOUNCEMENT = re.compile(
    r"\b(?:projects?|web|web ?pages?|web ?sites?|home ?pages?|pages?|demos?|codes?|software|package"
    r"|toolbox|implementations?|models?|checkpoints|weights|samples|materials?|supplementary"
    r"|platform|portal|leaderboard|benchmark|releas\w+|publicly|we (?:present|introduce))\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"[\s.)}]{0,3}for (?:\w+ ){0,3}(?:project|code|demos?|videos?|results|details|web)",
    re.IGNORECASE,
)


def _is_announced(address: Address) -> bool:
    sentence = _SENTENCE_END.split(address.before)[-1]
    return bool(_ANNOUNCEMENT.search(sentence) or _AFTERWARDS.match(address.after))
