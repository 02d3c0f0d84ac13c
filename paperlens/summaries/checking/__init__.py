"""Whether a summary says what its paper says: every sentence, number, link and name of it.

The source is taken apart once (`source_of`), and any number of summaries are held against it.
What a source does not bear out is named with the field it stands in: list items count from 0, as
in JSON. Pure: no model, no network, linear in the texts.
"""

from collections.abc import Iterator

from paperlens.models import Checks, Unverified
from paperlens.summaries.checking.addresses import addresses_in, without_addresses
from paperlens.summaries.checking.amounts import Amount, amounts_in
from paperlens.summaries.checking.names import names_in
from paperlens.summaries.checking.numbers import Places
from paperlens.summaries.checking.places import change_places
from paperlens.summaries.checking.plain import plain
from paperlens.summaries.checking.polarity import turns_round
from paperlens.summaries.checking.source import Source, source_of
from paperlens.summaries.checking.support import stems_of
from paperlens.summaries.checking.tables import words
from paperlens.summaries.checking.wording import WORD, english_share
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import Fields

__all__ = ("Source", "check", "source_of")

_LONGEST_SENTENCE = 5000
_ENGLISH = 0.15
_DECIMAL_COMMAS = words("""
    bg ca cs da de el es et eu fi fr gl hr hu id it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr
    uk vi
    """)
_WORDS_OF_A_SENTENCE = 4
_AROUND, _FEW = 80, 3
_BESIDE, _BESIDE_SELDOM, _BESIDE_IN_WORDS, _SELDOM = 0.25, 0.05, 0.45, 3


def check(fields: Fields, source: Source, language: str) -> Checks:
    """What of a summary its source bears out: `grounded` is the share of its sentences in which
    nothing is unverified, 1 where it says nothing."""
    tongue = language.partition("-")[0].lower()
    told = good = 0
    unverified: dict[Unverified, None] = {}
    for path, text in _texts(fields):
        for sentence in sentences(text):
            found = [Unverified(path, *doubt) for doubt in _doubts(sentence, source, tongue)]
            unverified.update(dict.fromkeys(found))
            told, good = told + 1, good + (not found)
    return Checks(good / told if told else 1.0, tuple(unverified))


def _texts(fields: Fields) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, str):
            yield name, value
        elif value is not None:
            yield from ((f"{name}[{place}]", item) for place, item in enumerate(value))


def _doubts(sentence: str, source: Source, language: str) -> Iterator[tuple[str, str]]:
    """The text and kind of everything in a sentence that the source does not have."""
    said = plain(sentence[:_LONGEST_SENTENCE])
    for begin, end, same in addresses_in(said):
        if same not in source.links:
            yield said[begin:end], "link"
    words = without_addresses(said)
    is_comparable = _is_comparable(words, source, language)
    for amount in amounts_in(words, language in _DECIMAL_COMMAS):
        places = source.numbers.places(amount)
        is_said = places and (not is_comparable or _is_said_there(amount, words, places, source))
        if not is_said and not source.names.has_numbered(words, amount):
            yield amount.text, "number"
    for run in names_in(words, language):
        if name := source.names.unknown(run):
            yield name, "name"
    for name in source.persons.misnamed(words):
        yield name, "name"
    if is_comparable and not _is_supported(words, source):
        yield sentence, "sentence"


def _is_said_there(amount: Amount, words: str, places: Places, source: Source) -> bool:
    """Whether a number stands among words that it stands among in the source: a paper has almost
    every small number somewhere, and says "two" of many things."""
    around = words[max(0, amount.at - _AROUND) : amount.at + len(amount.text) + _AROUND]
    stems = frozenset(stems_of(around))
    if len(stems) < _FEW:
        return True
    is_seldom = sum(map(str.isdigit, amount.text.strip("0."))) >= _SELDOM
    enough = _BESIDE_SELDOM if is_seldom else _BESIDE
    share = source.sentences.share_beside
    if not amount.is_in_digits:
        return share(stems, places.in_digits | places.in_words) >= enough
    return share(stems, places.in_digits) >= enough or (
        share(stems, places.in_words) >= _BESIDE_IN_WORDS
    )


def _is_comparable(words: str, source: Source, language: str) -> bool:
    """Whether a sentence is in the paper's language, so that words can be compared."""
    if source.is_english:
        return language == "en" or english_share(words) >= _ENGLISH
    tokens = [word.lower() for word in WORD.findall(words)]
    stems = stems_of(words)
    known = sum(each in source.sentences.places for each in stems)
    return len(tokens) > _WORDS_OF_A_SENTENCE and known * 3 >= len(stems) > 0


def _is_supported(words: str, source: Source) -> bool:
    stems = frozenset(stems_of(words))
    if len(stems) < 2:
        return True
    is_said, near = source.sentences.support(stems)
    if len(stems) < _WORDS_OF_A_SENTENCE:
        return bool(near) and not turns_round(words, near)
    return (
        is_said
        and source.sentences.bear_out_each_clause(words)
        and not turns_round(words, near)
        and not change_places(words, near)
    )
