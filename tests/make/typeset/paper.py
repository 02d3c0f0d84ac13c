"""What a paper says, before any layout: read from papers/NAME.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A distilled paper has been through Ghostscript, as many have; its fonts are smaller then.

    The outline is a line for each thing on the page; `manuscript.py` tells which there are.
    """

    name: str
    dress: str
    title: str
    authors: tuple[Author, ...]
    affiliations: tuple[str, ...]
    keywords: tuple[str, ...]
    theme: tuple[str, ...]
    abstract: int
    references: int
    is_distilled: bool
    outline: tuple[str, ...]


def read(name: str) -> Paper:
    told: dict[str, Any] = tomllib.loads((PAPERS / f"{name}.toml").read_text(encoding="utf-8"))
    return Paper(
        name=name,
        dress=told["dress"],
        title=told["title"],
        authors=tuple(Author(one["name"], tuple(one["places"])) for one in told["authors"]),
        affiliations=tuple(told["affiliations"]),
        keywords=tuple(told.get("keywords", ())),
        theme=tuple(told.get("theme", ())),
        abstract=told["abstract"],
        references=told["references"],
        is_distilled=told.get("distilled", False),
        outline=tuple(line for line in told["outline"].splitlines() if line.strip()),
    )


def names() -> list[str]:
    return sorted(path.stem for path in PAPERS.glob("*.toml"))
