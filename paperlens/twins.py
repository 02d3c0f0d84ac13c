"""The same work announced twice under two ids. Pure.

Two papers are one work where an author is common and the titles are the same, or most of what the
abstracts say is said in the same words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from paperlens.models import Paper
from paperlens.query import words

Pieces = frozenset[tuple[str, ...]]

_PIECE = 4  # words; few runs of so many are the same by chance
_SAME = 0.6
_FEWEST_PIECES = 20
_FEWEST_WORDS = 3  # many papers of other authors called Wang are called Erratum
_MOST_COMMON_NAME = 100  # what more papers share, such as Wang, says nothing


def together(papers: Sequence[Paper]) -> tuple[tuple[Paper, ...], ...]:
    """The papers in their order, each with those that are the same work."""
    leader = {paper.id: paper.id for paper in papers}

    def lead(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    place = {paper.id: number for number, paper in enumerate(papers)}
    for one, other in _pairs(papers):
        first, second = sorted((lead(one), lead(other)), key=place.__getitem__)
        leader[second] = first
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(lead(paper.id), []).append(paper)
    return tuple(map(tuple, groups.values()))


def _pairs(papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    names = {paper.id: _surnames(paper) for paper in papers}
    said = {paper.id: paper.abstract for paper in papers}
    titled: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for paper in papers:
        titled[tuple(words(paper.title))].append(paper.id)
    for title, same in titled.items():
        pairs = combinations(same, 2) if len(title) >= _FEWEST_WORDS else ()
        yield from ((one, other) for one, other in pairs if names[one] & names[other])
    for one, other in _by_the_same(names):
        if _is_mostly_the_same(_pieces(said[one]), _pieces(said[other])):
            yield one, other


def _by_the_same(names: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs that share most of their authors."""
    signed: dict[str, list[str]] = defaultdict(list)
    for id, surnames in names.items():
        for name in surnames:
            signed[name].append(id)
    shared = Counter(
        pair
        for ids in signed.values()
        if len(ids) <= _MOST_COMMON_NAME
        for pair in combinations(ids, 2)
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
