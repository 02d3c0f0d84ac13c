"""Words as arXiv's index sees them, on both sides: without case, accents, TeX and punctuation.

CJK text has no spaces, so each of its characters is a word of its own and a CJK word is a phrase
of them. English plurals are folded (`model` finds "models"), because arXiv stems its titles and
abstracts and a query must find here what it finds there.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

from paperlens.tex import accents, readable

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_END = "\x7f"
_ASCII = {code: " " for code in range(127) if not chr(code).isalnum()}
_WORD = re.compile(rf"[{_CJK}{_END}]|[^\W_{_CJK}]+")
_ACCENT = re.compile("[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    if "\\" in text:
        text = accents(text)
    if "'s" in text or "’s" in text:
        text = _POSSESSIVE.sub("", text)
    if text.isascii():  # nearly always, and three times as fast
        return text.lower().translate(_ASCII).split()
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS))


def singular(word: str) -> str:
    """The form that a word shares with its plural; the same for both is all that matters."""
    if len(word) < 4 or not word.endswith(("s", "e", "y")):
        return word
    for ending, kept in _PLURALS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + kept
    return word


_PLURALS = (
    ("sses", "ss"), ("ies", "y"), ("ches", "ch"), ("che", "ch"), ("shes", "sh"), ("xes", "x"),
    ("ss", "ss"), ("s", ""),
)  # fmt: skip


class _Singulars(dict[str, str]):
    """The singulars of words met before; a library asks for millions, so it has to be quick."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MANY_WORDS:
            self.clear()
        found = self[word] = singular(word)
        return found


_MANY_WORDS = 1 << 17
_singulars = _Singulars()


@lru_cache(maxsize=1 << 12)
def forms(word: str) -> tuple[str, ...]:
    """The word, its plural and its singular, as they stand in a line of words."""
    least = singular(word)
    likely = (word, least, *(f"{least}{ending}" for ending in ("s", "e", "es")), f"{least[:-1]}ies")
    return tuple(f" {form} " for form in dict.fromkeys(likely) if singular(form) == least)


def has_form(word: str, line: str) -> bool:
    """Whether a line of words has the word, in singular or plural."""
    for form in forms(word):  # noqa: SIM110 - any() takes twice as long, 100,000 times a day
        if form in line:
            return True
    return False


class Words:
    """A text made ready for many questions.

    One line with a space around each word: to search it is quicker than to build a set of it.
    """

    def __init__(self, texts: Iterable[str | None]) -> None:
        self._text = f" {_END} ".join(text for text in texts if text)

    @cached_property
    def _found(self) -> list[str]:
        if "$" not in self._text and "\\" not in self._text:
            return words(self._text)
        return [*words(self._text), _END, *words(readable(self._text))]  # H$_2$O: h 2 o, and h2o

    @cached_property
    def line(self) -> str:
        return f" {' '.join(self._found)} "

    @cached_property
    def singulars(self) -> str:
        """The same line with each word as its singular."""
        known = _singulars  # asking only where the ending may change is a third quicker
        told = [known[word] if word[-1] in "se" else word for word in self._found]
        return f" {' '.join(told)} "

    def have(self, phrase: tuple[str, ...]) -> bool:
        """Whether these words follow one another; plurals count as their singular."""
        for word in phrase:
            if not has_form(word, self.line):
                return False
        return len(phrase) == 1 or f" {' '.join(map(singular, phrase))} " in self.singulars

    def have_exactly(self, phrase: tuple[str, ...], beginning: bool) -> bool:
        """Whether these very words follow one another; of the last, perhaps only its beginning."""
        return f" {' '.join(phrase)}{'' if beginning else ' '}" in self.line

    @cached_property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Each text's words by themselves."""
        lines: list[tuple[str, ...]] = []
        start = 0
        for place, word in enumerate([*self._found, _END]):
            if word == _END:
                lines.append(tuple(self._found[start:place]))
                start = place + 1
        return tuple(lines)
