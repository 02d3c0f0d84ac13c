"""The classes of learned societies: IEEE, ACM, APS, AMS."""

from tests.make.typeset.dress import (
    Dress,
    arabic,
    named_appendix,
    roman,
    roman_by_level,
    upper_first,
)
from tests.make.typeset.manuscript import ESCAPES, Manuscript
from tests.make.typeset.paper import Paper

DRAWN = r"""
\usepackage[utf8]{inputenc}\usepackage{graphicx,booktabs,colortbl,xcolor}
\usepackage{pgfplots}\pgfplotsset{compat=1.16}\usetikzlibrary{arrows.meta,positioning,shapes.geometric,fit}
"""
# Biolinum joins tt, which Ghostscript cannot tell apart again: captions are set in Libertine.
UNJOINED = r"\AtBeginDocument{\captionsetup{font={small,rm},labelfont=rm,textfont=rm}}"
LINKED = r"\usepackage[hidelinks]{hyperref}"


def ieee_conference(manuscript: Manuscript) -> str:
    paper = manuscript.paper
    blocks = r" \and ".join(
        rf"\IEEEauthorblockN{{{one.name}}}\IEEEauthorblockA{{"
        + paper.affiliations[one.places[0] - 1].translate(ESCAPES).replace(", ", r"\\ ", 1)
        + "}"
        for one in paper.authors
    )
    return rf"\title{{{paper.title}}}\author{{{blocks}}}\maketitle" + _ieee_abstract(manuscript)


def ieee_journal(manuscript: Manuscript) -> str:
    """Who works where is told in a note."""
    paper = manuscript.paper
    names = ", ".join(one.name for one in paper.authors)
    notes = "".join(
        rf"\thanks{{{one.name} is with the {_place(paper, one.places[0])}.}}"
        for one in paper.authors
    )
    heads = r"\markboth{Transactions on Measured Systems, Vol.~14, No.~3, March 2023}"
    family = paper.authors[0].name.split()[-1]
    heads += rf"{{{family} \MakeLowercase{{\textit{{et al.}}}}: {paper.title}}}"
    return rf"\title{{{paper.title}}}\author{{{names}{notes}}}{heads}\maketitle" + _ieee_abstract(
        manuscript
    )


def _ieee_abstract(manuscript: Manuscript) -> str:
    title = manuscript.headed("Abstract", is_run_in=True)
    told = rf"\renewcommand\abstractname{{{title}}}"
    told += rf"\begin{{abstract}}{manuscript.abstract()}\end{{abstract}}"
    terms = manuscript.headed("Index Terms", is_run_in=True, is_optional=True)
    told += rf"\renewcommand\IEEEkeywordsname{{{terms}}}"
    words = ", ".join(manuscript.paper.keywords)
    return told + rf"\begin{{IEEEkeywords}}{words}\end{{IEEEkeywords}}"


def _aps_case(level: int, title: str) -> str:
    return title if title.startswith("Appendix ") else upper_first(level, title)


def acm(manuscript: Manuscript) -> str:
    """The abstract and the teaser come before the title in the source, and after it in print."""
    paper = manuscript.paper
    people = []
    for one in paper.authors:
        institution, *_, city, country = paper.affiliations[one.places[0] - 1].split(", ")
        people.append(
            rf"\author{{{one.name}}}\affiliation{{\institution{{{institution}}}"
            rf"\city{{{city}}}\country{{{country}}}}}"
        )
    is_conference = paper.dress == "acm-conference"
    title = manuscript.headed("ABSTRACT") if is_conference else ""
    told = rf"\title{{{paper.title}}}{''.join(people)}"
    told += rf"\renewcommand\abstractname{{{title}}}" if title else ""
    told += rf"\begin{{abstract}}{manuscript.abstract()}\end{{abstract}}"
    name = "KEYWORDS" if is_conference else "Additional Key Words and Phrases"
    words = manuscript.headed(name, is_optional=True, is_run_in=not is_conference)
    told += rf"\renewcommand\keywordsname{{{words}}}\keywords{{{', '.join(paper.keywords)}}}"
    if not is_conference:
        name = manuscript.headed("ACM Reference Format", is_optional=True)
        told += r"\makeatletter\patchcmd\@mkbibcitation{ACM Reference Format}"
        told += rf"{{{name}}}{{}}{{\undefined}}\makeatother"
    if is_conference:
        told += r"\begin{teaserfigure}\centering TEASER\end{teaserfigure}"
    return told + r"\maketitle"


