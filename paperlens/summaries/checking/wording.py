"""Words brought to their stems, and what each tells: a rare word says more than a common one.

`ordinary.txt` has the words of many abstracts, the most frequent first; `tests/make` writes it.
`everyday.txt`, written by hand, has those of every English text, in which one tells again what
another says: whether "keep" or "retain", it is of the words around them that a sentence speaks.
"""

import re
from functools import cache, lru_cache
from math import log
from pathlib import Path

from paperlens.summaries.checking.plain import folded
from paperlens.summaries.checking.tables import words

WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_ORDINARY = Path(__file__).with_name("ordinary.txt")
_EVERYDAY = Path(__file__).with_name("everyday.txt")
_OF_AN_EVERYDAY_WORD = 0.3
_LEAST_STEM = 4
_LEAST_STEM_OF_FORMS = 3
_FORMS = words("s es ed ing e")
_COLOUR = re.compile(r"(?<=[a-z]{3})our(?=s?\Z|[a-z]{2})")
_ANALYSE = re.compile(r"(?<=ly)(?:[sz](?:es?|ed|is|ing|ers?))\Z")
_ENDINGS = sorted(
    words("""
        s es ies ed ied ing ings er ers or ors ly ally ily al ial ic ical ation ations ization
        izations isation ition ution ive ively ative able ably ible ability ibility ness ment ments
        ize izes ized izing ise ises ised ising ate ates ated ating ator ators ion ions ity ities
        ance ances ence ences ent ant ency ancy e y ism ist ists ful fully ous ously
    """),
    key=lambda ending: (-len(ending), ending),
)
_MOST_FREQUENT = words("""
    the of and to a in we is are that this with by for on which from as an it our be
    """)
_TELL_NOTHING = words("""
    the a an of and to in for with on is are that this we our us i it its by as from be can which
    at or these those their they them has have had was were not no nor but also such than into
    between more most less much many some any all each every both other others another own same so
    if then thus hence therefore while when where whereas whose who whom what how why there here
    do does did done been being will would could should may might must via per vs et al eg ie etc
    about across after against along among around before behind beyond during over through
    throughout toward towards under until up upon within without only just even still yet very too
    well however moreover furthermore additionally further specifically particularly finally first
    second third one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion paper papers work works study
    studies article author authors researchers research propose proposes proposed proposing
    present presents presented presenting introduce introduces introduced introducing show shows
    showed shown showing demonstrate demonstrates demonstrated demonstrating develop develops
    developed describe describes described provide provides provided providing offer offers
    offering use uses used using utilize utilizes utilized utilizing leverage leverages leveraging
    employ employs employed employing apply applies applied applying allow allows allowing enable
    enables enabling enabled make makes making made achieve achieves achieved achieving address
    addresses addressed addressing based new novel approach approaches method methods technique
    techniques framework frameworks result results resulting called named including include
    includes included respectively significant significantly various different several existing
    previous prior recent current state art key main overall often usually
    """)


_MEAN_THE_SAME = (
    "outperform beat surpass exceed", "improve boost enhance", "reduce decrease lower reduction",
    "keep retain preserve maintain", "require need demand", "remove eliminate", "rely depend",
    "human people person", "sound audio", "error mistake", "view viewpoint", "aid help assist",
    "whole entire full complete", "fewer less", "select choose", "restrict limit",
    "increase raise", "significant substantial", "fast quick rapid accelerate speed",
    "solve tackle", "evaluate assess", "investigate examine explore",
    "challenge difficult hard", "build create construct", "simple simplify",
    "automate automatic", "large big", "image picture photo",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Near enough for comparing: "generalises", "generalization" and "general" alike, and so are
    a few words of every abstract that mean the same."""
    found = _bare(word)
    return _one_for_all().get(found, found)


def _bare(word: str) -> str:
    word = _ANALYSE.sub("s", _COLOUR.sub("or", folded(word).partition("'")[0]))
    for _ in range(2):
        if not word.endswith("ss"):
            word = word.removesuffix(next(filter(word.endswith, _endings_within(len(word))), ""))
    return word[:-1] if len(word) >= _LEAST_STEM and word[-1] == word[-2] else word


@cache
def _endings_within(length: int) -> tuple[str, ...]:
    """What may be taken off a word of that length, the longest first."""
    least = {end: _LEAST_STEM_OF_FORMS if end in _FORMS else _LEAST_STEM for end in _ENDINGS}
    return tuple(end for end in _ENDINGS if length - len(end) >= least[end])


@cache
def _one_for_all() -> dict[str, str]:
    """Of each stem of such a word, that of the first of its kind."""
    return {
        _bare(word + end): _bare(words.split()[0])
        for words in _MEAN_THE_SAME for word in words.split() for end in ("", "s", "d", "ed")
    }  # fmt: skip


@lru_cache(maxsize=50_000)
def telling(word: str) -> str:
    """The stem of a word that tells something; empty for one that does not."""
    small = folded(word)
    return "" if small in _TELL_NOTHING or len(small) < 2 else stem(small)


def is_ordinary(word: str) -> bool:
    """Whether the word, in small letters, is one of the language and no name."""
    small = folded(word).partition("'")[0]
    return small in _TELL_NOTHING or stem(small) in worths()


@cache
def worths() -> dict[str, float]:
    """How much a stem tells, from 0 to 1; one that is not here is not ordinary, and tells all."""
    words = _ORDINARY.read_text(encoding="utf-8").split()
    found: dict[str, float] = {}
    for rank, word in enumerate(words):
        found.setdefault(stem(word), log(rank + 2) / log(len(words) + 2))
    for word in _EVERYDAY.read_text(encoding="utf-8").split():
        found[stem(word)] = min(_OF_AN_EVERYDAY_WORD, found.get(stem(word), 1.0))
    return found


def english_share(text: str) -> float:
    """How many of the words are the most frequent ones of English."""
    words = WORD.findall(text.lower())
    return sum(word in _MOST_FREQUENT for word in words) / max(1, len(words))
