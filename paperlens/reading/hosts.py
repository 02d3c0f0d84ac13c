"""What a host says about an address: code is kept there, it is a page, or it is neither. Pure."""

import re
from urllib.parse import SplitResult

_CODE = frozenset(
    {
        "github.com",
        "gist.github.com",
        "gitlab.com",
        "bitbucket.org",
        "codeberg.org",
        "gitee.com",
        "sourceforge.net",
        "git.sr.ht",
        "huggingface.co",
        "hf.co",
        "zenodo.org",
        "anonymous.4open.science",
    }
)
_OWN_FORGE = ("git.", "gitlab.")
_PAGES = (
    "github.io",
    "gitlab.io",
    "codeberg.page",
    "pages.dev",
    "vercel.app",
    "netlify.app",
    "web.app",
    "hf.space",
    "notion.site",
    "readthedocs.io",
    "sites.google.com",
)
_NEITHER = (
    "doi.org",
    "arxiv.org",
    "openreview.net",
    "acm.org",
    "ieee.org",
    "springer.com",
    "springernature.com",
    "nature.com",
    "sciencedirect.com",
    "elsevier.com",
    "wiley.com",
    "mdpi.com",
    "aps.org",
    "aip.org",
    "iop.org",
    "oup.com",
    "tandfonline.com",
    "sagepub.com",
    "science.org",
    "pnas.org",
    "plos.org",
    "frontiersin.org",
    "biorxiv.org",
    "medrxiv.org",
    "aclanthology.org",
    "neurips.cc",
    "thecvf.com",
    "mlr.press",
    "jmlr.org",
    "jstatsoft.org",
    "theoj.org",
    "ssrn.com",
    "hal.science",
    "researchgate.net",
    "semanticscholar.org",
    "wikipedia.org",
    "creativecommons.org",
    "orcid.org",
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "bilibili.com",
    "twitter.com",
    "x.com",
)
_EXAMPLES = frozenset({"example.com", "example.org", "example.net"})
_ARCHIVED = re.compile(r"/10\.5281/zenodo\.\d+", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"x{3,}|your[\w-]*|user-?name|author-?name|anonymous[\w-]*|\.{2,}|<.*", re.IGNORECASE
)


def is_code_host(address: SplitResult) -> bool:
    host = _host(address)
    return host in _CODE or host.startswith(_OWN_FORGE)


def is_page_host(address: SplitResult) -> bool:
    return _is_under(_host(address), _PAGES)


def is_neither(address: SplitResult) -> bool:
    """Papers about papers: DOIs, arXiv, publishers, videos; and hosts kept for examples."""
    host = _host(address)
    is_paper_page = host in {"huggingface.co", "hf.co"} and address.path.startswith("/papers")
    return is_paper_page or host in _EXAMPLES or _is_under(host, _NEITHER)


def is_archive(address: SplitResult) -> bool:
    """A DOI that leads not to a paper but to what Zenodo keeps."""
    return _host(address) == "doi.org" and _ARCHIVED.fullmatch(address.path) is not None


def keeps_nothing(address: SplitResult) -> bool:
    """A code host's front page, or a name that the authors meant to fill in."""
    names = [name for name in address.path.split("/") if name]
    return not names or any(_PLACEHOLDER.fullmatch(name) for name in names[:2])


def _host(address: SplitResult) -> str:
    return (address.hostname or "").removeprefix("www.")


def _is_under(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
