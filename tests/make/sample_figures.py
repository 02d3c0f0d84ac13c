"""The drawings in the sample papers: vectors where a plot would be, rasters where a photo would be.

Each takes the page and the box to fill. All numbers are invented, and the same on each run.
"""

import math
from collections.abc import Callable, Sequence

import pymupdf

INK = (0.15, 0.15, 0.18)
PALE = (0.88, 0.91, 0.95)
CLOTH = (0.87, 0.66, 0.64)
COLOURS = [(0.12, 0.35, 0.62), (0.80, 0.36, 0.12), (0.20, 0.52, 0.33)]
Draw = Callable[[pymupdf.Page, pymupdf.Rect], None]


def predictor(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    """Three boxes and their arrows: denoiser, predictor, sum."""
    width, height = box.width * 0.25, box.height * 0.3
    left, right = box.x0 + 30, box.x1 - width - 4
    middle = (left + width + right - width) / 2
    top, bottom = box.y0 + 8, box.y1 - height - 4
    spots = {
        "denoiser": pymupdf.Rect(left, top, left + width, top + height),
        "predictor": pymupdf.Rect(middle, bottom, middle + width, bottom + height),
        "denoiser (empty)": pymupdf.Rect(left, bottom, left + width, bottom + height),
        "guided output": pymupdf.Rect(right, top, right + width, top + height),
    }
    for name, spot in spots.items():
        dashes = "[3 2] 0" if "empty" in name else None
        page.draw_rect(spot, color=INK, fill=PALE, width=0.8, dashes=dashes, radius=0.12)
        _centred(page, name, spot.x0 + spot.width / 2, spot.y0 + spot.height / 2 + 2.4)
    denoiser, head = spots["denoiser"], spots["predictor"]
    sum_box, empty = spots["guided output"], spots["denoiser (empty)"]
    _arrow(page, (box.x0, _mid(denoiser)), (denoiser.x0, _mid(denoiser)))
    _arrow(page, (denoiser.x1, _mid(denoiser)), (sum_box.x0, _mid(denoiser)))
    _arrow(page, (denoiser.x1, denoiser.y1), (head.x0, head.y0 + 6))
    _arrow(page, (head.x1, head.y0 + 6), (sum_box.x0 + 14, sum_box.y1))
    _arrow(page, (box.x0, _mid(empty)), (empty.x0, _mid(empty)), dashes="[3 2] 0")
    _text(page, "prompt", box.x0, _mid(denoiser) - 4)
    _text(page, "features", denoiser.x1 + 19, denoiser.y1 + 8)


def samples(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    """Three invented landscapes, twice: the second row nearly the same as the first."""
    side = min((box.width - 60) / 3 - 8, box.height / 2 - 3)
    left = box.x0 + (box.width - 3 * side - 16) / 2
    for row, name in enumerate(("full", "amortised")):
        y = box.y0 + row * (side + 4)
        _text(page, name, left - 44, y + side / 2)
        for column in range(3):
            spot = pymupdf.Rect(0, 0, side, side) + (left + column * (side + 8), y) * 2
            page.insert_image(spot, stream=_landscape(column, row * 0.06))


def predictor_size(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    sizes, wins = [1, 3, 6, 11, 22, 40], [31.5, 41.2, 47.0, 50.8, 51.1, 50.6]
    plot = _axes(page, box, "parameters (millions, log scale)", "preferred (%)")
    points = [
        _at(plot, math.log(s) / math.log(40), (w - 25) / 35)
        for s, w in zip(sizes, wins, strict=True)
    ]
    _curve(page, points, COLOURS[0])
    for (x, y), size in zip(points, sizes, strict=True):
        page.draw_line((x, y - 6), (x, y + 6), color=COLOURS[0], width=0.8)
        _centred(page, str(size), x, plot.y1 + 8)
    level = plot.y1 - (50 - 25) / 35 * plot.height
    page.draw_line((plot.x0, level), (plot.x1, level), color=INK, width=0.5, dashes="[2 2] 0")


def turn(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    """Six pictures of a figure that turns; the last three under other light."""
    side = min((box.width - 54) / 6, box.height - 12)
    for index in range(6):
        x = box.x0 + index * (side + 8) + (14 if index > 2 else 0)
        spot = pymupdf.Rect(x, box.y0, x + side, box.y0 + box.height - 12)
        page.insert_image(spot, stream=_person(index), keep_proportion=False)
    _centred(page, "recording", box.x0 + 1.5 * side + 8, box.y1 - 1)
    _centred(page, "posed and lit anew", box.x1 - 1.5 * side - 8, box.y1 - 1)


def appearance(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    names = ["albedo", "shading", "residual", "result"]
    side = min(box.width / 4 - 12, box.height - 12)
    for index, name in enumerate(names):
        spot = pymupdf.Rect(0, 0, side, side) + (box.x0 + 4 + index * (side + 14), box.y0) * 2
        is_coloured = name in {"albedo", "result"}
        page.draw_rect(spot, color=INK, width=0.6, fill=CLOTH if is_coloured else PALE)
        folds = {"albedo": 0, "shading": 1, "residual": 5, "result": 6}[name]
        for fold in range(folds):
            shift = (fold + 1) / (folds + 1) * side
            start = pymupdf.Point(spot.x0 + shift, spot.y0 + 6)
            end = pymupdf.Point(spot.x0 + shift * 0.8, spot.y1 - 6)
            bend = pymupdf.Point(9, 0)
            page.draw_bezier(start, start + bend, end + bend, end, color=COLOURS[0], width=0.9)
        _centred(page, name, spot.x0 + side / 2, spot.y1 + 8)
        if index < 3:
            _centred(page, "x+="[index], spot.x1 + 7, spot.y0 + side / 2 + 3, 9)


def ablation(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    bars = {"full": 0.066, "no prior": 0.101, "no mesh": 0.088, "no residual": 0.068}
    plot = _axes(page, box, "", "error")
    step = plot.width / len(bars)
    for index, (name, value) in enumerate(bars.items()):
        x, height = plot.x0 + (index + 0.2) * step, value / 0.12 * plot.height
        spot = pymupdf.Rect(x, plot.y1 - height, x + 0.6 * step, plot.y1)
        page.draw_rect(spot, color=INK, fill=COLOURS[index > 0], width=0.5)
        _centred(page, name, x + 0.3 * step, plot.y1 + 8)
        _centred(page, f"{value:.3f}", x + 0.3 * step, spot.y0 - 2)


def error_by_steps(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    plot = _axes(page, _middle(box, 0.72), "number of steps N (log scale)", "error (log scale)")
    for colour, dimension in zip(COLOURS, (4, 16, 64), strict=True):
        shift = math.log(dimension) / math.log(64) * 0.38
        told = [(n / 9, 0.55 + shift - 0.62 * n / 9) for n in range(10)]
        seen = [(x, y + 0.018 * math.sin(7 * x + dimension)) for x, y in told]
        page.draw_line(_at(plot, *told[0]), _at(plot, *told[-1]), color=colour, dashes="[3 2] 0")
        _curve(page, [_at(plot, *point) for point in seen], colour)
        _text(page, f"d = {dimension}", plot.x1 + 4, _at(plot, *told[-1])[1] + 2)


def steps_by_dimension(page: pymupdf.Page, box: pymupdf.Rect) -> None:
    """Two panels side by side."""
    for index, name in enumerate(("covering dimension d", "ambient dimension D")):
        left = box.x0 + index * (box.width / 2 + 8)
        panel = pymupdf.Rect(left, box.y0, left + box.width / 2 - 8, box.y1)
        plot = _axes(page, panel, name, "steps")
        level = (lambda x: 0.08 + 0.8 * x) if index == 0 else (lambda _x: 0.42)
        points = [
            _at(plot, n / 7, level(n / 7) + 0.015 * math.cos(5 * n + index)) for n in range(8)
        ]
        _curve(page, points, COLOURS[index])
        _text(page, f"({'ab'[index]})", plot.x0 + 5, plot.y0 + 9)


DRAWINGS: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        predictor, samples, predictor_size, turn, appearance, ablation, error_by_steps,
        steps_by_dimension,
    )
}  # fmt: skip


def _middle(box: pymupdf.Rect, share: float) -> pymupdf.Rect:
    spare = box.width * (1 - share) / 2
    return pymupdf.Rect(box.x0 + spare, box.y0, box.x1 - spare, box.y1)


def _axes(page: pymupdf.Page, box: pymupdf.Rect, across: str, up: str) -> pymupdf.Rect:
    """Axes with ticks and names; gives the inside of the plot."""
    plot = pymupdf.Rect(box.x0 + 22, box.y0 + 4, box.x1 - 6, box.y1 - 22)
    page.draw_line(plot.bl, plot.br, color=INK, width=0.8)
    page.draw_line(plot.bl, plot.tl, color=INK, width=0.8)
    for tick in range(5):
        y = plot.y1 - tick * plot.height / 4
        page.draw_line((plot.x0 - 3, y), (plot.x0, y), color=INK, width=0.6)
    _centred(page, across, plot.x0 + plot.width / 2, box.y1 - 3)
    page.insert_text(
        (box.x0 + 10, plot.y0 + plot.height / 2 + 1.7 * len(up)), up, fontsize=7, rotate=90
    )
    return plot


def _at(plot: pymupdf.Rect, x: float, y: float) -> tuple[float, float]:
    return plot.x0 + x * plot.width, plot.y1 - y * plot.height


def _curve(
    page: pymupdf.Page, points: Sequence[tuple[float, float]], colour: tuple[float, float, float]
) -> None:
    page.draw_polyline(points, color=colour, width=1.2)
    for point in points:
        page.draw_circle(point, 1.7, color=colour, fill=colour)


def _arrow(
    page: pymupdf.Page,
    start: tuple[float, float],
    end: tuple[float, float],
    dashes: str | None = None,
) -> None:
    page.draw_line(start, end, color=INK, width=0.8, dashes=dashes)
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    wings = [
        (end[0] - 5 * math.cos(angle + turn), end[1] - 5 * math.sin(angle + turn))
        for turn in (0.4, -0.4)
    ]
    page.draw_polyline([wings[0], end, wings[1]], color=INK, fill=INK, closePath=True, width=0.5)


def _text(page: pymupdf.Page, text: str, x: float, y: float) -> None:
    page.insert_text((x, y), text, fontname="helv", fontsize=7, color=INK)


def _centred(page: pymupdf.Page, text: str, x: float, y: float, size: float = 7) -> None:
    width = pymupdf.get_text_length(text, "helv", size)
    page.insert_text((x - width / 2, y), text, fontname="helv", fontsize=size, color=INK)


def _mid(rect: pymupdf.Rect) -> float:
    middle: float = rect.y0 + rect.height / 2
    return middle


def _landscape(kind: int, difference: float) -> bytes:
    """Sky, hills and a light: one of three moods."""
    sky = [(250, 205, 150), (150, 190, 235), (70, 60, 110)][kind]
    ground = [(120, 80, 60), (70, 120, 70), (30, 40, 60)][kind]

    def colour(x: float, y: float) -> tuple[int, int, int]:
        hill = 0.62 + 0.10 * math.sin(5 * x + 2 * kind + difference) + 0.05 * math.sin(13 * x)
        if math.hypot(x - 0.3 - 0.2 * kind, y - 0.28) < 0.09 + difference / 6:
            return (255, 248, 214)
        if y > hill:
            return _shade(ground, 1.3 - 0.7 * y + 0.08 * math.sin(40 * x + 25 * y))
        return _shade(sky, 0.75 + 0.4 * y)

    return _picture(96, 96, colour)


def _person(index: int) -> bytes:
    """A figure in a coat, seen from an angle; from the fourth on under coloured light."""
    cloth = (
        (150, 60, 60) if index < 3 else [(90, 60, 150), (170, 120, 50), (60, 130, 120)][index - 3]
    )
    wall = (214, 210, 200) if index < 3 else (40, 44, 56)

    def colour(x: float, y: float) -> tuple[int, int, int]:
        lean = 0.06 * (index - 4) if index > 2 else 0.0
        across = x - 0.5 - lean * (1 - y)
        light = 0.75 + 0.35 * math.sin(8 * across + 1.3 * index)
        if math.hypot(across, (y - 0.17) * 1.3) < 0.10:
            return _shade((222, 180, 150), light)
        if 0.28 < y < 0.78 and abs(across) < 0.13 + 0.16 * (y - 0.28):
            return _shade(cloth, light + 0.12 * math.sin(60 * across + 9 * y))
        if 0.78 <= y < 0.96 and 0.03 < abs(across) < 0.12:
            return _shade((50, 50, 60), light)
        return _shade(wall, 1.05 - 0.25 * y)

    return _picture(80, 128, colour)


def _shade(colour: tuple[int, int, int], light: float) -> tuple[int, int, int]:
    red, green, blue = (max(0, min(255, round(part * light))) for part in colour)
    return red, green, blue


def _picture(
    width: int, height: int, colour: Callable[[float, float], tuple[int, int, int]]
) -> bytes:
    rows = (colour(x / width, y / height) for y in range(height) for x in range(width))
    values = bytes(value for pixel in rows for value in pixel)
    portable = f"P6\n{width} {height}\n255\n".encode() + values
    jpeg: bytes = pymupdf.Pixmap(portable).tobytes("jpg", jpg_quality=75)
    return jpeg
