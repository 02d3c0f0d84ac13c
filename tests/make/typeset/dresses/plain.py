"""LaTeX's own article, in one column, in two, in three, without numbers."""

from tests.make.typeset.dress import Dress, none
from tests.make.typeset.manuscript import ESCAPES, Manuscript

COMMON = r"""
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,amsthm,graphicx,booktabs,colortbl,xcolor,wrapfig,algorithm,algorithmic}
\usepackage{pgfplots}\pgfplotsset{compat=1.16}\usetikzlibrary{arrows.meta,positioning,shapes.geometric,fit}
\newtheorem{theorem}{Theorem}
\usepackage[hidelinks]{hyperref}
"""


def people(manuscript: Manuscript) -> str:
    """Names with raised numbers, then places with the same numbers."""
    paper = manuscript.paper
    names = ", ".join(
        rf"{one.name.translate(ESCAPES)}\textsuperscript{{{','.join(map(str, one.places))}}}"
        for one in paper.authors
    )
    places = "".join(
        rf"\\ \small\textsuperscript{{{number}}}{place.translate(ESCAPES)}"
        for number, place in enumerate(paper.affiliations, 1)
    )
    return names + places


def titled(manuscript: Manuscript) -> str:
    title = manuscript.paper.title.translate(ESCAPES)
    return rf"\title{{{title}}}\author{{{people(manuscript)}}}\date{{}}\maketitle"


def abstract(manuscript: Manuscript, name: str = "Abstract") -> str:
    title = manuscript.headed(name)
    return (
        rf"\renewcommand\abstractname{{{title}}}"
        rf"\begin{{abstract}}{manuscript.abstract()}\end{{abstract}}"
    )


def article(manuscript: Manuscript) -> str:
    front = titled(manuscript) + abstract(manuscript)
    if manuscript.paper.keywords:
        words = ", ".join(manuscript.paper.keywords)
        name = manuscript.headed("Keywords:", is_run_in=True, is_optional=True)
        front += rf"\noindent\textbf{{{name}}} {words}"
    return front


THREE_COLUMNS = r"""
\documentclass[9pt]{extarticle}\usepackage[letterpaper,landscape=false,margin=0.6in]{geometry}
\usepackage{multicol}\setlength\columnsep{14pt}
\makeatletter
\newenvironment{columnfigure}[1][]{\par\medskip\noindent\minipage{\linewidth}\def\@captype{figure}}
{\endminipage\par\medskip}
\newenvironment{columntable}[1][]{\par\medskip\noindent\minipage{\linewidth}\def\@captype{table}}
{\endminipage\par\medskip}
\makeatother
"""

REPORT = r"""
\documentclass[11pt]{article}\usepackage[a4paper,left=3cm,right=3cm,top=3.2cm,bottom=3cm]{geometry}
\usepackage[T1]{fontenc}\usepackage{lmodern}
\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}
\fancyhead[L]{\raisebox{-2mm}{\begin{tikzpicture}[scale=0.16]\fill[blue!70!black] (0,0) circle (2);
\fill[white] (-1,-1) rectangle (1,0.2);\fill[orange] (0,0.4) -- (1.2,1.4) -- (-1.2,1.4) -- cycle;
\draw[thick] (2.6,-1.6)--(14,-1.6);\node[right] at (2.2,0.2) {\tiny\sffamily
Tidewater Laboratories};
\end{tikzpicture}}}
\fancyhead[R]{\small Technical report TR-2023-07}\fancyfoot[C]{\thepage}
"""

UNNUMBERED = r"""
\documentclass[10pt,twocolumn]{article}\usepackage[a4paper,margin=0.85in]{geometry}
\usepackage{mathptmx}\usepackage[scaled=0.9]{helvet}
\usepackage[labelfont=bf,font={small,sf}]{caption}
\DeclareCaptionLabelSeparator{bar}{ \textbar\ }\captionsetup{labelsep=bar}
\usepackage{titlesec}\titleformat*{\section}{\large\bfseries\sffamily}
\titleformat*{\subsection}{\normalsize\bfseries\sffamily}
"""


def report(manuscript: Manuscript) -> str:
    """The logo stands over the first page as well."""
    return titled(manuscript) + r"\thispagestyle{fancy}" + abstract(manuscript)


def unnumbered(manuscript: Manuscript) -> str:
    """A bold abstract without a heading, over both columns."""
    title = manuscript.paper.title.translate(ESCAPES)
    return (
        rf"\twocolumn[{{\centering{{\LARGE\sffamily\bfseries {title}\par}}\medskip"
        rf"\begin{{tabular}}{{c}}{people(manuscript)}\end{{tabular}}\par\medskip"
        rf"\parbox{{0.86\textwidth}}{{\bfseries {manuscript.abstract()}}}\par\bigskip}}]"
    )


DRESSES = {
    "article": Dress(
        preamble=r"\documentclass[11pt]{article}\usepackage[a4paper,margin=2.8cm]{geometry}"
        + COMMON,
        front=article,
    ),
    "unnumbered": Dress(
        preamble=UNNUMBERED + COMMON,
        front=unnumbered,
        numbers=none,
        figure_label="Figure {} |",
        table_label="Table {} |",
    ),
    "report": Dress(
        preamble=REPORT + COMMON,
        front=lambda manuscript: (
            titled(manuscript) + r"\thispagestyle{fancy}" + abstract(manuscript)
        ),
        is_by_year=True,
    ),
    "three-columns": Dress(
        preamble=THREE_COLUMNS + COMMON,
        front=lambda manuscript: (
            titled(manuscript)
            + r"\begin{multicols}{3}"
            + manuscript.starred("Abstract")
            + manuscript.abstract()
        ),
        closing=r"\end{multicols}",
        narrow=("columnfigure", "columntable"),
    ),
}
