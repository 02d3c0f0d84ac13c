"""What was learned last, kept in the cache until anything that taught it changes.

Learning takes as long as all else that `show` or `why` do. A memory is good under one key only,
which tells all that it follows from; what cannot be read is forgotten, and learned again.
"""

import json
from pathlib import Path

from paperlens.errors import PlaceRefused
from paperlens.files import make_folder, write_whole
from paperlens.taste.background import Background
from paperlens.taste.learning import Liking
from paperlens.taste.sealing import sealed, unsealed

_FORMAT = 1  # goes up when the same marks teach something else


def recalled(file: Path, key: str, background: Background) -> Liking | None:
    """The liking that was kept under this key."""
    try:
        told = json.loads(unsealed(file.read_text(encoding="utf-8")))
        if [told["format"], told["key"]] != [_FORMAT, key]:
            return None
        return Liking(
            background,
            terms=told["terms"],
            along=told["along"],
            certainty=told["certainty"],
            centre=told["centre"],
            scale=told["scale"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept(file: Path, key: str, liking: Liking) -> None:
    """Exactly, so that scores are the same; a cache that takes nothing costs time, no more."""
    told = {
        "format": _FORMAT,
        "key": key,
        "terms": liking.terms,
        "along": liking.along,
        "certainty": liking.certainty,
        "centre": liking.centre,
        "scale": liking.scale,
    }
    try:
        make_folder(file.parent)
        write_whole(file, sealed(json.dumps(told, separators=(",", ":"))).encode())
    except PlaceRefused:
        return
