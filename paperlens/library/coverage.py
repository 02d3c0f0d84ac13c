"""Up to which day arXiv has answered each query: what is owed to a reader who stays away.

One small file, by the queries' names. Reports do not tell it: one may hold a part of a batch.
"""

from collections.abc import Mapping

from paperlens.holdings import Coverage
from paperlens.library.shelves import Kind, Shelves
from paperlens.records import Json, Record, day, day_json, time, time_json
from paperlens.unseen import writable


def _coverage_json(coverage: Coverage) -> Json:
    return {
        "expr": writable(coverage.expr),
        "until": day_json(coverage.until),
        "tried": time_json(coverage.tried),
    }


def _coverage_from(document: Json) -> Coverage:
    record = Record(document, "coverage")
    return Coverage(record.text("expr"), record.get("until", day), record.get("tried", time))


COVERAGE = Kind("", _coverage_json, _coverage_from)
_FILE = "coverage"


def coverage(shelves: Shelves) -> dict[str, Coverage]:
    return shelves.shelf(COVERAGE, _FILE).everything()


def keep(shelves: Shelves, news: Mapping[str, Coverage]) -> None:
    with shelves.shelf(COVERAGE, _FILE).changing() as page:
        for name, told in news.items():
            page[name] = told
