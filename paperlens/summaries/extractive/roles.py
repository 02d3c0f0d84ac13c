"""Which part of a summary a sentence can fill, told by its cues and by the section it stands in.

A table, as no data tells: for each role the cues that speak for and against it, words of its own,
the sections where it is at home, and what a sentence must have at least. Fields of a template name
their role; one that is not here is filled by no sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from paperlens.summaries.extractive.cues import SELF, Seen
from paperlens.summaries.extractive.passages import Passage
from paperlens.summaries.extractive.words import stems

_FROM_ABSTRACT = 0.6
_ABOUT_THE_PAPER = 1.0
_FOR_A_WORD = 0.8
_LEADS_UP = 1.0
_LEAST = 1.2
_ABOUT_THIS_PAPER = SELF | {"gain", "starts: experiments"}


@dataclass(frozen=True, slots=True)
class Role:
    """`needs` are cues one of which a sentence must have, unless it has one of `words`; `leads_up`
    says whether it is told before the authors come to themselves (None: anywhere). What `repeats`
    may say again what other fields say; `of_authors` needs "we" or "our" with its cues."""

    cues: Mapping[str, float]
    topics: frozenset[str]
    words: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    leads_up: bool | None = None
    repeats: bool = False
    of_authors: bool = False


def _role(
    cues: Mapping[str, float],
    topics: str,
    words: str = "",
    needs: str = "",
    leads_up: bool | None = None,
    repeats: bool = False,
    of_authors: bool = False,
) -> Role:
    told = frozenset(topics.split(", "))
    needed = frozenset(needs.split(", ")) if needs else frozenset()
    return Role(cues, told, stems(words), needed, leads_up, repeats, of_authors)


_EARLIER = _role(
    {"background": 1.0, "starts: background": 0.4, "starts: but": 0.5, "negation": 0.3,
     "we": -1.0, "paper": -1.0, "gain": -0.5, "starts: experiments": -1.0},
    "related work, background, introduction",
    "existing previous prior earlier recent methods approaches literature",
    "background, starts: background, starts: but",
    leads_up=True,
)  # fmt: skip

_ROLES: Mapping[str, Role] = {
    "background": _role(
        {"background": 0.8, "starts: background": 0.6, "negation": 0.2, "we": -1.5, "paper": -1.5,
         "our": -0.5, "starts: but": -0.5, "starts: further": -0.3, "gain": -0.5,
         "starts: experiments": -1.5},
        "introduction, background",
        leads_up=True,
    ),
    "motivation": _role(
        {"starts: but": 1.2, "negation": 0.8, "starts: aim": 0.6, "limitation": 0.4, "show": -0.8,
         "results": -0.3, "gain": -0.8, "starts: experiments": -1.5},
        "introduction",
        "motivated need lack gap challenge unclear unexplored",
        "starts: but, negation, starts: aim",
        leads_up=True,
    ),
    "prior_work": _EARLIER,
    "related_work": _EARLIER,
    "method": _role(
        {"propose": 0.9, "use": 0.5, "is proposed": 0.5, "called": 0.4, "method": 0.3, "our": 0.2,
         "starts: aim": 0.4, "using": 0.2, "by": 0.2, "results": -0.5,
         "gain": -0.8, "background": -0.5, "starts: experiments": -1.5, "limitation": -0.5},
        "method",
        "consists components module",
        "propose, use, is proposed, called, starts: aim",
        leads_up=False,
    ),
    "method_steps": _role(
        {"use": 0.9, "propose": 0.3, "starts: detail": 0.8, "we": 0.4, "using": 0.3, "by": 0.2,
         "results": -0.6, "gain": -1.0, "starts: experiments": -1.5, "background": -0.8},
        "method",
        "then next finally second third",
        "use, starts: detail",
        leads_up=False,
    ),
    "results": _role(
        {"results": 0.8, "gain": 0.9, "digit": 0.4, "starts: experiments": 0.8, "show": 0.6,
         "evaluate": 0.3, "propose": -0.5, "background": -0.5, "limitation": -0.8},
        "results",
        needs="gain, show, starts: experiments, results, evaluate",
        leads_up=False,
    ),
    "performance": _role(
        {"gain": 1.2, "digit": 0.6, "results": 0.8, "starts: experiments": 0.4, "propose": -0.8,
         "limitation": -1.5, "background": -0.8},
        "results",
        "faster slower memory latency speed accuracy outperform cost",
        "gain, results",
        leads_up=False,
    ),
    "contributions": _role(
        {"propose": 0.9, "show": 0.7, "is proposed": 0.6, "paper does": 0.7, "study": 0.5,
         "novel": 0.4, "first": 0.3, "results": 0.3, "limitation": -0.8, "background": -0.5},
        "introduction, conclusion",
        "contribution contributions",
        "propose, show, is proposed, paper does, study",
        leads_up=False,
        repeats=True,
    ),
    "limitations": _role(
        {"limitation": 1.0, "negation": 0.4, "starts: but": 0.3, "background": -0.6,
         "propose": -0.6, "starts: background": -0.8},
        "limitations, discussion, conclusion",
        "limitation limitations restricted confounded confined caveat missing difficult",
        "limitation",
        leads_up=False,
        of_authors=True,
    ),
    "significance": _role(
        {"show": 0.3, "background": -0.6, "propose": -0.4, "gain": -0.4, "limitation": -0.6},
        "discussion, conclusion",
        "implication implications insight insights impact promising paves enables importance"
        " suggests applicable",
        "own words only",
        leads_up=False,
    ),
    "innovation": _role(
        {"novel": 0.9, "first": 0.7, "propose": 0.8, "paper does": 0.4, "called": 0.3,
         "results": -0.4, "gain": -0.8, "background": -0.4, "starts: experiments": -1.5},
        "introduction, method",
        "unlike novelty innovation",
        "novel",
        leads_up=False,
        of_authors=True,
    ),
}  # fmt: skip


def knows(role: str) -> bool:
    return role in _ROLES


def repeats(role: str) -> bool:
    return _ROLES[role].repeats


def worth(passage: Passage, role: str, wanted: frozenset[str]) -> float | None:
    """How well a sentence fills a role; None where it does not. `wanted` are topics of sections
    that the field names beside the role's own."""
    told, seen = _ROLES[role], passage.seen
    own_words = not told.words.isdisjoint(seen.kinds)
    if not (own_words or _is_cued(seen, told)) or not _is_at_home(passage, told, wanted):
        return None
    score = (
        sum(told.cues.get(cue, 0.0) for cue in seen.cues)
        + _FOR_A_WORD * own_words
        + (_FROM_ABSTRACT if passage.in_abstract else _ABOUT_THE_PAPER * passage.nearness)
        + _LEADS_UP * bool(told.leads_up and passage.leads_up)
    )
    return score if score >= _LEAST else None


def _is_cued(seen: Seen, role: Role) -> bool:
    if role.of_authors and not seen.speaks_of_itself:
        return False
    return not role.needs or not role.needs.isdisjoint(seen.cues)


def _is_at_home(passage: Passage, role: Role, wanted: frozenset[str]) -> bool:
    """In the right part of the abstract; or in one of the right sections and, where it should be
    about the paper, about nothing else."""
    if passage.in_abstract:
        return role.leads_up is None or role.leads_up == passage.leads_up
    if passage.topics.isdisjoint(role.topics | wanted):
        return False
    if role.leads_up:
        return not passage.seen.speaks_of_itself
    return not passage.seen.cues.isdisjoint(_ABOUT_THIS_PAPER)
