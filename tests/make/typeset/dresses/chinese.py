"""Chinese, in one column, with XeTeX."""

from tests.make.typeset.dress import Dress
from tests.make.typeset.dresses.plain import abstract, titled
from tests.make.typeset.manuscript import Manuscript

PREAMBLE = r"""
\documentclass[a4paper,11pt,fontset=none,heading=true]{ctexart}
\setCJKmainfont{Noto Serif CJK SC}[BoldFont=Noto Serif CJK SC Bold,ItalicFont=Noto Serif CJK SC]
\pdfpagewidth=\paperwidth \pdfpageheight=\paperheight
\usepackage[margin=2.6cm]{geometry}
\usepackage{amsmath,graphicx,booktabs,colortbl,xcolor,pgfplots}
\pgfplotsset{compat=1.16}\usetikzlibrary{arrows.meta,positioning,shapes.geometric,fit}
\usepackage[hidelinks]{hyperref}
"""


def front(manuscript: Manuscript) -> str:
    told = titled(manuscript) + abstract(manuscript, "摘要")
    words = manuscript.headed("关键词：", is_run_in=True, is_optional=True)
    return told + rf"\noindent\textbf{{{words}}}{'；'.join(manuscript.paper.keywords)}"


DRESSES = {
    "chinese": Dress(
        preamble=PREAMBLE,
        front=front,
        figure_label="图 {}:",
        table_label="表 {}:",
        references="参考文献",
        engine="xelatex",
        is_chinese=True,
    )
}
