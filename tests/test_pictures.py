"""Pictures: figures become small PNG files, and small pictures on terminals of every kind."""

import io
import os
import re
import struct
import termios
import threading
import time
import tracemalloc
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fcntl import ioctl
from itertools import pairwise
from statistics import mean

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from paperlens.reading.png import encoded
from paperlens.reports.pictures import Screen, Way, drawn, screen_of
from paperlens.reports.pictures.asking import attributes
from paperlens.reports.pictures.blocks import blocks
from paperlens.reports.pictures.choice import choose
from paperlens.reports.pictures.fitting import CELL, cells
from paperlens.reports.pictures.raster import Raster, raster
from paperlens.reports.pictures.sixel import sixel
from paperlens.reports.pictures.whole import iterm2, kitty

GRAY, RGB, PALETTE, RGBA = 0, 2, 3, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, RGBA: 4}
COLOURS = bytes(value * 7 % 256 for value in range(3 * 256))


# Pictures to look at


def noise(size: int, seed: int = 7) -> bytes:
    found = bytearray()
    while len(found) < size:
        seed = (seed * 1103515245 + 12345) % (1 << 31)
        found.append(seed >> 16 & 255)
    return bytes(found)


def drawing(width: int, height: int) -> bytes:
    """Black lines and a red one on white, in RGB."""
    rows = bytearray(b"\xff" * (3 * width * height))
    for across in range(width):
        down = across * height // width
        for shade in range(3):
            rows[3 * (down * width + across) + shade] = 0
        rows[3 * (height // 2 * width + across) + 1 : 3 * (height // 2 * width + across) + 3] = (
            b"\0\0"
        )
    return bytes(rows)


def gradient(width: int, height: int) -> bytes:
    """Something like a photograph: shades that change a little everywhere, and some noise."""
    grain = noise(3 * width * height)
    return bytes(
        (across * 2 + down * (1 + shade) + grain[3 * (down * width + across) + shade] % 5) % 256
        for down in range(height)
        for across in range(width)
        for shade in range(3)
    )


def filtered(line: bytes, above: bytes, apart: int, number: int) -> bytes:
    """A row as PNG's filter of that number writes it, word for word as the standard says."""
    told = bytearray([number])
    for place, value in enumerate(line):
        left = line[place - apart] if place >= apart else 0
        over = above[place]
        corner = above[place - apart] if place >= apart else 0
        guess = left + over - corner
        nearest = min((left, over, corner), key=lambda near: abs(guess - near))
        told.append((value - (0, left, over, (left + over) // 2, nearest)[number]) % 256)
    return bytes(told)


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def png(
    width: int,
    height: int,
    samples: bytes,
    kind: int = RGB,
    filters: Sequence[int] = (0,),
    pieces: int = 1,
) -> bytes:
    """A PNG whose rows are filtered by those filters in turn."""
    stride = width * CHANNELS[kind]
    rows = [bytes(stride), *(samples[at : at + stride] for at in range(0, len(samples), stride))]
    packed = zlib.compress(
        b"".join(
            filtered(line, above, CHANNELS[kind], filters[number % len(filters)])
            for number, (above, line) in enumerate(pairwise(rows))
        )
    )
    cut = -(-len(packed) // pieces)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
            chunk(b"PLTE", COLOURS) if kind == PALETTE else b"",
            *(chunk(b"IDAT", packed[at : at + cut]) for at in range(0, len(packed), cut)),
            chunk(b"IEND", b""),
        )
    )


def in_rgb(samples: bytes, kind: int) -> bytes:
    if kind == GRAY:
        return bytes(value for value in samples for _ in range(3))
    if kind == PALETTE:
        return b"".join(COLOURS[3 * value : 3 * value + 3] for value in samples)
    return samples


# Written as PNG


def read_back(file: bytes) -> tuple[int, int, int, bytes]:
    told = pymupdf.Pixmap(file)
    return told.width, told.height, told.n, told.samples


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_written_picture_has_the_same_pixels(data: st.DataObject) -> None:
    """What is written as PNG is, for another reader, pixel by pixel what it was."""
    width, height = data.draw(st.integers(1, 24)), data.draw(st.integers(1, 24))
    channels = data.draw(st.sampled_from((1, 3)))
    size = width * height * channels
    samples = data.draw(st.binary(min_size=size, max_size=size))
    found = read_back(encoded(width, height, samples))
    assert found[:2] == (width, height)
    assert (in_rgb(found[3], GRAY) if found[2] == 1 else found[3]) == (
        in_rgb(samples, GRAY) if channels == 1 else samples
    )


@pytest.mark.parametrize(
    ("samples", "filter_used"),
    [
        (drawing(120, 90), 0),
        (gradient(120, 90), 1),
        (bytes((value + 5 * down) % 256 for down in range(90) for value in noise(360)), 2),
    ],
    ids=["drawing", "photograph", "columns"],
)
def test_each_picture_is_written_in_the_way_that_suits_it(samples: bytes, filter_used: int) -> None:
    """Drawings stay as they are, photographs become differences; the pixels stay."""
    file = encoded(120, 90, samples)
    packed = file[file.index(b"IDAT") + 4 : file.index(b"IEND") - 8]
    assert zlib.decompress(packed)[0] == filter_used
    found = read_back(file)
    assert (in_rgb(found[3], GRAY) if found[2] == 1 else found[3]) == samples


def test_what_is_gray_is_written_in_gray() -> None:
    """A picture in RGB without any colour takes one byte a pixel; with one, three."""
    gray = in_rgb(noise(30 * 20), GRAY)
    assert read_back(encoded(30, 20, gray))[2:] == (1, gray[::3])
    red = b"\xff\0\0" + gray[3:]
    assert read_back(encoded(30, 20, red))[2:] == (3, red)


def plotted(ink: tuple[float, float, float]) -> pymupdf.Pixmap:
    """A plot as MuPDF renders it: axes, a curve, words."""
    page = pymupdf.open().new_page(width=200, height=150)
    page.draw_line((20, 10), (20, 130))
    page.draw_line((20, 130), (190, 130))
    page.draw_bezier((20, 130), (60, 10), (90, 100), (190, 20), color=ink)
    for step in range(10):
        page.insert_text((22 + 17 * step, 140), f"{step / 10}", fontsize=6)
    page.insert_text((90, 60), "validation loss", color=ink, fontsize=8)
    return page.get_pixmap(dpi=150)


@pytest.mark.parametrize("ink", [(0, 0, 0), (0.8, 0.1, 0.1)])
def test_a_written_picture_is_smaller_than_mupdfs(ink: tuple[float, float, float]) -> None:
    """A plot's file is smaller than what MuPDF writes; without colours, a third smaller."""
    plot = plotted(ink)
    ours, theirs = encoded(plot.width, plot.height, plot.samples), plot.tobytes("png")
    assert len(ours) < len(theirs) * (1 if any(ink) else 2 / 3)
    found = read_back(ours)
    assert (in_rgb(found[3], GRAY) if found[2] == 1 else found[3]) == plot.samples


def test_a_written_photograph_is_smaller_than_mupdfs() -> None:
    """So is a photograph's."""
    photograph = gradient(400, 300)
    theirs = pymupdf.Pixmap(pymupdf.csRGB, 400, 300, photograph, 0).tobytes("png")
    assert len(encoded(400, 300, photograph)) < len(theirs)


def test_a_written_picture_tells_its_density() -> None:
    """A figure cut at 150 dots an inch says so, and is then as large on paper as it was."""
    told = pymupdf.Pixmap(encoded(2, 2, bytes(12), dpi=150))
    assert (told.xres, told.yres) == (150, 150)


@pytest.mark.parametrize("size", [0, 5, 8, 13])
def test_samples_that_make_no_picture_are_refused(size: int) -> None:
    """Too few or too many bytes, or four a pixel, are an error."""
    with pytest.raises(ValueError, match="no gray or RGB picture"):
        encoded(2, 2, bytes(size * (2 if size == 8 else 1)))
    with pytest.raises(ValueError, match="no gray or RGB picture"):
        encoded(0, 2, bytes(size))


# Read and shrunk


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("kind", [GRAY, RGB, PALETTE, RGBA])
def test_every_filter_and_kind_is_read(kind: int, number: int) -> None:
    """Gray, RGB, palettes and RGBA come out as they went in, whatever filter the rows have."""
    width, height = 19, 11
    samples = bytearray(noise(width * height * CHANNELS[kind]))
    if kind == RGBA:
        samples[3::4] = b"\xff" * (width * height)
    found = raster(png(width, height, bytes(samples), kind, (number,)), width, height)
    opaque = bytes(v for at, v in enumerate(samples) if kind != RGBA or at % 4 != 3)
    assert found == Raster(width, height, in_rgb(opaque, kind))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_shrunk_pixel_is_the_mean_of_many(data: st.DataObject) -> None:
    """Each pixel of the small picture is the mean of those that lie under it; none is left out."""
    width, height = data.draw(st.integers(1, 23)), data.draw(st.integers(1, 23))
    kind = data.draw(st.sampled_from((GRAY, RGB, PALETTE)))
    size = width * height * CHANNELS[kind]
    samples = data.draw(st.binary(min_size=size, max_size=size))
    filters = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=5))
    to = (data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30)))
    file = png(width, height, samples, kind, filters, data.draw(st.integers(1, 5)))
    assert raster(file, *to) == shrunk(width, height, in_rgb(samples, kind), *to)


