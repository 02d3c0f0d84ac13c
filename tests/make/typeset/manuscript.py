"""A paper in a dress becomes TeX, and at the same time what is to be found on its pages.

An outline has one thing on a line:

    # Title, ## Title, ### Title     headings; #* Title without a number; #### a run-in one
    p 5 [opens=Figure_2] [maths] [note] [code=URL] [project=URL] [in=note|link]
                                     a paragraph of five sentences
    run bold|italic Title.           a run-in head by hand, before the next paragraph
    items 3 / enum 3                 lists
    equation, theorem 2, proof 3, box 3, algorithm
    figure DRAWING..., table STYLE   floats, see `floats.py`
    number figure S                  from here on S1, S2…
    appendix, references, tex ...    TeX as it stands
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.make.typeset.dress import Dress
from tests.make.typeset.paper import Paper
from tests.make.typeset.prose import Writer

MATHS = (
    (r"$n$", "n"),
    (r"$\alpha$", "α"),
    (r"$x_{i}$", "xi"),
    (r"$k=3$", "k = 3"),
    (r"$O(n\log n)$", "O(n log n)"),
    (r"$p<0.05$", "p < 0.05"),
)
FORMULAS = (
    r"L(\theta)=\frac{1}{n}\sum_{i=1}^{n}\left(y_i-f_\theta(x_i)\right)^2",
    r"\int_0^T u(t)\,dt\leq\lambda\,\|w\|_2^2+\epsilon",
    r"q(z\mid x)\propto\exp\left\{-\beta\,d(x,z)\right\}",
)
ESCAPES = str.maketrans({c: rf"\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}"})


@dataclass(frozen=True, slots=True)
class Word:
    tex: str
    plain: str
    is_maths: bool = False


def plain_words(text: str) -> list[Word]:
    return [Word(word.translate(ESCAPES), word) for word in text.split()]


def link(address: str) -> Word:
    return Word(rf"\url{{{address}}}", address)


class Manuscript:
    """Everything that is expected has an id, by which TeX's record tells where it came to stand."""

    def __init__(self, paper: Paper, dress: Dress) -> None:
        self.paper, self.dress = paper, dress
        self.writer = Writer(paper.name, paper.theme, dress.is_by_year, paper.references)
        self.counts: Counter[str] = Counter()
        self.levels: list[int] = []
        self.is_appendix = False
        self.run_in = ""
        self.teaser = ""
        self.headings: list[dict[str, Any]] = []
        self.paragraphs: list[dict[str, Any]] = []
        self.footnotes: list[dict[str, Any]] = []
        self.floats: list[dict[str, Any]] = []
        self.equations: list[dict[str, Any]] = []
        self.links: dict[str, list[str]] = {"code": [], "project": []}
        self.pictures: list[tuple[str, str]] = []
        self.prefixes: dict[str, str] = {}
        self.objects = [
            f"Figure {number}"
            for number in range(1, 1 + sum(line.startswith("figure") for line in paper.outline))
        ]

    # ── text ──

    def marked(self, words: list[Word], name: str, glue: str = " ") -> str:
        return glue.join(
            rf"\Tword{{{name}:{number}}}{{{word.tex}}}" for number, word in enumerate(words)
        )

    def paragraph(self, words: list[Word], kind: str = "body", label: str = "") -> str:
        number = len(self.paragraphs)
        glue = "" if self.dress.is_chinese and kind != "reference" else " "
        self.paragraphs.append(
            {
                "id": f"p:{number}", "kind": kind, "label": label or None,
                "text": glue.join(one.plain for one in words),
                "section": len(self.headings) - 1 if self.headings else None,
                "has_maths": any(one.is_maths for one in words),
            }
        )  # fmt: skip
        return self.marked(words, f"p:{number}", glue)

    def prose(self, sentences: int) -> list[Word]:
        if self.dress.is_chinese:
            return self.caption_words(self.writer.chinese(sentences))
        return plain_words(self.writer.sentences(sentences, self.objects))

    def abstract(self) -> str:
        if self.dress.is_chinese:
            return self.paragraph(self.prose(self.paper.abstract), "abstract")
        return self.paragraph(plain_words(self.writer.plainly(self.paper.abstract)), "abstract")

    def caption(self, sentences: int) -> str:
        if self.dress.is_chinese:
            return self.writer.chinese(max(sentences, 1))
        return self.writer.caption(sentences)

    def caption_words(self, caption: str) -> list[Word]:
        if self.dress.is_chinese:
            return [Word(one.translate(ESCAPES), one) for one in _clauses(caption)]
        return plain_words(caption)

    # ── headings ──

    def heading(
        self, printed: str, level: int, *, is_run_in: bool = False, is_optional: bool = False
    ) -> str:
        """The id of a heading that is now expected, as printed."""
        name = f"h:{len(self.headings)}"
        text = printed.rstrip(".:：") if is_run_in else printed
        self.headings.append(
            {
                "id": name, "text": text, "level": level,
                "is_run_in": is_run_in, "is_optional": is_optional,
            }
        )  # fmt: skip
        return name

    def around(self, name: str, tex: str) -> str:
        return rf"\Tfrom{{{name}}}{tex}\Tto{{{name}}}"

    def headed(self, printed: str, *, is_run_in: bool = False, is_optional: bool = False) -> str:
        """A heading that the front or the back of a layout sets in its own way."""
        name = self.heading(printed, 1, is_run_in=is_run_in, is_optional=is_optional)
        return self.around(name, printed.translate(ESCAPES))

    def starred(self, title: str) -> str:
        return self.section(1, title, is_starred=True)

    def section(self, level: int, title: str, is_starred: bool) -> str:
        is_run_in = level in self.dress.run_in
        number = "" if is_starred or level > 3 else self._number(level)
        printed = self.dress.case(level, number + title)
        name = self.heading(printed, level, is_run_in=is_run_in)
        command = ("section", "subsection", "subsubsection", "paragraph")[level - 1]
        tex = title.translate(ESCAPES)
        if is_starred or (not number and level < 3):
            return rf"\{command}*{{{self.around(name, tex)}}}"
        short = "" if self.is_appendix and self.dress.appendix == r"\appendices" else f"[{tex}]"
        return rf"\{command}{short}{{{self.around(name, tex)}}}"

    def _number(self, level: int) -> str:
        self.levels = (self.levels + [0] * level)[:level]
        self.levels[-1] += 1
        return self.dress.numbers(tuple(self.levels), self.is_appendix)

    # ── notes and links ──

    def noted(self, words: list[Word], note: list[Word]) -> list[Word]:
        """A footnote in the middle, as they come."""
        number = len(self.footnotes)
        self.footnotes.append({"id": f"n:{number}", "text": " ".join(one.plain for one in note)})
        place = len(words) // 2
        before = words[place]
        tex = rf"{before.tex}\footnote{{{self.marked(note, f'n:{number}')}}}"
        return [*words[:place], Word(tex, before.plain, before.is_maths), *words[place + 1 :]]

    def linked(self, words: list[Word], kind: str, address: str, way: str) -> list[Word]:
        self.links[kind].append(address)
        thing = "The code" if kind == "code" else "More material"
        if way == "link":
            here = Word(rf"\href{{{address}}}{{here}}.", "here.")
            return [*words, *plain_words(f"{thing} can be found"), here]
        told = [*plain_words(f"{thing} is available at"), link(address)]
        told[-1] = Word(told[-1].tex + ".", told[-1].plain + ".")
        return self.noted(words, told) if way == "note" else [*words, *told]


def _clauses(text: str) -> list[str]:
    return re.findall(r"[^，。；]+[，。；]", text)
