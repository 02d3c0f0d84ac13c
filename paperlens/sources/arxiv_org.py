"""arXiv as a Source: the feed announces, the API describes, PDFs come from their own host."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperlens import arxiv_week
from paperlens.errors import SourceUnreachable
from paperlens.ids import ArxivId
from paperlens.models import Announcement, Notice, Paper
from paperlens.settings import Arxiv

if TYPE_CHECKING:
    from paperlens.query import Query
    from paperlens.sources.api import QueryApi
    from paperlens.sources.caught import Caught, Span
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

    def submitted(
        self, questions: Sequence["Query"], since: datetime, until: datetime
    ) -> Announcement:
        """By the API's search; where that fails, by OAI-PMH, and what came before is kept."""
        from paperlens.sources.caught import Caught, Span
        from paperlens.sources.search import search

        span, found = Span(since.astimezone(UTC), until.astimezone(UTC)), Caught()
        try:
            if questions:
                search(self._api, questions, span, found, self._gate.deadline())
            return found.announcement("api")
        except SourceUnreachable as refusal:
            return self._harvested(questions, span, found, refusal)

    def _harvested(
        self,
        questions: Sequence["Query"],
        span: "Span",
        found: "Caught",
        refusal: SourceUnreachable,
    ) -> Announcement:
        """What OAI-PMH adds to what the API had found when it refused."""
        from paperlens.sources.caught import Caught
        from paperlens.sources.oai import Harvester

        why = f"arXiv's API could not be searched, so OAI-PMH was asked: {refusal.sentence}."
        found = Caught(found.papers, [Notice("gap-api-refused", why)])
        oai = Harvester(self._settings.oai_url, self._gate, self._now())
        try:
            oai.harvest(questions, span, found)
        except SourceUnreachable as failure:
            if not found.papers and found.seen is None:
                told = f"{refusal.sentence}; {failure.sentence}"
                raise SourceUnreachable(told) from None
            why = f"Papers may be missing, for OAI-PMH failed as well: {failure.sentence}."
            found.lacks("gap-oai-refused", why)
        return found.announcement("api" if found.seen is None else "oai")

    def details(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """What the API knows, a hundred ids to a request; ids that do not exist are absent."""
        return self._api.papers(ids) if ids else ()

    def with_dois(self, dois: Sequence[str]) -> tuple[Paper, ...]:
        """Those of the published papers that authors have tied to their preprint."""
        return self._api.with_dois(dois) if dois else ()

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