def shrunk(width: int, height: int, rgb: bytes, columns: int, rows: int) -> Raster:
    """The same, one pixel after the other."""
    columns, rows = min(columns, width), min(rows, height)
    found = bytearray()
    for row in range(rows):
        downs = range(row * height // rows, (row + 1) * height // rows)
        for column in range(columns):
            acrosses = range(column * width // columns, (column + 1) * width // columns)
            for shade in range(3):
                under = [rgb[3 * (d * width + a) + shade] for d in downs for a in acrosses]
                found.append(sum(under) // len(under))
    return Raster(columns, rows, bytes(found))


def test_what_is_transparent_is_white() -> None:
    """A pixel that covers nothing shows the page, half of one half of it."""
    told = raster(png(3, 1, bytes((0, 0, 0, 0, 0, 0, 0, 255, 200, 0, 0, 128)), RGBA), 3, 1)
    assert told.rgb[:6] == b"\xff\xff\xff\0\0\0"
    assert list(told.rgb[6:]) == pytest.approx([227, 127, 127], abs=1)


def test_a_tall_picture_does_not_overflow() -> None:
    """A thousand white rows in one are white, not what remains of their sum."""
    assert raster(png(2, 1000, b"\xff" * 6000), 1, 1).rgb == b"\xff\xff\xff"


def test_a_large_picture_is_read_in_little_time() -> None:
    """A figure of 1500 × 1000 pixels costs less than a second, on slow machines too."""
    row = gradient(1500, 1)
    file = encoded(1500, 1000, b"".join(row[3 * n :] + row[: 3 * n] for n in range(1000)))
    began = time.process_time()
    told = raster(file, 400, 266)
    assert time.process_time() - began < 1
    assert len(told.rgb) == 400 * 266 * 3


GOOD = png(40, 30, noise(3600))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "no PNG"),
        (b"%PDF-1.7\n" * 20, "no PNG"),
        (GOOD[:20], "no PNG"),
        (GOOD[:200], "cut short"),
        (GOOD[:-30], "cut short"),
        (GOOD[:60] + b"\xff" * 40 + GOOD[100:], "damaged|cut short"),
        (GOOD[:16] + struct.pack(">II", 40, 31) + GOOD[24:], "cut short"),
        (GOOD[:16] + struct.pack(">II", 100_000, 100_000) + GOOD[24:], "too large"),
        (GOOD[:16] + struct.pack(">II", 1 << 24, 1) + GOOD[24:], "too large"),
        (GOOD[:16] + struct.pack(">II", 0, 30) + GOOD[24:], "no pixels"),
        (GOOD[:24] + b"\x10" + GOOD[25:], "not read"),
        (GOOD[:25] + b"\x04" + GOOD[26:], "not read"),
        (GOOD[:28] + b"\x01" + GOOD[29:], "not read"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_said_in_a_sentence(file: bytes, said: str) -> None:
    """Other files, cut ones, damaged ones, and kinds that paperlens never writes are refused."""
    with pytest.raises(ValueError, match=said):
        raster(file, 20, 20)


def test_an_unknown_filter_is_damage() -> None:
    """A row says by a number how it was filtered; there are five of them."""
    rows = zlib.compress(b"\x05" + bytes(6))
    start = png(2, 1, bytes(6)).index(b"IDAT") - 4
    file = png(2, 1, bytes(6))[:start] + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    with pytest.raises(ValueError, match="damaged"):
        raster(file, 2, 1)


def test_a_bomb_is_not_unpacked() -> None:
    """What is packed beyond the rows that the header promises is left packed."""
    bomb = zlib.compress(b"\0" + bytes(6) + bytes(20_000_000))
    start = png(2, 1, bytes(6)).index(b"IDAT") - 4
    file = png(2, 1, bytes(6))[:start] + chunk(b"IDAT", bomb)
    tracemalloc.start()
    try:
        assert raster(file, 2, 1) == Raster(2, 1, bytes(6))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


# Sizes


@given(
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(1, 200), st.integers(1, 100)),
    st.sampled_from([CELL, (9, 20), (10, 18), (7, 15)]),
)
def test_a_picture_keeps_its_shape_and_its_room(
    size: tuple[int, int], room: tuple[int, int], cell: tuple[int, int]
) -> None:
    """A picture is larger neither than its room nor than itself, and half a cell off at most."""
    columns, rows = cells(size, room, cell)
    assert 1 <= columns <= min(room[0], -(-size[0] // CELL[0]))
    assert 1 <= rows <= min(room[1], -(-size[1] // CELL[1]))
    wide = rows * cell[1] * size[0] / size[1] / cell[0]
    assert columns == pytest.approx(wide, abs=0.51) or rows == 1 or columns == 1


def test_a_cell_is_twice_as_high_as_wide() -> None:
    """A square takes twice as many columns as rows; where both bind, the tighter one does."""
    assert cells((800, 800), (40, 40), CELL) == (40, 20)
    assert cells((800, 800), (40, 10), CELL) == (20, 10)
    assert cells((800, 400), (200, 100), CELL) == (100, 25)


# On terminals that take a PNG


def test_kitty_gets_the_file_in_pieces() -> None:
    """The first command says what and how large, each but the last that more comes; no answers."""
    file = noise(10_000)
    commands = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(file, 30, 8))
    assert "".join(f"\x1b_G{keys};{piece}\x1b\\" for keys, piece in commands) == kitty(file, 30, 8)
    keys = [dict(pair.split("=") for pair in told.split(",")) for told, _ in commands]
    assert keys == [
        {"a": "T", "f": "100", "q": "2", "c": "30", "r": "8", "m": "1"},
        *[{"q": "2", "m": "1"}] * 2,
        {"q": "2", "m": "0"},
    ]
    assert all(len(piece) == 4096 for _, piece in commands[:-1])
    assert b64decode("".join(piece for _, piece in commands)) == file


def test_a_small_file_is_one_command() -> None:
    """What fits in one piece is sent in one, and no more is announced."""
    assert kitty(b"abc", 2, 1) == "\x1b_Ga=T,f=100,q=2,c=2,r=1,m=0;YWJj\x1b\\"


def test_iterm2_gets_the_file_with_its_size() -> None:
    """One command with the size in cells; the terminal keeps the picture's shape."""
    assert iterm2(b"abc", 30, 8) == (
        "\x1b]1337;File=size=3;width=30;height=8;preserveAspectRatio=1;inline=1:YWJj\x07"
    )


# Sixel


def desixeled(told: str) -> Raster:
    """What a terminal makes of it; every pixel must be drawn exactly once."""
    start = re.match(r'\x1bP0;1;0q"1;1;(\d+);(\d+)', told)
    assert start and told.endswith("\x1b\\")
    width, height = int(start[1]), int(start[2])
    colours: dict[int, bytes] = {}
    pixels: dict[tuple[int, int], bytes] = {}
    column = top = colour = 0
    found = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([?-~])|([$-])")
    place = start.end()
    while place < len(told) - 2:
        token = found.match(told, place)
        assert token, told[place : place + 20]
        place = token.end()
        if token[1]:
            parts = (round(int(token[n]) * 255 / 100) for n in (2, 3, 4))
            colours[int(token[1])] = bytes(parts)
        elif token[5]:
            colour = int(token[5])
        elif token[9]:
            column, top = 0, top + 6 * (token[9] == "-")
        else:
            bits = ord(token[7] or token[8]) - 63
            for _ in range(int(token[6] or 1)):
                drawn_now = {(top + down, column) for down in range(6) if bits >> down & 1}
                assert not drawn_now & pixels.keys()
                pixels |= dict.fromkeys(drawn_now, colours[colour])
                column += 1  # noqa: SIM113 - it goes on through the strip
    rows = range(height)
    assert len(pixels) == width * height
    return Raster(width, height, b"".join(pixels[r, c] for r in rows for c in range(width)))


@pytest.mark.parametrize("size", [(40, 30), (1, 1), (33, 7), (5, 12)])
def test_sixel_draws_each_pixel_once(size: tuple[int, int]) -> None:
    """A drawing in few colours comes out as it was, but for the percents that sixel counts in."""
    picture = Raster(*size, drawing(*size))
    told = sixel(picture)
    assert desixeled(told).rgb == picture.rgb
    assert not re.search(r"\?[$-]|\?\x1b", told), "what is empty to the right is left out"


def test_sixel_comes_near_in_many_colours() -> None:
    """A photograph in 128 colours is off by a few shades; black and white are not."""
    picture = Raster(60, 60, gradient(60, 60))
    told = sixel(picture, 128)
    assert len(set(re.findall(r"#(\d+);2;", told))) == 128
    off = [abs(a - b) for a, b in zip(desixeled(told).rgb, picture.rgb, strict=True)]
    assert mean(off) < 12
    paper = Raster(60, 60, b"\xff" * 9000 + noise(1800))
    assert desixeled(sixel(paper, 16)).rgb[:9000] == b"\xff" * 9000


def test_sixel_counts_what_repeats() -> None:
    """A white page is a few characters, whatever its width."""
    assert len(sixel(Raster(600, 60, b"\xff" * 108_000))) < 150


# Half blocks


def printed(told: object, colours: str = "truecolor", **options: bool) -> str:
    console = Console(
        file=io.StringIO(), color_system=colours, force_terminal=True, width=80, **options
    )  # type: ignore[arg-type]
    console.print(told)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_a_half_block_shows_two_pixels() -> None:
    """The upper one is the ink, the lower one the ground; equal ones are a space."""
    picture = Raster(2, 3, bytes((200, 0, 0, 9, 9, 9, 0, 0, 200, 9, 9, 9, 0, 200, 0, 1, 2, 3)))
    told = blocks(picture, 3)
    assert told.plain == "   ▀ \n   ▀▀"
    shown = printed(told)
    assert "\x1b[38;2;200;0;0;48;2;0;0;200m▀" in shown
    assert "\x1b[38;2;9;9;9;48;2;9;9;9m " in shown
    assert "\x1b[38;2;0;200;0m▀" in shown


def test_half_blocks_do_with_the_colours_there_are() -> None:
    """A terminal of 256 colours gets none of the others."""
    shown = printed(blocks(Raster(20, 20, gradient(20, 20))), "256")
    assert ";2;" not in shown
    assert "38;5;" in shown


def test_thin_lines_on_white_are_brought_out() -> None:
    """In a drawing the faint becomes darker; a photograph stays as it is."""
    faint, white = b"\xdc\xdc\xdc", b"\xff\xff\xff"
    assert "\x1b[38;2;255;255;255" in printed(blocks(Raster(2, 2, white * 3 + faint)))
    assert "48;2;164;164;164" in printed(blocks(Raster(2, 2, white * 3 + faint)))
    assert "48;2;220;220;220" in printed(blocks(Raster(2, 2, bytes(9) + faint)))


# Which way


def chosen(environ: dict[str, str], answer: frozenset[int] = frozenset(), **told: object) -> Way:
    known = {"is_terminal": True, "colours": "truecolor", **told}
    return choose(environ, lambda: answer, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM": "xterm-kitty"}, Way.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, Way.KITTY),
        ({"TERM": "xterm-ghostty"}, Way.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, Way.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Way.ITERM2),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Way.ITERM2),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, Way.ITERM2),
        ({"TERM": "foot-extra"}, Way.SIXEL),
        ({"TERM": "mlterm-256color"}, Way.SIXEL),
        ({"TERM": "contour"}, Way.SIXEL),
        ({"TERM": "foot", "KITTY_WINDOW_ID": "1"}, Way.SIXEL),
        ({"TERM": "xterm-256color"}, Way.BLOCKS),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Way.BLOCKS),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, Way.BLOCKS),
        ({"TERM": "screen", "LC_TERMINAL": "iTerm2"}, Way.BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, Way.BLOCKS),
        ({"TERM": "dumb"}, Way.NONE),
        ({}, Way.NONE),
    ],
)
def test_a_terminal_is_known_by_its_names(environ: dict[str, str], way: Way) -> None:
    """TERM counts first, then other names; what stands between us and the terminal hides both."""
    assert chosen(environ) is way


