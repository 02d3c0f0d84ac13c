"""The demonstration: a sample day invented for this project, and a tiny arXiv that announces it.

The same pipeline runs on it as on a real day; nothing leaves the machine.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from paperlens.models import Paper, SavedQuery


@dataclass(frozen=True, slots=True)
class Sample:
    """One day of arXiv: its papers, some readers' questions about it, and the PDFs by id."""

    note: str
    day: date
    papers: tuple[Paper, ...]
    queries: tuple[SavedQuery, ...]
    pdfs: Mapping[str, bytes]


def sample_day() -> Sample:
    """The invented day, as `sample.toml` and the PDFs beside it tell it."""
    here = files("paperlens.demo")
    told = tomllib.loads(here.joinpath("sample.toml").read_text(encoding="utf-8"))
    day: date = told["day"]
    return Sample(
        note=told["note"],
        day=day,
        papers=tuple(_paper(record, day) for record in told["paper"]),
        queries=tuple(SavedQuery(query["name"], query["expr"]) for query in told["query"]),
        pdfs={
            file.name.removesuffix(".pdf"): file.read_bytes()
            for file in here.joinpath("papers").iterdir()
            if file.name.endswith(".pdf")
        },
    )


def _paper(record: Mapping[str, Any], day: date) -> Paper:
    """A record of the file; line breaks in it are for its editors only."""
    published: datetime = record["published"]
    updated: datetime = record["updated"]
    return Paper(
        id=record["id"],
        version=record["version"],
        title=record["title"],
        authors=tuple(record["authors"]),
        abstract=" ".join(record["abstract"].split()),
        categories=tuple(record["categories"]),
        published=published,
        updated=updated,
        announced=day,
        announce_type=record["announce_type"],
        comment=record.get("comment"),
        doi=record.get("doi"),
        journal_ref=record.get("journal_ref"),
        license=record.get("license"),
    )
