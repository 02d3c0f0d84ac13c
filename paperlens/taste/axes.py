"""The directions in which papers differ most, among all their terms (latent semantic analysis).

Found by subspace iteration: a guess is taken through the papers and back a few times, and turns
towards the directions with the largest spread. Any basis of that space serves, so its turning into
single eigenvectors is left out.
"""

from collections.abc import Mapping, Sequence

from paperlens.taste.vectors import Matrix, Vector, added, dot, orthonormal, summed

_ROUNDS = 3


def axes_of(
    vectors: Sequence[Mapping[str, float]],
    mean: Mapping[str, float],
    terms: Sequence[str],
    size: int,
) -> dict[str, Vector]:
    """For each of the terms its place along each axis; none where papers are too few."""
    if size < 2 or len(terms) < size:
        return {}
    place = {term: number for number, term in enumerate(terms)}
    papers = [[(place[t], x) for t, x in vector.items() if t in place] for vector in vectors]
    middle = [mean[term] for term in terms]
    basis = _guess(papers, len(terms), size)
    for _ in range(_ROUNDS):
        rows = list(zip(*basis, strict=True))
        basis = orthonormal(map(list, zip(*_through(papers, middle, rows), strict=True)))
    return {term: list(row) for term, row in zip(terms, zip(*basis, strict=True), strict=True)}


def _guess(papers: Sequence[Sequence[tuple[int, float]]], terms: int, size: int) -> Matrix:
    """Each column the sum of some of the papers: the same for the same papers, unlike chance."""
    columns = [[0.0] * terms for _ in range(size)]
    for number, paper in enumerate(papers):
        for place, x in paper:
            columns[number % size][place] += x
    return orthonormal(columns)


def _through(
    papers: Sequence[Sequence[tuple[int, float]]],
    middle: Sequence[float],
    rows: Sequence[Sequence[float]],
) -> list[Vector]:
    """The axes, to the papers as they differ from their mean, and back."""
    size = len(rows[0])
    offset = [dot(middle, column) for column in zip(*rows, strict=True)]
    back = [[0.0] * size for _ in rows]
    total = [0.0] * size
    for paper in papers:
        seen = summed([[x * each for each in rows[place]] for place, x in paper], size)
        seen = added(seen, offset, -1.0)
        total = added(total, seen)
        for place, x in paper:
            back[place] = [a + x * b for a, b in zip(back[place], seen, strict=True)]
    return [added(row, total, -mean) for row, mean in zip(back, middle, strict=True)]
