"""What a paper is about, as counted terms: words, pairs of words, authors.

Only title, abstract and authors count: the daily feed has no comments, and a paper must not
change its score when the rest of its description arrives. A plural counts as its singular, so
that every term can be shown to a reader as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator, Set
from itertools import pairwise

from paperlens.models import Paper

Counts = dict[str, int]

AUTHOR = "@"  # before an author's name, which no word begins with
TITLE = 4  # how often a word of the title counts
MOST = 5_000  # as often as a term can be counted
_LONGEST = 6_000, 500  # characters of an abstract and of a title; real ones have a third of that
_WORD = re.compile(r"[^\W_]+")
_PARTING = {code: " " for code in range(128) if not chr(code).isalnum()}
_EMPTY_WORDS = """
    a about above achieve across after all also although among an and any are as at be been
    being between both but by can could did do does due during each either et etc every existing
    few first for from further furthermore given has have having hence here how however i if in
    into is it its itself less like made make many may might more moreover most much must near
    need new no nor not novel of often on one only or other our out over own paper per present
    problem proposed propose provide recent recently result s same second several should show
    shown significantly since so some such than that the their them then there therefore these
    they this those three through thus to two under up us use used using various very via was we
    well were what when where whether which while who whose will with within without work would
    yet al however approach method state art demonstrate extensive experiment project page code
    available https http github io com www
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


class _Stems(dict[str, str]):
    """A word → its term; empty where the word says nothing. Remembered, for words come again."""

    def __missing__(self, word: str) -> str:
        term = _singular(word)
        if len(term) < 2 or term in _EMPTY or word in _EMPTY or (len(term) > 4 and term.isdigit()):
            term = ""
        self[word] = term
        return term


_STEMS = _Stems()


def counted(paper: Paper) -> Counts:
    """How often each term stands in the paper; this is most of the work of a morning's ranking."""
    title, abstract = map(_terms, _texts(paper))
    counts: Counts = dict(Counter(abstract))
    for term in title:
        counts[term] = counts.get(term, 0) + TITLE
    for name in paper.authors:
        counts[f"{AUTHOR}{name.lower()}"] = 1
    return counts


def _terms(text: str) -> list[str]:
    """The words that say something, then the pairs of such words that stand side by side."""
    words = list(map(_STEMS.__getitem__, _words(text.lower())))
    pairs = [f"{one} {other}" for one, other in pairwise(words) if one and other]
    return [*filter(None, words), *pairs]


def _words(text: str) -> list[str]:
    """As `_WORD` finds them; in plain English, which most abstracts are, a quicker way."""
    return text.translate(_PARTING).split() if text.isascii() else _WORD.findall(text)


def spelled(paper: Paper, terms: Set[str]) -> dict[str, str]:
    """The terms as the paper itself writes them, where it first does; no stop parts a pair."""
    found: dict[str, str] = {}
    for name in paper.authors:
        if (term := f"{AUTHOR}{name.lower()}") in terms:
            found[term] = name
    for text in _texts(paper):
        for term, written in _written(text):
            if term in terms:
                found.setdefault(term, written)
    return found


def _texts(paper: Paper) -> tuple[str, str]:
    abstract, title = _LONGEST
    return paper.title[:title], paper.abstract[:abstract]


def _written(text: str) -> Iterator[tuple[str, str]]:
    before, start, end = "", 0, 0
    for match in _WORD.finditer(text):
        term = _STEMS[match[0].lower()]
        if term:
            yield term, match[0]
            if before and text[end : match.start()].strip() in {"", "-"}:
                yield f"{before} {term}", " ".join(text[start : match.end()].split())
        before, start, end = term, match.start(), match.end()


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
