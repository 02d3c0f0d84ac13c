"""What reading a PDF ends in: its text, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """What a PDF's pages say: all of it as running text, and the first page line by line."""

    text: str
    front: str


class NotRead(Exception):
    """Why a PDF could not be read, completing `the PDF …`; a damaged one may be fetched anew."""

    def __init__(self, why: str, is_damaged: bool = False) -> None:
        super().__init__(why)
        self.is_damaged = is_damaged
