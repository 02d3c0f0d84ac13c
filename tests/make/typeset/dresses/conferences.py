"""Look-alikes of the styles that conferences on learning and vision hand out."""

from tests.make.typeset.dress import Dress, arabic_with_period
from tests.make.typeset.dresses.plain import COMMON, people
from tests.make.typeset.manuscript import ESCAPES, Manuscript

STAMP = r"""
\usepackage{eso-pic}
\AddToShipoutPictureFG*{\put(22,250){\rotatebox{90}{\textcolor{gray}{\fontsize{18}{20}\selectfont
arXiv:2305.01234v2\ \ [cs.CV]\ \ 14 Jun 2023}}}}
"""
RULERS = r"""
\newcount\rulernumber \newcount\rulerline
\newcommand\ruler[1]{\begingroup\rulerline=0 \loop
  \put(#1,\numexpr 718-\rulerline*12\relax){\makebox(0,0)[l]{\scriptsize\textcolor{blue!50}{%
  \ifnum\rulernumber<10 00\else\ifnum\rulernumber<100 0\fi\fi\the\rulernumber}}}
  \global\advance\rulernumber by 1 \advance\rulerline by 1
  \ifnum\rulerline<54 \repeat\endgroup}
\AddToShipoutPictureBG{\ruler{36}\ruler{570}}
"""
VISION = r"""
\documentclass[10pt,twocolumn,letterpaper]{article}
\usepackage[letterpaper,left=0.8in,right=0.8in,top=1in,bottom=1.1in,columnsep=0.31in]{geometry}
\usepackage{times}\usepackage[font=small,labelsep=period]{caption}
\usepackage{titlesec}
\titleformat{\section}{\large\bfseries}{\thesection.}{0.5em}{}
\titleformat{\subsection}{\normalsize\bfseries}{\thesubsection.}{0.5em}{}
\titleformat{\subsubsection}{\normalsize\bfseries}{\thesubsubsection.}{0.5em}{}
\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}\renewcommand\headrulewidth{0pt}
\fancyhead[C]{\footnotesize\textcolor{blue!60}{%
Vision Workshop 2023 Submission \#4242. CONFIDENTIAL REVIEW COPY.}}
\fancyfoot[C]{\small\thepage}
"""
NEURAL = r"""
\documentclass[10pt]{article}
\usepackage[letterpaper,textwidth=5.5in,textheight=9in,top=1in]{geometry}
\usepackage{times}\usepackage[left]{lineno}\renewcommand\linenumberfont{\normalfont\tiny\color{gray}}
\setlength\parindent{0pt}\setlength\parskip{5.5pt}
\usepackage{titlesec}
\titleformat{\section}{\large\bfseries}{\thesection}{1em}{}
\titleformat{\subsection}{\normalsize\bfseries}{\thesubsection}{1em}{}
\titlespacing{\section}{0pt}{2ex plus 0.5ex}{1ex}
\titlespacing{\subsection}{0pt}{1.6ex plus 0.5ex}{0.6ex}
"""
LEARNING = r"""
\documentclass[10pt,twocolumn]{article}
\usepackage[letterpaper,left=0.75in,width=6.75in,top=1in,height=9in,columnsep=0.25in]{geometry}
\usepackage{times}\usepackage[font=small,labelfont=it,labelsep=period]{caption}
\setlength\parindent{0pt}\setlength\parskip{6pt}
\usepackage{titlesec}
\titleformat{\section}{\large\bfseries}{\thesection.}{0.4em}{}
\titleformat{\subsection}{\normalsize\bfseries}{\thesubsection.}{0.4em}{}
\titleformat{\paragraph}[runin]{\normalsize\scshape}{}{0pt}{}
\titlespacing{\section}{0pt}{10pt}{4pt}\titlespacing{\subsection}{0pt}{8pt}{3pt}
\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}\fancyfoot[C]{\thepage}
"""
# The standard fonts are named and not embedded, as in many older files.
NOT_EMBEDDED = r"""
\pdfmapline{=ptmr8r Times-Roman " TeXBase1Encoding ReEncodeFont " <8r.enc}
\pdfmapline{=ptmb8r Times-Bold " TeXBase1Encoding ReEncodeFont " <8r.enc}
\pdfmapline{=ptmri8r Times-Italic " TeXBase1Encoding ReEncodeFont " <8r.enc}
\pdfmapline{=ptmbi8r Times-BoldItalic " TeXBase1Encoding ReEncodeFont " <8r.enc}
"""


