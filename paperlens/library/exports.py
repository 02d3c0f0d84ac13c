"""What paperlens wrote into the user's own folders: the ground for never overwriting their work."""

from paperlens.library.shelves import Kind, Shelves
from paperlens.records import Json, Record


def _digest_json(digest: str) -> Json:
    return {"sha256": digest}


def _digest_from(document: Json) -> str:
    return Record(document, "export").text("sha256")


EXPORTS = Kind("", _digest_json, _digest_from)
_FILE = "exports"


def digest_of(shelves: Shelves, file: str) -> str | None:
    return shelves.shelf(EXPORTS, _FILE).get(file)


def wrote(shelves: Shelves, file: str, digest: str) -> None:
    with shelves.shelf(EXPORTS, _FILE).changing() as page:
        page[file] = digest
