"""Figures, tables and algorithms of an outline.

    figure DRAWING[,DRAWING…] [at=t|b|p|h|teaser] [wide] [above] [wrap] [side] [width=0.8]
           [across=2] [caption=3]
    table lines|ruled|coloured [at=…] [wide] [below] [rows=6] [cells=3] [caption=2]
    algorithm
    number figure|table PREFIX

Several drawings are panels with subcaptions, `across` of them in a row.
"""

from collections.abc import Callable
from string import ascii_lowercase
from typing import Any

from tests.make.typeset.drawings import DRAWINGS, Pen
from tests.make.typeset.manuscript import Manuscript

Command = Callable[[Manuscript, str], str]


def figure(manuscript: Manuscript, rest: str) -> str:
    words, named = _options(rest)
    drawings = words[0].split(",")
    number = _numbered(manuscript, "figure")
    kind = "panels" if len(drawings) > 1 else DRAWINGS[drawings[0]][0]
    label = manuscript.dress.figure_label
    told = _told(manuscript, "figure", label, number, named, kind)
    told["is_wide"] = "wide" in words or named.get("at") == "teaser"
    width = float(named.get("width", "0.9"))
    if len(drawings) > 1:
        art = _panels(manuscript, told, drawings, int(named.get("across", len(drawings))), width)
    else:
        art = _boxed(told, _drawn(manuscript, drawings[0], width))
    caption = _caption(manuscript, told)
    if "side" in words:
        inner = (
            rf"\begin{{minipage}}[c]{{0.56\linewidth}}{art}\end{{minipage}}\hfill"
            rf"\begin{{minipage}}[c]{{0.4\linewidth}}{caption}\end{{minipage}}"
        )
    elif "above" in words:
        inner = rf"{caption}\endgraf\smallskip{art}"
    else:
        inner = rf"{art}\endgraf{caption}"
    if "wrap" in words:
        return rf"\begin{{wrapfigure}}{{r}}{{0.46\textwidth}}\centering {inner}\end{{wrapfigure}}"
    if named.get("at") == "teaser":
        manuscript.teaser = inner
        return ""
    environment = manuscript.dress.wide[0] if told["is_wide"] else manuscript.dress.narrow[0]
    return _float(environment, named.get("at", "t"), inner)


def table(manuscript: Manuscript, rest: str) -> str:
    words, named = _options(rest)
    number = _numbered(manuscript, "table")
    told = _told(manuscript, "table", manuscript.dress.table_label, number, named, words[0])
    told["is_wide"] = "wide" in words
    art = _boxed(told, _tabular(manuscript, words[0], *_size(named)))
    caption = _caption(manuscript, told)
    inner = (
        rf"{art}\endgraf\smallskip{caption}"
        if "below" in words
        else rf"{caption}\smallskip\endgraf{art}"
    )
    environment = manuscript.dress.wide[1] if told["is_wide"] else manuscript.dress.narrow[1]
    return _float(environment, named.get("at", "t"), r"\small" + inner)


def algorithm(manuscript: Manuscript, _rest: str) -> str:
    number = _numbered(manuscript, "algorithm")
    told = _told(manuscript, "algorithm", "Algorithm {}", number, {}, "algorithm")
    told["is_wide"] = False
    noun = manuscript.writer.noun
    lines = [rf"\REQUIRE a {noun()}, a {noun()}", rf"\FOR{{each {noun()}}}"]
    lines += [rf"\STATE $x_{{{i}}}\leftarrow$ {noun()} of the {noun()}" for i in range(3)]
    lines += [rf"\IF{{the {noun()} is {manuscript.writer.adjective()}}}", r"\STATE stop", r"\ENDIF"]
    lines += [r"\ENDFOR", rf"\RETURN the {noun()}"]
    steps = rf"\begin{{algorithmic}}[1]{' '.join(lines)}\end{{algorithmic}}"
    body = rf"\begin{{minipage}}{{0.96\linewidth}}{steps}\end{{minipage}}"
    return _float("algorithm", "t", _caption(manuscript, told) + _boxed(told, body))


def renumber(manuscript: Manuscript, rest: str) -> str:
    kind, prefix = rest.split()
    manuscript.counts[kind] = 0
    manuscript.prefixes[kind] = prefix
    return rf"\setcounter{{{kind}}}{{0}}\renewcommand\the{kind}{{{prefix}\arabic{{{kind}}}}}"


