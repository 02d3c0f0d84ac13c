"""Sentences as a good summariser words them, and the lies that a bad one plants in them.

Rules rewrite a paper's own sentences without changing what they say. A lie changes one thing of a
sentence; a planter answers None where the sentence has nothing to change. Planters look for numbers
and names by rules of their own, not by those of the checks they are to test.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from paperlens.summaries.sentences import sentences

_OTHER_WORDS = {
    r"In this (?:paper|work), we": "The authors",
    r"We": "The authors",
    r"we": "they",
    r"Our": "The proposed",
    r"our": "their",
    r"significantly": "substantially",
    r"outperforms": "beats",
    r"demonstrate": "show",
    r"demonstrates": "shows",
    r"achieves": "reaches",
    r"utilize": "use",
    r"propose": "introduce",
    r"novel": "new",
    r"method": "approach",
    r"existing": "previous",
    r"However,": "Yet",
    r"Furthermore,": "Also,",
    r"Moreover,": "In addition,",
    r"large language models": "LLMs",
}
_WORDS = tuple((re.compile(rf"(?<![\w-]){old}(?![\w-])"), new) for old, new in _OTHER_WORDS.items())
_BRACKET = re.compile(r" \([^()]{0,200}\)")
_PERCENT = re.compile(r"(?<=\d)\\?%")
_THOUSANDS = re.compile(r"(?<![\d,.])(\d{1,3}),000(?![\d,])")
_NUMBER = re.compile(r"(?<![\w.,\\^{-])\d+(?:\.\d+)?(?![\w,)-]|\.\d)")
_ANY_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![\w/.-])(?:[A-Z]+[a-z]+[A-Z]\w*|[A-Z]{3,}(?:-\d+)?)(?![\w/-])")
_LINK = re.compile(r"https?://[\w./~-]+\w")
_OF_ALL = {
    "SOTA",
    "GPU",
    "CPU",
    "TPU",
    "GitHub",
    "NLP",
    "API",
}  # names that no paper is caught lying with
_SMALL = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_UNITS = {"ms": "seconds", "seconds": "hours", "minutes": "days", "hours": "minutes", "GB": "MB",
          "MB": "GB", "FPS": "ms", "days": "hours"}  # fmt: skip
_MEASURED = re.compile(rf"(?<=\d)(?P<gap> ?)(?P<unit>{'|'.join(_UNITS)})\b")
_NUMBERED = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z]{2,}-(?P<number>\d{1,4})(?![\w/-])")
_TITLED = re.compile(r"\A([A-Z][\w-]{2,24}): ")


@dataclass(frozen=True)
class Abstract:
    """A real paper's title and abstract, and what people wrote of it."""

    title: str
    text: str
    tldrs: tuple[str, ...] = ()


def rewritten(paper: Abstract, chance: random.Random) -> list[str]:
    """The paper's sentences in other words, numbers and names in other spellings."""
    told = [_reworded(sentence, chance) for sentence in sentences(paper.text)]
    return [each for each in told if len(each.split()) > 3]


def _reworded(sentence: str, chance: random.Random) -> str:
    for old, new in _WORDS:
        sentence = old.sub(new, sentence)
    sentence = _BRACKET.sub("", sentence) if "http" not in sentence else sentence
    sentence = _PERCENT.sub(chance.choice(("%", " %", " percent")), sentence)
    sentence = _THOUSANDS.sub(chance.choice((r"\1k", r"\1 000", r"\1 thousand")), sentence)
    sentence = re.sub(r"(?<=[a-z]) (?=and|which|while)", chance.choice((" ", ", ")), sentence)
    return sentence.replace("$", "") if "\\" not in sentence else sentence


@dataclass(frozen=True)
class Chance:
    """A sentence told of one paper, another paper to borrow from, and a die."""

    told: str
    own: Abstract
    other: Abstract
    die: random.Random


Planter = Callable[[Chance], str | None]


