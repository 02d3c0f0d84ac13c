"""Sentences that nobody wrote: a grammar, a vocabulary and a seed, so that no paper is copied.

The words vary as they do in papers (ligatures, hyphens, accents, numbers, citations), so that what
is read from a page can be compared with what was meant, word by word.
"""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))

SENTENCES = """
We {past} the {noun} of each {noun} before the {adj} {noun} was {past}.
The {adj} {noun} {verb} the {noun}, and the {noun} {verb} it only {adv}.
In contrast to earlier work {cite}, we do not assume that the {noun} is {adj}.
This {verb} the {measure} by {percent} on {count} {nouns}, which is {adv} more than expected.
Although the {noun} of a {adj} {noun} is {adj}, its {noun} can be {past} in advance.
Of the {count} {nouns} that we {past}, {few} were {adj} and had to be {past} again.
A {noun} is called {adj} when every {noun} in its {noun} has been {past}.
Such {adj} {nouns} have been {past} for decades {cite}.
What remains is a {noun} whose {noun} {verb} neither the {noun} nor the {measure}.
For the {adj} case, the {noun} was {past} {few} times with a {noun} of {decimal}.
If the {noun} were {adj}, the {measure} would not depend on the {noun} at all.
It {adv} {verb} the {noun}: without it, {measure} falls from {percent} to {percent}.
Our {noun} therefore {verb} the {adj} {noun} of {surname} {cite}.
Neither the {adj} {noun} nor the {noun} {verb} the {measure} when {nouns} are {adj}.
The {noun} (a {adj} {noun} with {count} {nouns}) was {past} twice.
One may object that a {noun} of this size {adv} {verb} the {noun}; we return to this below.
Each {noun} is {past} by its {noun}, {past} once, and then kept.
Between the {noun} and the {noun} lies a {adj} {noun} that nobody has {past}.
To keep the {noun} {adj}, we {past} it with a {noun} that {verb} every {noun}.
There is no {adj} {noun} for this; {surname} and {surname} {cite} give {few} partial ones.
With {count} {nouns} the {measure} reaches {decimal}, and with {count} it reaches {decimal}.
That the {noun} {verb} the {noun} does not follow from the {adj} {noun} alone.
Both were {past} in the same {noun}, on the same day, by the same {adj} {noun}.
Readers who know the {adj} {noun} may skip this {noun}.
Then the {noun} {verb} a {noun}, e.g. the {adj} one, and the {noun} is {past}.
"""

MENTIONS = """
{object} shows the {noun} of the {adj} {noun} against its {measure}.
As {object} shows, the {noun} {adv} {verb} the {noun}.
The {adj} {noun} is plotted in {object}, where each {noun} was {past} once.
We {past} the {noun} (see {object}) and found it {adj}.
"""

CAPTIONS = """
The {adj} {noun} and its {noun}.
{Noun} of {count} {nouns}, {past} with a {adj} {noun}.
{Measure} against {noun} for {few} {adj} {nouns}.
How the {noun} {verb} the {noun}.
Overview of the {adj} {noun}: a {noun}, a {noun} and the {noun} that {verb} both.
"""

CHINESE = """
我们测量了每个{名}的{名}，并与{形}{名}进行了比较。
在{形}条件下，{名}能够显著改善{名}，但对{名}的影响很小。
与以往的工作{引}不同，本文不假设{名}是{形}的。
实验结果表明，该{名}的{名}提高了{百}，而计算成本几乎不变。
为了保持{名}的稳定，我们采用了一种{形}{名}来约束{名}。
{名}与{名}之间的关系长期以来没有得到充分研究{引}。
首先，对{数}个{名}进行采样；其次，根据{名}对其重新加权。
因此，当{名}较为{形}时，{名}的误差会逐渐减小。
需要指出的是，{形}{名}并不一定意味着{名}更加可靠。
"""


@dataclass(frozen=True, slots=True)
class Reference:
    authors: tuple[str, ...]
    year: int
    title: str
    venue: str

    @property
    def cited(self) -> str:
        families = [name.split(". ")[-1] for name in self.authors]
        names = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
        return f"{names}, {self.year}"


