"""An outline, line by line, becomes the body of a manuscript."""

import re

from tests.make.typeset import floats
from tests.make.typeset.manuscript import FORMULAS, MATHS, Manuscript, Word, plain_words


def body(manuscript: Manuscript) -> str:
    return "\n\n".join(_block(manuscript, line) for line in manuscript.paper.outline)


def options(line: str) -> tuple[list[str], dict[str, str]]:
    """`p 5 note opens=Figure_2` in words and named values."""
    words, named = [], {}
    for one in line.split():
        key, equals, value = one.partition("=")
        if equals:
            named[key] = value.replace("_", " ")
        else:
            words.append(one)
    return words, named


def _block(manuscript: Manuscript, line: str) -> str:
    command, _, rest = line.partition(" ")
    if found := re.fullmatch(r"(#+)(\*?)", command):
        return manuscript.section(len(found[1]), rest, bool(found[2]))
    return COMMANDS[command](manuscript, rest)


def _paragraph(manuscript: Manuscript, rest: str) -> str:
    words, named = options(rest)
    text = manuscript.prose(int(words[0]))
    if "opens" in named:
        text = plain_words(manuscript.writer.opening(named["opens"])) + text
    if "maths" in words:
        text = _with_maths(manuscript, text)
    if "note" in words:
        text = manuscript.noted(text, manuscript.prose(1))
    for kind in ("code", "project"):
        if kind in named:
            address = re.sub(" ", "_", named[kind])
            text = manuscript.linked(text, kind, address, named.get("in", "text"))
    start, manuscript.run_in = manuscript.run_in, ""
    return start + manuscript.paragraph(text)


def _with_maths(manuscript: Manuscript, words: list[Word]) -> list[Word]:
    for place in range(5, len(words), 9):
        tex, plain = manuscript.writer.random.choice(MATHS)
        if words[place].plain.isalpha():
            words[place] = Word(tex, plain, is_maths=True)
    return words


def _run_in(manuscript: Manuscript, rest: str) -> str:
    style, _, title = rest.partition(" ")
    name = manuscript.heading(title.rstrip(".:"), 4, is_run_in=True)
    font = {"bold": r"\textbf", "italic": r"\textit"}[style]
    manuscript.run_in = rf"\noindent {font}{{{manuscript.around(name, title)}}} "
    return ""


def _list(environment: str) -> "floats.Command":
    def lay(manuscript: Manuscript, rest: str) -> str:
        items = []
        for number in range(int(rest)):
            label = "•" if environment == "itemize" else f"{number + 1}."
            text = manuscript.prose(manuscript.writer.random.choice((1, 2)))
            items.append(r"\item " + manuscript.paragraph(text, "item", label))
        inner = "\n".join(items)
        return rf"\begin{{{environment}}}{inner}\end{{{environment}}}"

    return lay


def _equation(manuscript: Manuscript, _rest: str) -> str:
    number = len(manuscript.equations)
    name = f"e:{number}"
    manuscript.equations.append(
        {"id": name, "number": str(number + 1), "after": len(manuscript.paragraphs) - 1}
    )
    formula = FORMULAS[number % len(FORMULAS)]
    return rf"\begin{{equation}}\Tbox{{{name}}}{{$\displaystyle {formula}$}}\end{{equation}}"


def _theorem(manuscript: Manuscript, rest: str) -> str:
    manuscript.counts["theorem"] += 1
    label = manuscript.dress.theorem_label.format(manuscript.counts["theorem"])
    text = manuscript.paragraph(manuscript.prose(int(rest)), "theorem", label)
    return rf"\begin{{theorem}}{text}\end{{theorem}}"


def _proof(manuscript: Manuscript, rest: str) -> str:
    text = manuscript.paragraph(manuscript.prose(int(rest)), "theorem", "Proof.")
    return rf"\begin{{proof}}{text}\end{{proof}}"


def _box(manuscript: Manuscript, rest: str) -> str:
    text = manuscript.paragraph(manuscript.prose(int(rest)), "boxed")
    width = r"\dimexpr\linewidth-2\fboxsep-2\fboxrule\relax"
    return rf"\medskip\noindent\fbox{{\parbox{{{width}}}{{{text}}}}}\medskip"


def _appendix(manuscript: Manuscript, _rest: str) -> str:
    manuscript.is_appendix, manuscript.levels = True, []
    return manuscript.dress.appendix


def _references(manuscript: Manuscript, _rest: str) -> str:
    title = ""
    if manuscript.dress.references:
        printed = manuscript.dress.case(1, manuscript.dress.references)
        title = manuscript.around(manuscript.heading(printed, 1), manuscript.dress.references)
    items = []
    for number, one in enumerate(manuscript.writer.references, 1):
        authors = ", ".join(one.authors)
        if manuscript.dress.is_by_year:
            text = f"{authors} ({one.year}). {one.title}. {one.venue}."
            told = manuscript.paragraph(plain_words(text), "reference")
            items.append(rf"\noindent\hangindent=1em\hangafter=1 {told}\par\smallskip")
        else:
            text = f"{authors}. {one.title}. {one.venue}, {one.year}."
            told = manuscript.paragraph(plain_words(text), "reference", f"[{number}]")
            items.append(rf"\bibitem{{r{number}}} {told}")
    inner = "\n".join(items)
    if manuscript.dress.is_by_year:
        return rf"\section*{{{title}}}{{\small\setlength\parindent{{0pt}}{inner}}}"
    return (
        rf"\renewcommand\refname{{{title}}}\let\bibname\refname"
        rf"\begin{{thebibliography}}{{99}}{inner}\end{{thebibliography}}"
    )


def _tex(_manuscript: Manuscript, rest: str) -> str:
    return rest


COMMANDS: dict[str, "floats.Command"] = {
    "p": _paragraph,
    "run": _run_in,
    "items": _list("itemize"),
    "enum": _list("enumerate"),
    "equation": _equation,
    "theorem": _theorem,
    "proof": _proof,
    "box": _box,
    "appendix": _appendix,
    "references": _references,
    "tex": _tex,
    "figure": floats.figure,
    "table": floats.table,
    "algorithm": floats.algorithm,
    "number": floats.renumber,
}
