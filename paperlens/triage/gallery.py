"""A paper's figures as lines of text: number, caption, and the picture in half blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from paperlens.models import Figure
from paperlens.reports import outline
from paperlens.reports.ink import CARE, FAINT, OURS, block, inked, margin
from paperlens.reports.labels import Labels
from paperlens.reports.pictures import Screen, Way
from paperlens.reports.pictures import drawn as pictured

_ROWS = 24


@dataclass(frozen=True, slots=True)
class Gallery:
    """`files` has for each picture the line with which it begins."""

    lines: tuple[Text, ...]
    files: tuple[tuple[int, Path], ...]

    def file_at(self, line: int) -> Path | None:
        """The picture that is looked at when this line is the first to be seen."""
        before = [file for start, file in self.files if start <= line]
        return before[-1] if before else self.files[0][1] if self.files else None


def gallery(figures: Sequence[Figure], has_pictures: bool, width: int, words: Labels) -> Gallery:
    """Decoding pictures takes a while: not for the thread that answers keys."""
    lines: list[Text] = [inked("o opens the picture below in its viewer", FAINT), Text()]
    files: list[tuple[int, Path]] = []
    for figure in figures:
        if figure.file:
            files.append((len(lines), Path(figure.file)))
        lead = inked("★ " if figure.is_teaser else "  ", CARE)
        lines += block(outline.caption(figure, words), width, lead, OURS if figure.file else FAINT)
        if has_pictures and figure.file:
            lines += _picture(Path(figure.file), width)
        lines.append(Text())
    return Gallery(tuple(lines), tuple(files))


def _picture(file: Path, width: int) -> Iterator[Text]:
    screen = Screen(Way.BLOCKS, (width, _ROWS + 1))
    try:
        picture = pictured(file.read_bytes(), screen, width - 2, _ROWS, 2)
    except (OSError, ValueError) as error:
        yield margin(2).append(str(error), FAINT)
        return
    if isinstance(picture, Text):
        yield from picture.split("\n")