def test_a_terminal_that_claims_sixel_gets_it() -> None:
    """Where no name tells, the answer decides, also within tmux; known ones are not asked."""
    assert chosen({"TERM": "xterm-256color"}, frozenset({4, 22})) is Way.SIXEL
    assert chosen({"TERM": "tmux-256color", "TMUX": "x"}, frozenset({4})) is Way.SIXEL
    assert chosen({"TERM": "xterm-kitty"}, frozenset({4})) is Way.KITTY


def test_no_terminal_or_no_colours_is_no_picture() -> None:
    """Off a terminal and without colours nothing is shown; half blocks need more than sixteen."""
    kitty_terminal = {"TERM": "xterm-kitty"}
    assert chosen(kitty_terminal, is_terminal=False) is Way.NONE
    assert chosen(kitty_terminal, colours=None) is Way.NONE
    assert chosen({"TERM": "xterm"}, colours="standard") is Way.NONE
    assert chosen({"TERM": "xterm"}, frozenset({4}), colours="standard") is Way.SIXEL
    assert chosen({"TERM": "xterm"}, colours="256") is Way.BLOCKS


def test_a_user_knows_better() -> None:
    """The way that is wanted is taken, without a question; where nothing can be shown, none is."""
    assert chosen({"TERM": "xterm-kitty"}, wanted=Way.BLOCKS) is Way.BLOCKS
    assert chosen({"TERM": "tmux-256color"}, frozenset({4}), wanted=Way.NONE) is Way.NONE
    assert chosen({"TERM": "xterm"}, wanted=Way.BLOCKS, colours=None) is Way.NONE


