"""Whether two numbers of a sentence have changed places: "91.2% on CIFAR and 87.3% on ImageNet"
where the source has them the other way round.

Told by the words beside each number, and only where both stand nearer to the other's.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from paperlens.summaries.checking.amounts import Amount, amounts_in
from paperlens.summaries.checking.plain import folded
from paperlens.summaries.checking.tables import words

_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_REACH = 40
_BESIDE = 2
_MOST = 8
_SAYS_NOTHING = words("and the a an of is are respectively on in at for with by")

Beside = frozenset[tuple[str, str]]


def change_places(sentence: str, near: Sequence[str]) -> bool:
    """Whether two numbers of the sentence each stand where the source has the other."""
    said = _with_neighbours(sentence)
    if len(said) < 2 or "respectively" in sentence:
        return False
    return any(
        _are_crossed(one, other, theirs)
        for theirs in (_with_neighbours(each) for each in near if "respectively" not in each)
        for one, other in combinations(said, 2)
    )


def _are_crossed(
    one: tuple[Amount, Beside],
    other: tuple[Amount, Beside],
    theirs: Sequence[tuple[Amount, Beside]],
) -> bool:
    if one[0].kind != other[0].kind or one[0].worths == other[0].worths:
        return False
    ones = [beside for amount, beside in theirs if amount.worths[0][0] == one[0].worths[0][0]]
    others = [beside for amount, beside in theirs if amount.worths[0][0] == other[0].worths[0][0]]
    if len(ones) != 1 or len(others) != 1:
        return False
    return len(one[1] & others[0]) > len(one[1] & ones[0]) and (
        len(other[1] & ones[0]) > len(other[1] & others[0])
    )


def _with_neighbours(sentence: str) -> list[tuple[Amount, Beside]]:
    """The numbers with the words before and after each, as far as the next number."""
    amounts = sorted(amounts_in(sentence), key=lambda amount: amount.at)[:_MOST]
    found = []
    for place, amount in enumerate(amounts):
        end = amount.at + len(amount.text)
        begin = max(amount.at - _REACH, _end(amounts[place - 1]) if place else 0)
        until = amounts[place + 1].at if place + 1 < len(amounts) else len(sentence)
        before = _words(sentence[begin : amount.at])[::-1][:_BESIDE]
        after = _words(sentence[end : min(until, end + _REACH)])[:_BESIDE]
        beside = {("before", word) for word in before} | {("after", word) for word in after}
        found.append((amount, frozenset(beside)))
    return found


def _end(amount: Amount) -> int:
    return amount.at + len(amount.text)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(folded(text)) if word not in _SAYS_NOTHING]
