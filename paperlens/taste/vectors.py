"""Lists of numbers, as far as a taste needs them: small, so plain Python is fast enough."""

from collections.abc import Iterable, Sequence
from math import sqrt
from operator import mul

Vector = list[float]
Matrix = list[Vector]

_NOTHING = 1e-12


def dot(one: Iterable[float], other: Iterable[float]) -> float:
    return float(sum(map(mul, one, other)))


def summed(rows: Sequence[Sequence[float]], size: int) -> Vector:
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * size


def scaled(vector: Iterable[float], by: float) -> Vector:
    return [each * by for each in vector]


def added(one: Iterable[float], other: Iterable[float], times: float = 1.0) -> Vector:
    return [a + b * times for a, b in zip(one, other, strict=True)]


def unit(vector: Sequence[float]) -> Vector:
    """Of length one; a vector without a direction stays at zero."""
    length = sqrt(dot(vector, vector))
    return scaled(vector, 1 / length) if length > _NOTHING else [0.0] * len(vector)


def orthonormal(columns: Iterable[Vector]) -> Matrix:
    """The same space, spanned by unit vectors at right angles; what adds nothing to it is left."""
    basis: Matrix = []
    for column in columns:
        rest = column
        for each in (*basis, *basis):  # once more, for what rounding left
            rest = added(rest, each, -dot(rest, each))
        if dot(rest, rest) > 1e-12 * dot(column, column) + _NOTHING:
            basis.append(unit(rest))
    return basis


def outer(rows: Sequence[tuple[float, Vector]], size: int) -> Matrix:
    """The sum of each row's products with itself, times the row's weight."""
    total = [[0.0] * size for _ in range(size)]
    weights = [weight for weight, _ in rows]
    columns = list(zip(*(row for _, row in rows), strict=True))
    for i, column in enumerate(columns):
        weighted = list(map(mul, weights, column))
        for j in range(i + 1):
            total[i][j] = total[j][i] = dot(weighted, columns[j])
    return total


def solved(matrix: Matrix, right: Vector) -> Vector:
    """What the matrix, symmetric and positive, takes to the right side."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for place in range(size):
        pivot = max(range(place, size), key=lambda one: abs(rows[one][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        lead = scaled(rows[place], 1 / rows[place][place])
        rows[place] = lead
        for other in range(size):
            if other != place and (times := rows[other][place]):
                rows[other] = added(rows[other], lead, -times)
    return [row[-1] for row in rows]
