"""Which addresses in a text lead to the paper's code and to its project page. Pure.

`code` is where code, models and data are kept to be taken: GitHub, GitLab (also a university's
own), Bitbucket, Codeberg, Hugging Face, Zenodo. `project` is a page about the work: on a page host
such as github.io, or on any other site that the sentence around it announces. DOIs, arXiv,
publishers and videos are neither.
"""

import re
from urllib.parse import SplitResult

from paperlens.models import Links
from paperlens.reading.addresses import Address, addresses_in
from paperlens.reading.hosts import is_code_host, is_neither, is_page_host, keeps_nothing


def links_in(*texts: str | None) -> Links:
    """Code and project links in the order in which the texts give them, each once."""
    code: dict[str, str] = {}
    project: dict[str, str] = {}
    for text in texts:
        for address in addresses_in(text or ""):
            if is_neither(address.parts):
                continue
            if is_code_host(address.parts):
                if not keeps_nothing(address.parts):
                    code.setdefault(_sameness(address.parts), address.url)
            elif is_page_host(address.parts) or _is_announced(address):
                project.setdefault(_sameness(address.parts), address.url)
    return Links(tuple(code.values()), tuple(project.values()))


def _sameness(parts: SplitResult) -> str:
    """Equal for addresses that differ in scheme, case, a last slash or a last `.git`."""
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.lower().rstrip("/").removesuffix(".git")
    return f"{host}{path}?{parts.query}#{parts.fragment}".lower()


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