# Asking


@contextmanager
def terminal(answers: Callable[[int], object] | None = None) -> Iterator[tuple[int, int]]:
    """The two ends of a terminal; `answers` is what happens at its end when it is asked."""
    ours, theirs = os.openpty()
    heard = threading.Event()

    def answer() -> None:
        asked = b""
        while b"\x1b[c" not in asked:
            asked += os.read(ours, 100)
        if answers:
            answers(ours)
        heard.set()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield ours, theirs
    finally:
        os.write(theirs, b"\x1b[c")
        thread.join(5)
        os.close(theirs)
        os.close(ours)


def says(told: bytes) -> Callable[[int], object]:
    return lambda ours: os.write(ours, told)


def waiting(theirs: int) -> bytes:
    """What a program that reads the terminal next would get at once."""
    before = termios.tcgetattr(theirs)
    raw = termios.tcgetattr(theirs)
    raw[3] &= ~termios.ICANON
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 0, 1
    termios.tcsetattr(theirs, termios.TCSANOW, raw)
    try:
        return os.read(theirs, 1000)
    finally:
        termios.tcsetattr(theirs, termios.TCSANOW, before)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (b"\x1b[?63;1;2;4;22c", {63, 1, 2, 4, 22}),
        (b"\x1b[?1;2c", {1, 2}),
        (b"\x1b[?6c", {6}),
        (b"\x1b[?62;c", {62}),
    ],
)
def test_a_terminal_answers_what_it_can(told: bytes, found: set[int]) -> None:
    """The numbers of the answer are told, and the terminal is as it was before."""
    with terminal(says(told)) as (_, theirs):
        before, began = termios.tcgetattr(theirs), time.monotonic()
        assert attributes(theirs, theirs, 20) == found
        assert time.monotonic() - began < 10, "it is not waited longer than for the answer"
        assert termios.tcgetattr(theirs) == before
        assert waiting(theirs) == b""


