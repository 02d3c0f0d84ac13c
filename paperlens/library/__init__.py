"""What paperlens remembers: papers, decisions, summaries, reports, queries.

`Library` is the only way in. Files are small shards, replaced whole, so that a process killed at
any moment leaves each file old or new. Between two files the order is: papers before the report
that names them, the ledger before the marks it puts on papers, the way back before a decision,
money before the summary it bought. So nothing is lost, and at worst a paper is shown again.

Damage to a file is mended by whoever meets it: the damaged file is kept beside it, what can be
read stays, and DamagedData says what was lost, once. Reading takes no lock and creates nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.errors import PaperlensError
from paperlens.holdings import Coverage, Holding, ReportRecord
from paperlens.library import (
    coverage,
    decisions,
    exchange,
    interests,
    leaves,
    ledger,
    papers,
    queries,
    summaries,
    verdicts,
)
from paperlens.library.decisions import Undone
from paperlens.library.exchange import Taken
from paperlens.library.leaves import Leaf
from paperlens.library.shelves import Shelves
from paperlens.models import Cost, Decision, Known, Mark, Paper, SavedQuery, Summary, Verdict

if TYPE_CHECKING:
    from paperlens.publishing import Written

__all__ = ["Leaf", "Library", "ReportRecord", "Undone"]

PATIENCE = 10.0


class Library:
    """One folder of memory. Several processes and threads may use it at once."""

    def __init__(
        self,
        folder: Path,
        patience: float = PATIENCE,
        tell: Callable[[str], None] = lambda _sentence: None,
        mends: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`patience`: how many seconds to wait while another paperlens writes.

        `tell` hears of what was mended without a loss. One that does not mend leaves a damaged
        file as it is, for whoever can tell the user of it.
        """
        self._shelves = Shelves(folder, patience, tell, mends)
        self._now = now

    def troubles(self) -> Iterator[PaperlensError]:
        """What stands in the way of reading and writing; opens every file, so it takes a while."""
        from paperlens.library import checks

        return checks.troubles(self._shelves)

    def set_aside(self) -> list[Path]:
        """The damaged files that were kept when they were mended."""
        from paperlens.library import checks

        return checks.set_aside(self._shelves)

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """Those of the papers that are known, in the order asked."""
        return papers.known(self._shelves, ids)

    def remember(self, found: Mapping[str, tuple[Paper, tuple[str, ...]]]) -> dict[str, Known]:
        """Papers with the names of the queries they match, joined with what is known of them."""
        return papers.remember(self._shelves, found)

    def decide(
        self, ids: Iterable[str], change: Callable[[Decision], Decision]
    ) -> dict[str, Known]:
        """Change what is decided of papers, all or none; gives them as they are then.

        An id that the library does not hold is a UserError that names the nearest ones.
        """
        return decisions.decide(self._shelves, ids, change, self._now())

    def all_marked(self) -> dict[str, Decision]:
        """What is decided of every paper that has a mark, the newest month first."""
        return decisions.all_marked(self._shelves)

    def interests(self, limit: int | None = None) -> tuple[Paper, ...]:
        """Papers that only teach the ranking, apart from all others; the newest first."""
        return interests.held(self._shelves, limit)

    def stamp_of_interests(self) -> str:
        """What changes as soon as any of them does."""
        return interests.stamp(self._shelves)

    def add_interests(self, found: Iterable[Paper]) -> int:
        """More of them; those that are there already stay. Gives how many are new."""
        return interests.add(self._shelves, found)

    def drop_interests(self, ids: Collection[str] | None = None) -> tuple[str, ...]:
        """Forget some of them, or all; gives those that were there."""
        return interests.drop(self._shelves, ids)

    def marked(self, marks: Collection[Mark]) -> list[str]:
        """The papers with any of these marks, the newest first."""
        return decisions.marked(self._shelves, marks)

    def decisions(self, ids: Iterable[str]) -> dict[str, Decision]:
        """What is decided of those of the papers of which anything is; papers are not read."""
        return decisions.decided(self._shelves, ids)

    def undo(self, only: Collection[str] | None = None) -> Undone:
        """Take back what the last `decide` changed; again, what the one before it did.

        Where `only` is given and that was about other papers than these, it is a UserError.
        """
        return decisions.undo(self._shelves, only)

    def tags(self) -> list[str]:
        """All tags that papers have, the most used first."""
        return decisions.tags(self._shelves)

    def stamps(self) -> dict[str, str]:
        """For each month that has papers, what changes as soon as anything known of them does."""
        return leaves.stamps(self._shelves)

    def leaves(self, month: str) -> Iterator[Leaf]:
        """The papers of a month, each with a digest of all that is held of it, but its reports."""
        return leaves.of_month(self._shelves, month)

    def holdings(self, ids: Iterable[str]) -> dict[str, Holding]:
        """All that is held of those of the papers that are known, in the order asked."""
        return exchange.of_papers(self._shelves, ids)

    def everything(self) -> Iterator[Holding]:
        """All papers with all that is held of them, newest month first; one month in memory."""
        return exchange.everything(self._shelves)

    def take(self, holdings: Iterable[Holding]) -> Taken:
        """What another library held of papers, joined with what is held here; not its reports."""
        return exchange.take(self._shelves, holdings)

    def enter(self, reports: Iterable[ReportRecord]) -> None:
        """Another library's reports, into the ledger."""
        ledger.enter(self._shelves, reports)

    def ids(self) -> Iterator[str]:
        """All papers, newest id first; a shard is opened only when the iteration reaches it."""
        return papers.ids(self._shelves)

    def ids_starting(self, prefix: str, limit: int = 100) -> list[str]:
        """The newest ids that start so; opens few shards, and one once the month is complete."""
        return papers.ids_starting(self._shelves, prefix, limit)

    def summary(self, paper_id: str, key: str) -> Summary | None:
        return self.summaries({paper_id: key}).get(paper_id)

    def summaries(self, keys: Mapping[str, str]) -> dict[str, Summary]:
        """The summary of each paper under its key, where there is one."""
        return summaries.of_keys(self._shelves, keys)

    def all_summaries(self, ids: Iterable[str]) -> dict[str, dict[str, Summary]]:
        """All summaries of each paper that has one, by their keys."""
        return summaries.of_papers(self._shelves, ids)

    def keep_summary(self, paper_id: str, key: str, summary: Summary) -> None:
        """Store a summary that was just made; what it cost is for `spend`, and before."""
        summaries.keep(self._shelves, paper_id, key, summary)

    def latest_summaries(self, ids: Iterable[str]) -> dict[str, Summary]:
        return summaries.latest(self._shelves, ids)

    def verdicts(self, keys: Mapping[str, str]) -> dict[str, Verdict]:
        """What a model thinks of each paper, under its key, where it was asked."""
        return verdicts.of_keys(self._shelves, keys)

    def keep_verdicts(self, keys: Mapping[str, str], found: Mapping[str, Verdict]) -> None:
        """Store what was just heard of papers, each under its key."""
        verdicts.keep(self._shelves, keys, found)

    def spend(self, day: date, model: str, cost: Cost) -> None:
        """Count what a model took on a day (UTC), whatever came of it."""
        summaries.spend(self._shelves, day, model, cost)

    def spent(self, day: date) -> float:
        """US dollars that models took on a day (UTC), as far as prices are known."""
        return summaries.spent(self._shelves, day)

    def spending(self) -> dict[str, dict[str, Cost]]:
        """What each model took, by day (YYYY-MM-DD, UTC), the earliest first."""
        return summaries.spending(self._shelves)

    def record(self, report: ReportRecord) -> None:
        """Enter a report under its batch and mark its papers as reported; it is now the last one.

        A report without a batch is only the last one.
        """
        ledger.record(self._shelves, report)

    def report(self, batch: date) -> ReportRecord | None:
        return ledger.report_of(self._shelves, batch)

    def last_report(self) -> ReportRecord | None:
        """Of any kind: the one whose numbers the user sees."""
        return ledger.last(self._shelves)

    def batches(self) -> Iterator[ReportRecord]:
        """The reports of all batches, the latest first."""
        return ledger.batches(self._shelves)

    def latest_batch(self) -> ReportRecord | None:
        return ledger.latest_batch(self._shelves)

    def coverage(self) -> dict[str, Coverage]:
        """By the names of queries, up to which day arXiv has answered them."""
        return coverage.coverage(self._shelves)

    def keep_coverage(self, news: Mapping[str, Coverage]) -> None:
        """What arXiv has answered by now, once the report of it is recorded."""
        coverage.keep(self._shelves, news)

    def exported(self, files: Iterable[Path]) -> "dict[Path, Written]":
        """What paperlens last wrote into files of the user's, those that it ever wrote."""
        from paperlens.library import exports

        told = exports.written(self._shelves, map(str, files))
        return {Path(file): each for file, each in told.items()}

    def keep_exported(self, files: "Mapping[Path, Written]") -> None:
        """What is about to be written into them."""
        from paperlens.library import exports

        exports.keep(self._shelves, {str(file): each for file, each in files.items()})

    def queries(self) -> tuple[SavedQuery, ...]:
        """In the order in which they were added."""
        return queries.saved(self._shelves)

    def query(self, name: str) -> SavedQuery:
        """The query of that name, or an error with the nearest names."""
        return queries.named(self._shelves, name)

    def add_query(self, query: SavedQuery) -> None:
        queries.add(self._shelves, query)

    def replace_query(self, name: str, query: SavedQuery) -> None:
        """Edit or rename; it keeps its place."""
        queries.replace(self._shelves, name, query)

    def remove_query(self, name: str) -> None:
        queries.remove(self._shelves, name)
