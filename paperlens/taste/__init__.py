"""What the reader likes, learned from marks: how much it says for a paper, and in which words.

`School` learns from a library; the `Taste` it gives is asked for an `Opinion` of each paper.
Nothing here is precious: the background in the cache, and all weights, follow from the library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from paperlens.taste.school import School

if TYPE_CHECKING:
    from paperlens.taste.background import FULL, Background, observed
    from paperlens.taste.keeping import read, written
    from paperlens.taste.nearest import Neighbours
    from paperlens.taste.taste import Marked, Near, Opinion, Part, Taste, phrases
    from paperlens.taste.words import Counts, counted

__all__ = [
    "FULL",
    "Background",
    "Counts",
    "Marked",
    "Near",
    "Neighbours",
    "Opinion",
    "Part",
    "School",
    "Taste",
    "counted",
    "observed",
    "phrases",
    "read",
    "written",
]

_PLACES = {
    "background": ("FULL", "Background", "observed"),
    "keeping": ("read", "written"),
    "nearest": ("Neighbours",),
    "taste": ("Marked", "Near", "Opinion", "Part", "Taste", "phrases"),
    "words": ("Counts", "counted"),
}


def __getattr__(name: str) -> Any:
    """Found when first asked for: whoever has marked nothing needs none of it."""
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
