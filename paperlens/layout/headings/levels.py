"""How deep heads stand: by their numbers, else by how strongly they are set. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from paperlens.layout.headings.candidates import Candidate
from paperlens.layout.headings.names import is_abstract, is_references
from paperlens.layout.headings.numbering import Number

_DEEPEST = 3
_Rank = tuple[bool, float, bool, bool, bool]


def levels_of(heads: Sequence[tuple[Candidate, Number | None]]) -> list[int]:
    """A level for each head, the highest being 1."""
    bases = _bases(heads[1:] if _begins_with_title(heads) else heads)
    depths = defaultdict[_Rank, Counter[int]](Counter)
    for head, number in heads:
        if number and number.scheme in bases:
            depths[_rank(head)][bases[number.scheme] + number.depth - 1] += 1
    known = {rank: counts.most_common(1)[0][0] for rank, counts in depths.items()}
    ranks = sorted({_rank(head) for head, _ in heads[_begins_with_title(heads) :]}, reverse=True)
    levels: list[int] = []
    for head, number in heads:
        if is_abstract(head.text) or is_references(head.text):
            levels.append(1)
        elif number and number.scheme in bases:
            levels.append(bases[number.scheme] + number.depth - 1)
        else:
            levels.append(_by_rank(_rank(head), known, ranks))
    return levels


def _begins_with_title(heads: Sequence[tuple[Candidate, Number | None]]) -> bool:
    """Whether the first head is set more strongly than all others: it is a title, and no level."""
    return bool(heads) and all(_rank(heads[0][0]) > _rank(head) for head, _ in heads[1:])


def _rank(head: Candidate) -> _Rank:
    look = head.look
    is_capitals = look.is_capitals or head.text.isupper()
    return (not head.run_in, look.size, is_capitals, look.is_bold, not look.is_italic)


def _bases(heads: Sequence[tuple[Candidate, Number | None]]) -> dict[str, int]:
    """The level of each scheme's first depth: what is set as strongly stands as high."""
    bases: dict[str, int] = {}
    strongest: dict[int, _Rank] = {}
    for head, number in heads:
        if number is None or number.scheme in bases:
            continue
        rank = _rank(head)
        level = 1
        while (
            number.depth == 1
            and number.scheme != "appendix"
            and level in strongest
            and strongest[level] > rank
        ):
            level += 1
        bases[number.scheme] = level
        strongest.setdefault(level, rank)
    return bases


def _by_rank(rank: _Rank, known: dict[_Rank, int], ranks: Sequence[_Rank]) -> int:
    if rank in known:
        return known[rank]
    stronger = [level for other, level in known.items() if other > rank]
    if known:
        return max(stronger) + 1 if stronger else 1
    return 1 + sum(other > rank for other in ranks[:_DEEPEST])
