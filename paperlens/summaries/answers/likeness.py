"""Whether an answer is about the paper it was asked about, by the words that both have.

Coarse on purpose: it finds an answer to another question. Whether each sentence is borne out is
another matter.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*\d|\d")
_STEM = 5
_LEAST = 4
_LEAST_OF_NAMES = 4
_MANY = 20
_ENOUGH, _ENOUGH_OF_MANY = 0.2, 0.35
_EMPTY = frozenset(
    """
    about above achieve achieves across after again against along also among another
    approach approaches author authors based because been before being below between both
    could data demonstrate demonstrates does doing down during each either even ever every
    from further have having hence here improve improves into introduce introduced
    introduces itself just less many method methods model models more most much must near
    neither never new novel often once only other others over paper papers performance
    present presented presents problem problems propose proposed proposes rather research
    result results same several shall should show shown shows since some still studies study
    such task tasks than that their them then there therefore these they this those through
    thus toward towards under until upon used uses using very well were what when where
    whether which while whose will with within without work works would your
    """.split()  # noqa: SIM905 -- words are read more easily without their quotes
)


def is_about_another(answer: Iterable[str], source: str, same_language: bool) -> bool:
    """Whether it shares next to nothing with what was read.

    In another language only numbers and names can be shared, so that nothing is said of an answer
    which has few of them.
    """
    texts = list(answer)
    known = _stems(source)
    if same_language:
        told = set().union(*(_stems(text) for text in texts))
        enough = _ENOUGH_OF_MANY if len(told) >= _MANY else _ENOUGH
        return len(told) >= _LEAST and len(told & known) / len(told) < enough
    names = set().union(*(_stems(text) for text in map(_latin, texts)))
    return len(names) >= _LEAST_OF_NAMES and not names & known


def says_nothing_of(sentence: str, source: str) -> bool:
    """Whether it has not one word of its own in common with what was read."""
    told = _stems(sentence)
    return bool(told) and not told & _stems(source)


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    telling = (word for word in words if len(word) > 3 or _is_number(word))
    return {word[:_STEM] for word in telling if word not in _EMPTY}


def _is_number(word: str) -> bool:
    return len(word) > 1 and word[0].isdigit()


def _latin(text: str) -> str:
    return re.sub(r"[^\x00-\u024f]+", " ", text)
