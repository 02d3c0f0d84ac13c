"""Springer's proceedings and Elsevier's journals."""

from tests.make.typeset.dress import Dress, named_appendix, two_levels
from tests.make.typeset.dresses.societies import DRAWN, LINKED
from tests.make.typeset.manuscript import ESCAPES, Manuscript


def springer(manuscript: Manuscript) -> str:
    paper = manuscript.paper
    names = r" \and ".join(
        rf"{one.name}\inst{{{','.join(map(str, one.places))}}}" for one in paper.authors
    )
    places = r" \and ".join(place.translate(ESCAPES) for place in paper.affiliations)
    title = manuscript.headed("Abstract", is_run_in=True)
    told = manuscript.abstract()
    words = manuscript.headed("Keywords", is_run_in=True, is_optional=True)
    keywords = r" \and ".join(paper.keywords)
    return (
        rf"\title{{{paper.title}}}\author{{{names}}}\institute{{{places}}}"
        rf"\authorrunning{{{paper.authors[0].name} et al.}}\maketitle"
        rf"\renewcommand\abstractname{{{title}.}}\def\keywordname{{\textbf{{{words}:}}}}"
        rf"\begin{{abstract}}{told}\keywords{{{keywords}}}\end{{abstract}}"
    )


def elsevier(manuscript: Manuscript) -> str:
    paper = manuscript.paper
    people = "".join(
        rf"\author[{','.join(map(str, one.places))}]{{{one.name}}}" for one in paper.authors
    )
    places = "".join(
        rf"\address[{number}]{{{place.translate(ESCAPES)}}}"
        for number, place in enumerate(paper.affiliations, 1)
    )
    title = manuscript.headed("Abstract")
    told = manuscript.abstract()
    words = manuscript.headed("Keywords", is_run_in=True, is_optional=True)
    keywords = r" \sep ".join(paper.keywords)
    return (
        rf"\journal{{Review of Numerical Practice}}\begin{{frontmatter}}\title{{{paper.title}}}"
        rf"{people}{places}\abstracttitle{{{title}}}"
        rf"\begin{{abstract}}{told}\end{{abstract}}\keywordtitle{{{words}}}"
        rf"\begin{{keyword}}{keywords}\end{{keyword}}"
        r"\end{frontmatter}"
    )


def _elsevier(options: str) -> Dress:
    return Dress(
        preamble=rf"\documentclass[{options}]{{elsarticle}}\usepackage{{amsmath,amssymb}}"
        + DRAWN + LINKED,
        front=elsevier,
        numbers=named_appendix(". "),
    )  # fmt: skip


DRESSES = {
    "springer": Dress(
        preamble=r"\documentclass[runningheads]{llncs}\usepackage{amsmath,algorithm,algorithmic}"
        + DRAWN + LINKED,
        front=springer,
        numbers=two_levels,
        run_in=frozenset({3, 4}),
        figure_label="Fig. {}.",
        table_label="Table {}.",
        theorem_label="Theorem {}.",
    ),
    "elsevier-preprint": _elsevier("preprint,1p"),
    "elsevier-columns": _elsevier("final,5p,times,twocolumn"),
}  # fmt: skip
