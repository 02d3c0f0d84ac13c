"""What is told to the reader beside the result, where standard error would spoil the screen."""

from collections.abc import Callable
from io import StringIO


class Asides(StringIO):
    """A stream of whole lines, heard by whoever listens, else kept until somebody does."""

    def __init__(self) -> None:
        super().__init__()
        self._hear: Callable[[str], None] | None = None
        self._kept: list[str] = []

    def write(self, text: str) -> int:
        for line in text.splitlines():
            if line.strip() and self._hear:
                self._hear(line)
            elif line.strip():
                self._kept.append(line)
        return len(text)

    def heard_by(self, hear: Callable[[str], None] | None) -> None:
        """From now on; what was kept so far is told first. None: nobody listens any more."""
        self._hear = hear
        if hear:
            for line in self._kept:
                hear(line)
            self._kept.clear()
