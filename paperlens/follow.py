"""What to ask for each morning in order to follow somebody, or to see more like a paper. Pure.

Both end as saved queries in arXiv's own language: they can be read, tried and edited as any other.
"""

import re
from contextlib import suppress

from paperlens.errors import QueryError, UserError
from paperlens.models import Paper
from paperlens.query import parse
from paperlens.summaries.extractive.keywords import keywords, terms
from paperlens.summaries.sentences import sentences

_LONGEST_NAME = 40
_NO_PART_OF_A_NAME = re.compile(r"[^\w\s.'’-]")
_MOST_TERMS = 6
_LEAST_TERMS = (3, 2, 1)  # fewer are offered only where a paper has no more
_NAMED_BY = 2  # a long term's last words name it, and more papers share them


def author_query(author: str) -> tuple[str, str]:
    """A name for the query, and the expression that finds what somebody writes."""
    last, comma, first = author.partition(",")
    person = " ".join(_NO_PART_OF_A_NAME.sub(" ", f"{first} {last}" if comma else author).split())
    name = "-".join(re.findall(r"[^\W_]+", person.lower()))[:_LONGEST_NAME].rstrip("-")
    expr = f'au:"{person}"'
    with suppress(QueryError):
        parse(expr)
        if name:
            return name, expr
    raise UserError(f'"{author}" names nobody')


def query_like(paper: Paper) -> tuple[str, str]:
    """A name for the query, and the expression that finds the terms a paper is about."""
    terms = _terms(paper)
    if not terms:
        raise UserError(
            f"{paper.id} says too little of itself to look for more like it",
            "paperlens query add NAME EXPR takes your own words",
        )
    wanted = " OR ".join(f'all:"{term}"' for term in terms)
    field = paper.categories[:1] if paper.is_arxivs else ()
    within = "".join(f"cat:{category} AND " for category in field)
    name = re.sub(r"[^\w.-]", "-", f"like-{paper.id}")[:_LONGEST_NAME]
    return name, f"{within}({wanted})" if within else wanted


def _terms(paper: Paper) -> tuple[str, ...]:
    """Its keywords of two words, and names such as NeRF; a plain word alone finds everything."""
    told = sentences(paper.abstract)
    tries = (keywords(paper.title, told, None, least, _MOST_TERMS) for least in _LEAST_TERMS)
    found = next(filter(None, tries), ())
    entitled = (" ".join(term) for term in terms(paper.title))
    telling = [term for term in found if _is_telling(term)] or list(filter(_is_telling, entitled))
    return tuple(dict.fromkeys(" ".join(term.split()[-_NAMED_BY:]) for term in telling))


def _is_telling(term: str) -> bool:
    return " " in term or not term.islower()
