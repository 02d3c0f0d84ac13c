"""Whether a reader of the page sees its letters, and why not. Pure.

Place, size, ink and what lies above and beneath decide. What they leave open is a doubt, which the
reader of PDFs settles by looking at the painted page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paperlens.layout.hidden.scene import WHITE, Scene, Thing, alike
from paperlens.layout.page import Ink, Line, Page, Span

OUTSIDE = "outside the page"
TINY = "too small to be seen"
NOT_PAINTED = "never painted"
COVERED = "covered"
ON_WHITE = "white on white"
ALIKE = "in the colour of its background"
UNSEEN = "painted so that it does not show"
_TINY = 1.0  # points
_SHEET = 600.0  # what is drawn on a stamp may be smaller
_FAINT = 13  # of 255
_LIGHT = 0x808080
_COVERED = 0.8
_LARGE = 24.0  # points
_LONG = 25  # letters: a label on a picture has fewer

Place = tuple[int, int]  # of a line, and of a span in it


def reasons(page: Page) -> dict[Place, str]:
    """Why spans of a page cannot be seen, by the index of their line and in their line."""
    scene = Scene(page)
    found = {}
    for place, line, span in _suspects(page, scene):
        why = _why(page, line, span, scene)
        if why:
            found[place] = why
    return found


def doubts(page: Page) -> dict[Place, Span]:
    """Spans that may or may not be seen: only a look at the painted page can tell."""
    scene = Scene(page)
    return {
        place: span
        for place, line, span in _suspects(page, scene)
        if span.ink
        and any(map(str.isalnum, span.text))
        and not _lies_outside_or_tiny(page, span)
        and span.ink.is_painted
        and (span.ink.alpha < _FAINT or _is_doubtful(line, span, span.ink, scene))
    }


def settled(page: Page, were_seen: dict[Place, bool]) -> Page:
    """The page after a look: what was seen has no ink to doubt, what was not has none at all."""

    def inked(place: Place, span: Span) -> Span:
        if place not in were_seen:
            return span
        return span._replace(
            ink=None if were_seen[place] else Ink(span.ink.color if span.ink else 0, 0, True)
        )

    touched = {line for line, _ in were_seen}
    lines = (
        replace(line, spans=tuple(inked((at, n), span) for n, span in enumerate(line.spans)))
        if at in touched
        else line
        for at, line in enumerate(page.lines)
    )
    return replace(page, lines=tuple(lines))


def _suspects(page: Page, scene: Scene) -> Iterator[tuple[Place, Line, Span]]:
    """Without plain dark letters on plain paper, in a hurry: nearly all are."""
    width, height, is_bare = page.width, page.height, not scene.has_things
    for at, line in enumerate(page.lines):
        left, top, right, bottom = line.box
        is_inside = left >= 0 and top >= 0 and right <= width and bottom <= height
        for n, span in enumerate(line.spans):
            ink = span.ink
            is_plain = ink is None or (is_bare and _is_dark(ink))
            if not (is_plain and is_inside and span.size > _TINY):
                yield (at, n), line, span


def _is_dark(ink: Ink) -> bool:
    return ink.is_painted and ink.alpha > _FAINT and not ink.color & _LIGHT


def _why(page: Page, line: Line, span: Span, scene: Scene) -> str | None:
    place_or_size = _lies_outside_or_tiny(page, span)
    if place_or_size or span.ink is None:
        return place_or_size
    if not span.ink.is_painted:
        return NOT_PAINTED
    things = _near(scene, span)
    if _covered(span, (thing for thing in things if thing.order > line.block)):
        return COVERED
    ground, between = _ground(span, things, line.block)
    if not between and alike(span.ink.color, ground, _tolerance(span)):
        return ON_WHITE if ground == WHITE else ALIKE
    return UNSEEN if span.ink.alpha < _FAINT else None


def _lies_outside_or_tiny(page: Page, span: Span) -> str | None:
    if not span.box.meets(page.box):
        return OUTSIDE
    tiny = _TINY * min(1.0, max(page.width, page.height) / _SHEET)
    return TINY if span.size <= tiny and span.box.height <= 2 * tiny else None


def _near(scene: Scene, span: Span) -> list[Thing]:
    """Without frames and curves that run about the letters, not over them."""
    return [
        thing
        for thing in scene.around(span.box)
        if not thing.is_stroked or thing.box.height <= 2 * span.box.height
    ]


def _covered(span: Span, later: Iterable[Thing]) -> bool:
    shares = (
        span.box.share_in(thing.box) for thing in later if thing.is_certain or thing.color is None
    )
    return sum(shares) >= _COVERED


def _ground(span: Span, things: Sequence[Thing], before: int) -> tuple[int, list[Thing]]:
    """The colour that lies for certain beneath, and what may lie in between."""
    between = list[Thing]()
    for thing in reversed(things):
        if thing.order < before and thing.box.holds(*span.box.middle):
            if thing.is_certain and thing.color is not None:
                return thing.color, between
            between.append(thing)
    return WHITE, between


def _is_doubtful(line: Line, span: Span, ink: Ink, scene: Scene) -> bool:
    things = _near(scene, span)
    covers = [thing for thing in things if thing.order > line.block and _could_cover(thing, span)]
    if covers:
        return True
    ground, between = _ground(span, things, line.block)
    if alike(ink.color, ground, _tolerance(span)):
        return True
    return any(
        alike(ink.color, WHITE if thing.color is None else thing.color, _tolerance(span))
        or (thing.color is None and len(span.text) >= _LONG)
        for thing in between
        if span.box.share_in(thing.box) > _COVERED / 2  # less is a letter that was drawn
    )


def _tolerance(span: Span) -> int:
    """How much colours must differ, of 255: large letters are seen in the palest grey."""
    return 10 if span.size > _LARGE else 20


def _could_cover(thing: Thing, span: Span) -> bool:
    return span.box.share_in(thing.box) >= _COVERED / 2
