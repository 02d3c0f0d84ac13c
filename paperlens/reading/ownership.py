"""Whose an address is that a paper prints: its own, announced as such, or somebody else's. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from paperlens.reading.addresses import Address, addresses_in
from paperlens.reading.hosts import is_code_host, is_neither, is_page_host, keeps_nothing

_THING = (
    r"(?:source )?code|codes|codebase|implementations?|software|models?|checkpoints|weights|data"
    r"|data ?sets?|package|toolbox|library|scripts|notebooks|benchmark|repository|demos?|materials?"
    r"|tables|measurements|results|(?:project |web ?)?(?:pages?|site)|registry|everything|all"
)
_GIVEN = (
    r"available|released?|releas\w+|open-?sourced?|found|accessible|hosted|provided?|published|public"
    r"|publicly|downloaded|shared|deposited|archived|kept|at|here|under"
)
_OURS = re.compile(
    rf"(?<![^\W\d])(?:{_THING})\b(?:[^\w.]{{1,3}}[\w-]{{1,20}}){{0,12}}?[^\w.]{{1,3}}(?:{_GIVEN})\b"
    rf"|(?<![^\W\d])(?:{_THING})\s?:|\bproject (?:web)?(?:page|site)\b"
    rf"|\bwe (?:\w+ ){{0,3}}(?:release|open-?source|provide|publish|share|make|host)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:et al|used? (?:the|an?|their)|using|adapted|based on|built (?:on|upon)"
    r"|borrow\w*|follow\w*|official implementation|provided by|released by|their"
    r"|of (?:\[\d|\w+ \(\d{4}))",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?;]\d{0,2}\s(?=[A-Z\d])")
_LONGEST_SENTENCE, _MOST = 300, 100
_WORDS_FOR = re.compile(
    r"(?:here|this (?:link|url|page|repository)|online|our (?:page|site))\b", re.I
)


def is_own(address: Address) -> bool:
    """Whether the sentence that leads to an address gives it as the paper's own."""
    return _is_announcement(_SENTENCE_END.split(address.before)[-1])


def announces_note(text: str, mark: str) -> bool:
    """Whether a sentence with this footnote's mark at its end announces something."""
    marks = re.finditer(rf"(?<=[^\W\d_]){mark}\b|(?<=[^\W\d_][.,;:]){mark}\b", text)
    for found in islice(marks, _MOST):
        before = text[max(0, found.start() - _LONGEST_SENTENCE) : found.start()]
        if _is_announcement(_SENTENCE_END.split(before)[-1]):
            return True
    return False


def completed(address: Address, whole: Iterable[str]) -> Address:
    """The address as a link annotation has it: in print hyphens and line ends may have cut it."""
    printed, after = _letters(address.url), _letters(address.after)
    for url in whole:
        letters = _letters(url)
        rest = letters[len(printed) :]
        if letters.startswith(printed) and len(rest) < len(after) + 1 and after.startswith(rest):
            for other in addresses_in(url):
                return Address(other.url, other.parts, address.before, address.after)
    return address


def hidden_under_words(texts: Sequence[str], whole: Iterable[str]) -> Iterator[Address]:
    """The one address of a forge or a page that no text prints, where words such as `the code is
    available here` stand for it."""
    if not any(map(_has_words_for, texts)):
        return
    printed = {_letters(address.url) for text in texts for address in addresses_in(text)}
    unseen = [
        address
        for url in whole
        for address in addresses_in(url)
        if _letters(address.url) not in printed and _may_be_own(address)
    ]
    if len(unseen) == 1:
        yield unseen[0]


def _may_be_own(address: Address) -> bool:
    is_known = is_code_host(address.parts) or is_page_host(address.parts)
    return is_known and not is_neither(address.parts) and not keeps_nothing(address.parts)


def _has_words_for(text: str) -> bool:
    for found in islice(_WORDS_FOR.finditer(text), _MOST):
        before = text[max(0, found.start() - _LONGEST_SENTENCE) : found.end()]
        if _is_announcement(_SENTENCE_END.split(before)[-1]):
            return True
    return False


def _is_announcement(sentence: str) -> bool:
    return _OURS.search(sentence) is not None and _THEIRS.search(sentence) is None


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter in "/#?=&")
