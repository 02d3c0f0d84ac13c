"""What paperlens wrote into the user's own folders: the ground for never overwriting their work."""

from collections.abc import Iterable, Mapping

from paperlens.library.shelves import Kind, Shelves
from paperlens.publishing import Written
from paperlens.records import Json, Record, text


def _written_json(written: Written) -> Json:
    return {"sha256": written.digest, "before": written.before}


def _written_from(document: Json) -> Written:
    record = Record(document, "export")
    return Written(record.text("sha256"), record.maybe("before", text))


EXPORTS = Kind("", _written_json, _written_from)
_FILE = "exports"


def written(shelves: Shelves, files: Iterable[str]) -> dict[str, Written]:
    return shelves.shelf(EXPORTS, _FILE).some(files)


def keep(shelves: Shelves, files: Mapping[str, Written]) -> None:
    with shelves.shelf(EXPORTS, _FILE).changing() as page:
        page.update(files)
