"""One file of an export that makes several: where it belongs below a folder, and what is in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """`path` has `/` between its parts and is made of ids, dates and names of queries."""

    path: str
    content: bytes

    @property
    def is_text(self) -> bool:
        return self.path.endswith(".md")