class Writer:
    """Writes for one paper; the same seed gives the same words."""

    def __init__(self, seed: str, theme: Sequence[str], by_year: bool, references: int) -> None:
        self.random = random.Random(seed)
        self.theme = theme
        self.by_year = by_year
        self.references: list[Reference] = []
        made = [self._reference() for _ in range(references)]
        if by_year:
            made.sort(key=lambda one: one.authors[0].split(". ")[-1])
        self.references = made

    def sentences(self, count: int, objects: Sequence[str] = ()) -> str:
        """Running text; now and then one of the objects ("Figure 2") is mentioned."""
        return " ".join(self._sentence(objects) for _ in range(count))

    def plainly(self, count: int) -> str:
        """Running text that cites nobody: an abstract, a footnote."""
        uncited = [one for one in _lines(SENTENCES) if "{cite}" not in one]
        return " ".join(self._filled(self.random.choice(uncited)) for _ in range(count))

    def opening(self, thing: str) -> str:
        """A paragraph's first words are "Figure 2 shows": not a caption."""
        return self._filled(_lines(MENTIONS)[0], thing)

    def caption(self, count: int) -> str:
        """Without a final period where it is a phrase; otherwise sentences."""
        first = self._filled(self.random.choice(_lines(CAPTIONS)))
        if not count:
            return first.removesuffix(".")
        rest = [self._filled(self.random.choice(_lines(SENTENCES))) for _ in range(count - 1)]
        return " ".join([first, *rest])

    def chinese(self, count: int) -> str:
        return "".join(self._chinese() for _ in range(count))

    def number(self, most: float) -> str:
        return f"{self.random.uniform(0, most):.1f}"

    def noun(self) -> str:
        if self.theme and self.random.random() < 0.2:
            return self.random.choice(self.theme)
        return self.random.choice(_split("nouns"))

    def adjective(self) -> str:
        return self.random.choice(_split("adjectives"))

    def _sentence(self, objects: Sequence[str]) -> str:
        if objects and self.random.random() < 0.12:
            return self._filled(self.random.choice(_lines(MENTIONS)), self.random.choice(objects))
        return self._filled(self.random.choice(_lines(SENTENCES)))

    def _filled(self, pattern: str, thing: str = "") -> str:
        slots = {
            "noun": self.noun, "nouns": lambda: _plural(self.noun()),
            "adj": self.adjective, "object": lambda: thing,
            "Noun": lambda: self.noun().capitalize(),
            "measure": lambda: self.random.choice(_split("measures")),
            "Measure": lambda: self.random.choice(_split("measures")).capitalize(),
            "verb": lambda: self.random.choice(_split("verbs")),
            "past": lambda: self.random.choice(_split("verbs_past")),
            "adv": lambda: self.random.choice(_split("adverbs")),
            "surname": lambda: self.random.choice(_split("surnames")),
            "count": lambda: f"{self.random.randint(12, 9800):,}",
            "few": lambda: self.random.choice(_split("few")),
            "percent": lambda: f"{self.random.uniform(1, 99):.1f}%",
            "decimal": lambda: f"{self.random.uniform(0, 2):.2f}",
            "cite": self._citation,
        }  # fmt: skip
        pieces = pattern.replace("}", "{").split("{")
        text = "".join(slots[piece]() if piece in slots else piece for piece in pieces)
        for vowel in "aeiouå":
            text = text.replace(f" a {vowel}", f" an {vowel}").replace(f"A {vowel}", f"An {vowel}")
        return text[0].upper() + text[1:]

    def _chinese(self) -> str:
        slots = {
            "名": lambda: self.random.choice(_split("chinese_nouns")),
            "形": lambda: self.random.choice(_split("chinese_adjectives")),
            "数": lambda: str(self.random.randint(20, 900)),
            "百": lambda: f"{self.random.uniform(1, 30):.1f}%",
            "引": self._citation,
        }
        pieces = self.random.choice(_lines(CHINESE)).replace("}", "{").split("{")
        return "".join(slots[piece]() if piece in slots else piece for piece in pieces)

    def _citation(self) -> str:
        if not self.references:
            return "before"
        chosen = self.random.sample(range(len(self.references)), self.random.choice((1, 1, 2)))
        if self.by_year:
            return "(" + "; ".join(self.references[one].cited for one in sorted(chosen)) + ")"
        return "[" + ", ".join(str(one + 1) for one in sorted(chosen)) + "]"

    def _reference(self) -> Reference:
        names = self.random.sample(_split("surnames"), self.random.choice((1, 2, 2, 3, 4)))
        initials = WORDS["initials"].split()
        title = self.random.choice(
            (
                f"{self.adjective()} {_plural(self.noun())} and the {self.noun()} they share",
                f"on the {self.noun()} of {self.adjective()} {_plural(self.noun())}",
                f"a {self.noun()} for {self.adjective()} {_plural(self.noun())}",
            )
        )
        return Reference(
            authors=tuple(f"{self.random.choice(initials)}. {name}" for name in names),
            year=self.random.randint(1987, 2023),
            title=title[0].upper() + title[1:],
            venue=self.random.choice(WORDS["venues"].replace("\n", "|").strip("|").split("|")),
        )


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun in ("series", "species", "equilibrium", "hypothesis"):
        return {"equilibrium": "equilibria", "hypothesis": "hypotheses"}.get(noun, noun)
    return noun + ("es" if noun.endswith(("s", "x", "h")) else "s")


def _split(kind: str) -> list[str]:
    words: list[str] = WORDS[kind].split()
    return words


def _lines(patterns: str) -> list[str]:
    return patterns.strip().splitlines()
