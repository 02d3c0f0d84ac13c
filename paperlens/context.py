"""The world a command runs in: streams, clock, places, and each collaborator, built on first use.

Commands ask `context()`; the demo and the tests make another. Nothing heavy is imported here.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from paperlens.settings import Settings, Value

if TYPE_CHECKING:
    from rich.console import Console

    from paperlens.configuration import Resolved
    from paperlens.library import Library
    from paperlens.reading import Reader
    from paperlens.search import Search
    from paperlens.sources import Source
    from paperlens.summaries import Summariser
    from paperlens.summaries.asking.doors import Doors
    from paperlens.summaries.templates import Template
    from paperlens.summaries.verdicts import Judge
    from paperlens.taste import School


@dataclass(frozen=True)
class Places:
    """Where things live: settings, what is precious, what may be deleted at any time."""

    config: Path
    data: Path
    cache: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Places":
        if home := environ.get("PAPERLENS_HOME"):
            folder = Path(home).expanduser().absolute()
            return cls(folder / "config.toml", folder / "data", folder / "cache")
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("paperlens", appauthor=False)
        return cls(dirs.user_config_path / "config.toml", dirs.user_data_path, dirs.user_cache_path)

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders in which the user's own templates are."""
        return (self.config.parent / "templates",)


class Context:
    """One command's view of the world."""

    def __init__(
        self,
        environ: Mapping[str, str] = os.environ,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        options: Mapping[str, Value] | None = None,
    ) -> None:
        """`options` are settings given on the command line: the strongest of all."""
        self.environ, self.now = environ, now
        self.stdin = stdin or sys.stdin
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self._options = dict(options or {})

    def having(self, options: Mapping[str, Value | None]) -> "Context":
        """The same world under the settings that this command was given; None means not given."""
        given = {key: value for key, value in options.items() if value is not None}
        return Context(
            self.environ, self.stdin, self.stdout, self.stderr, self.now, self._options | given
        )

    @cached_property
    def places(self) -> Places:
        return Places.of(self.environ)

    @cached_property
    def configured(self) -> "Resolved":
        from paperlens.configuration import resolve

        return resolve(self.places.config, self.environ)

    @cached_property
    def settings(self) -> Settings:
        return self.configured.settings.having(self._options)

    @property
    def language(self) -> str:
        return self.settings.llm.language

    @cached_property
    def library(self) -> "Library":
        from paperlens.library import Library

        return Library(self.places.data, tell=self.tell, now=self.now)

    @cached_property
    def search(self) -> "Search":
        from paperlens.search import Search

        return Search(self.library, self.places.cache)

    @cached_property
    def school(self) -> "School":
        from paperlens.taste import School

        return School(self.library, self.places.cache, self.now)

    @cached_property
    def source(self) -> "Source":
        from paperlens.sources.arxiv_org import ArxivOrg

        return ArxivOrg(self.settings.arxiv, self.places.cache, self.now)

    @cached_property
    def reader(self) -> "Reader":
        from paperlens.reading import Reader

        limits = self.settings.pdf
        fetch = partial(self.source.pdf, limit=limits.max_mb * 1_000_000)
        most = ceil(self.settings.cache.max_gb * 1_000_000_000)
        return Reader(limits, self.places.cache, fetch, most)

    @cached_property
    def template(self) -> "Template":
        from paperlens.summaries.templates import load

        return load(self.settings.today.template, self.places.templates)

    @cached_property
    def summariser(self) -> "Summariser":
        from paperlens.summaries.extractive import Extractive

        extractive = Extractive(self.now)
        if not self.settings.llm.model:
            return extractive
        from paperlens.summaries.asking.gateway import Gateway

        return Gateway(self._doors, self.now, extractive)

    @cached_property
    def judge(self) -> "Judge | None":
        """Nobody without a model."""
        if not self.settings.llm.model:
            return None
        from paperlens.summaries.asking.bench import Bench

        return Bench(self._doors, self.now)

    @cached_property
    def _doors(self) -> "Doors":
        from paperlens.summaries.asking.doors import Doors

        return Doors(self.settings.llm, self.environ, self._spent_today)

    def _spent_today(self) -> float:
        return self.library.spent(self.now().date())

    @cached_property
    def out(self) -> "Console":
        return self._console(self.stdout)

    @cached_property
    def err(self) -> "Console":
        return self._console(self.stderr)

    def _console(self, stream: TextIO) -> "Console":
        from rich.console import Console

        return Console(file=stream, highlight=False, markup=False, emoji=False)

    @property
    def is_dialogue(self) -> bool:
        """Whether a person sits at both ends: only then is anything asked."""
        return all(stream.isatty() for stream in (self.stdin, self.stdout, self.stderr))

    def tell(self, sentence: str) -> None:
        """A word to the user that is not the result: standard error."""
        if self.stderr.isatty():
            self.err.print(sentence)
        else:
            self.stderr.write(f"{sentence}\n")


@cache
def context() -> Context:
    """The world of the running command."""
    return Context()