def test_a_silent_terminal_is_not_waited_for() -> None:
    """Who says nothing within the given time has nothing to say."""
    with terminal() as (_, theirs):
        before = termios.tcgetattr(theirs)
        began = time.monotonic()
        assert attributes(theirs, theirs, 0.15) == frozenset()
        assert 0.1 < time.monotonic() - began < 2
        assert termios.tcgetattr(theirs) == before


def test_what_was_typed_before_is_not_touched() -> None:
    """Where keys are waiting nothing is asked, and they wait on."""
    with terminal(says(b"\x1b[?4c")) as (ours, theirs):
        os.write(ours, b"half a li")
        assert attributes(theirs, theirs, 5) == frozenset()
        assert waiting(theirs) == b"half a li"


def test_what_is_typed_after_the_answer_is_left() -> None:
    """Reading ends with the answer's last letter."""
    with terminal(says(b"\x1b[?62;4cls -l")) as (_, theirs):
        assert attributes(theirs, theirs, 5) == {62, 4}
        assert waiting(theirs) == b"ls -l"


def test_what_is_typed_before_the_answer_is_given_back() -> None:
    """A key pressed while the terminal makes up its mind is still the shell's."""
    with terminal(says(b"ls\x1b[?62;4c")) as (_, theirs):
        try:
            ioctl(theirs, termios.TIOCSTI, b"x")
        except OSError:
            pytest.skip("this system lets nobody give keys back")
        assert waiting(theirs) == b"x"
        assert attributes(theirs, theirs, 5) == {62, 4}
        assert waiting(theirs) == b"ls"