def _options(rest: str) -> tuple[list[str], dict[str, str]]:
    words = [one for one in rest.split() if "=" not in one]
    return words, dict(one.split("=", 1) for one in rest.split() if "=" in one)


def _size(named: dict[str, str]) -> tuple[int, int]:
    return int(named.get("rows", "5")), int(named.get("cells", "3"))


def _numbered(manuscript: Manuscript, kind: str) -> str:
    manuscript.counts[kind] += 1
    number = manuscript.counts[kind]
    if prefix := manuscript.prefixes.get(kind):
        return f"{prefix}{number}"
    return manuscript.dress.table_numbers(number) if kind == "table" else str(number)


def _told(
    manuscript: Manuscript, what: str, label: str, number: str, named: dict[str, str], kind: str
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"{what[0]}:{len(manuscript.floats)}", "what": what, "number": number,
        "label": label.format(number), "kind": kind,
        "caption": manuscript.caption(int(named.get("caption", "1"))),
    }  # fmt: skip
    manuscript.floats.append(told)
    return told


def _caption(manuscript: Manuscript, told: dict[str, Any]) -> str:
    words = manuscript.caption_words(told["caption"])
    marked = manuscript.marked(words, f"{told['id']}:c")
    return rf"\Tcaption{{{told['id']}:c:l}}\caption[{told['number']}]{{{marked}}}"


def _boxed(told: dict[str, Any], tex: str) -> str:
    return rf"\Tbox{{{told['id']}:box}}{{{tex}}}"


def _float(environment: str, place: str, inner: str) -> str:
    return rf"\begin{{{environment}}}[{place}]\centering {inner}\end{{{environment}}}"


def _drawn(manuscript: Manuscript, drawing: str, width: float, *, is_panel: bool = False) -> str:
    def picture(kind: str) -> str:
        seed = f"{manuscript.paper.name}-{len(manuscript.pictures)}"
        manuscript.pictures.append((kind, seed))
        return f"{kind}-{seed}.png"

    writer = manuscript.writer
    pen = Pen(width, writer.random, picture, lambda: writer.caption(1), writer.noun, is_panel)
    return DRAWINGS[drawing][1](pen)


def _panels(
    manuscript: Manuscript, told: dict[str, Any], drawings: list[str], across: int, width: float
) -> str:
    share = rf"{width / across - 0.02:.3f}\linewidth"
    parts = []
    for number, drawing in enumerate(drawings):
        name = f"({ascii_lowercase[number]}) {manuscript.writer.noun()} {manuscript.writer.noun()}"
        art = _drawn(manuscript, drawing, 1, is_panel=True)
        panel = (
            rf"\begin{{minipage}}[b]{{{share}}}\centering {art}\endgraf\vspace{{2pt}}"
            rf"{{{manuscript.dress.panel_size} {name}}}\end{{minipage}}"
        )
        parts.append(_boxed(told, panel))
        parts.append(r"\hfil " if (number + 1) % across else r"\endgraf\medskip ")
    return "".join(parts[:-1])


def _tabular(manuscript: Manuscript, style: str, rows: int, cells: int) -> str:
    noun, number = manuscript.writer.noun, manuscript.writer.number
    head = ["", *(noun().capitalize() for _ in range(cells))]
    lines = [
        [f"{manuscript.writer.adjective()} {noun()}", *(number(100) for _ in range(cells))]
        for _ in range(rows)
    ]
    if style == "ruled":
        body = "".join(rf"{' & '.join(line)}\\\hline " for line in [head, *lines])
        return rf"\begin{{tabular}}{{|l{'|c' * cells}|}}\hline {body}\end{{tabular}}"
    colours = [r"\rowcolor{gray!15}" if style == "coloured" and i % 2 else "" for i in range(rows)]
    body = "".join(
        rf"{colour}{' & '.join(line)}\\ " for colour, line in zip(colours, lines, strict=True)
    )
    return (
        rf"\begin{{tabular}}{{l{'r' * cells}}}\toprule {' & '.join(head)}\\\midrule {body}"
        r"\bottomrule\end{tabular}"
    )