def changed_digit(at: Chance) -> str | None:
    """One digit of one number is another."""
    found = _pick(_NUMBER.finditer(at.told), at.die)
    if not found:
        return None
    digits = found[0]
    place = at.die.choice([i for i, sign in enumerate(digits) if sign.isdigit()])
    digit = at.die.choice([each for each in "123456789" if each != digits[place]])
    return _instead(at.told, found, digits[:place] + digit + digits[place + 1 :], at.own)


def transposed_digits(at: Chance) -> str | None:
    """Two digits side by side have changed places."""
    found = _pick((each for each in _NUMBER.finditer(at.told) if len(each[0]) > 2), at.die)
    if not found:
        return None
    digits = found[0]
    for one, other in pairwise(range(len(digits))):
        if (digits[one] + digits[other]).isdigit() and digits[one] != digits[other]:
            turned = digits[:one] + digits[other] + digits[one] + digits[other + 1 :]
            return _instead(at.told, found, turned, at.own)
    return None


def invented_number(at: Chance) -> str | None:
    """A gain that nobody measured."""
    lie = f"{at.die.randint(11, 98)}.{at.die.randint(1, 9)}"
    return None if lie in at.own.text else f"{at.told.rstrip('.')}, a gain of {lie}%."


def in_other_words(at: Chance) -> str | None:
    """A small count is another one, in words."""
    found = _pick(re.finditer(rf"\b(?:{'|'.join(_SMALL[1:])}|[2-9])\b(?= [a-z])", at.told), at.die)
    said = set(re.findall(r"\w+", f"{at.own.title} {at.own.text}".lower()))
    lies = [word for worth, word in enumerate(_SMALL, 1) if worth > 3 and word not in said]
    lies = [word for word in lies if str(_SMALL.index(word) + 1) not in said]
    if not found or not lies or "http" in at.told:
        return None
    return at.told[: found.start()] + at.die.choice(lies) + at.told[found.end() :]


def number_from_elsewhere(at: Chance) -> str | None:
    """A number that the paper has, but of something else."""
    found = _pick(_NUMBER.finditer(at.told), at.die)
    others = [each for each in _NUMBER.findall(at.own.text) if each not in at.told]
    if not found or not others or "http" in at.told:
        return None
    return at.told[: found.start()] + at.die.choice(others) + at.told[found.end() :]


def other_unit(at: Chance) -> str | None:
    """As many hours as there were seconds."""
    found = _pick(_MEASURED.finditer(at.told), at.die)
    if not found:
        return None
    return f"{at.told[: found.start()]} {_UNITS[found['unit']]}{at.told[found.end() :]}"


def other_version(at: Chance) -> str | None:
    """A data set or model of the same name with another number."""
    found = _pick(_NUMBERED.finditer(at.told), at.die)
    if not found:
        return None
    begin, end = found.span("number")
    lie = str(int(found["number"]) + at.die.randint(1, 9))
    if lie in at.own.text or lie in at.own.title:
        return None
    return at.told[:begin] + lie + at.told[end:]


def other_owner(at: Chance) -> str | None:
    """An address with another letter in its middle."""
    found = _LINK.search(at.told)
    if not found or len(found[0]) < len("https://a.bc/defgh"):
        return None
    place = found.start() + len("https://") + (len(found[0]) - len("https://")) // 2
    letter = "q" if at.told[place].lower() != "q" else "z"
    return at.told[:place] + letter + at.told[place + 1 :]


def changed_link(at: Chance) -> str | None:
    """An address that the paper does not give."""
    found = _LINK.search(at.told)
    if found:
        return at.told[: found.start()] + found[0][:-1] + "zq" + at.told[found.end() :]
    lie = f"https://github.com/someone/repo-{at.die.randint(2, 99)}"
    return f"{at.told.rstrip('.')} (code: {lie})."