def test_a_terminal_that_is_gone_answers_nothing() -> None:
    """A question that cannot be put is not an error, and what is no terminal is not asked."""
    with terminal() as (_, theirs):
        before = termios.tcgetattr(theirs)
        shut = os.open(os.devnull, os.O_RDONLY)
        assert attributes(theirs, shut, 1) == frozenset()
        assert attributes(shut, shut, 1) == frozenset()
        os.close(shut)
        assert termios.tcgetattr(theirs) == before


# All together


@contextmanager
def on_a_terminal(answer: bytes, **environ: str) -> Iterator[tuple[Screen, Console]]:
    with terminal(says(answer)) as (_, theirs):
        stdin, stdout = os.fdopen(os.dup(theirs), "r"), os.fdopen(os.dup(theirs), "w")
        with stdin, stdout:
            console = Console(file=stdout, _environ=environ, width=80, height=30)
            yield screen_of(environ, stdin, stdout, console), console


def test_a_terminal_is_asked_only_in_doubt() -> None:
    """A name is enough; without one the question is put, on a terminal at both ends."""
    with on_a_terminal(b"", TERM="xterm-kitty") as (screen, _):
        assert screen == Screen(Way.KITTY, (80, 30))
    with terminal(says(b"\x1b[?62;4c")) as (_, theirs), os.fdopen(os.dup(theirs), "w") as stdout:
        console = Console(file=stdout, _environ={"TERM": "xterm-256color"})
        screen = screen_of({"TERM": "xterm-256color"}, io.StringIO("2404.05674\n"), stdout, console)
        assert screen.way is Way.BLOCKS, "a pipe on standard input brings no answers"
    with on_a_terminal(b"\x1b[?62;4c", TERM="xterm-256color") as (screen, _):
        assert screen.way is Way.SIXEL
    with on_a_terminal(b"\x1b[?62;4c", TERM="xterm-kitty", NO_COLOR="1") as (screen, _):
        assert screen.way is Way.NONE


