"""How usual words are in abstracts anywhere (`usual.txt`, made by `tests/make/usual_words.py`)."""

from functools import cache
from pathlib import Path


@cache
def usual_rates() -> dict[str, float]:
    """Terms with the share of papers that have them."""
    lines = Path(__file__).with_name("usual.txt").read_text(encoding="utf-8").splitlines()
    told = (line.partition(" ") for line in lines)
    return {term: int(thousandths) / 1000 for thousandths, _, term in told}