def foreign_name(at: Chance) -> str | None:
    """Another paper's name, in the place of one of the sentence's or as its subject."""
    titled = _TITLED.match(at.other.title)
    names = ([titled[1]] if titled else []) + _NAME.findall(at.other.text)
    known = f"{at.own.title} {at.own.text}".casefold()
    names = [
        name
        for name in names
        if name not in _OF_ALL
        and name.casefold().rstrip("s") not in known
        and not _is_spelled_out(name, known)
    ]
    if not names:
        return None
    name = at.die.choice(names)
    found = _pick(_NAME.finditer(at.told), at.die)
    if found:
        return at.told[: found.start()] + name + at.told[found.end() :]
    subject = re.match(r"The (?:authors|proposed \w+)|They|This \w+", at.told)
    return f"{name}{at.told[subject.end() :]}" if subject else None


def foreign_sentence(at: Chance) -> str | None:
    """A sentence of another paper."""
    return at.die.choice(sentences(at.other.text))


def added_claim(at: Chance) -> str | None:
    """A claim of another paper, hung onto a sentence of this one."""
    claim = re.split(r", (?:and|which) |: ", at.die.choice(sentences(at.other.text)))[-1]
    if len(claim.split()) < 8:
        return None
    return f"{at.told.rstrip('.')}, and {claim[0].lower()}{claim[1:]}"


_REVERSED: Mapping[str, str] = {
    "increases": "decreases", "increase": "decrease", "reduces": "increases",
    "reduce": "increase", "reducing": "increasing", "improves": "degrades",
    "improve": "degrade", "improving": "degrading", "enhances": "degrades", "enhance": "degrade",
    "requires": "does not require", "outperforms": "is outperformed by",
    "beats": "is beaten by", "outperform": "are outperformed by", "without requiring": "requiring",
    "does not require": "requires",
}  # fmt: skip
_TURNS = re.compile(rf"\b(?:{'|'.join(sorted(_REVERSED, key=len, reverse=True))})\b")


def turned_round(at: Chance) -> str | None:
    """What goes up goes down, who wins loses, what is needed is not."""
    found = _pick(_TURNS.finditer(at.told), at.die)
    return (
        at.told[: found.start()] + _REVERSED[found[0]] + at.told[found.end() :] if found else None
    )


LIES: Mapping[str, tuple[Planter, str]] = {
    "a digit changed": (changed_digit, "number"),
    "two digits transposed": (transposed_digits, "number"),
    "a number invented": (invented_number, "number"),
    "a count in other words": (in_other_words, "number"),
    "another unit": (other_unit, "number"),
    "a number from elsewhere in the paper": (number_from_elsewhere, ""),
    "a link changed": (changed_link, "link"),
    "a letter of a link changed": (other_owner, "link"),
    "another number in a name": (other_version, "name"),
    "another paper's name": (foreign_name, "name"),
    "another paper's sentence": (foreign_sentence, ""),
    "another paper's claim added": (added_claim, ""),
    "turned round": (turned_round, "sentence"),
}


def _pick(found: Iterable[re.Match[str]], die: random.Random) -> re.Match[str] | None:
    every = list(found)
    return die.choice(every) if every else None


def _is_spelled_out(name: str, text: str) -> bool:
    """Whether words in a row begin with a name's capitals."""
    capitals = [each.lower() for each in name if each.isupper()]
    words = r"\w*[ -]".join(capitals)
    return len(capitals) > 1 and re.search(rf"\b{words}", text) is not None


def _instead(told: str, found: re.Match[str], lie: str, own: Abstract) -> str | None:
    """The sentence with the lie, unless the paper has that number somewhere, or rounds to it.

    Not in a sentence with an address, of which a digit would make another address.
    """
    said_in_words = lie in map(str, range(1, 13)) and re.search(
        rf"\b{_SMALL[int(lie) - 1]}\b", f"{own.title} {own.text}".lower()
    )
    if "http" in told or said_in_words:
        return None
    there = {
        float(each.replace(",", "")) for each in _ANY_NUMBER.findall(f"{own.title} {own.text}")
        if each.replace(",", "").count(".") < 2
    }  # fmt: skip
    step = 10.0 ** -len(lie.partition(".")[2])
    if any(
        abs(each * scale - float(lie)) <= step / 2 for each in there for scale in (1, 100, 0.01)
    ):
        return None
    return told[: found.start()] + lie + told[found.end() :]
