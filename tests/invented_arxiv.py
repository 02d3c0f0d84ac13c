"""Many invented papers for the tiny arXiv, and paperlens as their reader."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from paperlens.demo.server import TinyArxiv
from paperlens.models import Announcement, Paper
from paperlens.query import parse
from paperlens.settings import Settings
from paperlens.sources.arxiv_org import ArxivOrg

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SINCE = NOW - timedelta(days=9)
OAI_PAGE = 40


def paper(number: int, hours_ago: float = 60, **changed: object) -> Paper:
    """One of cs.CV, submitted so long before now."""
    moment = NOW - timedelta(seconds=round(hours_ago * 3600))
    told: dict[str, object] = {
        "id": f"2611.{number:05}",
        "title": f"Paper {number}",
        "authors": ("Ada Lovelace", "Marta Jiménez"),
        "abstract": f"On the number {number}.",
        "categories": ("cs.CV", "cs.LG"),
        "version": 1,
        "published": moment,
        "updated": moment,
        "announced": min(DAY, moment.date() + timedelta(days=1)),
        "comment": f"{number} pages",
    }
    return Paper(**(told | changed))  # type: ignore[arg-type]


def papers(count: int) -> list[Paper]:
    """Spread over eight days."""
    return [paper(number, 190 * (1 - number / count)) for number in range(1, count + 1)]


def tiny(held: Iterable[Paper]) -> TinyArxiv:
    return TinyArxiv(held, DAY, records_per_page=OAI_PAGE)


def source_at(arxiv: TinyArxiv, cache: Path, **changed: float) -> ArxivOrg:
    settings = Settings().having(arxiv.urls)
    settings = settings.having({"arxiv.delay": 0.0, "arxiv.timeout": 0.5, "arxiv.retries": 3})
    return ArxivOrg(
        settings.having({f"arxiv.{name}": value for name, value in changed.items()}).arxiv,
        cache,
        lambda: NOW,
    )


def ask(source: ArxivOrg, *questions: str, since: datetime = SINCE) -> Announcement:
    return source.submitted([parse(each) for each in questions or ("cat:cs.CV",)], since, NOW)


def ids(found: Announcement | Iterable[Paper]) -> list[str]:
    listed = found.papers if isinstance(found, Announcement) else found
    return sorted(each.id for each in listed)