def test_off_a_terminal_nothing_is_asked_or_drawn() -> None:
    """A file gets no pictures, whatever the terminal is called, and whoever forces colours."""
    file = io.StringIO()
    environ = {"TERM": "xterm-kitty", "FORCE_COLOR": "1"}
    screen = screen_of(
        environ, io.StringIO(), file, Console(file=file, _environ=environ), Way.KITTY
    )
    assert screen.way is Way.NONE
    assert drawn(GOOD, screen, 40, 10) is None
    assert file.getvalue() == ""


@pytest.mark.parametrize("way", [Way.KITTY, Way.ITERM2, Way.SIXEL])
def test_the_next_line_begins_below_the_picture(way: Way) -> None:
    """Room is made first, so that it does not matter where a terminal leaves the cursor."""
    told = printed(drawn(encoded(400, 300, drawing(400, 300)), Screen(way, (80, 30)), 40, 10, 2))
    room, picture, below = re.fullmatch(
        r"(\n+\x1b\[\d+A  \x1b7)(.*)(\x1b8\r\x1b\[\d+B)", told, re.S
    ).groups()  # type: ignore[union-attr]
    assert room == "\n" * 10 + "\x1b[10A  \x1b7"
    assert below == "\x1b8\r\x1b[10B"
    assert "\n" not in picture
    if way is Way.SIXEL:
        assert desixeled(picture).height == 156, "whole strips within ten rows of sixteen pixels"


def test_half_blocks_are_as_high_as_their_room() -> None:
    """A picture in half blocks takes the lines it was given, and a low terminal is not overrun."""
    file = encoded(400, 300, drawing(400, 300))
    told = drawn(file, Screen(Way.BLOCKS, (80, 30)), 40, 10, 2)
    assert printed(told).count("\n") == 10
    assert printed(drawn(file, Screen(Way.BLOCKS, (20, 6)), 40, 10, 2)).count("\n") <= 5


@pytest.mark.parametrize("way", [way for way in Way if way is not Way.NONE])
def test_a_file_that_is_no_picture_is_said(way: Way) -> None:
    """Whatever the way, what is in the cache under a figure's name may be anything."""
    with pytest.raises(ValueError, match="no PNG"):
        drawn(b"<html>", Screen(way, (80, 30)), 40, 10)
