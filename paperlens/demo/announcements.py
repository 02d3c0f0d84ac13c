"""What arXiv announced on a day: the RSS and the Atom feed of rss.arxiv.org.

They know no comment and no submission date, and spell authors in one line with TeX accents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date
from email.utils import format_datetime

from paperlens import taxonomy
from paperlens.arxiv_week import midnight
from paperlens.demo.markup import DECLARATION, accents_in_tex, element, empty, nest
from paperlens.models import Paper

LARGEST_FEED = 2000

_ORDER = ("new", "cross", "replace", "replace-cross")
_ARXIV = {"xmlns:arxiv": "http://arxiv.org/schemas/atom"}
_DC = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_ATOM = "http://www.w3.org/2005/Atom"
_RSS = _ARXIV | _DC | {
    "xmlns:atom": _ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "version": "2.0",
}  # fmt: skip


def announced(papers: Iterable[Paper], day: date, asked: Sequence[str]) -> list[Paper]:
    """The day's papers for these categories, each with the announce type it has there."""
    listed = [
        replace(paper, announce_type=kind)
        for paper in papers
        if paper.announced == day and (kind := _announce_type(paper, asked))
    ]
    listed.sort(key=lambda paper: (_ORDER.index(paper.announce_type or "new"), paper.id))
    return listed[:LARGEST_FEED]


def problem_with(asked: Iterable[str]) -> str | None:
    """What is wrong with the categories asked for, if anything is."""
    for name in asked:
        archive, _, subject = name.partition(".")
        if archive not in taxonomy.ARCHIVES:
            return (
                f"Bad archive '{archive}'. Valid archive names are: {_listed(taxonomy.ARCHIVES)}."
            )
        if subject and name not in taxonomy.CATEGORIES:
            own = [code for code in taxonomy.CATEGORIES if code.startswith(f"{archive}.")]
            return (
                f"Bad subject class '{subject}'. Valid subject classes for the archive "
                f"'{archive}' are: {_listed(own)}."
            )
    return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def rss(
    papers: Iterable[Paper], day: date, asked: Sequence[str], problem: str | None = None
) -> str:
    """The feed as RSS 2.0; with a problem, what a reader gets whose request made no sense."""
    address = f"http://rss.arxiv.org/rss/{'+'.join(asked)}"
    title, description = _title_and_description(address, asked, problem)
    channel = [
        element("title", title),
        element("link", address),
        element("description", description),
        empty("atom:link", {"href": address, "rel": "self", "type": "application/rss+xml"}),
        element("docs", "http://www.rssboard.org/rss-specification"),
        element("language", "en-us"),
        element("lastBuildDate", format_datetime(midnight(day).astimezone(UTC))),
        element("managingEditor", "rss-help@arxiv.org"),
        element("pubDate", format_datetime(midnight(day))),
        nest("skipDays", element("day", "Sunday"), element("day", "Saturday")),
        *(_item(paper, day) for paper in papers),
    ]
    return DECLARATION + nest("rss", nest("channel", *channel), attributes=_RSS) + "\n"


def atom(
    papers: Iterable[Paper], day: date, asked: Sequence[str], problem: str | None = None
) -> str:
    """The feed as Atom; with a problem, what a reader gets whose request made no sense."""
    address = f"http://rss.arxiv.org/atom/{'+'.join(asked)}"
    title, subtitle = _title_and_description(address, asked, problem)
    children = [
        element("id", address),
        element("title", title),
        element("updated", midnight(day).astimezone(UTC).isoformat()),
        empty("link", {"href": address, "rel": "self", "type": "application/atom+xml"}),
        element("subtitle", subtitle),
        *(_entry(paper, day) for paper in papers),
    ]
    attributes = _ARXIV | _DC | {"xmlns": _ATOM, "xml:lang": "en-us"}
    return DECLARATION + nest("feed", *children, attributes=attributes) + "\n"


def _title_and_description(
    address: str, asked: Sequence[str], problem: str | None
) -> tuple[str, str]:
    if problem:
        return f"Feed error for query: {address}", problem
    names = ", ".join(asked)
    return f"{names} updates on arXiv.org", f"{names} updates on the arXiv.org e-print archive."


def _item(paper: Paper, day: date) -> str:
    return nest(
        "item",
        element("title", paper.title),
        element("link", f"https://arxiv.org/abs/{paper.id}"),
        element("description", _description(paper)),
        element("guid", f"oai:arXiv.org:{paper.versioned}", {"isPermaLink": "false"}),
        *(element("category", category) for category in paper.categories),
        element("pubDate", format_datetime(midnight(day))),
        *_announcement(paper),
        *_if_known("arxiv:DOI", paper.doi),
        *_if_known("arxiv:journal_reference", paper.journal_ref),
        _creator(paper),
    )


def _entry(paper: Paper, day: date) -> str:
    page = {
        "href": f"https://arxiv.org/abs/{paper.id}",
        "rel": "alternate",
        "type": "text/html",
    }
    return nest(
        "entry",
        element("id", f"oai:arXiv.org:{paper.versioned}"),
        element("title", paper.title),
        element("updated", midnight(day).astimezone(UTC).isoformat()),
        empty("link", page),
        element("summary", _description(paper)),
        *(empty("category", {"term": category}) for category in paper.categories),
        element("published", midnight(day).isoformat()),
        *_announcement(paper),
        *_if_known("arxiv:journal_reference", paper.journal_ref),
        *_if_known("arxiv:DOI", paper.doi),
        _creator(paper),
    )


def _description(paper: Paper) -> str:
    head = f"arXiv:{paper.versioned} Announce Type: {paper.announce_type}"
    return f"{head} \nAbstract: {paper.abstract}"


def _announcement(paper: Paper) -> list[str]:
    return [
        element("arxiv:announce_type", paper.announce_type or "new"),
        *_if_known("dc:rights", paper.license),
    ]


def _creator(paper: Paper) -> str:
    return element("dc:creator", accents_in_tex(", ".join(paper.authors)))


def _if_known(name: str, text: str | None) -> list[str]:
    return [element(name, text)] if text else []


def _announce_type(paper: Paper, asked: Sequence[str]) -> str | None:
    """None when the paper does not belong to what was asked for."""
    mine = [category for category in paper.categories if _covers(asked, category)]
    if not mine:
        return None
    is_primary = paper.categories[0] in mine
    kind = (paper.announce_type or "new").removesuffix("-cross")
    if kind == "cross":
        return "cross" if mine != [paper.categories[0]] else None
    return kind if is_primary else {"new": "cross", "replace": "replace-cross"}[kind]


def _covers(asked: Sequence[str], category: str) -> bool:
    return category in asked or category.partition(".")[0] in asked
