"""arXiv as a Source: the feed announces, the API describes, PDFs come from their own host."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperlens import arxiv_week
from paperlens.ids import ArxivId
from paperlens.models import Announcement, Paper
from paperlens.settings import Arxiv

if TYPE_CHECKING:
    from paperlens.sources.api import QueryApi
    from paperlens.sources.gate import Gate


class ArxivOrg:
    """All of arXiv's hosts behind one gate, which opens on first use."""

    def __init__(self, settings: Arxiv, cache: Path, now: Callable[[], datetime]) -> None:
        self._settings, self._cache, self._now = settings, cache, now

    def announcements(self, categories: frozenset[str]) -> Announcement:
        """The latest feed of these categories; one request, answered from the cache when it may."""
        from paperlens.sources import feed
        from paperlens.sources.kept import Kept

        if not categories:
            return Announcement(arxiv_week.expected_day(self._now()), (), "feed")
        wanted = "+".join(sorted(quote(each, safe="") for each in categories))
        url = f"{self._settings.feed_url.rstrip('/')}/{wanted}"
        return Kept(self._cache / "feeds").fetch(self._gate, url, feed.read)

    def details(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """What the API knows, a hundred ids to a request; ids that do not exist are absent."""
        return self._api.papers(ids) if ids else ()

    def pdf(self, paper: Paper, into: Path, limit: int) -> Path:
        """The PDF as the file `into`."""
        url = f"{self._settings.pdf_url.rstrip('/')}/{quote(paper.versioned, safe='/')}"
        return self._gate.save(url, into, b"%PDF", limit)

    @cached_property
    def _gate(self) -> "Gate":
        from paperlens.sources.gate import Gate

        return Gate(self._settings, self._cache / "gate")

    @cached_property
    def _api(self) -> "QueryApi":
        from paperlens.sources.api import QueryApi

        return QueryApi(self._settings.api_url, self._gate)
