"""What reading has brought, kept in the cache: documents, and pictures cut from their pages.

A `key` names what was read: a paper's id with its version, or the hash of a file. Whatever cannot
be used here is made again; nothing in the cache is precious.
"""

import json
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from paperlens.cache import used
from paperlens.document import EDITION, Document, Float, document_from, document_json
from paperlens.files import make_folder, write_whole
from paperlens.models import Figure

_SCHEMA = "paperlens.document/1"
_MADE_BY = ("schema", "edition", "max_pages")
_PNG, _PNG_HEAD = b"\x89PNG", 24


class Store:
    def __init__(self, cache: Path) -> None:
        self._documents, self._pictures = cache / "text", cache / "figures"

    def places(self, key: str) -> tuple[Path, Path]:
        """The file of the document, and the folder of the pictures."""
        return self._documents / f"{key}.json", self._pictures / key

    def document(self, key: str, max_pages: int) -> Document | None:
        """What was read under these limits by this edition of the layout, if anything was."""
        file, _ = self.places(key)
        try:
            kept = json.loads(file.read_bytes())
            used(file)
            if [kept[name] for name in _MADE_BY] == [_SCHEMA, EDITION, max_pages]:
                return document_from(kept["document"])
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        return None

    def keep(self, key: str, max_pages: int, document: Document) -> None:
        """Pictures cut by an earlier reading go: their places may have changed."""
        told = dict(zip(_MADE_BY, (_SCHEMA, EDITION, max_pages), strict=True))
        told["document"] = document_json(document)
        make_folder(self._documents)
        file, pictures = self.places(key)
        write_whole(file, json.dumps(told, ensure_ascii=False).encode())
        with suppress(OSError):
            for picture in pictures.glob("*.png"):
                picture.unlink()

    def figures(self, key: str, document: Document, kind: str) -> tuple[Figure, ...]:
        """Those of one kind, with the pictures that are there."""
        floats = [one for one in document.floats if one.kind == kind]
        return tuple(
            self._figure(file, one)
            for file, one in zip(self.files(key, floats), floats, strict=True)
        )

    def files(self, key: str, floats: list[Float]) -> list[Path]:
        """Where their pictures belong, whether or not they are there: `figure-2.png`."""
        names: list[str] = []
        for one in floats:
            number = re.sub(r"[^A-Za-z0-9.]+", "-", one.number).strip("-.") or "x"
            name = again = f"{one.kind}-{number}"[:60]
            times = 1
            while again in names:
                times += 1
                again = f"{name}-{times}"
            names.append(again)
        return [self._pictures / key / f"{name}.png" for name in names]

    def keep_picture(self, file: Path, png: bytes) -> None:
        make_folder(file.parent)
        write_whole(file, png)

    def picture(self, figure: Figure) -> bytes | None:
        """The bytes of a picture that was cut, as long as they are here and what they were."""
        if figure.file is None:
            return None
        try:
            file = Path(figure.file).resolve()
            if not (file.is_relative_to(self._pictures.resolve()) and file.is_file()):
                return None
            png = file.read_bytes()
        except (OSError, ValueError):  # gone by now, or no name of a file at all
            return None
        return png if sha256(png).hexdigest() == figure.sha256 else None

    def _figure(self, file: Path, one: Float) -> Figure:
        bare = Figure(one.number, one.caption, one.page, one.bbox, is_teaser=one.is_teaser)
        try:
            png = file.read_bytes()
            used(file)
        except OSError:
            return bare
        if len(png) < _PNG_HEAD or not png.startswith(_PNG):
            return bare
        width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
        return Figure(
            one.number, one.caption, one.page, one.bbox,
            str(file), width, height, sha256(png).hexdigest(), one.is_teaser,
        )  # fmt: skip
