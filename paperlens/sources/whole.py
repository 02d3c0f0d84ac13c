"""Files of the cache are written whole or not at all, whoever else writes them meanwhile."""

import os
from collections.abc import Iterable
from pathlib import Path
from threading import get_ident

from paperlens.errors import UnwritablePlace


def write_whole(file: Path, pieces: Iterable[bytes]) -> Path:
    """Put the pieces where `file` is; an error on the way leaves what was there."""
    part = file.with_name(f".{file.name}.{os.getpid()}-{get_ident()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as opened:
            opened.writelines(pieces)
        return part.replace(file)
    except OSError as error:
        raise UnwritablePlace(f"{file} cannot be written: {error.strerror}") from None
    finally:
        if part.exists():
            part.unlink()
