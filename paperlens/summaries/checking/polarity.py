"""Whether a sentence turns round what its source says: who outperforms whom, what goes up or down,
what is done and what is not.

Only what a few words tell for certain is called turned round; a paraphrase is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from paperlens.summaries.checking.tables import words
from paperlens.summaries.checking.wording import telling, worths

Words = Sequence[str]

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|[A-Za-z]*\d[\w.%-]*|[.,;:!?()]")
_STOPS = frozenset(".;:!?()")
_REACH = 8


def _forms(verbs: str) -> dict[str, str]:
    """Every form of regular verbs, and the verb it is one of."""
    forms: dict[str, str] = {}
    for verb in verbs.split():
        bare = verb.removesuffix("e")
        past = {f"{bare}ed", f"{bare}{bare[-1]}ed", f"{bare}{bare[-1]}ing"}
        if verb.endswith("y"):
            past |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
        forms |= dict.fromkeys({verb, f"{verb}s", f"{verb}es", f"{bare}ing", *past}, verb)
    return forms


_BEATS = _forms("outperform surpass exceed beat outclass") | {"beaten": "beat"}
_ABOVE = words("better superior faster stronger cheaper") | {"more"}
_BELOW = words("worse inferior slower weaker costlier") | {"less"}
_COMPARES = words("than to")
_OURS = words("our ours we proposed their they this it")
_OTHERS = words("""
    previous prior existing state-of-the-art art sota baseline baselines other others
    """)
_US, _THEM = "(us)", "(them)"
_IS = words("is are was were be been being")
_UP = _forms("increase raise boost grow lengthen") | {"higher": "", "grew": "", "rose": ""}
_DOWN = _forms("decrease reduce lower drop decline diminish shorten shrink") | {"fewer": ""}
_BETTER = _forms("improve enhance boost strengthen")
_WORSE = _forms("degrade worsen hurt harm impair weaken deteriorate")
_GOOD = frozenset(
    map(
        telling,
        words("""
            accuracy performance quality robustness stability generalization efficiency precision
            recall fidelity throughput reliability interpretability diversity consistency
        """),
    )
)
_ENDS_AN_OBJECT = words("""
    , by and or while without of in on for with over from to at when than as via which that
    """)

_NOT = words("""
    not no never cannot without neither nor can't don't doesn't didn't isn't aren't won't
    """)
_NOT_REALLY = words("only just merely necessarily longer matter")
_SOFTLY_NOT = words("""
    avoid avoids avoiding eliminate eliminates eliminating prevent prevents preventing free fail
    fails failing failure lack lacks lacking unable less few instead rather unlike except although
    though but however yet need needs impossible rarely seldom whether nothing none insufficient
    """)
_SCOPE = 3
_DOES = (
    _forms(
        "require improve increase reduce converge generalize outperform depend affect help scale"
        " suffer guarantee rely exist assume degrade hurt support cause preserve contain"
    )
    | {word: word for word in ("available", "necessary", "sufficient", "possible", "faster")}
    | dict.fromkeys(("public", "publicly"), "public")
)


def turns_round(sentence: str, near: Sequence[str]) -> bool:
    """Whether a sentence says the opposite of the source's sentences that speak of the same."""
    said, source = _words(sentence), [_words(each) for each in near]
    return _swaps_sides(said, source) or _swaps_direction(said, source) or _negates(said, source)


def _words(text: str) -> Words:
    return _WORD.findall(text.lower())


def _swaps_sides(said: Words, source: Sequence[Words]) -> bool:
    theirs = [sides for words in source for sides in _sides(words)]
    for winner, loser in _sides(said):
        straight = any(winner & won or loser & lost for won, lost in theirs)
        crossed = any(winner & lost or loser & won for won, lost in theirs)
        if crossed and not straight:
            return True
    return False


def _sides(words: Words) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Of each "A outperforms B" and "A is better than B" what tells A alone and what B alone."""
    for at, word in enumerate(words):
        if word in _BEATS:
            ends, turned = at + 1, words[at + 1 : at + 2] == ["by"]
            if turned and not _IS.intersection(words[max(0, at - 3) : at]):
                turned = False
            ends += turned
        elif word in _ABOVE | _BELOW and (ends := _compared(words, at)):
            turned = word in _BELOW
        else:
            continue
        first = _side(reversed(words[max(0, at - _REACH) : at]))
        second = _side(words[ends : ends + _REACH])
        alone = first - second, second - first
        yield (alone[1], alone[0]) if turned else alone


def _compared(words: Words, at: int) -> int:
    """Where what is compared with begins: after "than" in "more accurate than"; 0 if nowhere."""
    nearby = (place for place in (at + 1, at + 2) if words[place : place + 1])
    return next((place + 1 for place in nearby if words[place] in _COMPARES), 0)


def _side(words: Iterable[str]) -> frozenset[str]:
    found = set()
    for word in words:
        if word in _STOPS or word in {"on", "in", "while", "that", "by"}:
            break
        if word in _OURS or word in _OTHERS:
            found.add(_US if word in _OURS else _THEM)
        else:
            found.add(telling(word) if word[0].isalpha() else word)
    known = worths()
    return frozenset(each for each in found if each not in {"", ","} and known.get(each, 1) > 0.6)


def _swaps_direction(said: Words, source: Sequence[Words]) -> bool:
    theirs = {moved for words in source for moved in _moves(words)}
    ours = set(_moves(said))
    return any(
        (way, thing) not in theirs
        and (_OPPOSITE[way], thing) in theirs
        and (_OPPOSITE[way], thing) not in ours
        for way, thing in ours
    )


_OPPOSITE = {"up": "down", "down": "up", "better": "worse", "worse": "better"}


def _moves(words: Words) -> Iterator[tuple[str, str]]:
    """What goes up or down, or gets better or worse; of good things that is the same."""
    for at, word in enumerate(words):
        ways = {
            way
            for way, verbs in (("up", _UP), ("down", _DOWN), ("better", _BETTER), ("worse", _WORSE))
            if word in verbs
        }
        if not ways:
            continue
        for thing in _object(words[at + 1 : at + 1 + _REACH]):
            good = thing in _GOOD
            yield from ((way, thing) for way in ways)
            if good and ways & {"up", "better"}:
                yield from (("up", thing), ("better", thing))
            elif good:
                yield from (("down", thing), ("worse", thing))


def _object(words: Words) -> Iterator[str]:
    for word in words:
        if word in _STOPS or word in _ENDS_AN_OBJECT:
            return
        if thing := telling(word):
            yield thing


def _negates(said: Words, source: Sequence[Words]) -> bool:
    if _SOFTLY_NOT.intersection(said):
        return False
    clear = [words for words in source if not _SOFTLY_NOT.intersection(words)]
    theirs = {claim for words in clear for claim in _claims(words)}
    ours = set(_claims(said))
    return any(
        (verb, not denied) in theirs
        and not {(verb, denied)} & theirs
        and (verb, not denied) not in ours
        for verb, denied in ours
    )


def _claims(words: Words) -> Iterator[tuple[str, bool]]:
    """What is said to be done or so, and whether it is denied."""
    denied_until = -1
    for at, word in enumerate(words):
        if word in _NOT and not _NOT_REALLY.intersection(words[at + 1 : at + 2]):
            denied_until = at + _SCOPE
        elif word in _STOPS:
            denied_until = -1
        elif word in _DOES:
            yield _DOES[word], at <= denied_until or words[at + 1 : at + 2] == ["no"]
