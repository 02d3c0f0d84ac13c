"""What the reader likes, learned from marks: how much it says for a paper, and in which words.

`School` learns from a library; the `Taste` it gives is asked for an `Opinion` of each paper.
Nothing here is precious: the background in the cache, and all weights, follow from the library.
"""

from paperlens.taste.background import FULL, Background, observed
from paperlens.taste.keeping import read, written
from paperlens.taste.nearest import Neighbours
from paperlens.taste.school import School
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
