"""The same work announced twice under two ids. Pure.

Two papers are one work where an author is common and the titles are the same, or most of what the
abstracts say is said in the same words. `together` finds them, `works` tells each work once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paperlens.ids import ArxivId
from paperlens.models import Known, Mark, Paper
from paperlens.query import words

Pieces = frozenset[tuple[str, ...]]

_PIECE = 4  # words; few runs of so many are the same by chance
_SAME = 0.6
_FEWEST_PIECES = 20
_FEWEST_WORDS = 3  # many papers of other authors called Wang are called Erratum
_MOST_COMMON_NAME = 100  # what more papers share, such as Wang, says nothing


def together(
    papers: Sequence[Paper], new: Collection[str] | None = None
) -> tuple[tuple[Paper, ...], ...]:
    """The papers in their order, each with those that are the same work.

    Where only some of them are `new`, those alone are held against all; that is quicker.
    """
    leader = {paper.id: paper.id for paper in papers}

    def lead(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    place = {paper.id: number for number, paper in enumerate(papers)}
    for one, other in _pairs(papers, leader.keys() if new is None else new):
        first, second = sorted((lead(one), lead(other)), key=place.__getitem__)
        leader[second] = first
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(lead(paper.id), []).append(paper)
    return tuple(map(tuple, groups.values()))


@dataclass(frozen=True, slots=True)
class Works:
    """Papers of a report, each work once; `twins` are the ids that one stands for.

    `before` are papers left out, with the one of an earlier report that each is.
    """

    known: tuple[Known, ...]
    twins: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]


def works(news: Sequence[Known], earlier: Sequence[Paper]) -> Works:
    """One paper for each work, where the first of them stood: the marked one, or the first id.

    What an earlier report told is left out, unless the reader marked it or it is a new version.
    """
    found = {known.paper.id: known for known in news}
    old = {paper.id: paper for paper in earlier if paper.id not in found}
    known: list[Known] = []
    twins: dict[str, tuple[str, ...]] = {}
    before: dict[str, str] = {}
    for group in together([*old.values(), *(known.paper for known in news)], found):
        mine = [found[paper.id] for paper in group if paper.id in found]
        told = [paper.id for paper in group if paper.id in old]
        if told and not any(map(_is_cared_for, mine)):
            before |= {one.paper.id: told[0] for one in mine}
            if mine:
                twins[told[0]] = tuple(one.paper.id for one in mine)
        elif mine:
            first, *others = sorted(mine, key=_standing)
            known.append(_for_all(first, mine))
            if others:
                twins[first.paper.id] = tuple(one.paper.id for one in others)
    return Works(tuple(known), twins, before)


def _is_cared_for(known: Known) -> bool:
    return known.paper.is_replacement or known.decision.mark is not Mark.NEW


def _standing(known: Known) -> tuple[bool, tuple[int, str], str]:
    paper = known.paper
    age = ArxivId.parse(paper.id).age if paper.is_arxivs else (0, "")
    return known.decision.mark is Mark.NEW, age, paper.id


def _for_all(first: Known, group: Sequence[Known]) -> Known:
    """It was asked for by whoever asked for any of them."""
    names = (name for one in group for name in one.queries)
    return replace(first, queries=tuple(dict.fromkeys(names)))


def _pairs(papers: Sequence[Paper], new: Collection[str]) -> Iterator[tuple[str, str]]:
    names = {paper.id: _surnames(paper) for paper in papers}
    said = {paper.id: paper.abstract for paper in papers}
    titled: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for paper in papers:
        titled[tuple(words(paper.title))].append(paper.id)
    for title, same in titled.items():
        pairs = _any_new(same, new) if len(title) >= _FEWEST_WORDS else ()
        yield from ((one, other) for one, other in pairs if names[one] & names[other])
    for one, other in _by_the_same(names, new):
        if _is_mostly_the_same(_pieces(said[one]), _pieces(said[other])):
            yield one, other


def _any_new(ids: Sequence[str], new: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each pair once."""
    for one in (id for id in ids if id in new):
        yield from ((one, other) for other in ids if other not in new or one < other)


def _by_the_same(
    names: Mapping[str, frozenset[str]], new: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Pairs that share most of their authors."""
    signed: dict[str, list[str]] = defaultdict(list)
    for id, surnames in names.items():
        for name in surnames:
            signed[name].append(id)
    shared = Counter(
        pair
        for ids in signed.values()
        if len(ids) <= _MOST_COMMON_NAME
        for pair in _any_new(ids, new)
    )
    for (one, other), common in shared.items():
        if 2 * common >= max(len(names[one]), len(names[other])):
            yield one, other


def _surnames(paper: Paper) -> frozenset[str]:
    told = (words(author) for author in paper.authors)
    return frozenset(name[-1] for name in told if name)


def _pieces(text: str) -> Pieces:
    said = words(text)
    return frozenset(zip(*(said[start:] for start in range(_PIECE)), strict=False))


def _is_mostly_the_same(one: Pieces, other: Pieces) -> bool:
    if min(len(one), len(other)) < _FEWEST_PIECES:
        return False
    return len(one & other) >= _SAME * len(one | other)