def aps(manuscript: Manuscript) -> str:
    paper = manuscript.paper
    people = "".join(
        rf"\author{{{one.name}}}"
        + "".join(
            rf"\affiliation{{{paper.affiliations[at - 1].translate(ESCAPES)}}}" for at in one.places
        )
        for one in paper.authors
    )
    return (
        rf"\title{{{paper.title}}}{people}\date{{\today}}"
        rf"\begin{{abstract}}{manuscript.abstract()}\end{{abstract}}\maketitle"
    )


def ams(manuscript: Manuscript) -> str:
    """Addresses stand at the end, keywords in a note."""
    paper = manuscript.paper
    people = "".join(
        rf"\author{{{one.name}}}\address{{{_place(paper, one.places[0])}}}" for one in paper.authors
    )
    words = ", ".join(paper.keywords)
    title = manuscript.headed("Abstract", is_run_in=True)
    return (
        rf"\title[{paper.title[:30]}]{{{paper.title}}}{people}\keywords{{{words}}}"
        rf"\renewcommand\abstractname{{{title}}}"
        rf"\begin{{abstract}}{manuscript.abstract()}\end{{abstract}}\maketitle"
    )


def _place(paper: Paper, number: int) -> str:
    return paper.affiliations[number - 1].translate(ESCAPES)


IEEE = Dress(
    preamble=r"\documentclass[conference]{IEEEtran}\usepackage{amsmath,amssymb}"
    r"\usepackage{algorithm,algorithmic}" + DRAWN + LINKED,
    front=ieee_conference,
    numbers=roman_by_level(" ", ") "),
    case=upper_first,
    run_in=frozenset({3, 4}),
    figure_label="Fig. {}.",
    table_label="TABLE {}",
    table_numbers=roman,
    appendix=r"\appendices",
)

DRESSES = {
    "ieee-conference": IEEE,
    "ieee-journal": Dress(
        preamble=IEEE.preamble.replace("conference", "journal"),
        front=ieee_journal,
        numbers=IEEE.numbers,
        case=upper_first,
        run_in=IEEE.run_in,
        figure_label=IEEE.figure_label,
        table_label=IEEE.table_label,
        table_numbers=roman,
        appendix=IEEE.appendix,
    ),
    "acm-conference": Dress(
        run_in=frozenset({3, 4}),
        preamble=r"\documentclass[sigconf,nonacm]{acmart}" + UNJOINED + DRAWN,
        front=acm,
        case=upper_first,
        numbers=arabic,
    ),
    "acm-journal": Dress(
        run_in=frozenset({3, 4}),
        preamble=r"\documentclass[acmsmall]{acmart}\setcopyright{none}\usepackage{etoolbox}"
        + UNJOINED
        + DRAWN,
        front=acm,
        case=upper_first,
        numbers=arabic,
        figure_label="Fig. {}.",
        table_label="Table {}.",
    ),
    "aps": Dress(
        preamble=r"\documentclass[aps,prx,twocolumn,superscriptaddress,nofootinbib,10pt]{revtex4-2}"
        r"\usepackage{amsmath}" + DRAWN + LINKED,
        front=aps,
        case=_aps_case,
        numbers=roman_by_level(": ", ". "),
        figure_label="FIG. {}.",
        table_label="TABLE {}.",
        table_numbers=roman,
        references="",
    ),
    "aps-letter": Dress(
        preamble=r"\documentclass[aps,prl,twocolumn,superscriptaddress]{revtex4-2}"
        r"\usepackage{amsmath}" + DRAWN + LINKED,
        front=aps,
        figure_label="FIG. {}.",
        table_label="TABLE {}.",
        table_numbers=roman,
        references="",
    ),
    "ams": Dress(
        preamble=r"\documentclass{amsart}" + DRAWN + LINKED + r"\newtheorem{theorem}{Theorem}",
        front=ams,
        numbers=named_appendix(". "),
        run_in=frozenset({2, 3, 4}),
        figure_label="Figure {}.",
        table_label="Table {}.",
    ),
}
