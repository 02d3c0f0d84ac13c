"""The graphics of the invented papers, as TeX: plots, diagrams, pictures and what mixes them.

A drawing takes its width (a share of the line), a seed's dice, and what writes a picture file.
Sentences in boxes, legends and axis labels are meant: they are no text of the paper.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

Picture = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Pen:
    """What a drawing needs: how wide, which numbers, which pictures, which words."""

    width: float
    dice: random.Random
    picture: Picture
    sentence: Callable[[], str]
    noun: Callable[[], str]
    is_panel: bool = False


def photo(pen: Pen) -> str:
    return rf"\includegraphics[width={pen.width}\linewidth]{{{pen.picture('photo')}}}"


def heat(pen: Pen) -> str:
    return rf"\includegraphics[width={pen.width}\linewidth]{{{pen.picture('heat')}}}"


def pale(pen: Pen) -> str:
    return rf"\includegraphics[width={pen.width}\linewidth]{{{pen.picture('pale')}}}"


def grid(pen: Pen) -> str:
    """Two rows of four pictures, a word above each column."""
    across = rf"{pen.width / 4 - 0.012:.3f}\linewidth"
    rows = [
        "&".join(rf"\includegraphics[width={across}]{{{pen.picture('thumb')}}}" for _ in range(4))
        for _ in range(2)
    ]
    heads = "&".join(rf"\scriptsize {pen.noun()}" for _ in range(4))
    return (
        r"\setlength\tabcolsep{1.5pt}\begin{tabular}{@{}cccc@{}}"
        rf"{heads}\\ {rows[0]}\\ {rows[1]}\end{{tabular}}"
    )


def curves(pen: Pen) -> str:
    plots = []
    for number in range(3):
        level, slope = pen.dice.uniform(0.2, 0.5), pen.dice.uniform(0.05, 0.3)
        points = " ".join(
            f"({x},{level + slope * x / 4 - 0.01 * x * number + pen.dice.uniform(-0.03, 0.03):.3f})"
            for x in range(1, 13)
        )
        plots.append(rf"\addplot coordinates {{{points}}}; \addlegendentry{{{pen.noun()}}}")
    return _axes(pen, "legend pos=south east,grid=major", plots)


def scatter(pen: Pen) -> str:
    """Some hundreds of marks in two clouds."""
    plots = []
    for mark in ("*", "triangle*"):
        x0, y0 = pen.dice.uniform(2, 8), pen.dice.uniform(2, 8)
        points = " ".join(
            f"({pen.dice.gauss(x0, 1.5):.2f},{pen.dice.gauss(y0, 1.2):.2f})" for _ in range(120)
        )
        plots.append(
            rf"\addplot+[only marks,mark={mark},mark size=0.9pt] coordinates {{{points}}};"
        )
    return _axes(pen, "", plots)


def bars(pen: Pen) -> str:
    names = [pen.noun() for _ in range(4)]
    names = list(dict.fromkeys(names))
    plots = [
        r"\addplot coordinates {"
        + " ".join(f"({name},{pen.dice.uniform(20, 95):.1f})" for name in names)
        + "};"
        for _ in range(2)
    ]
    style = (
        f"ybar,bar width=5pt,symbolic x coords={{{','.join(names)}}},xtick=data,"
        "x tick label style={rotate=20,anchor=east},legend style={at={(0.5,1.03)},anchor=south,"
        "legend columns=2}"
    )
    plots.append(r"\legend{before,after}")
    return _axes(pen, style, plots)


def architecture(pen: Pen) -> str:
    """Boxes with whole sentences in them, and arrows: more words than many a paragraph."""
    boxes = "".join(
        rf"\node[draw,fill=blue!{5 + 5 * i},rounded corners=2pt,text width=3.1cm,align=left]"
        rf" (n{i}) at ({4.1 * (i % 3)},{-3.9 * (i // 3)}) "
        rf"{{\textbf{{{pen.noun().capitalize()}}}\\ {pen.sentence()}}};"
        for i in range(6)
    )
    arrows = "".join(rf"\draw[->,thick] (n{a})--(n{b});" for a, b in ("01", "12", "25", "54", "43"))
    return _tikz(pen, boxes + arrows)


def flow(pen: Pen) -> str:
    """A row of shapes with arrows and labels."""
    shapes = ("rectangle", "circle", "diamond", "rectangle")
    parts = [
        rf"\node[draw,{shape},fill=orange!25,minimum size=1cm] (n{i}) at ({3 * i},0)"
        rf" {{\small {pen.noun()}}};"
        for i, shape in enumerate(shapes)
    ]
    parts += [
        rf"\draw[-latex] (n{i})--node[above,font=\tiny]{{{pen.noun()}}}(n{i + 1});"
        for i in range(len(shapes) - 1)
    ]
    parts.append(r"\draw[dashed,-latex] (n3.south)--++(0,-0.7)-|(n0.south);")
    return _tikz(pen, "".join(parts))


def tree(pen: Pen) -> str:
    leaves = "child {node {%s} child {node {%s}} child {node {%s}}} " * 3
    words = tuple(pen.noun() for _ in range(9))
    style = (
        "level 1/.style={sibling distance=42mm},level 2/.style={sibling distance=20mm},"
        "level distance=11mm,every node/.style={font=\\small}"
    )
    return _tikz(pen, rf"\node {{{pen.noun()}}} {leaves % words};", style)


def strokes(pen: Pen) -> str:
    """Hundreds of short lines, no frame: a field of arrows."""
    lines = "".join(
        rf"\draw[->] ({x / 2},{y / 2})--++({pen.dice.uniform(-0.3, 0.3):.2f},"
        rf"{pen.dice.uniform(-0.3, 0.3):.2f});"
        for x in range(18)
        for y in range(9)
    )
    return _tikz(pen, rf"\draw[gray!40,fill=gray!8] (0,0) ellipse (1 and 0.6);{lines}")


def annotated(pen: Pen) -> str:
    """A photograph with boxes, an arrow and words drawn over it and beside it."""
    return _tikz(
        pen,
        rf"\node[inner sep=0] (p) {{\includegraphics[width=6cm]{{{pen.picture('photo')}}}}};"
        r"\draw[red,very thick] (-1.6,-0.8) rectangle (0.2,0.9);"
        r"\draw[yellow,very thick] (0.9,-1.2) rectangle (2.1,0.1);"
        rf"\node[right=6mm of p,draw,align=left,text width=2.6cm] (w) {{{pen.sentence()}}};"
        r"\draw[->,thick] (0.2,0)--(w.west);",
    )


def timeline(pen: Pen) -> str:
    """Low and wide: one axis, ticks, words above and below."""
    ticks = "".join(
        rf"\draw ({2.2 * i},0.12)--({2.2 * i},-0.12);"
        rf"\node[{'above' if i % 2 else 'below'}=2mm,font=\footnotesize]"
        rf" at ({2.2 * i},0) {{{pen.noun()}}};"
        for i in range(8)
    )
    return _tikz(pen, rf"\draw[thick,->] (-0.4,0)--(16,0);{ticks}")


def _axes(pen: Pen, style: str, plots: list[str]) -> str:
    height = (0.85 if pen.is_panel else 0.64) * pen.width
    options = (
        rf"width={pen.width}\linewidth,height={height:.3f}\linewidth,xlabel={{{pen.noun()}}},"
        rf"ylabel={{{pen.noun()} (\%)}},tick label style={{font=\scriptsize}},"
        rf"label style={{font=\footnotesize}},legend style={{font=\tiny}},{style}"
    )
    body = "\n".join(plots)
    return rf"\begin{{tikzpicture}}\begin{{axis}}[{options}]{body}\end{{axis}}\end{{tikzpicture}}"


def _tikz(pen: Pen, body: str, style: str = "") -> str:
    return (
        rf"\resizebox{{{pen.width}\linewidth}}{{!}}"
        rf"{{\begin{{tikzpicture}}[{style}]{body}\end{{tikzpicture}}}}"
    )


DRAWINGS: dict[str, tuple[str, Callable[[Pen], str]]] = {
    "photo": ("raster", photo),
    "heat": ("raster", heat),
    "pale": ("raster", pale),
    "grid": ("raster", grid),
    "curves": ("vector", curves),
    "scatter": ("vector", scatter),
    "bars": ("vector", bars),
    "architecture": ("vector", architecture),
    "flow": ("vector", flow),
    "tree": ("vector", tree),
    "strokes": ("vector", strokes),
    "timeline": ("vector", timeline),
    "annotated": ("mixed", annotated),
}