def vision(manuscript: Manuscript) -> str:
    """The teaser stands below the people, over both columns."""
    title = manuscript.paper.title.translate(ESCAPES)
    heading = manuscript.heading("Abstract", 1)
    return (
        r"\makeatletter\twocolumn[{\centering\vspace{12pt}"
        rf"{{\Large\bfseries {title}\par}}\vspace{{12pt}}"
        rf"{{\large\begin{{tabular}}{{c}}{people(manuscript)}\end{{tabular}}\par}}\vspace{{10pt}}"
        r"\def\@captype{figure}TEASER\par\vspace{12pt}}]\makeatother"
        rf"\begin{{center}}\large\bfseries {manuscript.around(heading, 'Abstract')}\end{{center}}"
        rf"\textit{{{manuscript.abstract()}}}"
    )


def neural(manuscript: Manuscript) -> str:
    title = manuscript.paper.title.translate(ESCAPES)
    heading = manuscript.heading("Abstract", 1)
    told = manuscript.abstract()
    return (
        r"\begin{center}\rule{\textwidth}{4pt}\par\vspace{8pt}"
        rf"{{\LARGE\bfseries {title}\par}}\vspace{{8pt}}\rule{{\textwidth}}{{1pt}}"
        r"\par\vspace{10pt}"
        rf"\begin{{tabular}}{{c}}{people(manuscript)}\end{{tabular}}\end{{center}}\linenumbers"
        rf"\begin{{center}}\large\bfseries {manuscript.around(heading, 'Abstract')}\end{{center}}"
        rf"\begin{{quote}}{told}\end{{quote}}"
    )


def learning(manuscript: Manuscript) -> str:
    """Where the people work stands in a note at the foot of the first column."""
    paper = manuscript.paper
    title = paper.title.translate(ESCAPES)
    names = r"\quad ".join(
        rf"\textbf{{{one.name}}}\textsuperscript{{{','.join(map(str, one.places))}}}"
        for one in paper.authors
    )
    places = " ".join(
        rf"\textsuperscript{{{number}}}{place.translate(ESCAPES)}."
        for number, place in enumerate(paper.affiliations, 1)
    )
    heading = manuscript.heading("Abstract", 1)
    return (
        rf"\fancyhead[C]{{\small\bfseries {title}}}\thispagestyle{{plain}}"
        r"\twocolumn[{\centering\rule{\textwidth}{1pt}\par\vspace{6pt}"
        rf"{{\Large\bfseries {title}\par}}\vspace{{6pt}}\rule{{\textwidth}}{{1pt}}\par"
        rf"\vspace{{8pt}}{names}\par\vspace{{16pt}}}}]"
        rf"\let\thefootnote\relax\footnotetext{{{places} "
        rf"Correspondence to: {paper.authors[0].name}.}}"
        r"\makeatletter\def\thefootnote{\@arabic\c@footnote}\makeatother"
        rf"\begin{{center}}\large\bfseries {manuscript.around(heading, 'Abstract')}\end{{center}}"
        rf"\begin{{quote}}{manuscript.abstract()}\end{{quote}}"
    )


def _run_in_capitals(level: int, title: str) -> str:
    return title.upper() if level == 4 else title


DRESSES = {
    "vision": Dress(
        preamble=VISION + COMMON.replace("hidelinks", "colorlinks,allcolors=green!60!black")
        + STAMP + RULERS,
        front=vision,
        numbers=arabic_with_period,
        figure_label="Figure {}.",
        table_label="Table {}.",
    ),
    "neural": Dress(
        preamble=NEURAL + COMMON + NOT_EMBEDDED, front=neural, is_by_year=True
    ),
    "learning": Dress(
        preamble=LEARNING + COMMON + NOT_EMBEDDED,
        front=learning,
        case=_run_in_capitals,
        numbers=arabic_with_period,
        figure_label="Figure {}.",
        table_label="Table {}.",
        is_by_year=True,
    ),
}  # fmt: skip
