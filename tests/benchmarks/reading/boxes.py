"""Rectangles on a page, and what words lie in them. Pure."""

from collections.abc import Iterable, Sequence

Box = Sequence[float]
Point = tuple[float, float]


def area(box: Box) -> float:
    """In square points; nothing for a box turned inside out."""
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)


def share_inside(box: Box, crop: Box) -> float:
    """How much of the box lies inside the crop."""
    common = (
        max(box[0], crop[0]),
        max(box[1], crop[1]),
        min(box[2], crop[2]),
        min(box[3], crop[3]),
    )
    return area(common) / area(box) if area(box) else 0.0


def within(points: Iterable[Point], boxes: Sequence[Box]) -> list[Point]:
    """The points that lie in any of the boxes."""
    return [point for point in points if any(_holds(box, point) for box in boxes)]


def _holds(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
