"""Every way in which paperlens can fail a user, each with its sentence and its exit code.

Whatever is raised here ends as one line on standard error; anything else is a bug.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

DONE_IN_PART = 3  # the exit code of a result that lacks what was named
_NAME = re.compile(r"[\w.-]{1,40}")


class PaperlensError(Exception):
    """Something the user can understand and mostly mend; `hint` says what to do next."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    @property
    def told(self) -> str:
        """The sentence with its hint."""
        return f"{self.sentence}; {self.hint}" if self.hint else self.sentence


class UserError(PaperlensError):
    """The user's input: usage, query, settings, unknown id."""

    exit_code = 2


class QueryError(UserError):
    """A query that cannot be read, with the place where reading stopped."""

    def __init__(self, problem: str, text: str, column: int, name: str | None = None) -> None:
        """`text` is the line shown; `column` counts its cells on the terminal from 0."""
        label = f'query "{name}"' if name and _NAME.fullmatch(name) else "query"
        super().__init__(f"{label}: {problem}\n    {text}\n    {' ' * column}^")
        self.problem, self.text, self.column = problem, text, column


class UnknownId(UserError):
    """Not an id, or an id of nothing we know."""

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        super().__init__(f'"{text}" is not a paper that paperlens knows', nearest(text, known))


class SettingError(UserError):
    """A setting that does not exist or does not fit."""


class PlaceRefused(UserError):
    """A file or folder that cannot be used now."""


class SourceUnreachable(PaperlensError):
    """arXiv gave nothing usable."""

    exit_code = 4


class ModelRefused(PaperlensError):
    """The model would not answer anything."""

    exit_code = 5


class PdfRefused(PaperlensError):
    """A PDF that cannot be had, with the exit code that its reason has elsewhere."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class DamagedData(PaperlensError):
    """Stored data cannot be read; the sentence says what was saved, and where."""

    exit_code = 6


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the likeliest meant words, if any is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else None
